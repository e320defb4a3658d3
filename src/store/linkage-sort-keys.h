/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-connection.h"

G_BEGIN_DECLS

/* What of a connection's texts the table is sorted and filtered by, made when a row is written. */
typedef struct
{
  char *filter_text; /* (owned) */
  char *customer;    /* (owned) (nullable) */
  char *email;       /* (owned) (nullable) */
  char *comments;    /* (owned) (nullable) */
} LinkageSortKeys;

void linkage_sort_keys_init (LinkageSortKeys *self, const LinkageConnection *connection);
void linkage_sort_keys_clear (LinkageSortKeys *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LinkageSortKeys, linkage_sort_keys_clear)

char *linkage_sort_keys_get_collation (void);
char *linkage_sort_keys_make_text_key (const char *text);
int linkage_sort_keys_get_status_rank (LinkageStatus status);
int linkage_sort_keys_get_actions_rank (LinkageActions actions);

G_END_DECLS
