/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "fuzz.h"
#include "linkage-json-limits.h"
#include "linkage-json-reader.h"
#include "linkage-remote-error.h"

static void check_node (JsonNode *node, guint depth);

static void
check_member (JsonObject *object, const char *name, JsonNode *node, gpointer user_data)
{
  g_assert_true (g_utf8_validate (name, -1, NULL));
  check_node (node, *(guint *)user_data);
}

static void
check_element (JsonArray *array, guint index, JsonNode *node, gpointer user_data)
{
  check_node (node, *(guint *)user_data);
}

static void
check_node (JsonNode *node, guint depth)
{
  guint below = depth + 1;

  if (JSON_NODE_HOLDS_OBJECT (node))
    json_object_foreach_member (json_node_get_object (node), check_member, &below);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    json_array_foreach_element (json_node_get_array (node), check_element, &below);
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    g_assert_true (g_utf8_validate (json_node_get_string (node), -1, NULL));

  g_assert_cmpuint (depth, <=, LINKAGE_JSON_MAX_DEPTH);
}

static gpointer
check_root (const LinkageJsonReader *reader, GError **error)
{
  check_node (reader->node, 0);

  return g_strdup ("checked");
}

/* What is within the limits is JSON to json-glib too, and has nothing in it that a C string or a text cannot have. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GError) limits_error = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_within = linkage_json_limits_check ((const char *)data, size, &limits_error);
  g_autofree char *checked = linkage_json_reader_parse (bytes, "root", check_root, &error);

  g_assert_true (is_within == (limits_error == NULL));
  g_assert_true (limits_error == NULL || limits_error->domain == LINKAGE_REMOTE_ERROR);
  g_assert_true ((checked == NULL) == (error != NULL));
  g_assert_true (is_within == (checked != NULL));

  return 0;
}
