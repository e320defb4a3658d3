/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A person in a browser. */
typedef struct
{
  char *csrf;     /* (owned): what its forms send along, and no other site can know */
  gint64 ends_at; /* monotonic microseconds */
  gpointer data;  /* (owned): what this kind of session is about */
} PortalBrowserSession;

/* The sessions of one kind of one portal. They live no longer than its process. Main thread only. */
typedef struct _PortalBrowserSessions PortalBrowserSessions;

PortalBrowserSessions *portal_browser_sessions_new (gint64 lifetime, GDestroyNotify free_data);
void portal_browser_sessions_free (PortalBrowserSessions *sessions);
char *portal_browser_sessions_begin (PortalBrowserSessions *sessions, gpointer data);
PortalBrowserSession *portal_browser_sessions_find (PortalBrowserSessions *sessions, const char *token);
void portal_browser_sessions_end (PortalBrowserSessions *sessions, const char *token);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PortalBrowserSessions, portal_browser_sessions_free)

G_END_DECLS
