/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-account-entry.h"
#include "linkage-sandbox.h"

G_BEGIN_DECLS

struct _LinkageAccountEntry
{
  GObject parent_instance;

  char *id;                /* (owned): local, the folder's name */
  char *name;              /* (owned) (nullable): what it was called when it was made */
  char *address;           /* (owned) (nullable): of the portal's interface, or of the page where requests are made */
  gint64 added_at;         /* Unix time in microseconds: the order of the list */
  LinkageAccount *account; /* (owned) (nullable): null while it is not open */
  LinkageSandbox *sandbox; /* (owned) (nullable): what ends with it */
  GError *error;           /* (owned) (nullable): why it could not be opened */
  GPtrArray *waiting;      /* (owned) (nullable) (element-type GTask): null unless it is being opened */
};

LinkageAccountEntry *linkage_account_entry_new (const char *id, const char *name, const char *address, gint64 added_at);
int linkage_account_entry_compare (gconstpointer a, gconstpointer b, gpointer data);
void linkage_account_entry_take_account (LinkageAccountEntry *self, LinkageAccount *account);
LinkageAccount *linkage_account_entry_steal_account (LinkageAccountEntry *self); /* (transfer full) (nullable) */
void linkage_account_entry_take_error (LinkageAccountEntry *self, GError *error);

G_END_DECLS
