/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-account-error.h"
#include "linkage-remote-error.h"

G_BEGIN_DECLS

GError *linkage_account_error_new (LinkageAccountError code,
                                   const char *refusal,
                                   const char *detail,
                                   const char *message) G_GNUC_WARN_UNUSED_RESULT;
GError *linkage_account_error_from (const GError *error) G_GNUC_WARN_UNUSED_RESULT;
void linkage_account_error_return (GTask *task, GError *error);
char *linkage_account_error_dup_problem_detail (const LinkageProblem *problem);

G_END_DECLS
