/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "linkage-account-manager.h"
#include "linkage-window.h"
#include "walk-check.h"

G_BEGIN_DECLS

/* A walk through the program at one size of its windows. */
typedef struct
{
  WalkCheck *check;
  LinkageApplication *application; /* (unowned) */
  GSettings *settings;
  LinkageAccountManager *manager;
  LinkageWindow *window; /* (nullable) */
  char *folder;          /* of the program's data */
  const char *size;      /* its name */
  int width;
  int height;
} Walk;

/* The sizes: what the program opens with, and a telephone's. */
#define WALK_SIZES 2

void walk_set_up (Walk *walk, gconstpointer size);
void walk_tear_down (Walk *walk, gconstpointer size);

/* Lets everything be laid out and drawn. */
void walk_settle (GtkWidget *widget);
/* Waits until a condition holds; fails the test when it does not in time. */
void walk_wait (gboolean (*condition) (gpointer), gpointer user_data);
/* Checks what is shown in a widget, and leaves a picture where LINKAGE_WALK_PICTURES says. */
void walk_look (Walk *walk, GtkWidget *widget, const char *page);
/* The first descendant that is shown, of a type. */
GtkWidget *walk_find (GtkWidget *widget, const char *type);
/* The window that came last, of a type. */
GtkWindow *walk_find_window (GType type);
void walk_open_window (Walk *walk);
void walk_open_sandbox (Walk *walk, gboolean as_user);
/* Opens the window on the account that was made before. (transfer none): its rows */
LinkageConnectionList *walk_open_account (Walk *walk);
/* Opens the menu of a button, looks at it and all its submenus. */
void walk_look_at_menu (Walk *walk, GtkMenuButton *button, const char *page);

G_END_DECLS
