/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "portal-state.h"

#include <string.h>

#include "portal-secret.h"

#define SIGNATURE_LENGTH 32 /* of 64 hexadecimal digits: enough against guessing */

/* A state's text is its two numbers and a signature over account, epoch and numbers: nobody else can make one, and one
 * of another account or epoch does not verify. */

static char *
sign (PortalStore *store, const char *account_id, const PortalState *state)
{
  g_autoptr (GHmac) hmac = NULL;
  g_autofree char *text = NULL;
  gsize length;
  const guint8 *key = g_bytes_get_data (portal_store_get_secret (store), &length);

  hmac = g_hmac_new (G_CHECKSUM_SHA256, key, length);
  text = g_strdup_printf ("state\n%s\n%s\n%" G_GINT64_FORMAT "\n%" G_GINT64_FORMAT, account_id,
                          portal_store_get_epoch (store), state->position, state->base);
  g_hmac_update (hmac, (const guchar *)text, strlen (text));

  return g_strndup (g_hmac_get_string (hmac), SIGNATURE_LENGTH);
}

/**
 * portal_state_print:
 * @store: a store
 * @account_id: an account
 * @state: a point in its change log
 *
 * Returns: (transfer full): an opaque text that stands for @state in the epoch of now
 */
char *
portal_state_print (PortalStore *store, const char *account_id, const PortalState *state)
{
  g_autofree char *signature = NULL;

  g_return_val_if_fail (PORTAL_IS_STORE (store), NULL);
  g_return_val_if_fail (account_id != NULL && state != NULL, NULL);

  signature = sign (store, account_id, state);
  return g_strdup_printf ("%" G_GINT64_MODIFIER "x.%" G_GINT64_MODIFIER "x.%s", state->position, state->base,
                          signature);
}

/**
 * portal_state_parse:
 * @store: a store
 * @account_id: the account that is asked for
 * @text: what a client sent
 * @state: (out caller-allocates): the point that it stands for
 *
 * Returns: whether @text was made by portal_state_print() for this account in this epoch
 */
gboolean
portal_state_parse (PortalStore *store, const char *account_id, const char *text, PortalState *state)
{
  g_autofree char *expected = NULL;
  char *end;

  g_return_val_if_fail (PORTAL_IS_STORE (store), FALSE);
  g_return_val_if_fail (account_id != NULL && text != NULL && state != NULL, FALSE);

  state->position = g_ascii_strtoll (text, &end, 16);
  if (*end != '.')
    return FALSE;
  state->base = g_ascii_strtoll (end + 1, &end, 16);
  if (*end != '.')
    return FALSE;

  /* Printed again and compared whole, so that there is one text for each state. */
  expected = portal_state_print (store, account_id, state);
  return portal_secret_equal (text, expected);
}
