/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LINKAGE_PROOF_OF_WORK_MAX 1000000

/* An ALTCHA v1 challenge: find the number whose SHA-256 with the salt is known. */
typedef struct
{
  char *algorithm; /* (owned): "SHA-256" */
  char *challenge; /* (owned): hex */
  char *salt;      /* (owned) */
  char *signature; /* (owned): hex HMAC-SHA-256 */
  gint64 max_number;
} LinkageProofOfWork;

typedef void (*LinkageProofOfWorkProgress) (double fraction, gpointer user_data);

LinkageProofOfWork *linkage_proof_of_work_new (void);
LinkageProofOfWork *linkage_proof_of_work_copy (const LinkageProofOfWork *work);
void linkage_proof_of_work_free (LinkageProofOfWork *work);
/* The two sides of it. create: number is secret. */
LinkageProofOfWork *linkage_proof_of_work_create (GBytes *key, const char *salt, gint64 number, gint64 max_number);
char *linkage_proof_of_work_solve (const LinkageProofOfWork *work,
                                   LinkageProofOfWorkProgress progress,
                                   gpointer user_data,
                                   GCancellable *cancellable,
                                   GError **error);
gboolean linkage_proof_of_work_verify (const char *payload, GBytes *key, const char *expected_challenge);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageProofOfWork, linkage_proof_of_work_free)

G_END_DECLS
