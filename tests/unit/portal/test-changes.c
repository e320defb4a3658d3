/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "portal-accounts.h"
#include "portal-changes.h"
#include "portal-error.h"
#include "portal-sample.h"
#include "portal-transitions.h"

#define RANDOM_STEPS 400

/* A client: what it holds, by nothing but pages. */
typedef struct
{
  PortalStore *store;    /* (unowned) */
  PortalUser *user;      /* (owned) */
  GHashTable *revisions; /* (owned): row id → revision */
  char *state;           /* (owned) (nullable) */
} Client;

static Client *
client_new (PortalStore *store)
{
  Client *client = g_new0 (Client, 1);

  client->store = store;
  client->user = portal_sample_get_admin ();
  client->revisions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return client;
}

static void
client_free (Client *client)
{
  portal_user_free (client->user);
  g_hash_table_unref (client->revisions);
  g_free (client->state);
  g_free (client);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Client, client_free)

static LinkageChanges *
read_since (Client *client, const char *since, guint limit, GError **error)
{
  g_autoptr (PortalTransaction) transaction = portal_transaction_begin (client->store, NULL);

  return portal_changes_read (client->store, "a", client->user, since, limit, error);
}

/* Whether there is more. */
static gboolean
read_page (Client *client, guint limit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LinkageChanges) changes = read_since (client, client->state, limit, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (changes->old_state, ==, client->state);
  g_assert_cmpuint (changes->changed->len + changes->removed->len, <=, limit);
  for (guint i = 0; i < changes->changed->len; i++)
    {
      LinkageConnection *row = g_ptr_array_index (changes->changed, i);
      gint64 *revision = g_memdup2 (&row->revision, sizeof (gint64));
      const gint64 *before = g_hash_table_lookup (client->revisions, row->id);

      g_assert_true (before == NULL || *before < *revision);
      g_hash_table_replace (client->revisions, g_strdup (row->id), revision);
    }
  for (guint i = 0; i < changes->removed->len; i++)
    g_hash_table_remove (client->revisions, ((LinkageTombstone *)g_ptr_array_index (changes->removed, i))->id);

  g_free (client->state);
  client->state = g_strdup (changes->new_state);
  if (!changes->has_more)
    g_assert_cmpuint (changes->total, ==, g_hash_table_size (client->revisions));

  return changes->has_more;
}

static void
read_to_end (Client *client, guint limit)
{
  while (read_page (client, limit))
    continue;
}

static void
assert_unusable (Client *client, const char *state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LinkageChanges) changes = read_since (client, state, 10, &error);

  g_assert_null (changes);
  g_assert_error (error, PORTAL_ERROR, PORTAL_ERROR_STATE_UNUSABLE);
}

/* The client holds exactly what the table holds. */
static void
assert_complete (Client *client)
{
  GHashTableIter iter;
  gpointer id, revision;

  g_assert_cmpint (portal_sample_read_int (
                     client->store, "SELECT count (*) FROM connections WHERE account_id = 'a' AND removed_at IS NULL"),
                   ==, g_hash_table_size (client->revisions));

  g_hash_table_iter_init (&iter, client->revisions);
  while (g_hash_table_iter_next (&iter, &id, &revision))
    {
      g_autofree char *sql = g_strdup_printf ("SELECT revision FROM connections WHERE id = '%s'", (const char *)id);

      g_assert_cmpint (portal_sample_read_int (client->store, sql), ==, *(gint64 *)revision);
    }
}

static void
test_pages (void)
{
  PortalStore *store = portal_sample_open (":memory:");
  g_autoptr (Client) client = client_new (store);
  guint n_pages = 1;

  for (guint i = 0; i < 7; i++)
    {
      portal_sample_add_row (store, "a", i);
      portal_sample_add_row (store, "b", i);
    }

  while (read_page (client, 3))
    n_pages++;
  g_assert_cmpuint (n_pages, ==, 3);
  assert_complete (client);

  g_assert_false (read_page (client, 3));
  assert_complete (client);

  portal_sample_close (store);
}

