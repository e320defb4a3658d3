/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "walk-check.h"

#include <adwaita.h>
#include <string.h>

/* The letters that tests/ui/pseudo-locale.py accents: in its texts there are none of them. */
#define ACCENTED_LETTERS "aceginorsuyACEGINORSUY"
#define TOLERANCE 1 /* pixels: sizes are rounded */

struct _WalkCheck
{
  gboolean is_pseudo;
  GPtrArray *data;     /* (owned) (element-type utf8): the longest first */
  GHashTable *library; /* (owned): set of utf8 */
  GRegex *addresses;   /* (owned): of e-mail and of the web */
  const char *page;    /* (unowned): what is being looked at */
};

WalkCheck *
walk_check_new (gboolean is_pseudo)
{
  WalkCheck *check = g_new0 (WalkCheck, 1);

  check->is_pseudo = is_pseudo;
  check->data = g_ptr_array_new_with_free_func (g_free);
  check->library = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  check->addresses = g_regex_new ("https?://\\S*|[\\w.+-]+@[\\w-]+(\\.[\\w-]+)+", 0, 0, NULL);

  return check;
}

void
walk_check_free (WalkCheck *check)
{
  g_ptr_array_unref (check->data);
  g_hash_table_unref (check->library);
  g_regex_unref (check->addresses);
  g_free (check);
}

static int
compare_lengths (gconstpointer a, gconstpointer b)
{
  size_t length_a = strlen (*(const char *const *)a);
  size_t length_b = strlen (*(const char *const *)b);

  return length_a == length_b ? 0 : length_a < length_b ? 1 : -1;
}

void
walk_check_add_data (WalkCheck *check, const char *text)
{
  if (text == NULL || *text == '\0' || g_ptr_array_find_with_equal_func (check->data, text, g_str_equal, NULL))
    return;

  g_ptr_array_add (check->data, g_strdup (text));
  g_ptr_array_sort (check->data, compare_lengths);
}

/* What a widget says. */
static char *
dup_text (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return g_strdup (gtk_label_get_text (GTK_LABEL (widget)));
  if (GTK_IS_INSCRIPTION (widget))
    return g_strdup (gtk_inscription_get_text (GTK_INSCRIPTION (widget)));
  if (GTK_IS_WINDOW (widget))
    return g_strdup (gtk_window_get_title (GTK_WINDOW (widget)));
  if (GTK_IS_TEXT_VIEW (widget))
    {
      char *text = NULL;

      g_object_get (gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget)), "text", &text, NULL);
      return text;
    }

  return NULL;
}

void
walk_check_add_library (WalkCheck *check, GtkWidget *widget)
{
  char *text = dup_text (widget);

  if (text != NULL)
    g_hash_table_add (check->library, text);
  if (gtk_widget_get_tooltip_text (widget) != NULL)
    g_hash_table_add (check->library, g_strdup (gtk_widget_get_tooltip_text (widget)));

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    walk_check_add_library (check, child);
}

static void
report (WalkCheck *check, GtkWidget *widget, const char *what, const char *text)
{
  g_autoptr (GString) path = g_string_new (NULL);

  for (GtkWidget *ancestor = widget; ancestor != NULL; ancestor = gtk_widget_get_parent (ancestor))
    {
      if (g_str_has_prefix (G_OBJECT_TYPE_NAME (ancestor), "Linkage") || ancestor == widget)
        g_string_append_printf (path, " < %s", G_OBJECT_TYPE_NAME (ancestor));
    }

  g_test_message ("%s: %s: “%s”%s", check->page, what, text, path->str);
  g_test_fail ();
}

/* What is left of a text without what comes from outside. */
static char *
leave_out_data (WalkCheck *check, const char *text)
{
  char *left = g_regex_replace (check->addresses, text, -1, 0, "", 0, NULL);

  for (guint i = 0; i < check->data->len; i++)
    {
      GString *string = g_string_new (left);

      g_string_replace (string, g_ptr_array_index (check->data, i), "", 0);
      g_free (left);
      left = g_string_free (string, FALSE);
    }

  return left;
}

static gboolean
holds_data (WalkCheck *check, const char *text)
{
  g_autofree char *left = leave_out_data (check, text);

  return !g_str_equal (left, text);
}

