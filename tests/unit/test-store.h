/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "linkage-store.h"

/* A real store, written to as the portal's answers would. For tests with G_TEST_OPTION_ISOLATE_DIRS. */

#define TEST_DEADLINE 60 /* seconds */

typedef struct
{
  LinkageStore *store;  /* (owned) */
  gint64 revision;      /* of the row that was written last */
  guint n_pages;        /* that were applied */
  GAsyncResult *result; /* (owned) (nullable): of the call that is waited for */
} TestStore;

static inline void
test_store_on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TestStore *self = user_data;

  g_set_object (&self->result, result);
}

static inline gint64
test_deadline (void)
{
  return g_get_monotonic_time () + TEST_DEADLINE * G_USEC_PER_SEC;
}

static inline gboolean
test_wake_up (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* One turn of the main loop, which must come before the deadline. */
static inline void
test_turn (gint64 deadline)
{
  guint source = g_timeout_add_seconds (1, test_wake_up, NULL);

  g_assert_cmpint (g_get_monotonic_time (), <, deadline);
  g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
}

static inline GAsyncResult *
test_store_wait (TestStore *self)
{
  gint64 deadline = test_deadline ();

  while (self->result == NULL)
    test_turn (deadline);

  return g_steal_pointer (&self->result);
}

static inline TestStore *
test_store_new (void)
{
  TestStore *self = g_new0 (TestStore, 1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  static guint n_stores = 0;
  g_autofree char *path = g_strdup_printf ("%s/list-%u/store.db", g_get_user_data_dir (), n_stores++);

  linkage_store_open_async (path, NULL, test_store_on_result, self);
  result = test_store_wait (self);
  self->store = linkage_store_open_finish (result, &error);
  g_assert_no_error (error);

  return self;
}

static inline void
test_store_free (TestStore *self)
{
  GAsyncResult *result;
  g_autoptr (GError) error = NULL;

  linkage_store_close_async (self->store, test_store_on_result, self);
  result = test_store_wait (self);
  linkage_store_close_finish (self->store, result, &error);
  g_assert_no_error (error);
  g_object_unref (result);
  g_assert_finalize_object (self->store);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestStore, test_store_free)

/* A row of the portal's, to be filled in further and given to test_store_apply(). */
static inline LinkageConnection *
test_store_make_row (TestStore *self, const char *id, const char *customer_name)
{
  g_autofree char *customer_id = g_strconcat ("customer-", id, NULL);
  g_autoptr (LinkageCustomer) customer = linkage_customer_new (customer_id, customer_name);
  LinkageConnection *connection = linkage_connection_new (id, customer);

  customer->accepts_requests = TRUE;
  connection->revision = ++self->revision;
  connection->actions = LINKAGE_ACTIONS_CONNECT;

  return connection;
}

/* A request that was sent for the row. email, comment: (nullable) */
static inline void
test_store_add_attempt (LinkageConnection *connection,
                        LinkageStatus status,
                        gint64 requested_at,
                        const char *email,
                        const char *comment)
{
  LinkageAttempt *attempt = linkage_attempt_new ();

  attempt->number = connection->attempts->len + 1;
  attempt->requested_at = requested_at;
  attempt->expires_at = requested_at + 30 * 24 * 60 * 60;
  attempt->outcome = status;
  attempt->contact_email = g_strdup (email);
  attempt->comment = g_strdup (comment);
  g_ptr_array_add (connection->attempts, attempt);
  connection->status = status;
  connection->requests_used = connection->attempts->len;
  connection->actions = status == LINKAGE_STATUS_EXPIRED ? LINKAGE_ACTIONS_RESEND : LINKAGE_ACTIONS_NONE;
}

static inline LinkageChanges *
test_store_make_page (TestStore *self)
{
  LinkageChanges *changes = linkage_changes_new ();

  changes->old_state = self->n_pages > 0 ? g_strdup_printf ("state-%u", self->n_pages) : NULL;
  changes->new_state = g_strdup_printf ("state-%u", ++self->n_pages);
  changes->account = linkage_account_info_new ("account", "Account");
  changes->account->is_admin = TRUE;
  g_free (changes->account->epoch);
  changes->account->epoch = g_strdup ("epoch");

  return changes;
}

static inline void
test_store_apply (TestStore *self, LinkageChanges *changes)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_store_apply_changes_async (self->store, changes, NULL, test_store_on_result, self);
  result = test_store_wait (self);
  linkage_store_apply_changes_finish (self->store, result, &error);
  g_assert_no_error (error);
}

static inline void
test_store_apply_row (TestStore *self, LinkageConnection *connection)
{
  g_autoptr (LinkageChanges) changes = test_store_make_page (self);

  g_ptr_array_add (changes->changed, linkage_connection_ref (connection));
  test_store_apply (self, changes);
}

static inline void
test_store_remove_row (TestStore *self, const char *id)
{
  g_autoptr (LinkageChanges) changes = test_store_make_page (self);

  g_ptr_array_add (changes->removed, linkage_tombstone_new (id, ++self->revision));
  test_store_apply (self, changes);
}

/* n rows, "row-1" and so on, in one page; names: NULL-terminated, used in turn */
static inline void
test_store_fill (TestStore *self, guint n_rows, const char *const *names)
{
  g_autoptr (LinkageChanges) changes = test_store_make_page (self);
  guint n_names = g_strv_length ((char **)names);

  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char *id = g_strdup_printf ("row-%u", i + 1);

      g_ptr_array_add (changes->changed, test_store_make_row (self, id, names[i % n_names]));
    }
  test_store_apply (self, changes);
}
