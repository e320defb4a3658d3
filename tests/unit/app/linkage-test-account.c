/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-test-account.h"

#include "linkage-account-error.h"

#define PAGE_SIZE 50
#define REMOVED_AT G_GINT64_CONSTANT (1795521600) /* noon of 2026-11-24, UTC */
#define SECONDS_PER_DAY 86400

struct _LinkageTestAccount
{
  GObject parent_instance;

  LinkageAccountInfo *info;      /* (owned) */
  LinkageAccountState state;     /* what notify::state says */
  LinkageConnection *connection; /* (owned) (nullable) */
  LinkageOperation *submitted;   /* (owned) (nullable) */
  GPtrArray *outbox;             /* (owned) (element-type LinkageOperation) */
  GError *next_error;            /* (owned) (nullable) */
  GTask *held;                   /* (owned) (nullable) */
  char *searched;                /* (owned) (nullable): the folded name of the last search */
  char *refusal;                 /* (owned) (nullable) */
  char *page;                    /* (owned) (nullable): where a browser is to verify */
  LinkageOperationState outcome;
  gboolean keeps;
  gboolean hold;
  guint total;
  guint n_searches;
  guint n_pages;
  guint n_removed;
};

typedef enum
{
  PROP_INFO = 1,
  PROP_STATE,
  PROP_STATE_SINCE,
  PROP_LAST_ERROR,
  PROP_BUSY,
  PROP_UPDATED_AT,
  PROP_HAS_CONTENT,
} LinkageTestAccountProperty;

static void linkage_test_account_iface_init (LinkageAccountInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LinkageTestAccount,
                               linkage_test_account,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LINKAGE_TYPE_ACCOUNT, linkage_test_account_iface_init))

/* Answers a call: with the error that was put in, or with value; or keeps it waiting until it is cancelled. */
static void
answer (LinkageTestAccount *self, GTask *owned_task, gpointer value, GDestroyNotify destroy)
{
  g_autoptr (GTask) task = owned_task;

  if (self->next_error != NULL)
    {
      destroy (value);
      g_task_return_error (task, g_steal_pointer (&self->next_error));
      return;
    }

  g_task_return_pointer (task, value, destroy);
}

static gboolean
return_cancelled (gpointer user_data)
{
  LinkageTestAccount *self = LINKAGE_TEST_ACCOUNT (user_data);
  g_autoptr (GTask) task = g_steal_pointer (&self->held);

  if (task != NULL)
    g_task_return_error_if_cancelled (task);

  return G_SOURCE_REMOVE;
}

static void
on_held_cancelled (GCancellable *cancellable, LinkageTestAccount *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, return_cancelled, g_object_ref (self), g_object_unref);
}

static void
hold (LinkageTestAccount *self, GTask *owned_task)
{
  self->held = owned_task;
  g_signal_connect_object (g_task_get_cancellable (owned_task), "cancelled", G_CALLBACK (on_held_cancelled), self, 0);
}

static LinkageSearch *
make_page (LinkageTestAccount *self, const char *name, guint offset)
{
  static const LinkageSearchState states[] = {
    LINKAGE_SEARCH_STATE_AVAILABLE, LINKAGE_SEARCH_STATE_APPROVED,          LINKAGE_SEARCH_STATE_PENDING,
    LINKAGE_SEARCH_STATE_SUGGESTED, LINKAGE_SEARCH_STATE_REJECTED,          LINKAGE_SEARCH_STATE_NO_REQUESTS_LEFT,
    LINKAGE_SEARCH_STATE_EXPIRED,   LINKAGE_SEARCH_STATE_TAKES_NO_REQUESTS,
  };
  static const LinkageActions actions[] = {
    LINKAGE_ACTIONS_REQUEST, LINKAGE_ACTIONS_NONE, LINKAGE_ACTIONS_NONE,   LINKAGE_ACTIONS_CONNECT,
    LINKAGE_ACTIONS_NONE,    LINKAGE_ACTIONS_NONE, LINKAGE_ACTIONS_RESEND, LINKAGE_ACTIONS_NONE,
  };
  LinkageSearch *search = linkage_search_new ("search-1", name);

  search->total = self->total;
  for (guint i = offset; i < MIN (self->total, offset + PAGE_SIZE); i++)
    {
      guint kind = i % G_N_ELEMENTS (states);
      g_autofree char *id = g_strdup_printf ("customer-%u", i);
      g_autofree char *customer_name = g_strdup_printf ("Contoso %u", i);
      g_autoptr (LinkageCustomer) customer = linkage_customer_new (id, customer_name);
      LinkageSearchResult *result = NULL;

      customer->country = g_strdup (i % 3 == 2 ? NULL : "DE");
      result = linkage_search_result_new (customer, states[kind]);
      result->actions = actions[kind];
      if (states[kind] != LINKAGE_SEARCH_STATE_AVAILABLE)
        result->connection_id = g_strdup_printf ("connection-%u", i);
      g_ptr_array_add (search->results, result);
    }

  return search;
}

