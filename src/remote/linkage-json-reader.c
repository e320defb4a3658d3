/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-remote"

#include "linkage-json-reader.h"

#include "linkage-json-limits.h"
#include "linkage-remote-error.h"

static void
append_place (GString *place, const LinkageJsonReader *reader)
{
  if (reader->parent != NULL)
    append_place (place, reader->parent);

  if (reader->name == NULL)
    g_string_append_printf (place, "[%u]", reader->index);
  else if (reader->parent == NULL)
    g_string_append (place, reader->name);
  else
    g_string_append_printf (place, ".%s", reader->name);
}

/**
 * linkage_json_reader_set_error:
 * @self: a value
 * @name: (nullable): one of its members, or %NULL for the value itself
 * @what: what is wrong, as the rest of a sentence that begins with the place: "is missing"
 * @error: return location for the error
 *
 * Sets %LINKAGE_REMOTE_ERROR_INVALID_REPLY with the place of the mistake, and never with what stood there.
 */
void
linkage_json_reader_set_error (const LinkageJsonReader *self, const char *name, const char *what, GError **error)
{
  g_autoptr (GString) place = g_string_new (NULL);

  g_return_if_fail (self != NULL);
  g_return_if_fail (what != NULL);

  append_place (place, self);
  if (name != NULL)
    g_string_append_printf (place, ".%s", name);
  g_set_error (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_INVALID_REPLY, "%s %s", place->str, what);
}

/**
 * linkage_json_reader_parse:
 * @bytes: bytes from outside
 * @name: what the root is called in messages
 * @read: reads the root
 * @error: return location for an error
 *
 * Checks bytes, parses them, and reads a value out of them. Any thread.
 *
 * Returns: (transfer full) (nullable): what @read returned, or %NULL with %LINKAGE_REMOTE_ERROR_INVALID_REPLY or
 *   %LINKAGE_REMOTE_ERROR_TOO_LARGE
 */
gpointer
linkage_json_reader_parse (GBytes *bytes, const char *name, LinkageJsonReadFunc read, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) parse_error = NULL;
  LinkageJsonReader root = { .name = name };
  gsize length;
  const char *text;

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (read != NULL, NULL);

  text = g_bytes_get_data (bytes, &length);
  if (!linkage_json_limits_check (text, length, error))
    return NULL;
  if (!json_parser_load_from_data (parser, text, length, &parse_error))
    {
      linkage_json_reader_set_error (&root, NULL, "cannot be parsed", error);
      return NULL;
    }
  root.node = json_parser_get_root (parser);

  return read (&root, error);
}

static JsonNode *
find_member (const LinkageJsonReader *self, const char *name, GError **error)
{
  JsonNode *node;

  if (!JSON_NODE_HOLDS_OBJECT (self->node))
    {
      linkage_json_reader_set_error (self, NULL, "is not an object", error);
      return NULL;
    }
  node = json_object_get_member (json_node_get_object (self->node), name);
  if (node == NULL)
    linkage_json_reader_set_error (self, name, "is missing", error);

  return node;
}

/**
 * linkage_json_reader_has:
 * @self: a value
 * @name: a member's name
 *
 * Tells whether an optional member is there.
 *
 * Returns: whether @self is an object with that member, be it null
 */
gboolean
linkage_json_reader_has (const LinkageJsonReader *self, const char *name)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return JSON_NODE_HOLDS_OBJECT (self->node) && json_object_has_member (json_node_get_object (self->node), name);
}

/**
 * linkage_json_reader_is_null:
 * @self: a value
 * @name: a member's name
 *
 * Tells whether a member is there and null.
 *
 * Returns: whether it is
 */
gboolean
linkage_json_reader_is_null (const LinkageJsonReader *self, const char *name)
{
  return linkage_json_reader_has (self, name) && json_object_get_null_member (json_node_get_object (self->node), name);
}

/**
 * linkage_json_reader_enter:
 * @self: a value
 * @name: a member's name
 * @member: (out caller-allocates): the member, to be read while @self lives
 * @error: return location for an error
 *
 * Goes to a member.
 *
 * Returns: whether it is there
 */
gboolean
linkage_json_reader_enter (const LinkageJsonReader *self, const char *name, LinkageJsonReader *member, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (member != NULL, FALSE);

  *member = (LinkageJsonReader){ .node = find_member (self, name, error), .parent = self, .name = name };

  return member->node != NULL;
}

/**
 * linkage_json_reader_read_value:
 * @self: a value
 * @name: a member's name
 * @read: reads the member
 * @error: return location for an error
 *
 * Reads a member that is a value of its own.
 *
 * Returns: (transfer full) (nullable): what @read returned
 */
gpointer
linkage_json_reader_read_value (const LinkageJsonReader *self,
                                const char *name,
                                LinkageJsonReadFunc read,
                                GError **error)
{
  LinkageJsonReader member;

  g_return_val_if_fail (read != NULL, NULL);

  if (!linkage_json_reader_enter (self, name, &member, error))
    return NULL;

  return read (&member, error);
}

/**
 * linkage_json_reader_read_items:
 * @self: a value that should be an array
 * @max_items: how many items there may be
 * @read: reads one
 * @items: where they are appended
 * @error: return location for an error
 *
 * Reads an array.
 *
 * Returns: whether all items were read; else @items has those before the first mistake
 */
gboolean
linkage_json_reader_read_items (const LinkageJsonReader *self,
                                guint max_items,
                                LinkageJsonReadFunc read,
                                GPtrArray *items,
                                GError **error)
{
  JsonArray *array;
  guint n_items;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (read != NULL, FALSE);
  g_return_val_if_fail (items != NULL, FALSE);

  if (!JSON_NODE_HOLDS_ARRAY (self->node))
    {
      linkage_json_reader_set_error (self, NULL, "is not an array", error);
      return FALSE;
    }
  array = json_node_get_array (self->node);
  n_items = json_array_get_length (array);
  if (n_items > max_items)
    {
      linkage_json_reader_set_error (self, NULL, "has too many items", error);
      return FALSE;
    }

  for (guint i = 0; i < n_items; i++)
    {
      LinkageJsonReader item = { .node = json_array_get_element (array, i), .parent = self, .index = i };
      gpointer value = read (&item, error);

      if (value == NULL)
        return FALSE;
      g_ptr_array_add (items, value);
    }

  return TRUE;
}

/**
 * linkage_json_reader_read_list:
 * @self: a value
 * @name: the name of a member that should be an array
 * @max_items: how many items there may be
 * @read: reads one
 * @items: where they are appended
 * @error: return location for an error
 *
 * Reads a member that is an array.
 *
 * Returns: whether all items were read; else @items has those before the first mistake
 */
gboolean
linkage_json_reader_read_list (const LinkageJsonReader *self,
                               const char *name,
                               guint max_items,
                               LinkageJsonReadFunc read,
                               GPtrArray *items,
                               GError **error)
{
  LinkageJsonReader member;

  return linkage_json_reader_enter (self, name, &member, error) &&
         linkage_json_reader_read_items (&member, max_items, read, items, error);
}
