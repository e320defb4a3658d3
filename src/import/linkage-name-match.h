/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "linkage-connection.h"

G_BEGIN_DECLS

typedef enum
{
  LINKAGE_NAME_NONE,
  LINKAGE_NAME_LIKELY,
  LINKAGE_NAME_EXACT,
} LinkageNameLikeness;

/* Why two names are taken for one customer's: what had to be left aside until they were the same. */
typedef enum
{
  LINKAGE_NAME_ASIDE_NOTHING = 0,
  LINKAGE_NAME_ASIDE_CASE = 1 << 0,        /* capitals, and the width of letters */
  LINKAGE_NAME_ASIDE_ACCENTS = 1 << 1,     /* Société, Societe */
  LINKAGE_NAME_ASIDE_PUNCTUATION = 1 << 2, /* dots, commas, &, spaces */
  LINKAGE_NAME_ASIDE_LEGAL_FORM = 1 << 3,  /* GmbH, S.A., Ltd, 株式会社 */
  LINKAGE_NAME_ASIDE_WORDS = 1 << 4,       /* words that only one of them has */
} LinkageNameAside;

#define LINKAGE_TYPE_NAME_MATCH (linkage_name_match_get_type ())

/* What became of one name of a list; immutable once shared. */
typedef struct
{
  char *name; /* (owned): as it was brought */
  LinkageNameLikeness likeness;
  LinkageNameAside aside;
  LinkageConnection *connection; /* (owned) (nullable): null when none is like it */
} LinkageNameMatch;

GType linkage_name_match_get_type (void);
LinkageNameMatch *linkage_name_match_ref (LinkageNameMatch *self);
void linkage_name_match_unref (LinkageNameMatch *self);

/* names: (array zero-terminated=1); connections: (element-type LinkageConnection).
 * (transfer full) (element-type LinkageNameMatch) (nullable): one for each name, in their order. Any thread. */
GPtrArray *
linkage_name_match_list (const char *const *names, GPtrArray *connections, GCancellable *cancellable, GError **error);
/* (transfer full): without case, accents, punctuation and legal forms */
char *linkage_name_match_fold (const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageNameMatch, linkage_name_match_unref)

G_END_DECLS
