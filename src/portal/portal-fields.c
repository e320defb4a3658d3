/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "config.h"

#include "portal-fields.h"

#include <glib/gi18n.h>

#include "portal-json.h"

struct _PortalFields
{
  JsonObject *object; /* (owned) (nullable): null where the body is no JSON object */
  GHashTable *errors; /* (owned): name → sentence */
};

/**
 * portal_fields_new:
 * @body: a body; an empty one has no members
 *
 * Returns: (transfer full): its members
 */
PortalFields *
portal_fields_new (GBytes *body)
{
  PortalFields *fields = g_new0 (PortalFields, 1);
  g_autoptr (GError) error = NULL;

  fields->errors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (g_bytes_get_size (body) == 0)
    fields->object = json_object_new ();
  else
    fields->object = portal_json_parse (body, &error);
  if (error != NULL)
    g_debug ("A body cannot be read: %s", error->message);

  return fields;
}

/**
 * portal_fields_free:
 * @fields: (transfer full): a body's members
 */
void
portal_fields_free (PortalFields *fields)
{
  g_clear_pointer (&fields->object, json_object_unref);
  g_clear_pointer (&fields->errors, g_hash_table_unref);
  g_free (fields);
}

/**
 * portal_fields_add_error:
 * @fields: a body's members
 * @name: the member
 * @sentence: what is wrong with it, for a person
 */
void
portal_fields_add_error (PortalFields *fields, const char *name, const char *sentence)
{
  if (!g_hash_table_contains (fields->errors, name))
    g_hash_table_insert (fields->errors, g_strdup (name), g_strdup (sentence));
}

/* The member if it is there and holds the type; else what is wrong is noted. */
static JsonNode *
get_value (PortalFields *fields, const char *name, GType type, const char *sentence)
{
  JsonNode *node;

  if (fields->object == NULL)
    return NULL;

  node = json_object_get_member (fields->object, name);
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    {
      portal_fields_add_error (fields, name, _ ("This field is needed."));
      return NULL;
    }
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != type)
    {
      portal_fields_add_error (fields, name, sentence);
      return NULL;
    }

  return node;
}

/**
 * portal_fields_has:
 * @fields: a body's members
 * @name: a member that may be left out
 *
 * Returns: whether it is there, and not null
 */
gboolean
portal_fields_has (PortalFields *fields, const char *name)
{
  return fields->object != NULL && json_object_has_member (fields->object, name) &&
         !json_object_get_null_member (fields->object, name);
}

/**
 * portal_fields_get_string:
 * @fields: a body's members
 * @name: the member, which is needed
 * @maximum: how many characters it may have
 *
 * Returns: (transfer none) (nullable): the text, which is more than white space; NULL where it is not
 */
const char *
portal_fields_get_string (PortalFields *fields, const char *name, glong maximum)
{
  JsonNode *node = get_value (fields, name, G_TYPE_STRING, _ ("This field must be a text."));
  g_autofree char *stripped = NULL;
  const char *text;

  if (node == NULL)
    return NULL;

  text = json_node_get_string (node);
  stripped = g_strstrip (g_strdup (text));
  if (*stripped == '\0')
    {
      portal_fields_add_error (fields, name, _ ("This field must not be empty."));
      return NULL;
    }
  if (g_utf8_strlen (text, -1) > maximum)
    {
      portal_fields_add_error (fields, name, _ ("This text is too long."));
      return NULL;
    }

  return text;
}

/**
 * portal_fields_get_boolean:
 * @fields: a body's members
 * @name: the member, which is needed
 *
 * Returns: its value, FALSE where it has none
 */
gboolean
portal_fields_get_boolean (PortalFields *fields, const char *name)
{
  JsonNode *node = get_value (fields, name, G_TYPE_BOOLEAN, _ ("This field must be true or false."));

  return node != NULL && json_node_get_boolean (node);
}

/**
 * portal_fields_get_int:
 * @fields: a body's members
 * @name: the member, which is needed
 * @minimum: the smallest value that it may have
 * @maximum: the largest
 *
 * Returns: its value, @minimum where it has none
 */
gint64
portal_fields_get_int (PortalFields *fields, const char *name, gint64 minimum, gint64 maximum)
{
  JsonNode *node = get_value (fields, name, G_TYPE_INT64, _ ("This field must be a whole number."));
  gint64 value;

  if (node == NULL)
    return minimum;

  value = json_node_get_int (node);
  if (value < minimum || value > maximum)
    {
      portal_fields_add_error (fields, name, _ ("This number is out of range."));
      return minimum;
    }

  return value;
}

/**
 * portal_fields_get_problem:
 * @fields: a body's members, after all of them were read
 *
 * Returns: (transfer full) (nullable): the problem to answer with, NULL where all is well
 */
PortalReply *
portal_fields_get_problem (PortalFields *fields)
{
  g_autoptr (JsonBuilder) builder = NULL;
  GHashTableIter iter;
  gpointer name, sentence;

  if (fields->object == NULL)
    return portal_reply_new_problem (PORTAL_PROBLEM_INVALID_REQUEST, _ ("The body is not a JSON object."));
  if (g_hash_table_size (fields->errors) == 0)
    return NULL;

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  portal_problem_add_members (builder, PORTAL_PROBLEM_INVALID_FIELDS, NULL);
  json_builder_set_member_name (builder, "errors");
  json_builder_begin_object (builder);
  g_hash_table_iter_init (&iter, fields->errors);
  while (g_hash_table_iter_next (&iter, &name, &sentence))
    {
      json_builder_set_member_name (builder, name);
      json_builder_begin_array (builder);
      json_builder_add_string_value (builder, sentence);
      json_builder_end_array (builder);
    }
  json_builder_end_object (builder);
  json_builder_end_object (builder);

  return portal_reply_new_problem_json (PORTAL_PROBLEM_INVALID_FIELDS, builder);
}