static const char *
get_id (LinkageAccount *account)
{
  return "test";
}

static const GError *
get_last_error (LinkageAccount *account)
{
  return NULL;
}

static LinkageAccountFeatures
get_features (LinkageAccount *account)
{
  return LINKAGE_ACCOUNT_FEATURES_SEARCH | LINKAGE_ACCOUNT_FEATURES_REFRESH;
}

static gint64
get_now (LinkageAccount *account)
{
  return 1700000000;
}

static LinkageConnection *
get_connection (LinkageAccount *account, const char *connection_id, GError **error)
{
  LinkageTestAccount *self = LINKAGE_TEST_ACCOUNT (account);

  if (self->connection == NULL)
    {
      g_set_error_literal (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_FAILED, "No such row");
      return NULL;
    }

  return linkage_connection_ref (self->connection);
}

static GPtrArray *
list_operations (LinkageAccount *account, GError **error)
{
  return g_ptr_array_ref (LINKAGE_TEST_ACCOUNT (account)->outbox);
}

static void
submit_async (LinkageAccount *account,
              LinkageOperation *operation,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  LinkageTestAccount *self = LINKAGE_TEST_ACCOUNT (account);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  LinkageOperation *stored = linkage_operation_copy (operation);

  g_free (stored->key);
  stored->key = g_strdup ("key-1");
  g_clear_pointer (&self->submitted, linkage_operation_unref);
  self->submitted = linkage_operation_ref (stored);
  g_ptr_array_set_size (self->outbox, 0);
  if (self->next_error == NULL)
    g_ptr_array_add (self->outbox, linkage_operation_ref (stored));
  answer (self, task, stored, (GDestroyNotify)linkage_operation_unref);
}

