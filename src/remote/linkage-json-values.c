/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-remote"

#include "linkage-json-reader.h"

#include "linkage-text.h"

#define MAX_ID_LENGTH 64
#define MAX_TIME_LENGTH 40

static JsonNode *
find_value (const LinkageJsonReader *self, const char *name, GType type, const char *what, GError **error)
{
  LinkageJsonReader member;

  if (!linkage_json_reader_enter (self, name, &member, error))
    return NULL;
  if (!JSON_NODE_HOLDS_VALUE (member.node) || json_node_get_value_type (member.node) != type)
    {
      linkage_json_reader_set_error (&member, NULL, what, error);
      return NULL;
    }

  return member.node;
}

/**
 * linkage_json_reader_get_text:
 * @self: a value that should be a string
 * @max_length: how many characters it may have
 * @error: return location for an error
 *
 * Gives the text of a value, as an item of an array.
 *
 * Returns: (transfer none) (nullable): the text
 */
const char *
linkage_json_reader_get_text (const LinkageJsonReader *self, guint max_length, GError **error)
{
  const char *text;

  g_return_val_if_fail (self != NULL, NULL);

  if (!JSON_NODE_HOLDS_VALUE (self->node) || json_node_get_value_type (self->node) != G_TYPE_STRING)
    {
      linkage_json_reader_set_error (self, NULL, "is not a string", error);
      return NULL;
    }
  text = json_node_get_string (self->node);
  if (g_utf8_strlen (text, -1) > (glong)max_length)
    {
      linkage_json_reader_set_error (self, NULL, "is too long", error);
      return NULL;
    }

  return text;
}

/**
 * linkage_json_reader_read_text:
 * @self: a value
 * @name: the name of a member that should be a string
 * @max_length: how many characters it may have
 * @value: (inout): where the text goes; what was there is freed
 * @error: return location for an error
 *
 * Reads a string.
 *
 * Returns: whether it was read
 */
gboolean
linkage_json_reader_read_text (const LinkageJsonReader *self,
                               const char *name,
                               guint max_length,
                               char **value,
                               GError **error)
{
  LinkageJsonReader member;
  const char *text;

  g_return_val_if_fail (value != NULL, FALSE);

  if (!linkage_json_reader_enter (self, name, &member, error))
    return FALSE;
  text = linkage_json_reader_get_text (&member, max_length, error);
  if (text == NULL)
    return FALSE;

  g_free (*value);
  *value = g_strdup (text);

  return TRUE;
}

/**
 * linkage_json_reader_read_nullable_text:
 * @self: a value
 * @name: the name of a member that should be a string or null
 * @max_length: how many characters it may have
 * @value: (inout): where the text or %NULL goes; what was there is freed
 * @error: return location for an error
 *
 * Reads a string that may be null, but not missing.
 *
 * Returns: whether it was read
 */
gboolean
linkage_json_reader_read_nullable_text (const LinkageJsonReader *self,
                                        const char *name,
                                        guint max_length,
                                        char **value,
                                        GError **error)
{
  g_return_val_if_fail (value != NULL, FALSE);

  if (!linkage_json_reader_is_null (self, name))
    return linkage_json_reader_read_text (self, name, max_length, value, error);

  g_clear_pointer (value, g_free);

  return TRUE;
}

/**
 * linkage_json_reader_read_id:
 * @self: a value
 * @name: the name of a member that should be an id
 * @value: (inout): where the id goes; what was there is freed
 * @error: return location for an error
 *
 * Reads an opaque id, which is never empty, and has no control characters: some ids travel in headers.
 *
 * Returns: whether it was read
 */
gboolean
linkage_json_reader_read_id (const LinkageJsonReader *self, const char *name, char **value, GError **error)
{
  if (!linkage_json_reader_read_text (self, name, MAX_ID_LENGTH, value, error))
    return FALSE;
  if (**value == '\0')
    {
      linkage_json_reader_set_error (self, name, "is empty", error);
      return FALSE;
    }
  for (const char *c = *value; *c != '\0'; c++)
    {
      if (g_ascii_iscntrl (*c))
        {
          linkage_json_reader_set_error (self, name, "has control characters", error);
          return FALSE;
        }
    }

  return TRUE;
}

