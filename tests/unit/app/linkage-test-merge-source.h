/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-merge-source.h"

G_BEGIN_DECLS

/* A merge without a portal: what it would do is made up, and what it answers is put in beforehand. */
#define LINKAGE_TYPE_TEST_MERGE_SOURCE (linkage_test_merge_source_get_type ())
G_DECLARE_FINAL_TYPE (LinkageTestMergeSource, linkage_test_merge_source, LINKAGE, TEST_MERGE_SOURCE, GObject)

/* The fates take turns; page_size: rows in one page */
LinkageTestMergeSource *linkage_test_merge_source_new (guint total, guint page_size);
/* Another plan from now on. */
void linkage_test_merge_source_change (LinkageTestMergeSource *self, guint total);
/* Pages have so many rows from now on. */
void linkage_test_merge_source_set_page_size (LinkageTestMergeSource *self, guint page_size);
/* What the next call answers: error: (transfer full) */
void linkage_test_merge_source_fail_next (LinkageTestMergeSource *self, GError *error);
/* How many pages were asked for. */
guint linkage_test_merge_source_get_n_pages (LinkageTestMergeSource *self);
gboolean linkage_test_merge_source_get_merged (LinkageTestMergeSource *self);

G_END_DECLS
