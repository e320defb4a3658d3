/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a person brought. */
typedef struct
{
  GBytes *bytes;    /* (owned) */
  char *hint;       /* (owned): a media type, or a file's name */
  gint64 copied_at; /* Unix seconds: now, or when the file was written */
  guint n_left_out; /* files that came along; only the first is read */
} LinkageImportSource;

void linkage_import_source_free (LinkageImportSource *self);

/* Errors of the three: LINKAGE_IMPORT_ERROR_EMPTY, _NO_TABLE and _TOO_LARGE, and G_IO_ERROR. */
void linkage_import_source_read_clipboard_async (GdkClipboard *clipboard,
                                                 GCancellable *cancellable,
                                                 GAsyncReadyCallback callback,
                                                 gpointer user_data);
/* The drop is finished when it is read. */
void linkage_import_source_read_drop_async (GdkDrop *drop,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data);
void linkage_import_source_read_file_async (GFile *file,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data);
/* (transfer full) (nullable); is_file: also where it could not be read */
LinkageImportSource *linkage_import_source_read_finish (GAsyncResult *result, gboolean *is_file, GError **error);

/* What of a clipboard or a drop can be read. */
GdkContentFormats *linkage_import_source_get_formats (void); /* (transfer full) */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageImportSource, linkage_import_source_free)

G_END_DECLS
