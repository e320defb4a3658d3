/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonObject *portal_json_parse (GBytes *bytes, GError **error);
char *portal_json_print (JsonBuilder *builder);
void portal_json_add_string (JsonBuilder *builder, const char *name, const char *value);
void portal_json_add_int (JsonBuilder *builder, const char *name, gint64 value);
void portal_json_add_boolean (JsonBuilder *builder, const char *name, gboolean value);
void portal_json_add_time (JsonBuilder *builder, const char *name, gint64 time);

G_END_DECLS
