/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-remote"

#include "linkage-mapping-problem.h"

#include <string.h>

#include "linkage-mapping-account.h"
#include "linkage-mapping-connection.h"

#define MAX_TYPE 200
#define MAX_TITLE 200
#define MAX_DETAIL 1000
#define MAX_FIELDS 20
#define MAX_SENTENCES 10
#define MAX_SENTENCE 500

static gpointer
read_sentence (const LinkageJsonReader *reader, GError **error)
{
  return g_strdup (linkage_json_reader_get_text (reader, MAX_SENTENCE, error));
}

static gboolean
read_field (const LinkageJsonReader *errors, const char *field, LinkageProblem *problem, GError **error)
{
  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);

  if (!linkage_json_reader_read_list (errors, field, MAX_SENTENCES, read_sentence, sentences, error))
    return FALSE;

  for (guint i = 0; i < sentences->len; i++)
    g_ptr_array_add (problem->fields,
                     g_strdup_printf ("%s: %s", field, (const char *)g_ptr_array_index (sentences, i)));

  return TRUE;
}

static gboolean
read_errors (const LinkageJsonReader *reader, LinkageProblem *problem, GError **error)
{
  g_autoptr (GList) fields = NULL;
  LinkageJsonReader errors;
  guint n_fields = 0;

  if (!linkage_json_reader_has (reader, "errors"))
    return TRUE;
  if (!linkage_json_reader_enter (reader, "errors", &errors, error))
    return FALSE;
  if (!JSON_NODE_HOLDS_OBJECT (errors.node))
    {
      linkage_json_reader_set_error (&errors, NULL, "is not an object", error);
      return FALSE;
    }

  fields = json_object_get_members (json_node_get_object (errors.node));
  for (GList *field = fields; field != NULL; field = field->next)
    {
      if (++n_fields > MAX_FIELDS)
        {
          linkage_json_reader_set_error (&errors, NULL, "has too many members", error);
          return FALSE;
        }
      if (!read_field (&errors, field->data, problem, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_type (const LinkageJsonReader *reader, LinkageProblem *problem, GError **error)
{
  g_autofree char *uri = NULL;
  const char *slash;

  if (!linkage_json_reader_read_text (reader, "type", MAX_TYPE, &uri, error))
    return FALSE;

  slash = strrchr (uri, '/');
  if (slash != NULL && slash[1] != '\0')
    problem->type = g_strdup (slash + 1);

  return TRUE;
}

/* What is there only with some types. */
static gboolean
read_extensions (const LinkageJsonReader *reader, LinkageProblem *problem, GError **error)
{
  if (linkage_json_reader_has (reader, "connection"))
    {
      problem->connection =
        linkage_json_reader_read_value (reader, "connection", linkage_mapping_read_connection, error);
      if (problem->connection == NULL)
        return FALSE;
    }
  if (linkage_json_reader_has (reader, "merged-into"))
    {
      problem->merged_into =
        linkage_json_reader_read_value (reader, "merged-into", linkage_mapping_read_account_name, error);
      if (problem->merged_into == NULL)
        return FALSE;
    }

  return TRUE;
}

/**
 * linkage_mapping_read_problem:
 * @reader: a value
 * @error: return location for an error
 *
 * Reads problem details (RFC 9457).
 *
 * Returns: (transfer full) (nullable) (type LinkageProblem): the problem, or %NULL with
 *   %LINKAGE_REMOTE_ERROR_INVALID_REPLY
 */
gpointer
linkage_mapping_read_problem (const LinkageJsonReader *reader, GError **error)
{
  g_autoptr (LinkageProblem) problem = linkage_problem_new (0);

  if (!read_type (reader, problem, error) ||
      !linkage_json_reader_read_text (reader, "title", MAX_TITLE, &problem->title, error) ||
      !linkage_json_reader_read_count (reader, "status", 400, 599, &problem->status, error) ||
      !read_errors (reader, problem, error))
    return NULL;
  if (linkage_json_reader_has (reader, "detail") &&
      !linkage_json_reader_read_text (reader, "detail", MAX_DETAIL, &problem->detail, error))
    return NULL;
  if (!read_extensions (reader, problem, error))
    return NULL;

  return g_steal_pointer (&problem);
}
