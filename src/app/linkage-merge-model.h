/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-merge-item.h"
#include "linkage-merge-source.h"

G_BEGIN_DECLS

/* What a merge would do, row by row: a list model of LinkageMergeItem that reads a page when somebody looks at a row of
 * it.
 *
 * Signals: ::changed (): the preview or the error is another one; ::begun-anew (): the merge would do something else
 * than was read so far, which is therefore read again from the beginning. */
#define LINKAGE_TYPE_MERGE_MODEL (linkage_merge_model_get_type ())
G_DECLARE_FINAL_TYPE (LinkageMergeModel, linkage_merge_model, LINKAGE, MERGE_MODEL, GObject)

LinkageMergeModel *linkage_merge_model_new (LinkageMergeSource *source);
/* Reads from the beginning, or goes on where it failed. */
void linkage_merge_model_load (LinkageMergeModel *self);
void linkage_merge_model_retry (LinkageMergeModel *self);
void linkage_merge_model_cancel (LinkageMergeModel *self);
/* (transfer none) (nullable): the first page; null until it is read */
LinkageMergePreview *linkage_merge_model_get_preview (LinkageMergeModel *self);
/* (nullable): why no more is read */
const GError *linkage_merge_model_get_error (LinkageMergeModel *self);

G_END_DECLS
