/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *linkage_portal_text_isolate (const char *text);
char *linkage_portal_text_align (const char *text);
char *linkage_portal_text_to_line (const char *text);

G_END_DECLS
