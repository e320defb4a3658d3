/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "portal-json.h"

#include "linkage-json-scan.h"
#include "linkage-text.h"
#include "portal-error.h"

/**
 * portal_json_parse:
 * @bytes: a body, not terminated
 * @error: return location for an error of PORTAL_ERROR_INVALID or JSON_PARSER_ERROR
 *
 * Reads a JSON object that is nested at most 64 deep.
 *
 * Returns: (transfer full) (nullable): the object, NULL on error
 */
JsonObject *
portal_json_parse (GBytes *bytes, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonNode *root;
  gsize length, offset;
  const char *text;

  g_return_val_if_fail (bytes != NULL, NULL);

  text = g_bytes_get_data (bytes, &length);
  if (length == 0 || !g_utf8_validate_len (text, length, NULL))
    {
      g_set_error_literal (error, PORTAL_ERROR, PORTAL_ERROR_INVALID, "not UTF-8");
      return NULL;
    }
  if (!linkage_json_scan (text, length, &offset))
    {
      g_set_error (error, PORTAL_ERROR, PORTAL_ERROR_INVALID, "no JSON, or nested too deep, at byte %" G_GSIZE_FORMAT,
                   offset);
      return NULL;
    }
  if (!json_parser_load_from_data (parser, text, length, error))
    return NULL;

  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, PORTAL_ERROR, PORTAL_ERROR_INVALID, "not an object");
      return NULL;
    }

  return json_object_ref (json_node_get_object (root));
}

/**
 * portal_json_print:
 * @builder: a builder with a whole value
 *
 * Returns: (transfer full): the value as text, with nothing between the members
 */
char *
portal_json_print (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}

/**
 * portal_json_add_string:
 * @builder: a builder in an object
 * @name: the member's name
 * @value: (nullable): its value, NULL for null
 */
void
portal_json_add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

/**
 * portal_json_add_int:
 * @builder: a builder in an object
 * @name: the member's name
 * @value: its value
 */
void
portal_json_add_int (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

/**
 * portal_json_add_boolean:
 * @builder: a builder in an object
 * @name: the member's name
 * @value: its value
 */
void
portal_json_add_boolean (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

/**
 * portal_json_add_time:
 * @builder: a builder in an object
 * @name: the member's name
 * @time: Unix seconds, UTC; 0 for null
 */
void
portal_json_add_time (JsonBuilder *builder, const char *name, gint64 time)
{
  g_autofree char *text = time != 0 ? linkage_text_format_time (time) : NULL;

  portal_json_add_string (builder, name, text);
}
