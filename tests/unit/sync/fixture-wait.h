/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef gboolean (*FixtureCondition) (gpointer data);

/* Lets the main loop run until the condition holds; a test that waits for longer than 100 seconds fails. */
void fixture_wait (FixtureCondition condition, gpointer data, const char *what);
#define FIXTURE_WAIT(condition, data) fixture_wait ((FixtureCondition)(condition), (data), #condition)

/* A callback for asynchronous functions, with a GAsyncResult * as its user data. */
void fixture_keep_result (GObject *source, GAsyncResult *result, gpointer user_data);
void fixture_wait_result (GAsyncResult **result);

/* A folder of this test alone, and its end. */
char *fixture_make_folder (void);
void fixture_remove_folder (const char *folder);

G_END_DECLS
