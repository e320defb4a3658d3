/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "linkage-json-reader.h"
#include "linkage-token-source.h"

G_BEGIN_DECLS

/* One call of the interface: what is asked, and how the reply's body becomes a value. */
typedef struct _LinkageExchange LinkageExchange;

/* What a reply means that is no success. Any thread. */
typedef GError *(*LinkageExchangeRefusalFunc) (guint status, SoupMessageHeaders *headers, GBytes *body);

LinkageExchange *linkage_exchange_new (const char *method, const char *address);
void linkage_exchange_free (LinkageExchange *exchange);
void linkage_exchange_set_token (LinkageExchange *exchange, const char *token);
void linkage_exchange_set_token_source (LinkageExchange *exchange, LinkageTokenSource *source);
void linkage_exchange_set_key (LinkageExchange *exchange, const char *key);
void linkage_exchange_set_challenge_session (LinkageExchange *exchange, const char *id);
void linkage_exchange_take_body (LinkageExchange *exchange, JsonObject *body);
void linkage_exchange_take_form (LinkageExchange *exchange, char *form);
void linkage_exchange_set_refusal (LinkageExchange *exchange, LinkageExchangeRefusalFunc read_refusal);
void linkage_exchange_set_reader (LinkageExchange *exchange,
                                  const char *name,
                                  LinkageJsonReadFunc read,
                                  GDestroyNotify free_value);
gboolean linkage_exchange_get_clock_offset (const LinkageExchange *exchange, gint64 *offset);
GUri *linkage_exchange_get_uri (const LinkageExchange *exchange);

void linkage_exchange_start (LinkageExchange *exchange, SoupSession *session, GTask *task);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageExchange, linkage_exchange_free)

G_END_DECLS
