/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-backoff.h"
#include "linkage-event-stream.h"
#include "linkage-outbox-pusher.h"
#include "linkage-sync.h"

G_BEGIN_DECLS

struct _LinkageSync
{
  GObject parent_instance;

  LinkageStore *store;         /* (owned) */
  LinkageClient *client;       /* (owned) */
  LinkageOutboxPusher *pusher; /* (owned) */
  LinkageEventStream *stream;  /* (owned) (nullable): null while there is nothing to listen to */
  gboolean is_deaf;            /* the event stream was refused: it is not asked for until something changes */
  char *api;                   /* (owned) */
  LinkageTokenSource *source;  /* (owned) (nullable): null: sign-in is needed */
  gboolean is_local;           /* the portal is on this machine: it is there without a network */

  LinkageAccountState state;
  gint64 state_since;
  GError *last_error; /* (owned) (nullable) */
  gboolean busy;
  gboolean has_content;

  gboolean wanted;                /* asked for during a pass: one more */
  GPtrArray *waiting;             /* (owned) (element-type GTask): refreshes of the present pass */
  GPtrArray *waiting_next;        /* (owned) (element-type GTask): refreshes of the next pass */
  GCancellable *push_cancellable; /* (owned) */
  GCancellable *pull_cancellable; /* (owned) */
  GError *deferred;               /* (owned) (nullable): why something waits for another pass */

  LinkageBackoff backoff;
  guint retry_id;
  guint due_id;
  guint poll_id;

  gboolean closed;
  GPtrArray *closing; /* (owned) (element-type GTask): who waits for the end */
  gboolean has_ended; /* nothing is sent any more */
  guint deadline_id;
};

/* linkage-sync.c */
void linkage_sync_take_result (LinkageSync *self, const GError *error);
void linkage_sync_take_offline (LinkageSync *self);
void linkage_sync_set_busy (LinkageSync *self, gboolean busy);

/* linkage-sync-pass.c */
void linkage_sync_begin_pass (LinkageSync *self);
void linkage_sync_push_for_closing (LinkageSync *self);

/* linkage-sync-schedule.c */
void linkage_sync_start_schedule (LinkageSync *self);
void linkage_sync_stop_schedule (LinkageSync *self);
void linkage_sync_retry_after_error (LinkageSync *self, const GError *error);
gboolean linkage_sync_is_put_off (LinkageSync *self);
void linkage_sync_schedule_due (LinkageSync *self);
void linkage_sync_listen (LinkageSync *self);
void linkage_sync_stop_listening (LinkageSync *self);

G_END_DECLS
