/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Who has failed to sign in too often waits. It is kept for as long as the portal runs. */
typedef struct _PortalThrottle PortalThrottle;

PortalThrottle *portal_throttle_new (guint free_tries);
void portal_throttle_free (PortalThrottle *throttle);
guint portal_throttle_get_wait (PortalThrottle *throttle, const char *key, gint64 now);
void portal_throttle_note_failure (PortalThrottle *throttle, const char *key, gint64 now);
void portal_throttle_forget (PortalThrottle *throttle, const char *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PortalThrottle, portal_throttle_free)

G_END_DECLS
