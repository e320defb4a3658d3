/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct _LinkageJsonReader LinkageJsonReader;

/* One value of a JSON text and where it stands. Lives on the stack of who reads; a child must not outlive its parent.
 * Every mistake is LINKAGE_REMOTE_ERROR_INVALID_REPLY and names the place: "changes.changed[3].customer.name". */
struct _LinkageJsonReader
{
  JsonNode *node;                  /* (unowned) */
  const LinkageJsonReader *parent; /* (unowned) (nullable): null at the root */
  const char *name;                /* (unowned) (nullable): the member's, or the root's; null in an array */
  guint index;                     /* in an array */
};

typedef gpointer (*LinkageJsonReadFunc) (const LinkageJsonReader *reader, GError **error);

gpointer linkage_json_reader_parse (GBytes *bytes, const char *name, LinkageJsonReadFunc read, GError **error);

gboolean linkage_json_reader_has (const LinkageJsonReader *self, const char *name);
gboolean linkage_json_reader_is_null (const LinkageJsonReader *self, const char *name);

gboolean
linkage_json_reader_enter (const LinkageJsonReader *self, const char *name, LinkageJsonReader *member, GError **error);
gpointer linkage_json_reader_read_value (const LinkageJsonReader *self,
                                         const char *name,
                                         LinkageJsonReadFunc read,
                                         GError **error);
gboolean linkage_json_reader_read_list (const LinkageJsonReader *self,
                                        const char *name,
                                        guint max_items,
                                        LinkageJsonReadFunc read,
                                        GPtrArray *items,
                                        GError **error);
gboolean linkage_json_reader_read_items (const LinkageJsonReader *self,
                                         guint max_items,
                                         LinkageJsonReadFunc read,
                                         GPtrArray *items,
                                         GError **error);
const char *linkage_json_reader_get_text (const LinkageJsonReader *self, guint max_length, GError **error);

gboolean linkage_json_reader_read_id (const LinkageJsonReader *self, const char *name, char **value, GError **error);
gboolean linkage_json_reader_read_text (const LinkageJsonReader *self,
                                        const char *name,
                                        guint max_length,
                                        char **value,
                                        GError **error);
gboolean linkage_json_reader_read_nullable_text (const LinkageJsonReader *self,
                                                 const char *name,
                                                 guint max_length,
                                                 char **value,
                                                 GError **error);
gboolean
linkage_json_reader_read_flag (const LinkageJsonReader *self, const char *name, gboolean *value, GError **error);
gboolean linkage_json_reader_read_integer (const LinkageJsonReader *self,
                                           const char *name,
                                           gint64 min,
                                           gint64 max,
                                           gint64 *value,
                                           GError **error);
gboolean linkage_json_reader_read_count (const LinkageJsonReader *self,
                                         const char *name,
                                         guint min,
                                         guint max,
                                         guint *value,
                                         GError **error);
gboolean linkage_json_reader_read_time (const LinkageJsonReader *self, const char *name, gint64 *value, GError **error);
gboolean
linkage_json_reader_read_nullable_time (const LinkageJsonReader *self, const char *name, gint64 *value, GError **error);

void linkage_json_reader_set_error (const LinkageJsonReader *self, const char *name, const char *what, GError **error);

G_END_DECLS
