/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What one client, one peer and all of them together may take of the portal. data/openapi.yaml tells clients. A head
 * has 64 KiB at most, which is libsoup's own limit: it hangs up. */
typedef struct
{
  guint connections;          /* in all; more wait in the kernel's queue, where they cost the portal nothing */
  guint connections_per_peer; /* of one address; more are hung up on, so that one peer cannot keep out the others */
  guint head_seconds;         /* until TLS is agreed upon and the head is there */
  guint body_seconds;         /* from there until the body is */
  guint reply_seconds;        /* until what is sent has been taken, and a chunk of an event stream likewise */
  guint linger_seconds;       /* for the client to hang up too, so that the last words are not lost to a reset */
  guint send_buffer;          /* bytes that the kernel holds for a client that does not read */
  gsize body;                 /* bytes of a request's body */
  guint streams;              /* event streams in all */
  guint streams_per_account;  /* of one account */
} PortalLimits;

/* 256 connections are a quarter of the descriptors that a process commonly has, and at worst 256 × (64 + 64) KiB = 32
 * MiB of heads and bodies, and as much in the kernel. A third of them for a peer is a small company behind one address.
 * The interface's largest body has less than 4 KiB; a customer's comment may have 24 KiB in a form. A stream is one
 * open window of the program. The times let a client through that manages 3 KiB a second. */
#define PORTAL_LIMITS_DEFAULT                                                                                          \
  ((PortalLimits){                                                                                                     \
    .connections = 256,                                                                                                \
    .connections_per_peer = 96,                                                                                        \
    .head_seconds = 10,                                                                                                \
    .body_seconds = 20,                                                                                                \
    .reply_seconds = 60,                                                                                               \
    .linger_seconds = 5,                                                                                               \
    .send_buffer = 128 * 1024,                                                                                         \
    .body = 64 * 1024,                                                                                                 \
    .streams = 128,                                                                                                    \
    .streams_per_account = 32,                                                                                         \
  })

G_END_DECLS
