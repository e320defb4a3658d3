/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#define WAITING_SECONDS 100

static inline gboolean
waiting_on_deadline (gpointer user_data)
{
  g_error ("Nothing happened for %d seconds", WAITING_SECONDS);
  return G_SOURCE_REMOVE;
}

/* Lets the main loop run until a condition holds, or fails the test. */
#define WAIT_UNTIL(condition)                                                                                          \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    guint deadline_ = g_timeout_add_seconds (WAITING_SECONDS, waiting_on_deadline, NULL);                              \
    while (!(condition))                                                                                               \
      g_main_context_iteration (NULL, TRUE);                                                                           \
    g_source_remove (deadline_);                                                                                       \
  }                                                                                                                    \
  G_STMT_END

/* A GAsyncReadyCallback; user_data: where the result goes. */
static inline void
waiting_on_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **place = user_data;

  *place = g_object_ref (result);
}