static LinkageOperation *
submit_finish (LinkageAccount *account, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
undo_async (LinkageAccount *account,
            const char *key,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  LinkageTestAccount *self = LINKAGE_TEST_ACCOUNT (account);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_ptr_array_set_size (self->outbox, 0);
  g_task_return_boolean (task, TRUE);
}

static void
refresh_async (LinkageAccount *account, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  LinkageTestAccount *self = LINKAGE_TEST_ACCOUNT (account);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_ptr_array_set_size (self->outbox, 0);
  if (self->keeps && self->submitted != NULL)
    {
      LinkageOperation *kept = linkage_operation_copy (self->submitted);

      kept->state = self->outcome;
      kept->refusal_type = g_strdup (self->refusal);
      g_ptr_array_add (self->outbox, kept);
    }
  g_task_return_boolean (task, TRUE);
}

static gboolean
boolean_finish (LinkageAccount *account, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static char *
find_search (LinkageAccount *account, const char *name)
{
  return g_strcmp0 (LINKAGE_TEST_ACCOUNT (account)->searched, name) == 0 ? g_strdup ("search-1") : NULL;
}

static void
search_async (LinkageAccount *account,
              const char *name,
              gboolean again,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  LinkageTestAccount *self = LINKAGE_TEST_ACCOUNT (account);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  gboolean counted = again || g_strcmp0 (self->searched, name) != 0;

  g_task_set_task_data (task, GINT_TO_POINTER (counted), NULL);
  if (self->hold)
    {
      hold (self, task);
      return;
    }

  if (counted && self->next_error == NULL)
    {
      g_free (self->searched);
      self->searched = g_strdup (name);
      self->n_searches++;
      linkage_test_account_set_searches_used (self, self->info->searches_used + 1);
    }
  answer (self, task, make_page (self, name, 0), (GDestroyNotify)linkage_search_unref);
}

static LinkageSearch *
search_finish (LinkageAccount *account, GAsyncResult *result, gboolean *counted, GError **error)
{
  *counted = GPOINTER_TO_INT (g_task_get_task_data (G_TASK (result)));

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
read_search_async (LinkageAccount *account,
                   const char *search_id,
                   guint offset,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  LinkageTestAccount *self = LINKAGE_TEST_ACCOUNT (account);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  self->n_pages++;
  answer (self, task, make_page (self, "", offset), (GDestroyNotify)linkage_search_unref);
}

static LinkageSearch *
read_search_finish (LinkageAccount *account, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
verify_async (LinkageAccount *account,
              LinkageActions action,
              const char *customer_id,
              LinkageVerification *verification,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  LinkageTestAccount *self = LINKAGE_TEST_ACCOUNT (account);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  if (self->page != NULL)
    linkage_verification_set_page (verification, "hcaptcha", self->page);
  else
    linkage_verification_set_fraction (verification, 0.5);
  if (self->hold)
    hold (self, task);
  else
    answer (self, task, g_strdup_printf ("session-%s", customer_id), g_free);
}

static char *
verify_finish (LinkageAccount *account, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
find_provider_async (LinkageAccount *account,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  LinkageTestAccount *self = LINKAGE_TEST_ACCOUNT (account);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_return_pointer (task, g_strdup (self->page != NULL ? "hcaptcha" : "proof-of-work"), g_free);
  g_object_unref (task);
}

static char *
find_provider_finish (LinkageAccount *account, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static LinkageRemovedConnection *
make_removed (guint position)
{
  g_autofree char *id = g_strdup_printf ("removed-%u", position);
  g_autofree char *name = g_strdup_printf ("%04u", position);
  g_autoptr (LinkageCustomer) customer = linkage_customer_new (id, name);
  g_autoptr (LinkageConnection) connection = linkage_connection_new (id, customer);
  LinkageAttempt *attempt = linkage_attempt_new ();

  connection->status = position % 2 == 0 ? LINKAGE_STATUS_REJECTED : LINKAGE_STATUS_EXPIRED;
  connection->requests_used = 1;
  attempt->number = 1;
  attempt->outcome = connection->status;
  attempt->requested_at = REMOVED_AT - 40 * SECONDS_PER_DAY;
  attempt->expires_at = REMOVED_AT - 10 * SECONDS_PER_DAY;
  g_ptr_array_add (connection->attempts, attempt);

  return linkage_removed_connection_new (connection, REMOVED_AT);
}

static void
list_removed_async (LinkageAccount *account,
                    guint offset,
                    guint limit,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  LinkageTestAccount *self = LINKAGE_TEST_ACCOUNT (account);
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func ((GDestroyNotify)linkage_removed_connection_unref);

  for (guint i = offset; i < MIN (self->n_removed, offset + limit); i++)
    g_ptr_array_add (page, make_removed (i));
  answer (self, g_task_new (self, cancellable, callback, user_data), g_steal_pointer (&page),
          (GDestroyNotify)g_ptr_array_unref);
}

static GPtrArray *
list_removed_finish (LinkageAccount *account, GAsyncResult *result, guint *total, GError **error)
{
  *total = LINKAGE_TEST_ACCOUNT (account)->n_removed;

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
linkage_test_account_iface_init (LinkageAccountInterface *iface)
{
  iface->get_id = get_id;
  iface->get_features = get_features;
  iface->get_last_error = get_last_error;
  iface->get_now = get_now;
  iface->get_connection = get_connection;
  iface->get_connection_of_customer = get_connection;
  iface->list_operations = list_operations;
  iface->submit_async = submit_async;
  iface->submit_finish = submit_finish;
  iface->undo_async = undo_async;
  iface->undo_finish = boolean_finish;
  iface->refresh_async = refresh_async;
  iface->refresh_finish = boolean_finish;
  iface->find_search = find_search;
  iface->search_async = search_async;
  iface->search_finish = search_finish;
  iface->read_search_async = read_search_async;
  iface->read_search_finish = read_search_finish;
  iface->verify_async = verify_async;
  iface->verify_finish = verify_finish;
  iface->find_provider_async = find_provider_async;
  iface->find_provider_finish = find_provider_finish;
  iface->list_removed_async = list_removed_async;
  iface->list_removed_finish = list_removed_finish;
}

static void
linkage_test_account_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LinkageTestAccount *self = LINKAGE_TEST_ACCOUNT (object);

  switch ((LinkageTestAccountProperty)property_id)
    {
    case PROP_INFO:
      g_value_set_boxed (value, self->info);
      break;
    case PROP_STATE:
      g_value_set_uint (value, self->state);
      break;
    case PROP_HAS_CONTENT:
      g_value_set_boolean (value, TRUE);
      break;
    case PROP_STATE_SINCE:
    case PROP_LAST_ERROR:
    case PROP_BUSY:
    case PROP_UPDATED_AT:
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
linkage_test_account_finalize (GObject *object)
{
  LinkageTestAccount *self = LINKAGE_TEST_ACCOUNT (object);

  linkage_account_info_unref (self->info);
  g_clear_pointer (&self->connection, linkage_connection_unref);
  g_clear_pointer (&self->submitted, linkage_operation_unref);
  g_ptr_array_unref (self->outbox);
  g_clear_error (&self->next_error);
  g_free (self->searched);
  g_free (self->refusal);
  g_free (self->page);

  G_OBJECT_CLASS (linkage_test_account_parent_class)->finalize (object);
}

static void
linkage_test_account_class_init (LinkageTestAccountClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = linkage_test_account_get_property;
  object_class->finalize = linkage_test_account_finalize;

  g_object_class_override_property (object_class, PROP_INFO, "info");
  g_object_class_override_property (object_class, PROP_STATE, "state");
  g_object_class_override_property (object_class, PROP_STATE_SINCE, "state-since");
  g_object_class_override_property (object_class, PROP_LAST_ERROR, "last-error");
  g_object_class_override_property (object_class, PROP_BUSY, "busy");
  g_object_class_override_property (object_class, PROP_UPDATED_AT, "updated-at");
  g_object_class_override_property (object_class, PROP_HAS_CONTENT, "has-content");
}

static LinkageAccountInfo *
make_info (guint used)
{
  LinkageAccountInfo *info = linkage_account_info_new ("account-1", "Fabrikam Supplies");

  info->user_name = g_strdup ("Anna Meier");
  info->user_email = g_strdup ("anna@fabrikam.example");
  info->invitation_email = g_strdup ("anna@fabrikam.example");
  info->support_name = g_strdup ("Supplier Support");
  info->support_email = g_strdup ("support@portal.example");
  info->merged_into_id = g_strdup ("account-2");
  info->merged_into_name = g_strdup ("Lindqvist Components");
  info->is_admin = TRUE;
  info->searches_limit = 5;
  info->searches_used = used;

  return info;
}

static void
linkage_test_account_init (LinkageTestAccount *self)
{
  self->state = LINKAGE_ACCOUNT_STATE_READY;
  self->outbox = g_ptr_array_new_with_free_func ((GDestroyNotify)linkage_operation_unref);
  self->info = make_info (1);
  self->total = 8;
}

LinkageTestAccount *
linkage_test_account_new (void)
{
  return g_object_new (LINKAGE_TYPE_TEST_ACCOUNT, NULL);
}

void
linkage_test_account_set_state (LinkageTestAccount *self, LinkageAccountState state)
{
  self->state = state;
  g_object_notify (G_OBJECT (self), "state");
}

void
linkage_test_account_set_searches_used (LinkageTestAccount *self, guint used)
{
  linkage_account_info_unref (self->info);
  self->info = make_info (used);
  g_object_notify (G_OBJECT (self), "info");
}

void
linkage_test_account_set_connection (LinkageTestAccount *self, LinkageConnection *connection)
{
  g_clear_pointer (&self->connection, linkage_connection_unref);
  self->connection = linkage_connection_ref (connection);
}

void
linkage_test_account_fail_next (LinkageTestAccount *self, GError *error)
{
  g_clear_error (&self->next_error);
  self->next_error = error;
}

void
linkage_test_account_set_page (LinkageTestAccount *self, const char *page)
{
  g_free (self->page);
  self->page = g_strdup (page);
}

void
linkage_test_account_set_total (LinkageTestAccount *self, guint total)
{
  self->total = total;
}

void
linkage_test_account_set_n_removed (LinkageTestAccount *self, guint n_removed)
{
  self->n_removed = n_removed;
}

void
linkage_test_account_set_outcome (LinkageTestAccount *self, LinkageOperationState state, const char *refusal)
{
  self->keeps = TRUE;
  self->outcome = state;
  g_free (self->refusal);
  self->refusal = g_strdup (refusal);
}

void
linkage_test_account_hold (LinkageTestAccount *self, gboolean hold_calls)
{
  self->hold = hold_calls;
}

guint
linkage_test_account_get_n_searches (LinkageTestAccount *self)
{
  return self->n_searches;
}

guint
linkage_test_account_get_n_pages (LinkageTestAccount *self)
{
  return self->n_pages;
}

LinkageOperation *
linkage_test_account_get_submitted (LinkageTestAccount *self)
{
  return self->submitted;
}
