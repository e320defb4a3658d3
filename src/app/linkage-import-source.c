/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "linkage-import-source.h"

#include "linkage-clipboard-offer.h"
#include "linkage-companion-account.h"

#define CHUNK (256 * 1024) /* bytes */

/* The best of these that is offered is taken. */
static const char *const page_types[] = { "text/html", NULL };
static const char *const text_types[] = { "text/plain;charset=utf-8", "text/plain", NULL };

/* On its way from where it is to the bytes. */
typedef struct
{
  LinkageImportSource *source; /* (owned) (nullable): null once it is returned */
  GByteArray *read;            /* (owned) */
  GdkDrop *drop;               /* (owned) (nullable) */
  gboolean is_file;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  if (reading->drop != NULL)
    gdk_drop_finish (reading->drop, GDK_ACTION_COPY);
  g_clear_object (&reading->drop);
  g_clear_pointer (&reading->source, linkage_import_source_free);
  g_byte_array_unref (reading->read);
  g_free (reading);
}

static GTask *
create_task (gpointer tag, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Reading *reading = g_new0 (Reading, 1);

  reading->source = g_new0 (LinkageImportSource, 1);
  reading->source->copied_at = g_get_real_time () / G_USEC_PER_SEC;
  reading->read = g_byte_array_new ();
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, reading, reading_free);

  return task;
}

static void
return_import_error (GTask *task, LinkageImportError code)
{
  g_task_return_new_error (task, LINKAGE_IMPORT_ERROR, (int)code, "what was brought cannot be read");
}

static void
return_source (GTask *task)
{
  Reading *reading = g_task_get_task_data (task);

  if (reading->read->len == 0)
    {
      return_import_error (task, LINKAGE_IMPORT_ERROR_EMPTY);
      return;
    }

  reading->source->bytes = g_byte_array_free_to_bytes (g_steal_pointer (&reading->read));
  reading->read = g_byte_array_new ();
  g_task_return_pointer (task, g_steal_pointer (&reading->source), (GDestroyNotify)linkage_import_source_free);
}

static void
on_chunk_read (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Reading *reading = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) chunk = g_input_stream_read_bytes_finish (G_INPUT_STREAM (object), result, &error);

  if (chunk == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (g_bytes_get_size (chunk) == 0)
    {
      return_source (task);
      return;
    }

  g_byte_array_append (reading->read, g_bytes_get_data (chunk, NULL), (guint)g_bytes_get_size (chunk));
  if (reading->read->len > LINKAGE_IMPORT_MAX_BYTES)
    return_import_error (task, LINKAGE_IMPORT_ERROR_TOO_LARGE);
  else
    g_input_stream_read_bytes_async (G_INPUT_STREAM (object), CHUNK, G_PRIORITY_DEFAULT, g_task_get_cancellable (task),
                                     on_chunk_read, g_object_ref (task));
}

static void
read_stream (GTask *task, GInputStream *stream)
{
  g_input_stream_read_bytes_async (stream, CHUNK, G_PRIORITY_DEFAULT, g_task_get_cancellable (task), on_chunk_read,
                                   g_object_ref (task));
}

static void
on_file_opened (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read_finish (G_FILE (object), result, &error);

  if (stream == NULL)
    g_task_return_error (task, error);
  else
    read_stream (task, G_INPUT_STREAM (stream));
}

static void
on_file_queried (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Reading *reading = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (object), result, &error);
  g_autoptr (GDateTime) written_at = NULL;

  if (info == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (g_file_info_get_size (info) > LINKAGE_IMPORT_MAX_BYTES)
    {
      return_import_error (task, LINKAGE_IMPORT_ERROR_TOO_LARGE);
      return;
    }

  written_at = g_file_info_get_modification_date_time (info);
  if (written_at != NULL)
    reading->source->copied_at = MIN (g_date_time_to_unix (written_at), reading->source->copied_at);
  g_file_read_async (G_FILE (object), G_PRIORITY_DEFAULT, g_task_get_cancellable (task), on_file_opened,
                     g_object_ref (task));
}

static void
read_file (GTask *task, GFile *file)
{
  Reading *reading = g_task_get_task_data (task);

  reading->is_file = TRUE;
  reading->source->hint = g_file_get_basename (file);
  g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_TIME_MODIFIED,
                           G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, g_task_get_cancellable (task), on_file_queried,
                           g_object_ref (task));
}

static void
read_files (GTask *task, const GValue *value)
{
  Reading *reading = g_task_get_task_data (task);
  g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

  if (files == NULL)
    {
      return_import_error (task, LINKAGE_IMPORT_ERROR_EMPTY);
      return;
    }

  reading->source->n_left_out = g_slist_length (files) - 1;
  read_file (task, files->data);
}

static void
on_clipboard_files (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (object), result, &error);

  if (value == NULL)
    g_task_return_error (task, error);
  else
    read_files (task, value);
}

static void
on_drop_files (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  const GValue *value = gdk_drop_read_value_finish (GDK_DROP (object), result, &error);

  if (value == NULL)
    g_task_return_error (task, error);
  else
    read_files (task, value);
}