/* The last page is full: nothing says that there is more when there is none. */
static void
test_full_last_page (void)
{
  PortalStore *store = portal_sample_open (":memory:");
  g_autoptr (Client) client = client_new (store);

  for (guint i = 0; i < 6; i++)
    portal_sample_add_row (store, "a", i);

  g_assert_true (read_page (client, 3));
  g_assert_false (read_page (client, 3));
  assert_complete (client);

  portal_sample_close (store);
}

static void
test_rows_change_between_pages (void)
{
  PortalStore *store = portal_sample_open (":memory:");
  g_autoptr (Client) client = client_new (store);

  for (guint i = 0; i < 10; i++)
    portal_sample_add_row (store, "a", i);

  g_assert_true (read_page (client, 4));
  portal_sample_send (store, "a-c0");       /* read already: comes again */
  portal_sample_send (store, "a-c9");       /* not read yet: comes once, later */
  portal_sample_remove_row (store, "a", 1); /* read already: a tombstone */
  portal_sample_remove_row (store, "a", 8); /* not read yet */
  portal_sample_add_row (store, "a", 10);
  read_to_end (client, 4);

  assert_complete (client);
  g_assert_cmpuint (g_hash_table_size (client->revisions), ==, 9);

  portal_sample_close (store);
}

static void
change_something (PortalStore *store)
{
  guint customer = (guint)g_test_rand_int_range (0, PORTAL_SAMPLE_CUSTOMERS);
  g_autofree char *id = portal_sample_get_row_id ("a", customer);
  g_autofree char *sql = g_strdup_printf (
    "SELECT ifnull ((SELECT CASE WHEN removed_at IS NOT NULL THEN 2 WHEN requests_used < 3 AND status <> 'pending' "
    "THEN 1 ELSE 3 END FROM connections WHERE id = '%s'), 0)",
    id);

  switch (portal_sample_read_int (store, sql))
    {
    case 0:
      portal_sample_add_row (store, "a", customer);
      break;
    case 1:
      portal_sample_send (store, id);
      break;
    case 2:
      portal_sample_advance_clock (store, PORTAL_SAMPLE_DAY);
      break;
    default:
      portal_sample_remove_row (store, "a", customer);
      break;
    }
}

/* Two clients that read at their own pace hold what the table holds whenever they have come to the end. */
static void
test_random (void)
{
  PortalStore *store = portal_sample_open (":memory:");
  g_autoptr (Client) eager = client_new (store);
  g_autoptr (Client) lazy = client_new (store);

  for (guint step = 0; step < RANDOM_STEPS; step++)
    {
      change_something (store);
      read_page (lazy, (guint)g_test_rand_int_range (1, 4));
      if (g_test_rand_bit ())
        {
          read_to_end (eager, (guint)g_test_rand_int_range (1, 6));
          assert_complete (eager);
        }
    }
  read_to_end (lazy, 2);
  assert_complete (lazy);

  portal_sample_close (store);
}

static void
test_account_advances_the_state (void)
{
  PortalStore *store = portal_sample_open (":memory:");
  g_autoptr (Client) client = client_new (store);
  g_autofree char *before = NULL;
  g_autofree char *newest = NULL;

  portal_sample_add_row (store, "a", 0);
  read_to_end (client, 10);
  before = g_strdup (client->state);

  PORTAL_SAMPLE_RUN (store, portal_accounts_set_searches_used (store, "a", 1, &error));
  newest = portal_changes_get_newest_state (store, "a", NULL);
  g_assert_cmpstr (before, !=, newest);
  g_assert_false (read_page (client, 10));
  g_assert_cmpstr (client->state, ==, newest);

  portal_sample_close (store);
}

static void
test_other_accounts_do_not (void)
{
  PortalStore *store = portal_sample_open (":memory:");
  g_autofree char *before = portal_changes_get_newest_state (store, "a", NULL);
  g_autofree char *after = NULL;

  portal_sample_add_row (store, "b", 0);
  after = portal_changes_get_newest_state (store, "a", NULL);
  g_assert_cmpstr (before, ==, after);

  portal_sample_close (store);
}

