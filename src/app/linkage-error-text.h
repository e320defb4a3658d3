/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-account-error.h"

G_BEGIN_DECLS

/* What people read of an error. */
typedef struct
{
  char *title;    /* (owned) */
  char *sentence; /* (owned): what happened, to what, and what to do now; may hold the portal's words: never markup */
  gboolean can_retry; /* the same again may work */
} LinkageErrorText;

LinkageErrorText *linkage_error_text_new (const GError *error);
LinkageErrorText *linkage_error_text_new_for_refusal (const char *type, const char *detail, const char *customer_name);
void linkage_error_text_free (LinkageErrorText *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageErrorText, linkage_error_text_free)

G_END_DECLS
