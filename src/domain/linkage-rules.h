/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-connection.h"

G_BEGIN_DECLS

#define LINKAGE_RULES_REQUEST_LIFETIME (30 * 24 * 60 * 60) /* seconds */
#define LINKAGE_RULES_REQUESTS_PER_CUSTOMER 3
#define LINKAGE_RULES_SEARCHES_PER_ACCOUNT 5
#define LINKAGE_RULES_UNDO_SECONDS 10

/* What the rules look at; the clock is always an argument. */
typedef struct
{
  gboolean exists; /* FALSE: a customer without a row */
  LinkageStatus status;
  LinkageOrigin origin;
  guint requests_used;
  gboolean was_rejected;
  gboolean accepts_requests;
  gint64 requested_at; /* of the latest attempt, Unix seconds, UTC; 0: none */
  gboolean is_copy;    /* a person brought it: what was not seen is not concluded */
} LinkageRuleState;

typedef enum
{
  LINKAGE_REFUSAL_NONE,
  LINKAGE_REFUSAL_NOT_SUGGESTED,  /* connect on what is no suggestion */
  LINKAGE_REFUSAL_ALREADY_LISTED, /* request for a customer with a row: connect or resend is the way */
  LINKAGE_REFUSAL_ALREADY_PENDING,
  LINKAGE_REFUSAL_ALREADY_CONNECTED,
  LINKAGE_REFUSAL_NOT_EXPIRED,
  LINKAGE_REFUSAL_REJECTED,
  LINKAGE_REFUSAL_NO_REQUESTS_LEFT,
  LINKAGE_REFUSAL_TAKES_NO_REQUESTS,
  LINKAGE_REFUSAL_NO_SEARCHES_LEFT,
  LINKAGE_REFUSAL_ROLE_REQUIRED,
} LinkageRefusal;

typedef enum
{
  LINKAGE_NEEDS_NOTHING = 0,
  LINKAGE_NEEDS_CONTACT = 1 << 0,
  LINKAGE_NEEDS_VERIFICATION = 1 << 1,
  LINKAGE_NEEDS_CONFIRMATION = 1 << 2,
  LINKAGE_NEEDS_QUESTION = 1 << 3, /* the third request always asks first */
} LinkageNeeds;

/* Whom to ask; there may be more than one way. */
typedef enum
{
  LINKAGE_ASK_NOBODY = 0,
  LINKAGE_ASK_CUSTOMER = 1 << 0, /* for an invitation to the account's e-mail address */
  LINKAGE_ASK_SUPPORT = 1 << 1,  /* for searches to be reset, or a greyed-out customer */
  LINKAGE_ASK_ADMIN = 1 << 2,    /* the account's own, for the role */
} LinkageAsk;

void linkage_rules_state_from_connection (LinkageRuleState *state, const LinkageConnection *connection);
gint64 linkage_rules_get_expiry (gint64 requested_at);
gboolean linkage_rules_is_expiry_due (const LinkageRuleState *state, gint64 now);
gboolean linkage_rules_is_unanswered (const LinkageRuleState *state, gint64 now);
guint linkage_rules_get_days_left (gint64 expires_at, gint64 now);
guint linkage_rules_get_requests_left (const LinkageRuleState *state);
guint linkage_rules_get_searches_left (guint used, guint limit);
LinkageRefusal linkage_rules_check (const LinkageRuleState *state, LinkageActions action, gint64 now);
LinkageRefusal linkage_rules_check_role (gboolean is_admin);
LinkageRefusal linkage_rules_check_search (guint used, guint limit);
LinkageActions linkage_rules_get_actions (const LinkageRuleState *state, gint64 now);
LinkageRefusal linkage_rules_get_refusal (const LinkageRuleState *state, gint64 now);
LinkageNeeds linkage_rules_get_needs (const LinkageRuleState *state, LinkageActions action);
LinkageAsk linkage_rules_get_ask (LinkageRefusal refusal);
gint64 linkage_rules_get_not_before (gint64 now);
gint64 linkage_rules_clamp_not_before (gint64 not_before, gint64 now);

G_END_DECLS
