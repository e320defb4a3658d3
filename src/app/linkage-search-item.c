/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-search-item.h"

#include <glib/gi18n.h>

#include "linkage-portal-text.h"

struct _LinkageSearchItem
{
  GObject parent_instance;

  LinkageSearchResult *result; /* (owned) */
};

G_DEFINE_FINAL_TYPE (LinkageSearchItem, linkage_search_item, G_TYPE_OBJECT)

static void
linkage_search_item_finalize (GObject *object)
{
  LinkageSearchItem *self = LINKAGE_SEARCH_ITEM (object);

  linkage_search_result_unref (self->result);

  G_OBJECT_CLASS (linkage_search_item_parent_class)->finalize (object);
}

static void
linkage_search_item_class_init (LinkageSearchItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = linkage_search_item_finalize;
}

static void
linkage_search_item_init (LinkageSearchItem *self)
{
}

/**
 * linkage_search_item_new:
 * @result: what was found
 *
 * Creates the object that stands for a result in a list model.
 *
 * Returns: (transfer full): a new #LinkageSearchItem
 */
LinkageSearchItem *
linkage_search_item_new (LinkageSearchResult *result)
{
  LinkageSearchItem *self;

  g_return_val_if_fail (result != NULL, NULL);

  self = g_object_new (LINKAGE_TYPE_SEARCH_ITEM, NULL);
  self->result = linkage_search_result_ref (result);

  return self;
}

/**
 * linkage_search_item_get_result:
 * @self: a #LinkageSearchItem
 *
 * Gets the result that @self stands for.
 *
 * Returns: (transfer none): the result
 */
LinkageSearchResult *
linkage_search_item_get_result (LinkageSearchItem *self)
{
  g_return_val_if_fail (LINKAGE_IS_SEARCH_ITEM (self), NULL);

  return self->result;
}

/**
 * linkage_search_item_get_action:
 * @self: a #LinkageSearchItem
 *
 * Gets what the portal allows. What it allows on a row that is not named cannot be done.
 *
 * Returns: one action, or %LINKAGE_ACTIONS_NONE
 */
LinkageActions
linkage_search_item_get_action (LinkageSearchItem *self)
{
  g_return_val_if_fail (LINKAGE_IS_SEARCH_ITEM (self), LINKAGE_ACTIONS_NONE);

  if ((self->result->actions & LINKAGE_ACTIONS_REQUEST) != 0)
    return LINKAGE_ACTIONS_REQUEST;
  if (self->result->connection_id == NULL)
    return LINKAGE_ACTIONS_NONE;
  if ((self->result->actions & LINKAGE_ACTIONS_CONNECT) != 0)
    return LINKAGE_ACTIONS_CONNECT;
  if ((self->result->actions & LINKAGE_ACTIONS_RESEND) != 0)
    return LINKAGE_ACTIONS_RESEND;

  return LINKAGE_ACTIONS_NONE;
}

/**
 * linkage_search_item_get_refusal:
 * @self: a #LinkageSearchItem
 *
 * Gets why the customer can be sent no request for ever, where somebody can be asked for another way.
 *
 * Returns: the rule, or %LINKAGE_REFUSAL_NONE
 */
LinkageRefusal
linkage_search_item_get_refusal (LinkageSearchItem *self)
{
  g_return_val_if_fail (LINKAGE_IS_SEARCH_ITEM (self), LINKAGE_REFUSAL_NONE);

  if (self->result->state == LINKAGE_SEARCH_STATE_REJECTED)
    return LINKAGE_REFUSAL_REJECTED;
  if (self->result->state == LINKAGE_SEARCH_STATE_NO_REQUESTS_LEFT)
    return LINKAGE_REFUSAL_NO_REQUESTS_LEFT;
  if (self->result->state == LINKAGE_SEARCH_STATE_TAKES_NO_REQUESTS)
    return LINKAGE_REFUSAL_TAKES_NO_REQUESTS;

  return LINKAGE_REFUSAL_NONE;
}

/**
 * linkage_search_item_get_state_text:
 * @self: a #LinkageSearchItem
 *
 * Says how the account stands to the customer, and so why it can perhaps not be chosen.
 *
 * Returns: (transfer none) (nullable): a phrase; %NULL for a customer that was never asked
 */
