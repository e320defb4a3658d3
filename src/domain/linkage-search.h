/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-actions.h"
#include "linkage-customer.h"

G_BEGIN_DECLS

/* Why a customer that a search found can or cannot be chosen. */
typedef enum
{
  LINKAGE_SEARCH_STATE_UNKNOWN,
  LINKAGE_SEARCH_STATE_AVAILABLE, /* may be asked with the form */
  LINKAGE_SEARCH_STATE_SUGGESTED, /* may be asked with one press */
  LINKAGE_SEARCH_STATE_PENDING,
  LINKAGE_SEARCH_STATE_APPROVED,
  LINKAGE_SEARCH_STATE_EXPIRED, /* may be asked again */
  LINKAGE_SEARCH_STATE_REJECTED,
  LINKAGE_SEARCH_STATE_NO_REQUESTS_LEFT,
  LINKAGE_SEARCH_STATE_TAKES_NO_REQUESTS,
} LinkageSearchState;

#define LINKAGE_TYPE_SEARCH_RESULT (linkage_search_result_get_type ())
#define LINKAGE_TYPE_SEARCH (linkage_search_get_type ())

typedef struct
{
  LinkageCustomer *customer; /* (owned) */
  LinkageSearchState state;
  char *connection_id; /* (owned) (nullable): where the table has a row */
  LinkageActions actions;
} LinkageSearchResult;

/* A search on the portal: creating one is counted, reading it is free. */
typedef struct
{
  char *id;          /* (owned) */
  char *name;        /* (owned): as it was typed */
  gint64 created_at; /* Unix seconds, UTC */
  guint total;
  GPtrArray *results; /* (owned) (element-type LinkageSearchResult): one page */
} LinkageSearch;

LinkageSearchState linkage_search_state_from_string (const char *string);
const char *linkage_search_state_to_string (LinkageSearchState state);

GType linkage_search_result_get_type (void);
LinkageSearchResult *linkage_search_result_new (LinkageCustomer *customer, LinkageSearchState state);
LinkageSearchResult *linkage_search_result_ref (LinkageSearchResult *result);
void linkage_search_result_unref (LinkageSearchResult *result);

GType linkage_search_get_type (void);
LinkageSearch *linkage_search_new (const char *id, const char *name);
LinkageSearch *linkage_search_ref (LinkageSearch *search);
void linkage_search_unref (LinkageSearch *search);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageSearchResult, linkage_search_result_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageSearch, linkage_search_unref)

G_END_DECLS