/**
 * linkage_json_reader_read_flag:
 * @self: a value
 * @name: the name of a member that should be true or false
 * @value: (out): where it goes
 * @error: return location for an error
 *
 * Reads a truth value.
 *
 * Returns: whether it was read
 */
gboolean
linkage_json_reader_read_flag (const LinkageJsonReader *self, const char *name, gboolean *value, GError **error)
{
  JsonNode *node;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (value != NULL, FALSE);

  node = find_value (self, name, G_TYPE_BOOLEAN, "is not true or false", error);
  if (node == NULL)
    return FALSE;

  *value = json_node_get_boolean (node);

  return TRUE;
}

/**
 * linkage_json_reader_read_integer:
 * @self: a value
 * @name: the name of a member that should be an integer
 * @min: the least it may be
 * @max: the most it may be
 * @value: (out): where it goes
 * @error: return location for an error
 *
 * Reads an integer.
 *
 * Returns: whether it was read
 */
gboolean
linkage_json_reader_read_integer (const LinkageJsonReader *self,
                                  const char *name,
                                  gint64 min,
                                  gint64 max,
                                  gint64 *value,
                                  GError **error)
{
  JsonNode *node;
  gint64 number;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (value != NULL, FALSE);

  node = find_value (self, name, G_TYPE_INT64, "is not an integer", error);
  if (node == NULL)
    return FALSE;
  number = json_node_get_int (node);
  if (number < min || number > max)
    {
      linkage_json_reader_set_error (self, name, "is out of range", error);
      return FALSE;
    }

  *value = number;

  return TRUE;
}

/**
 * linkage_json_reader_read_count:
 * @self: a value
 * @name: the name of a member that should be an integer
 * @min: the least it may be
 * @max: the most it may be
 * @value: (out): where it goes
 * @error: return location for an error
 *
 * Reads an integer that is not negative.
 *
 * Returns: whether it was read
 */
gboolean
linkage_json_reader_read_count (const LinkageJsonReader *self,
                                const char *name,
                                guint min,
                                guint max,
                                guint *value,
                                GError **error)
{
  gint64 number;

  g_return_val_if_fail (value != NULL, FALSE);

  if (!linkage_json_reader_read_integer (self, name, min, max, &number, error))
    return FALSE;

  *value = (guint)number;

  return TRUE;
}

/**
 * linkage_json_reader_read_time:
 * @self: a value
 * @name: the name of a member that should be a time, ISO 8601 with offset
 * @value: (out): where it goes, Unix seconds
 * @error: return location for an error
 *
 * Reads a time.
 *
 * Returns: whether it was read
 */
gboolean
linkage_json_reader_read_time (const LinkageJsonReader *self, const char *name, gint64 *value, GError **error)
{
  g_autofree char *text = NULL;
  gint64 time;

  g_return_val_if_fail (value != NULL, FALSE);

  if (!linkage_json_reader_read_text (self, name, MAX_TIME_LENGTH, &text, error))
    return FALSE;
  time = linkage_text_parse_time (text);
  if (time <= 0)
    {
      linkage_json_reader_set_error (self, name, "is not a time", error);
      return FALSE;
    }

  *value = time;

  return TRUE;
}

/**
 * linkage_json_reader_read_nullable_time:
 * @self: a value
 * @name: the name of a member that should be a time or null
 * @value: (out): where it goes, Unix seconds; 0 for null
 * @error: return location for an error
 *
 * Reads a time that may be null, but not missing.
 *
 * Returns: whether it was read
 */
gboolean
linkage_json_reader_read_nullable_time (const LinkageJsonReader *self, const char *name, gint64 *value, GError **error)
{
  g_return_val_if_fail (value != NULL, FALSE);

  if (!linkage_json_reader_is_null (self, name))
    return linkage_json_reader_read_time (self, name, value, error);

  *value = 0;

  return TRUE;
}