const char *
linkage_search_item_get_state_text (LinkageSearchItem *self)
{
  g_return_val_if_fail (LINKAGE_IS_SEARCH_ITEM (self), NULL);

  switch (self->result->state)
    {
    case LINKAGE_SEARCH_STATE_AVAILABLE:
      return NULL;
    case LINKAGE_SEARCH_STATE_SUGGESTED:
      return C_ ("result of a search", "Suggested");
    case LINKAGE_SEARCH_STATE_PENDING:
      return C_ ("result of a search", "Request pending");
    case LINKAGE_SEARCH_STATE_APPROVED:
      return C_ ("result of a search", "Already connected");
    case LINKAGE_SEARCH_STATE_EXPIRED:
      return C_ ("result of a search", "Request expired");
    case LINKAGE_SEARCH_STATE_REJECTED:
      return C_ ("result of a search", "Rejected");
    case LINKAGE_SEARCH_STATE_NO_REQUESTS_LEFT:
      return C_ ("result of a search", "Three requests used");
    case LINKAGE_SEARCH_STATE_TAKES_NO_REQUESTS:
      return C_ ("result of a search", "Takes no requests");
    case LINKAGE_SEARCH_STATE_UNKNOWN:
    default:
      return C_ ("result of a search", "Cannot be chosen");
    }
}

/**
 * linkage_search_item_get_action_text:
 * @self: a #LinkageSearchItem
 *
 * Gets what stands on the button of the result.
 *
 * Returns: (transfer none) (nullable): a label; %NULL where nothing can be done
 */
const char *
linkage_search_item_get_action_text (LinkageSearchItem *self)
{
  switch (linkage_search_item_get_action (self))
    {
    case LINKAGE_ACTIONS_REQUEST:
      return C_ ("button of a search result", "Request…");
    case LINKAGE_ACTIONS_CONNECT:
      return C_ ("button of a search result", "Connect");
    case LINKAGE_ACTIONS_RESEND:
      return C_ ("button of a search result", "Send Again");
    case LINKAGE_ACTIONS_NONE:
    default:
      return linkage_search_item_get_refusal (self) != LINKAGE_REFUSAL_NONE ? C_ ("button of a search result", "Ask…")
                                                                            : NULL;
    }
}

/**
 * linkage_search_item_get_action_name:
 * @self: a #LinkageSearchItem
 *
 * Names the button of the result for who does not see the customer's name beside it.
 *
 * Returns: (transfer full): a phrase
 */
char *
linkage_search_item_get_action_name (LinkageSearchItem *self)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (LINKAGE_IS_SEARCH_ITEM (self), NULL);

  name = linkage_portal_text_isolate (self->result->customer->name);
  switch (linkage_search_item_get_action (self))
    {
    case LINKAGE_ACTIONS_REQUEST:
      /* Translators: %s is a customer's name. */
      return g_strdup_printf (_ ("Request a connection with %s"), name);
    case LINKAGE_ACTIONS_CONNECT:
      /* Translators: %s is a customer's name. */
      return g_strdup_printf (_ ("Connect with %s"), name);
    case LINKAGE_ACTIONS_RESEND:
      /* Translators: %s is a customer's name. */
      return g_strdup_printf (_ ("Send the request to %s again"), name);
    case LINKAGE_ACTIONS_NONE:
    default:
      /* Translators: %s is a customer's name. */
      return g_strdup_printf (_ ("Ask %s in another way"), name);
    }
}

static LinkageStatus
get_status (LinkageSearchState state)
{
  switch (state)
    {
    case LINKAGE_SEARCH_STATE_SUGGESTED:
      return LINKAGE_STATUS_SUGGESTED;
    case LINKAGE_SEARCH_STATE_PENDING:
      return LINKAGE_STATUS_PENDING;
    case LINKAGE_SEARCH_STATE_APPROVED:
      return LINKAGE_STATUS_APPROVED;
    case LINKAGE_SEARCH_STATE_REJECTED:
      return LINKAGE_STATUS_REJECTED;
    case LINKAGE_SEARCH_STATE_EXPIRED:
    case LINKAGE_SEARCH_STATE_NO_REQUESTS_LEFT:
      return LINKAGE_STATUS_EXPIRED;
    case LINKAGE_SEARCH_STATE_UNKNOWN:
    case LINKAGE_SEARCH_STATE_AVAILABLE:
    case LINKAGE_SEARCH_STATE_TAKES_NO_REQUESTS:
    default:
      return LINKAGE_STATUS_UNKNOWN;
    }
}

/**
 * linkage_search_item_make_connection:
 * @self: a #LinkageSearchItem
 *
 * Puts what the search says into the form of a row, for the texts that speak of rows. The customer may have none.
 *
 * Returns: (transfer full): a connection
 */
LinkageConnection *
linkage_search_item_make_connection (LinkageSearchItem *self)
{
  LinkageConnection *connection;
  const char *id;

  g_return_val_if_fail (LINKAGE_IS_SEARCH_ITEM (self), NULL);

  id = self->result->connection_id != NULL ? self->result->connection_id : "";
  connection = linkage_connection_new (id, self->result->customer);
  connection->status = get_status (self->result->state);

  return connection;
}
