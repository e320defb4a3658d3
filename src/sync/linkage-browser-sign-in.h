/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-loopback.h"

G_BEGIN_DECLS

/* A person's way into a portal through the browser, here or on another computer. It is good for one try: the address is
 * opened, the manager waits for what comes back. Main thread. */
#define LINKAGE_TYPE_BROWSER_SIGN_IN (linkage_browser_sign_in_get_type ())
G_DECLARE_FINAL_TYPE (LinkageBrowserSignIn, linkage_browser_sign_in, LINKAGE, BROWSER_SIGN_IN, GObject)

const char *linkage_browser_sign_in_get_portal_name (LinkageBrowserSignIn *self);
void linkage_browser_sign_in_listen (LinkageBrowserSignIn *self, const LinkageLoopbackWords *words);
/* Where the browser of this computer goes. It brings the answer by itself if linkage_browser_sign_in_is_listening ().
 */
char *linkage_browser_sign_in_make_address (LinkageBrowserSignIn *self);
/* Where the browser of another computer goes, which shows a code in the end. */
char *linkage_browser_sign_in_make_address_elsewhere (LinkageBrowserSignIn *self);
gboolean linkage_browser_sign_in_is_listening (LinkageBrowserSignIn *self);
gboolean linkage_browser_sign_in_take_text (LinkageBrowserSignIn *self, const char *text, GError **error);

G_END_DECLS
