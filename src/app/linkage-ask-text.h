/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-account-info.h"
#include "linkage-connection.h"
#include "linkage-rules.h"

G_BEGIN_DECLS

/* Whom to ask and a text to send them. */
typedef struct
{
  char *title;   /* (owned) */
  char *reason;  /* (owned): why, and whom to ask */
  char *message; /* (owned): several paragraphs, ready to be sent */
} LinkageAskText;

LinkageAskText *linkage_ask_text_new_for_connection (const LinkageConnection *connection,
                                                     LinkageRefusal refusal,
                                                     const LinkageAccountInfo *info);
LinkageAskText *linkage_ask_text_new_for_invitation (const LinkageAccountInfo *info);
LinkageAskText *linkage_ask_text_new_for_support (const LinkageAccountInfo *info);
LinkageAskText *linkage_ask_text_new_for_role (const LinkageAccountInfo *info);
void linkage_ask_text_free (LinkageAskText *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageAskText, linkage_ask_text_free)

G_END_DECLS