void
walk_check_text (WalkCheck *check, const char *text, const char *page)
{
  g_autofree char *left = NULL;

  check->page = page;
  if (!check->is_pseudo || text == NULL || g_hash_table_contains (check->library, text))
    return;

  left = leave_out_data (check, text);
  if (strpbrk (left, ACCENTED_LETTERS) == NULL)
    return;

  g_test_message ("%s: did not go through gettext: “%s”", page, text);
  g_test_fail ();
}

static gboolean
is_ellipsized (GtkWidget *widget, const char *text)
{
  g_autoptr (PangoLayout) layout = NULL;
  int height;

  if (GTK_IS_LABEL (widget))
    return pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget)));

  layout = gtk_widget_create_pango_layout (widget, text);
  pango_layout_set_width (layout, gtk_widget_get_width (widget) * PANGO_SCALE);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_get_pixel_size (layout, NULL, &height);

  return height > gtk_widget_get_height (widget) + TOLERANCE;
}

/* Whether the whole text is a hover away: in a tooltip, in the popover of a customer, or in the row of which a toast
 * tells. */
static gboolean
is_told_elsewhere (GtkWidget *widget)
{
  for (GtkWidget *ancestor = widget; ancestor != NULL; ancestor = gtk_widget_get_parent (ancestor))
    {
      if (gtk_widget_get_tooltip_text (ancestor) != NULL || gtk_widget_has_css_class (ancestor, "customer-link") ||
          g_str_equal (G_OBJECT_TYPE_NAME (ancestor), "AdwToastWidget"))
        return TRUE;
    }

  return FALSE;
}

/* The title of a header bar has what the buttons leave. In a real language it must fit; there is no room for one that
 * is longer by 40 %. */
static gboolean
may_be_cut_off (WalkCheck *check, GtkWidget *widget, const char *text)
{
  if (holds_data (check, text))
    return is_told_elsewhere (widget);

  return check->is_pseudo && gtk_widget_has_css_class (widget, "title") &&
         gtk_widget_get_ancestor (widget, ADW_TYPE_HEADER_BAR) != NULL;
}

/* Whether something around a widget hides a part of it. What scrolls is seen in full in time. */
static gboolean
is_clipped (GtkWidget *widget)
{
  GtkWidget *native = GTK_WIDGET (gtk_widget_get_native (widget));
  GtkWidget *ancestor = widget;
  gboolean scrolls = FALSE;

  while (ancestor != native)
    {
      graphene_rect_t bounds;

      ancestor = gtk_widget_get_parent (ancestor);
      scrolls = scrolls || GTK_IS_SCROLLABLE (ancestor);
      if (gtk_widget_get_overflow (ancestor) != GTK_OVERFLOW_HIDDEN && ancestor != native)
        continue;
      if (!gtk_widget_compute_bounds (widget, ancestor, &bounds))
        continue;
      if (bounds.origin.x < -TOLERANCE ||
          bounds.origin.x + bounds.size.width > gtk_widget_get_width (ancestor) + TOLERANCE)
        return TRUE;
      if (!scrolls && bounds.origin.y + bounds.size.height > gtk_widget_get_height (ancestor) + TOLERANCE)
        return TRUE;
    }

  return FALSE;
}

/* What comes from outside may be of any length: there the whole must be a hover away. */
static void
check_room (WalkCheck *check, GtkWidget *widget, const char *text)
{
  if (*text == '\0' || (!GTK_IS_LABEL (widget) && !GTK_IS_INSCRIPTION (widget)))
    return;

  if (is_ellipsized (widget, text) && !may_be_cut_off (check, widget, text))
    report (check, widget, "cut off", text);
  else if (is_clipped (widget))
    report (check, widget, "hidden in part", text);
}

static void
check_one (WalkCheck *check, GtkWidget *widget)
{
  g_autofree char *text = dup_text (widget);
  const char *tooltip = gtk_widget_get_tooltip_text (widget);

  if (text != NULL && !g_hash_table_contains (check->library, text))
    {
      walk_check_text (check, text, check->page);
      check_room (check, widget, text);
    }
  if (tooltip != NULL)
    walk_check_text (check, tooltip, check->page);
}

/* The names of keys are the toolkit’s. */
static gboolean
is_foreign (GtkWidget *widget)
{
  return GTK_IS_SHORTCUT_LABEL (widget) || g_str_equal (gtk_widget_get_css_name (widget), "accelerator");
}

void
walk_check_widget (WalkCheck *check, GtkWidget *widget, const char *page)
{
  check->page = page;
  if (!gtk_widget_get_mapped (widget) || is_foreign (widget))
    return;

  check_one (check, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    walk_check_widget (check, child, page);
}
