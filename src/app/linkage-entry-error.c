/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "linkage-entry-error.h"

/**
 * linkage_entry_error_set:
 * @entry: what was typed
 * @label: the label beneath it
 * @sentence: (nullable): what is wrong with it; %NULL: nothing
 *
 * Says beneath an entry what is wrong with what was typed, and marks the entry.
 */
void
linkage_entry_error_set (GtkWidget *entry, GtkLabel *label, const char *sentence)
{
  g_return_if_fail (GTK_IS_WIDGET (entry));
  g_return_if_fail (GTK_IS_LABEL (label));

  gtk_label_set_text (label, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (label), sentence != NULL);
  gtk_accessible_update_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
                               sentence != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  if (sentence != NULL)
    gtk_widget_add_css_class (entry, "error");
  else
    gtk_widget_remove_css_class (entry, "error");
}
