/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-remote"

#include "linkage-event-parser.h"

#include <string.h>

#include "linkage-remote-error.h"

#define MAX_SIZE (64 * 1024) /* bytes of a line, and of an event's data */
#define BYTE_ORDER_MARK "\xef\xbb\xbf"

struct _LinkageEventParser
{
  LinkageEventFunc dispatch;
  gpointer user_data;

  GString *line;    /* (owned): what came of the current line */
  GString *type;    /* (owned) */
  GString *data;    /* (owned): with a line feed after each line */
  GString *id;      /* (owned): the latest, which counts when its event is whole */
  GString *last_id; /* (owned) */
  gboolean at_start;
  gboolean after_cr; /* a line feed that comes next belongs to the line that has ended */
  gboolean has_retry;
  guint retry; /* milliseconds */
};

/**
 * linkage_event_parser_new:
 * @dispatch: called for each event, while bytes are pushed
 * @user_data: for @dispatch
 *
 * Makes a parser at the beginning of a stream.
 *
 * Returns: (transfer full): a new parser
 */
LinkageEventParser *
linkage_event_parser_new (LinkageEventFunc dispatch, gpointer user_data)
{
  LinkageEventParser *self = g_new0 (LinkageEventParser, 1);

  self->dispatch = dispatch;
  self->user_data = user_data;
  self->line = g_string_new (NULL);
  self->type = g_string_new (NULL);
  self->data = g_string_new (NULL);
  self->id = g_string_new (NULL);
  self->last_id = g_string_new (NULL);
  self->at_start = TRUE;

  return self;
}

/**
 * linkage_event_parser_free:
 * @self: (transfer full): a parser
 *
 * Frees a parser.
 */
void
linkage_event_parser_free (LinkageEventParser *self)
{
  g_string_free (self->line, TRUE);
  g_string_free (self->type, TRUE);
  g_string_free (self->data, TRUE);
  g_string_free (self->id, TRUE);
  g_string_free (self->last_id, TRUE);
  g_free (self);
}

/**
 * linkage_event_parser_reset:
 * @self: a parser
 *
 * Begins another stream: an event that was cut off is dropped; the last id and the time to wait stay.
 */
void
linkage_event_parser_reset (LinkageEventParser *self)
{
  g_return_if_fail (self != NULL);

  g_string_truncate (self->line, 0);
  g_string_truncate (self->type, 0);
  g_string_truncate (self->data, 0);
  g_string_assign (self->id, self->last_id->str);
  self->at_start = TRUE;
  self->after_cr = FALSE;
}

/* Bytes that are no UTF-8 become replacement characters, as the standard has it. */
static void
dispatch_event (LinkageEventParser *self)
{
  g_autofree char *type = NULL;
  g_autofree char *data = NULL;

  g_string_assign (self->last_id, self->id->str);
  if (self->data->len > 0)
    {
      type = g_utf8_make_valid (self->type->len > 0 ? self->type->str : "message", -1);
      data = g_utf8_make_valid (self->data->str, self->data->len - 1);
    }
  g_string_truncate (self->type, 0);
  g_string_truncate (self->data, 0);

  if (data != NULL)
    self->dispatch (type, data, self->last_id->str, self->user_data);
}

static void
set_retry (LinkageEventParser *self, const char *value)
{
  guint64 milliseconds;

  if (!g_ascii_string_to_unsigned (value, 10, 0, G_MAXUINT, &milliseconds, NULL))
    return;

  self->retry = (guint)milliseconds;
  self->has_retry = TRUE;
}

static gboolean
append_data (LinkageEventParser *self, const char *value, GError **error)
{
  if (self->data->len + strlen (value) >= MAX_SIZE)
    {
      g_set_error_literal (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_TOO_LARGE, "An event is too large");
      return FALSE;
    }
  g_string_append (self->data, value);
  g_string_append_c (self->data, '\n');

  return TRUE;
}

static gboolean
process_field (LinkageEventParser *self, const char *name, const char *value, GError **error)
{
  if (g_str_equal (name, "data"))
    return append_data (self, value, error);

  if (g_str_equal (name, "event"))
    g_string_assign (self->type, value);
  else if (g_str_equal (name, "id"))
    g_string_assign (self->id, value);
  else if (g_str_equal (name, "retry"))
    set_retry (self, value);

  return TRUE;
}

static gboolean
end_line (LinkageEventParser *self, GError **error)
{
  g_autofree char *line = g_strndup (self->line->str, self->line->len);
  gboolean has_nul = strlen (line) != self->line->len;
  const char *start = line;
  const char *value = "";
  char *colon;

  g_string_truncate (self->line, 0);
  if (self->at_start && g_str_has_prefix (line, BYTE_ORDER_MARK))
    start += strlen (BYTE_ORDER_MARK);
  self->at_start = FALSE;

  if (*start == '\0' && !has_nul)
    {
      dispatch_event (self);
      return TRUE;
    }
  /* The standard has an id with a NUL ignored; nothing else of the interface may have one either. */
  if (has_nul || *start == ':')
    return TRUE;

  colon = strchr (start, ':');
  if (colon != NULL)
    {
      *colon = '\0';
      value = colon[1] == ' ' ? colon + 2 : colon + 1;
    }

  return process_field (self, start, value, error);
}

static gboolean
push_byte (LinkageEventParser *self, char byte, GError **error)
{
  gboolean after_cr = self->after_cr;

  self->after_cr = byte == '\r';
  if (byte == '\n' && after_cr)
    return TRUE;
  if (byte == '\n' || byte == '\r')
    return end_line (self, error);
  if (self->line->len == MAX_SIZE)
    {
      g_set_error_literal (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_TOO_LARGE, "A line is too long");
      return FALSE;
    }
  g_string_append_c (self->line, byte);

  return TRUE;
}

/**
 * linkage_event_parser_push:
 * @self: a parser
 * @bytes: (array length=length): what came
 * @length: how many bytes
 * @error: return location for an error
 *
 * Takes bytes and dispatches the events that they complete. After an error the stream is to be given up and the
 * parser reset. @self must not be freed while it dispatches.
 *
 * Returns: whether all were taken; else %LINKAGE_REMOTE_ERROR_TOO_LARGE is set
 */
gboolean
linkage_event_parser_push (LinkageEventParser *self, const char *bytes, gsize length, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (gsize i = 0; i < length; i++)
    {
      if (!push_byte (self, bytes[i], error))
        return FALSE;
    }

  return TRUE;
}

/**
 * linkage_event_parser_get_last_id:
 * @self: a parser
 *
 * Gives what `Last-Event-ID` is to say when the stream is opened again: the id of the last event that came whole.
 *
 * Returns: (transfer none): the id, empty where there is none
 */
const char *
linkage_event_parser_get_last_id (LinkageEventParser *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->last_id->str;
}

/**
 * linkage_event_parser_get_retry:
 * @self: a parser
 * @milliseconds: (out): how long to wait before the stream is opened again
 *
 * Gives what the stream last said of waiting.
 *
 * Returns: whether it said anything
 */
gboolean
linkage_event_parser_get_retry (LinkageEventParser *self, guint *milliseconds)
{
  g_return_val_if_fail (self != NULL, FALSE);

  *milliseconds = self->retry;

  return self->has_retry;
}
