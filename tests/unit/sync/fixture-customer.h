/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-account.h"

G_BEGIN_DECLS

/* A customer's person answers on the sandbox's web pages. answer: "approve" or "reject"; comment: (nullable) */
void
fixture_customer_answer (LinkageAccount *account, const char *connection_id, const char *answer, const char *comment);

G_END_DECLS
