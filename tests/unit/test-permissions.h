/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <linux/capability.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Root may write everywhere, unless this thread gives that privilege up for a while; threads that it starts meanwhile
 * have given it up too. */
static inline void
test_permissions_set_override (gboolean override)
{
  struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
  struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];
  guint32 bit = 1u << CAP_DAC_OVERRIDE;

  g_assert_cmpint (syscall (SYS_capget, &header, data), ==, 0);
  if (override)
    data[0].effective |= data[0].permitted & bit;
  else
    data[0].effective &= ~bit;
  g_assert_cmpint (syscall (SYS_capset, &header, data), ==, 0);
}

static inline void
test_permissions_drop (void)
{
  test_permissions_set_override (FALSE);
}

static inline void
test_permissions_restore (void)
{
  test_permissions_set_override (TRUE);
}
