/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-connection.h"
#include "linkage-rules.h"
#include "linkage-search.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_SEARCH_ITEM (linkage_search_item_get_type ())
G_DECLARE_FINAL_TYPE (LinkageSearchItem, linkage_search_item, LINKAGE, SEARCH_ITEM, GObject)

/* One customer that a search found, as the list of results holds it. */
LinkageSearchItem *linkage_search_item_new (LinkageSearchResult *result);
LinkageSearchResult *linkage_search_item_get_result (LinkageSearchItem *self); /* (transfer none) */
/* The one thing that the portal allows, or LINKAGE_ACTIONS_NONE */
LinkageActions linkage_search_item_get_action (LinkageSearchItem *self);
LinkageRefusal linkage_search_item_get_refusal (LinkageSearchItem *self);
const char *linkage_search_item_get_state_text (LinkageSearchItem *self); /* (nullable): there is nothing to say */
const char *linkage_search_item_get_action_text (LinkageSearchItem *self);
char *linkage_search_item_get_action_name (LinkageSearchItem *self);
LinkageConnection *linkage_search_item_make_connection (LinkageSearchItem *self); /* (transfer full) */

G_END_DECLS
