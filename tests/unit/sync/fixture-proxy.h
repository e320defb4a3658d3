/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A line to a portal that can be cut between a request and its answer. */
typedef struct
{
  GSocketService *service; /* (owned) */
  char *api;               /* (owned) */
  guint16 port;
  guint16 target;      /* the portal's port; may be set to another */
  gboolean cut_writes; /* writes reach the portal, their answers do not come back */
  guint n_cut;
  guint n_writes; /* how many writes went to the portal */
} FixtureProxy;

FixtureProxy *fixture_proxy_start (guint16 target);
void fixture_proxy_free (FixtureProxy *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FixtureProxy, fixture_proxy_free)

G_END_DECLS
