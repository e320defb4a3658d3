/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-by-hand.h"
#include "linkage-rules.h"
#include "linkage-store-companion.h"
#include "store-fixture.h"

#define COPIED_AT G_GINT64_CONSTANT (1795521600)

static inline LinkageStore *
try_open_companion (const char *path, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  linkage_store_open_companion_async (path, NULL, on_result, &result);
  wait_for (&result);

  return linkage_store_open_finish (result, error);
}

static inline void
open_companion (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture->store = try_open_companion (fixture->path, &error);
  g_assert_no_error (error);
  g_signal_connect (fixture->store, "rows-changed", G_CALLBACK (on_rows_changed), fixture);
  g_signal_connect (fixture->store, "account-changed", G_CALLBACK (count), &fixture->n_account_changed);
}

static inline void
set_up_companion (Fixture *fixture, gconstpointer data)
{
  make_path (fixture, data);
  open_companion (fixture);
}

/* A pending request, as a copy would show it. */
static inline LinkageConnection *
make_seen (const char *id, const char *name, gint64 seen_at)
{
  g_autoptr (LinkageCustomer) customer = linkage_customer_new (id, name);
  LinkageConnection *connection = linkage_connection_new (id, customer);
  LinkageAttempt *attempt = linkage_attempt_new ();

  attempt->number = 1;
  attempt->requested_at = COPIED_AT - 1000;
  attempt->expires_at = linkage_rules_get_expiry (attempt->requested_at);
  attempt->outcome = LINKAGE_STATUS_PENDING;
  g_ptr_array_add (connection->attempts, attempt);
  connection->status = LINKAGE_STATUS_PENDING;
  connection->requests_used = 1;
  connection->requests_used_is_minimum = TRUE;
  connection->seen_at = seen_at;

  return connection;
}

static inline gboolean
finish (Fixture *fixture, GAsyncResult **result, GError **error)
{
  wait_for (result);

  return linkage_store_companion_finish (fixture->store, *result, error);
}

static inline gboolean
try_apply (Fixture *fixture, LinkageCopy *copy, GHashTable *headings, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  linkage_store_apply_copy_async (fixture->store, copy, headings, NULL, on_result, &result);

  return finish (fixture, &result, error);
}

static inline void
apply_copy (Fixture *fixture, LinkageCopy *copy)
{
  g_autoptr (GError) error = NULL;

  try_apply (fixture, copy, NULL, &error);
  g_assert_no_error (error);
}

/* Contoso, Fabrikam and Litware, all pending. */
static inline void
apply_first (Fixture *fixture)
{
  g_autoptr (LinkageCopy) copy = linkage_copy_new (COPIED_AT);

  g_ptr_array_add (copy->written, make_seen ("one", "Contoso", COPIED_AT));
  g_ptr_array_add (copy->written, make_seen ("two", "Fabrikam", COPIED_AT));
  g_ptr_array_add (copy->written, make_seen ("three", "Litware", COPIED_AT));
  copy->n_new = 3;
  apply_copy (fixture, copy);
  forget (fixture);
}

static inline LinkageCopy *
get_latest_copy (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  LinkageCopy *copy = NULL;

  linkage_store_get_latest_copy (fixture->store, &copy, &error);
  g_assert_no_error (error);

  return copy;
}

static inline GPtrArray *
read_all (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *connections = NULL;

  linkage_store_read_all_async (fixture->store, NULL, on_result, &result);
  wait_for (&result);
  connections = linkage_store_read_all_finish (fixture->store, result, &error);
  g_assert_no_error (error);

  return connections;
}
