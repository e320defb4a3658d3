/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "linkage-portal-text.h"

#include <gtk/gtk.h>

#define FIRST_STRONG_ISOLATE "\xe2\x81\xa8"
#define LEFT_TO_RIGHT_MARK "\xe2\x80\x8e"
#define RIGHT_TO_LEFT_MARK "\xe2\x80\x8f"
#define POP_DIRECTIONAL_ISOLATE "\xe2\x81\xa9"

/* Unicode keeps these blocks for scripts that run from right to left. */
static gboolean
is_right_to_left (gunichar c)
{
  return (c >= 0x0590 && c <= 0x08ff) || (c >= 0xfb1d && c <= 0xfdff) || (c >= 0xfe70 && c <= 0xfeff) ||
         (c >= 0x10800 && c <= 0x10fff) || (c >= 0x1e800 && c <= 0x1efff);
}

static gboolean
has_right_to_left (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (is_right_to_left (g_utf8_get_char (p)))
        return TRUE;
    }

  return FALSE;
}

/* Marks, overrides and isolates that would reach beyond the text they stand in. */
static gboolean
is_direction_control (gunichar c)
{
  return c == 0x061c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/**
 * linkage_portal_text_to_line:
 * @text: text from outside
 *
 * Makes one line of a text: runs of white space and control characters become a space, and characters that steer the
 * direction of text are left out.
 *
 * Returns: (transfer full): the line
 */
char *
linkage_portal_text_to_line (const char *text)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *valid = NULL;
  gboolean space = FALSE;

  g_return_val_if_fail (text != NULL, NULL);

  valid = g_utf8_make_valid (text, -1);
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_direction_control (c))
        continue;
      if (g_unichar_isspace (c) || g_unichar_iscntrl (c))
        {
          space = line->len > 0;
          continue;
        }
      if (space)
        g_string_append_c (line, ' ');
      space = FALSE;
      g_string_append_unichar (line, c);
    }

  return g_string_free (g_steal_pointer (&line), FALSE);
}

/**
 * linkage_portal_text_isolate:
 * @text: text from outside: a name, an address, a portal's word
 *
 * Makes a text fit to stand inside a sentence of ours: one line, which cannot turn the sentence's direction around.
 * Isolates are added only where they can make a difference, so that other text stays as it can be compared and copied.
 *
 * Returns: (transfer full): the text
 */
char *
linkage_portal_text_isolate (const char *text)
{
  g_autofree char *line = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  line = linkage_portal_text_to_line (text);
  if (gtk_widget_get_default_direction () != GTK_TEXT_DIR_RTL && !has_right_to_left (line))
    return g_steal_pointer (&line);

  return g_strconcat (FIRST_STRONG_ISOLATE, line, POP_DIRECTIONAL_ISOLATE, NULL);
}

/**
 * linkage_portal_text_align:
 * @text: text from outside
 *
 * Makes a text fit to stand alone in a column: one line that begins where all others do, whichever way it runs.
 *
 * Returns: (transfer full): the text
 */
char *
linkage_portal_text_align (const char *text)
{
  g_autofree char *isolated = linkage_portal_text_isolate (text);

  if (!g_str_has_prefix (isolated, FIRST_STRONG_ISOLATE))
    return g_steal_pointer (&isolated);
  if (gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL)
    return g_strconcat (RIGHT_TO_LEFT_MARK, isolated, NULL);

  return g_strconcat (LEFT_TO_RIGHT_MARK, isolated, NULL);
}
