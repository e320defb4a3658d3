/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the portal's operator does from a command line, also while the portal serves from the same database. */

int portal_operator_reset_searches (char **argv);
int portal_operator_customer_link (char **argv);
int portal_operator_revoke_token (char **argv);
int portal_operator_user (char **argv);

G_END_DECLS
