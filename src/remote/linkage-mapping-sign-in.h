/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-credentials.h"
#include "linkage-json-reader.h"

G_BEGIN_DECLS

/* Where a person signs in (RFC 8414). */
typedef struct
{
  char *issuer;                 /* (owned) */
  char *authorization_endpoint; /* (owned) */
  char *token_endpoint;         /* (owned) */
  char *revocation_endpoint;    /* (owned) (nullable) */
  gboolean has_pkce;            /* with S256 */
  gboolean names_issuer;        /* its answers say who they are from (RFC 9207) */
} LinkageSignInMetadata;

LinkageSignInMetadata *linkage_sign_in_metadata_copy (const LinkageSignInMetadata *metadata);
void linkage_sign_in_metadata_free (LinkageSignInMetadata *metadata);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageSignInMetadata, linkage_sign_in_metadata_free)

gpointer linkage_mapping_read_sign_in_metadata (const LinkageJsonReader *reader, GError **error);
gpointer linkage_mapping_read_credentials (const LinkageJsonReader *reader, GError **error);
gpointer linkage_mapping_read_sign_in_refusal (const LinkageJsonReader *reader, GError **error);

G_END_DECLS