/* stream: (transfer full) (nullable) */
static void
read_offered (GTask *task, GInputStream *stream, const char *type, GError *error)
{
  g_autoptr (GInputStream) owned = stream;
  Reading *reading = g_task_get_task_data (task);

  if (owned == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  reading->source->hint = g_strdup (type);
  read_stream (task, owned);
}

static void
on_clipboard_opened (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const char *type = NULL;
  GError *error = NULL;
  GInputStream *stream = gdk_clipboard_read_finish (GDK_CLIPBOARD (object), result, &type, &error);

  read_offered (task, stream, type, error);
}

static void
on_drop_opened (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const char *type = NULL;
  GError *error = NULL;
  GInputStream *stream = gdk_drop_read_finish (GDK_DROP (object), result, &type, &error);

  read_offered (task, stream, type, error);
}

static gboolean
offers (GdkContentFormats *formats, const char *const *types)
{
  for (gsize i = 0; types[i] != NULL; i++)
    {
      if (gdk_content_formats_contain_mime_type (formats, types[i]))
        return TRUE;
    }

  return FALSE;
}

static gboolean
offers_files (GdkContentFormats *formats)
{
  g_autoptr (GdkContentFormats) types =
    gdk_content_formats_union_deserialize_gtypes (gdk_content_formats_ref (formats));

  return gdk_content_formats_contain_gtype (types, GDK_TYPE_FILE_LIST);
}

/* (nullable): in which form to read it as text; null: there is none */
static const char *const *
choose_types (GdkContentFormats *formats)
{
  if (offers (formats, page_types))
    return page_types;
  if (offers (formats, text_types))
    return text_types;

  return NULL;
}

static LinkageImportError
get_lack (GdkContentFormats *formats)
{
  gsize n_types = 0;

  gdk_content_formats_get_mime_types (formats, &n_types);

  return n_types == 0 ? LINKAGE_IMPORT_ERROR_EMPTY : LINKAGE_IMPORT_ERROR_NO_TABLE;
}

static void
on_offer_known (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GdkClipboard *clipboard = GDK_CLIPBOARD (object);
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;

  if (!linkage_clipboard_offer_wait_finish (clipboard, result, &error))
    g_task_return_error (task, error);
  else if (!offers (formats, page_types) && offers_files (formats))
    gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, cancellable, on_clipboard_files,
                                    g_object_ref (task));
  else if (choose_types (formats) != NULL)
    gdk_clipboard_read_async (clipboard, (const char **)choose_types (formats), G_PRIORITY_DEFAULT, cancellable,
                              on_clipboard_opened, g_object_ref (task));
  else
    return_import_error (task, get_lack (formats));
}

/**
 * linkage_import_source_read_clipboard_async:
 * @clipboard: a clipboard
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is read
 * @user_data: data for @callback
 *
 * Reads what was copied: a page, else a file, else text.
 */
void
linkage_import_source_read_clipboard_async (GdkClipboard *clipboard,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (GDK_IS_CLIPBOARD (clipboard));

  task = create_task (linkage_import_source_read_clipboard_async, cancellable, callback, user_data);
  linkage_clipboard_offer_wait_async (clipboard, cancellable, on_offer_known, g_steal_pointer (&task));
}

/**
 * linkage_import_source_read_drop_async:
 * @drop: what was let go over the window
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is read
 * @user_data: data for @callback
 *
 * Reads what was dropped: a page, else a file, else text. The drop is finished with it.
 */
void
linkage_import_source_read_drop_async (GdkDrop *drop,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Reading *reading;
  GdkContentFormats *formats;

  g_return_if_fail (GDK_IS_DROP (drop));

  task = create_task (linkage_import_source_read_drop_async, cancellable, callback, user_data);
  reading = g_task_get_task_data (task);
  reading->drop = g_object_ref (drop);
  formats = gdk_drop_get_formats (drop);
  if (!offers (formats, page_types) && offers_files (formats))
    gdk_drop_read_value_async (drop, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, cancellable, on_drop_files,
                               g_steal_pointer (&task));
  else if (choose_types (formats) != NULL)
    gdk_drop_read_async (drop, (const char **)choose_types (formats), G_PRIORITY_DEFAULT, cancellable, on_drop_opened,
                         g_steal_pointer (&task));
  else
    return_import_error (task, get_lack (formats));
}

/**
 * linkage_import_source_read_file_async:
 * @file: a file
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is read
 * @user_data: data for @callback
 *
 * Reads a file. One that is too large is refused before it is read.
 */
void
linkage_import_source_read_file_async (GFile *file,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (G_IS_FILE (file));

  task = create_task (linkage_import_source_read_file_async, cancellable, callback, user_data);
  read_file (task, file);
}

/**
 * linkage_import_source_read_finish:
 * @result: the result that the callback was given
 * @is_file: (out): whether it is a file, or would have been one that could be read
 * @error: (out) (optional): where an error goes
 *
 * Ends what one of the three began.
 *
 * Returns: (transfer full) (nullable): what was read; %NULL with @error set: %LINKAGE_IMPORT_ERROR_EMPTY, _NO_TABLE
 *   where it is offered neither as a page nor as text, _TOO_LARGE, or a %G_IO_ERROR
 */
LinkageImportSource *
linkage_import_source_read_finish (GAsyncResult *result, gboolean *is_file, GError **error)
{
  Reading *reading;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  reading = g_task_get_task_data (G_TASK (result));
  *is_file = reading->is_file;

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * linkage_import_source_get_formats:
 *
 * Tells what of a clipboard or a drop can be read.
 *
 * Returns: (transfer full): the formats
 */
GdkContentFormats *
linkage_import_source_get_formats (void)
{
  GdkContentFormatsBuilder *builder = gdk_content_formats_builder_new ();

  gdk_content_formats_builder_add_mime_type (builder, page_types[0]);
  for (gsize i = 0; text_types[i] != NULL; i++)
    gdk_content_formats_builder_add_mime_type (builder, text_types[i]);
  gdk_content_formats_builder_add_gtype (builder, GDK_TYPE_FILE_LIST);

  return gdk_content_formats_union_deserialize_mime_types (gdk_content_formats_builder_free_to_formats (builder));
}

/**
 * linkage_import_source_free:
 * @self: (transfer full): what was read
 *
 * Frees it.
 */
void
linkage_import_source_free (LinkageImportSource *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->hint);
  g_free (self);
}
