/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "portal-problem.h"

G_BEGIN_DECLS

#define PORTAL_REPLY_JSON "application/json"
#define PORTAL_REPLY_PROBLEM "application/problem+json"

/* What a handler answers. */
typedef struct
{
  guint status;
  PortalProblemType problem;   /* PORTAL_PROBLEM_NONE where it is none */
  char *content_type;          /* (owned) (nullable): null where there is no body */
  char *body;                  /* (owned) (nullable) */
  SoupMessageHeaders *headers; /* (owned): of its own; the server adds those that every reply has */
  gboolean is_stream;          /* the event stream has taken the message over */
} PortalReply;

PortalReply *portal_reply_new (guint status, const char *content_type, const char *body);
PortalReply *portal_reply_new_json (guint status, JsonBuilder *builder);
PortalReply *portal_reply_new_problem (PortalProblemType type, const char *detail);
PortalReply *portal_reply_new_problem_json (PortalProblemType type, JsonBuilder *builder);
PortalReply *portal_reply_new_stream (void);
void portal_reply_free (PortalReply *reply);
void portal_reply_send (const PortalReply *reply, SoupServerMessage *message, gint64 now);
GBytes *portal_reply_print (const PortalReply *reply, gint64 now);
gboolean portal_reply_is_final (const PortalReply *reply);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PortalReply, portal_reply_free)

G_END_DECLS
