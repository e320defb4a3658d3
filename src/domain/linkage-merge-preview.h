/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-merge-request.h"
#include "linkage-merge.h"
#include "linkage-status.h"

G_BEGIN_DECLS

/* What a merge makes of one customer's rows. */
typedef struct
{
  char *customer_id;   /* (owned) */
  char *customer_name; /* (owned) */
  LinkageMergeFate fate;
  LinkageStatus status; /* the survivor's, of removed ones too */
  gboolean has_staying; /* the account that stays has a row, in status_staying */
  LinkageStatus status_staying;
  gboolean has_going; /* the account that goes has a row, in status_going */
  LinkageStatus status_going;
  guint requests_used;
  gboolean was_rejected;
} LinkageMergeRow;

#define LINKAGE_TYPE_MERGE_ROW (linkage_merge_row_get_type ())
#define LINKAGE_TYPE_MERGE_PREVIEW (linkage_merge_preview_get_type ())

/* What a merge would do: counts, and one page of the list by the customers' names; immutable once shared. */
typedef struct
{
  char *state;        /* (owned): another one as soon as the merge would do anything else */
  char *staying_name; /* (owned): the account that is there afterwards */
  char *going_name;   /* (owned): the account that is no more afterwards; what the person types to confirm */
  guint stays;
  guint comes_over;
  guint consolidated;
  guint removed;
  guint searches_left;
  guint offset;    /* of the first of rows */
  guint total;     /* rows in all */
  GPtrArray *rows; /* (owned) (element-type LinkageMergeRow) */
} LinkageMergePreview;

GType linkage_merge_row_get_type (void);
LinkageMergeRow *linkage_merge_row_new (const char *customer_id, const char *customer_name, LinkageMergeFate fate);
LinkageMergeRow *linkage_merge_row_ref (LinkageMergeRow *row);
void linkage_merge_row_unref (LinkageMergeRow *row);

GType linkage_merge_preview_get_type (void);
LinkageMergePreview *linkage_merge_preview_new (const char *state, const char *staying_name, const char *going_name);
LinkageMergePreview *linkage_merge_preview_ref (LinkageMergePreview *preview);
void linkage_merge_preview_unref (LinkageMergePreview *preview);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageMergeRow, linkage_merge_row_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageMergePreview, linkage_merge_preview_unref)

G_END_DECLS
