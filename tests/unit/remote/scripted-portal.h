/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

/* A real HTTP server on loopback that answers what a test tells it to, and keeps what it was asked last. */
typedef struct
{
  SoupServer *server; /* (owned) */
  char *address;      /* (owned): without a path */

  char *only_at; /* (owned) (nullable): the path that there is; null: any */
  guint status;
  char *content_type;          /* (owned) (nullable) */
  GBytes *body;                /* (owned) (nullable) */
  SoupMessageHeaders *headers; /* (owned): added to the reply */

  guint n_asked;
  char *method;                      /* (owned) (nullable) */
  char *path;                        /* (owned) (nullable): escaped, with the query */
  char *asked_body;                  /* (owned) (nullable) */
  SoupMessageHeaders *asked_headers; /* (owned) (nullable) */
} ScriptedPortal;

ScriptedPortal *scripted_portal_new (GTlsCertificate *certificate);
void scripted_portal_free (ScriptedPortal *self);
void scripted_portal_answer (ScriptedPortal *self, guint status, const char *content_type, const char *body);
void scripted_portal_answer_bytes (ScriptedPortal *self, guint status, const char *content_type, GBytes *body);
/* JSON at one path, and nothing anywhere else */
void scripted_portal_answer_at (ScriptedPortal *self, const char *path, const char *body);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScriptedPortal, scripted_portal_free)
