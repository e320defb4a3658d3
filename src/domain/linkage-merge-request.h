/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  LINKAGE_MERGE_STATUS_UNKNOWN, /* a word of a newer portal: it is only shown */
  LINKAGE_MERGE_STATUS_OPEN,
  LINKAGE_MERGE_STATUS_MERGED,
  LINKAGE_MERGE_STATUS_DECLINED,
  LINKAGE_MERGE_STATUS_WITHDRAWN,
} LinkageMergeStatus;

#define LINKAGE_TYPE_MERGE_REQUEST (linkage_merge_request_get_type ())

/* One account's wish to become one with another, as one of the two sees it; immutable once shared. */
typedef struct
{
  char *id;            /* (owned) */
  char *other_id;      /* (owned): the other account */
  char *other_name;    /* (owned) */
  gboolean incoming;   /* this account is asked, else it asks */
  gboolean mine_stays; /* whose account is there afterwards */
  LinkageMergeStatus status;
  char *note;         /* (owned) (nullable) */
  char *requested_by; /* (owned): who asked */
  gint64 created_at;  /* Unix seconds, UTC */
  gint64 closed_at;   /* Unix seconds, UTC; 0: it is open */
} LinkageMergeRequest;

GType linkage_merge_request_get_type (void);
LinkageMergeRequest *linkage_merge_request_new (const char *id, const char *other_id, const char *other_name);
LinkageMergeRequest *linkage_merge_request_ref (LinkageMergeRequest *request);
void linkage_merge_request_unref (LinkageMergeRequest *request);

LinkageMergeStatus linkage_merge_status_from_string (const char *string);
const char *linkage_merge_status_to_string (LinkageMergeStatus status);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageMergeRequest, linkage_merge_request_unref)

G_END_DECLS
