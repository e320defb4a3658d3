/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "portal-customer-requests.h"

G_BEGIN_DECLS

#define PORTAL_CUSTOMER_COMMENT_MAXIMUM 2000 /* characters */

/* What the list of requests shows besides them. */
typedef struct
{
  const char *csrf;
  const char *message;       /* (nullable): what came of the last answer */
  const char *connection_id; /* (nullable): whose comment could not be taken */
  const char *comment;       /* (nullable): that comment, given back to be shortened */
} PortalCustomerPageState;

char *portal_customer_page_new_list (const GPtrArray *requests, const PortalCustomerPageState *state);

G_END_DECLS
