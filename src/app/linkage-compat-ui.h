/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef void (*LinkageCompatAnswer) (gpointer user_data);
typedef void (*LinkageCompatChoice) (const char *answer, gpointer user_data);

/* A button of a question. */
typedef struct
{
  const char *answer; /* null: after the last one */
  const char *label;
  gboolean destroys; /* it cannot be taken back */
} LinkageCompatButton;

typedef void (*LinkageCompatFileChosen) (GFile *file, gpointer user_data);

void linkage_compat_ask (GtkWindow *parent,
                         const char *heading,
                         const char *body,
                         const char *cancel,
                         const char *accept,
                         LinkageCompatAnswer accepted,
                         gpointer user_data,
                         GDestroyNotify destroy);
void linkage_compat_choose (GtkWindow *parent,
                            const char *heading,
                            const char *body,
                            const LinkageCompatButton *choices,
                            LinkageCompatChoice answered,
                            gpointer user_data,
                            GDestroyNotify destroy);
void linkage_compat_open_file (GtkWindow *parent,
                               const char *title,
                               GListModel *filters,
                               LinkageCompatFileChosen chosen,
                               gpointer user_data,
                               GDestroyNotify destroy);
void linkage_compat_save_file (GtkWindow *parent,
                               const char *title,
                               const char *name,
                               LinkageCompatFileChosen chosen,
                               gpointer user_data,
                               GDestroyNotify destroy);
void linkage_compat_show_file (GtkWindow *parent, GFile *file);
void linkage_compat_open_uri (GtkWindow *parent, const char *uri);
void linkage_compat_name_buttons (void);
void linkage_compat_set_button_label (GtkButton *button, const char *label);

G_END_DECLS
