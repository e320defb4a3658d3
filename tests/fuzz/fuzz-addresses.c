/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"
#include "linkage-address.h"
#include "linkage-client.h"

/* What a person typed as a portal's address: what becomes of it is an address that may be used, and stays what it is.
 */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *typed = g_strndup ((const char *)data, size);
  g_autoptr (GError) error = NULL;
  g_autofree char *origin = linkage_client_check_address (typed, &error);
  g_autofree char *again = NULL;
  g_autoptr (GUri) uri = NULL;

  g_assert_true ((origin == NULL) == (error != NULL));
  g_assert_true (error == NULL || error->domain == LINKAGE_REMOTE_ERROR);
  if (origin == NULL)
    return 0;

  uri = linkage_address_parse (origin, &error);
  g_assert_no_error (error);
  g_assert_true (linkage_address_is_secure (uri));
  again = linkage_client_check_address (origin, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again, ==, origin);

  return 0;
}
