/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-copy-date-button.h"

#include <glib/gi18n.h>

#include "linkage-cell-utils.h"
#include "linkage-date-text.h"

struct _LinkageCopyDateButton
{
  GtkWidget parent_instance;

  gint64 given; /* as it was told, Unix seconds */
  gint64 time;  /* as the person corrected it, Unix seconds */

  GtkMenuButton *button; /* (unowned) template child */
  GtkLabel *label;       /* (unowned) template child */
  GtkCalendar *calendar; /* (unowned) template child */
};

typedef enum
{
  SIGNAL_CORRECTED,
  N_SIGNALS,
} LinkageCopyDateButtonSignal;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinkageCopyDateButton, linkage_copy_date_button, GTK_TYPE_WIDGET)

static void on_day_selected (GtkCalendar *calendar, LinkageCopyDateButton *self);

static void
show_time (LinkageCopyDateButton *self)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_local (self->time);
  g_autofree char *when = linkage_date_text_format_since (self->time, g_get_real_time () / G_USEC_PER_SEC, NULL);
  g_autofree char *text = NULL;

  /* Translators: When a table was copied from the portal’s page; %s is a time of day, with the day in front where that
   * was not today. */
  text = g_strdup_printf (_ ("Copied at %s"), when);
  gtk_label_set_text (self->label, text);
  linkage_cell_utils_set_label (GTK_WIDGET (self->button), text);

  g_signal_handlers_block_by_func (self->calendar, on_day_selected, self);
  if (date != NULL)
    gtk_calendar_select_day (self->calendar, date);
  g_signal_handlers_unblock_by_func (self->calendar, on_day_selected, self);
}

static gboolean
is_same_day (GDateTime *date, gint64 time)
{
  g_autoptr (GDateTime) other = g_date_time_new_from_unix_local (time);

  return other != NULL && g_date_time_get_year (date) == g_date_time_get_year (other) &&
         g_date_time_get_day_of_year (date) == g_date_time_get_day_of_year (other);
}

/* A day that the person chose has no time of day: its end stands for it, but never a time that is still to come. */
static gint64
get_time_on (LinkageCopyDateButton *self, GDateTime *day)
{
  g_autoptr (GDateTime) end = NULL;

  if (is_same_day (day, self->given))
    return self->given;

  end = g_date_time_new_local (g_date_time_get_year (day), g_date_time_get_month (day),
                               g_date_time_get_day_of_month (day), 23, 59, 59.0);

  return end != NULL ? MIN (g_date_time_to_unix (end), g_get_real_time () / G_USEC_PER_SEC) : self->given;
}

static void
on_day_selected (GtkCalendar *calendar, LinkageCopyDateButton *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (calendar);

  if (is_same_day (day, self->time))
    return;

  self->time = get_time_on (self, day);
  show_time (self);
  g_signal_emit (self, signals[SIGNAL_CORRECTED], 0);
}

static void
linkage_copy_date_button_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (linkage_copy_date_button_parent_class)->dispose (object);
}

static void
linkage_copy_date_button_class_init (LinkageCopyDateButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = linkage_copy_date_button_dispose;

  signals[SIGNAL_CORRECTED] =
    g_signal_new ("corrected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-copy-date-button.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageCopyDateButton, button);
  gtk_widget_class_bind_template_child (widget_class, LinkageCopyDateButton, label);
  gtk_widget_class_bind_template_child (widget_class, LinkageCopyDateButton, calendar);
  gtk_widget_class_bind_template_callback (widget_class, on_day_selected);
}

static void
linkage_copy_date_button_init (LinkageCopyDateButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * linkage_copy_date_button_get_time:
 * @self: a #LinkageCopyDateButton
 *
 * Gets when the copy was made.
 *
 * Returns: Unix seconds
 */
gint64
linkage_copy_date_button_get_time (LinkageCopyDateButton *self)
{
  g_return_val_if_fail (LINKAGE_IS_COPY_DATE_BUTTON (self), 0);

  return self->time;
}

/**
 * linkage_copy_date_button_set_time:
 * @self: a #LinkageCopyDateButton
 * @time: when the copy was made, as far as is known, Unix seconds
 *
 * Shows when a copy was made.
 */
void
linkage_copy_date_button_set_time (LinkageCopyDateButton *self, gint64 time)
{
  g_return_if_fail (LINKAGE_IS_COPY_DATE_BUTTON (self));

  self->given = time;
  self->time = time;
  show_time (self);
}
