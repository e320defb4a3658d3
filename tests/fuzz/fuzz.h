/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What every target defines: one run over one input. libFuzzer calls it with what it makes up, corpus-main.c with what
 * is in the corpus. Asserts what always holds; returns 0. */
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

G_END_DECLS
