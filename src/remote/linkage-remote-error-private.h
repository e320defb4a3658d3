/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-remote-error.h"

G_BEGIN_DECLS

LinkageProblem *linkage_problem_new (guint status);
LinkageProblem *linkage_problem_copy (const LinkageProblem *problem);
void linkage_problem_free (LinkageProblem *problem);

GError *linkage_remote_error_new (LinkageRemoteError code, LinkageProblem *problem, const char *format, ...)
  G_GNUC_PRINTF (3, 4);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageProblem, linkage_problem_free)

G_END_DECLS
