/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a solver hands in: ALTCHA v1's JSON {algorithm, challenge, number, salt, signature}, in base64. */
typedef struct
{
  char *algorithm; /* (owned) */
  char *challenge; /* (owned) */
  gint64 number;
  char *salt;      /* (owned) */
  char *signature; /* (owned) */
} LinkageProofPayload;

LinkageProofPayload *linkage_proof_payload_decode (const char *base64);
char *linkage_proof_payload_encode (const LinkageProofPayload *payload);
void linkage_proof_payload_free (LinkageProofPayload *payload);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageProofPayload, linkage_proof_payload_free)

G_END_DECLS
