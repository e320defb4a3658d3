/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-domain"

#include "linkage-random.h"

#include <errno.h>
#include <sys/random.h>

#include "linkage-text.h"

/**
 * linkage_random_fill:
 * @bytes: (out caller-allocates) (array length=length): where they go
 * @length: how many
 *
 * Fills @bytes with what nobody can guess, from the kernel's generator. Without it nothing is safe, so a failure ends
 * the process. Any thread.
 */
void
linkage_random_fill (guint8 *bytes, gsize length)
{
  while (length > 0)
    {
      gssize n = getrandom (bytes, length, 0);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        g_error ("The kernel gives no random bytes: %s", g_strerror (errno));
      bytes += n;
      length -= n;
    }
}

/**
 * linkage_random_new_text:
 * @n_bytes: how many random bytes it stands for
 *
 * Returns: (transfer full): what nobody can guess, as text that goes into an address or a header as it is
 */
char *
linkage_random_new_text (gsize n_bytes)
{
  g_autofree guint8 *bytes = g_malloc (n_bytes);

  linkage_random_fill (bytes, n_bytes);

  return linkage_text_encode_base64url (bytes, n_bytes);
}
