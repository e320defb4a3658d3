/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-event-stream.h"

G_BEGIN_DECLS

void linkage_event_stream_set_timing (LinkageEventStream *self, guint first_delay, guint silence);

G_END_DECLS