static void
test_tombstones_live_sixty_days (void)
{
  PortalStore *store = portal_sample_open (":memory:");
  g_autoptr (Client) client = client_new (store);
  g_autofree char *before = NULL;

  portal_sample_add_row (store, "a", 0);
  portal_sample_add_row (store, "a", 1);
  read_to_end (client, 10);
  before = g_strdup (client->state);
  portal_sample_remove_row (store, "a", 0);

  portal_sample_advance_clock (store, 60 * PORTAL_SAMPLE_DAY - 2);
  PORTAL_SAMPLE_RUN (store, portal_changes_bury (store, &error));
  read_to_end (client, 10);
  assert_complete (client);

  portal_sample_advance_clock (store, 2);
  PORTAL_SAMPLE_RUN (store, portal_changes_bury (store, &error));
  assert_unusable (client, before);
  g_assert_false (read_page (client, 10));
  assert_complete (client);

  portal_sample_close (store);
}

/* Rows that are older than the newest buried tombstone can still be read page by page. */
static void
test_first_read_after_a_burial (void)
{
  PortalStore *store = portal_sample_open (":memory:");
  g_autoptr (Client) client = client_new (store);

  for (guint i = 0; i < 6; i++)
    portal_sample_add_row (store, "a", i);
  portal_sample_remove_row (store, "a", 0);
  portal_sample_advance_clock (store, 61 * PORTAL_SAMPLE_DAY);
  PORTAL_SAMPLE_RUN (store, portal_changes_bury (store, &error));

  read_to_end (client, 2);
  assert_complete (client);

  portal_sample_close (store);
}

/* A burial in the middle of a first read: a row that was read and whose tombstone is gone must not stay for ever. */
static void
test_burial_during_a_first_read (void)
{
  PortalStore *store = portal_sample_open (":memory:");
  g_autoptr (Client) client = client_new (store);

  for (guint i = 0; i < 6; i++)
    portal_sample_add_row (store, "a", i);
  g_assert_true (read_page (client, 2));
  portal_sample_remove_row (store, "a", 0);
  portal_sample_advance_clock (store, 61 * PORTAL_SAMPLE_DAY);
  PORTAL_SAMPLE_RUN (store, portal_changes_bury (store, &error));

  assert_unusable (client, client->state);

  portal_sample_close (store);
}

static void
test_revisions_outlive_a_burial (void)
{
  PortalStore *store = portal_sample_open (":memory:");
  g_autofree char *id = NULL;
  gint64 before;

  portal_sample_add_row (store, "a", 0);
  portal_sample_remove_row (store, "a", 0);
  before = portal_sample_read_int (store, "SELECT revision FROM connections");
  portal_sample_advance_clock (store, 61 * PORTAL_SAMPLE_DAY);
  PORTAL_SAMPLE_RUN (store, portal_changes_bury (store, &error));

  PORTAL_SAMPLE_RUN (store,
                     (id = portal_transitions_request (store, "a", "c0", "x@c0.example", "Ada", &error)) != NULL);
  g_assert_cmpstr (id, ==, "a-c0");
  g_assert_cmpint (portal_sample_read_int (store, "SELECT revision FROM connections"), >, before);
  g_assert_cmpint (portal_sample_read_int (store, "SELECT total FROM accounts WHERE id = 'a'"), ==, 1);

  portal_sample_close (store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/portal/changes/pages", test_pages);
  g_test_add_func ("/portal/changes/full-last-page", test_full_last_page);
  g_test_add_func ("/portal/changes/rows-change-between-pages", test_rows_change_between_pages);
  g_test_add_func ("/portal/changes/random", test_random);
  g_test_add_func ("/portal/changes/account-advances-the-state", test_account_advances_the_state);
  g_test_add_func ("/portal/changes/other-accounts-do-not", test_other_accounts_do_not);
  g_test_add_func ("/portal/changes/tombstones-live-sixty-days", test_tombstones_live_sixty_days);
  g_test_add_func ("/portal/changes/first-read-after-a-burial", test_first_read_after_a_burial);
  g_test_add_func ("/portal/changes/burial-during-a-first-read", test_burial_during_a_first_read);
  g_test_add_func ("/portal/changes/revisions-outlive-a-burial", test_revisions_outlive_a_burial);

  return g_test_run ();
}
