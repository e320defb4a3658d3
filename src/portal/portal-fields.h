/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "portal-reply.h"

G_BEGIN_DECLS

/* The members of a request's body: each is type-checked when it is read, and what is wrong is collected. */
typedef struct _PortalFields PortalFields;

PortalFields *portal_fields_new (GBytes *body);
void portal_fields_free (PortalFields *fields);
gboolean portal_fields_has (PortalFields *fields, const char *name);
const char *portal_fields_get_string (PortalFields *fields, const char *name, glong maximum);
gboolean portal_fields_get_boolean (PortalFields *fields, const char *name);
gint64 portal_fields_get_int (PortalFields *fields, const char *name, gint64 minimum, gint64 maximum);
void portal_fields_add_error (PortalFields *fields, const char *name, const char *sentence);
PortalReply *portal_fields_get_problem (PortalFields *fields);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PortalFields, portal_fields_free)

G_END_DECLS
