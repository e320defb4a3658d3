/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "portal-reply.h"
#include "portal-store.h"

G_BEGIN_DECLS

/* The pages on which a person signs a program in (RFC 6749, 3.1). Main thread only. */
typedef struct _PortalSignInPages PortalSignInPages;

PortalSignInPages *portal_sign_in_pages_new (PortalStore *store, const char *address);
void portal_sign_in_pages_free (PortalSignInPages *pages);
gboolean portal_sign_in_pages_is_path (const char *path);
PortalReply *portal_sign_in_pages_answer (PortalSignInPages *pages, SoupServerMessage *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PortalSignInPages, portal_sign_in_pages_free)

G_END_DECLS
