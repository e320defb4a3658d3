/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-table-columns.h"

#include <glib/gi18n.h>

#define N_COLUMNS LINKAGE_SORT_COMMENTS
#define MIN_WIDTH 60
#define EXPAND -1
#define EXPANDING_WIDTH 230 /* from where a width is changed that nobody has set yet */

typedef struct
{
  const char *name; /* in the settings and in actions */
  const char *title;
  int width;        /* EXPAND: what the others leave */
  int narrow_width; /* 0: hidden in a narrow window */
} ColumnKind;

static const ColumnKind kinds[] = {
  [LINKAGE_SORT_CUSTOMER] = { "customer", NC_ ("column", "Customer"), EXPAND, EXPAND },
  [LINKAGE_SORT_ACTIONS] = { "actions", NC_ ("column", "Actions"), 195, 84 },
  [LINKAGE_SORT_STATUS] = { "status", NC_ ("column", "Status"), 150, 0 },
  [LINKAGE_SORT_EMAIL] = { "email", NC_ ("column", "Email"), 170, 0 },
  [LINKAGE_SORT_DATE] = { "date", NC_ ("column", "Date"), 100, 0 },
  [LINKAGE_SORT_COMMENTS] = { "comments", NC_ ("column", "Comments"), 150, 0 },
};

/* The columns of the table: what sorts, how wide and in which order they are, and that this is remembered.
 *
 * GTK 4.8 does not tell which column sorts. So each column has a sorter that only notes that it was asked; the view's
 * sorter compares two sentinels, asks the first column that sorts, and turns the answer round where it descends. */
struct _LinkageTableColumns
{
  GObject parent_instance;

  GtkColumnView *view;                         /* (unowned): outlives this */
  GSettings *settings;                         /* (owned) */
  GtkColumnViewColumn *columns[N_COLUMNS + 1]; /* (owned) (nullable), by LinkageSort */
  GObject *sentinels[2];                       /* (owned) */
  LinkageSort asked;
  gboolean narrow;
  gboolean applying; /* the settings are being carried out: nothing is to be remembered */
};

G_DEFINE_FINAL_TYPE (LinkageTableColumns, linkage_table_columns, G_TYPE_OBJECT)

static LinkageSort
find_kind (const char *name)
{
  for (guint i = LINKAGE_SORT_CUSTOMER; i <= N_COLUMNS; i++)
    {
      if (g_str_equal (kinds[i].name, name))
        return (LinkageSort)i;
    }

  return LINKAGE_SORT_NONE;
}

static LinkageSort
get_kind (LinkageTableColumns *self, GtkColumnViewColumn *column)
{
  for (guint i = LINKAGE_SORT_CUSTOMER; i <= N_COLUMNS; i++)
    {
      if (self->columns[i] == column)
        return (LinkageSort)i;
    }

  return LINKAGE_SORT_NONE;
}

/* What a column's sorter knows. */
typedef struct
{
  LinkageTableColumns *columns; /* (unowned): outlives the view's use of the sorter */
  LinkageSort id;
} Question;

static int
note_question (gconstpointer a, gconstpointer b, gpointer user_data)
{
  Question *question = user_data;

  if (question->columns->asked == LINKAGE_SORT_NONE)
    question->columns->asked = question->id;

  return -1;
}

static void
sorter_changed_cb (GtkSorter *sorter, GtkSorterChange change, gpointer user_data)
{
  LinkageTableColumns *self = LINKAGE_TABLE_COLUMNS (user_data);
  GtkOrdering ordering;

  if (self->applying)
    return;

  self->asked = LINKAGE_SORT_NONE;
  ordering = gtk_sorter_compare (sorter, self->sentinels[0], self->sentinels[1]);
  /* The view gives its columns up: that is not the person's wish. */
  if (self->asked == LINKAGE_SORT_NONE)
    return;

  g_settings_set_enum (self->settings, "sort-column", self->asked);
  g_settings_set_boolean (self->settings, "sort-descending", ordering == GTK_ORDERING_LARGER);
}

static void
show_sort (LinkageTableColumns *self)
{
  LinkageSort id = (LinkageSort)g_settings_get_enum (self->settings, "sort-column");
  gboolean descending = g_settings_get_boolean (self->settings, "sort-descending");

  self->applying = TRUE;
  gtk_column_view_sort_by_column (self->view, self->columns[id], descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
  self->applying = FALSE;
}

static void
sort_setting_changed_cb (GSettings *settings, const char *key, gpointer user_data)
{
  show_sort (LINKAGE_TABLE_COLUMNS (user_data));
}

static void
save_widths (LinkageTableColumns *self)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{si}"));

  for (guint i = LINKAGE_SORT_CUSTOMER; i <= N_COLUMNS; i++)
    {
      int width = gtk_column_view_column_get_fixed_width (self->columns[i]);

      if (width != kinds[i].width)
        g_variant_builder_add (&builder, "{si}", kinds[i].name, width);
    }

  g_settings_set_value (self->settings, "column-widths", g_variant_builder_end (&builder));
}

static void
width_changed_cb (GtkColumnViewColumn *column, GParamSpec *pspec, gpointer user_data)
{
  LinkageTableColumns *self = LINKAGE_TABLE_COLUMNS (user_data);

  if (!self->applying && !self->narrow)
    save_widths (self);
}

static void
order_changed_cb (GListModel *model, guint position, guint removed, guint added, gpointer user_data)
{
  LinkageTableColumns *self = LINKAGE_TABLE_COLUMNS (user_data);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  guint n = g_list_model_get_n_items (model);

  /* A column that is moved is first taken out. */
  if (self->applying || n != N_COLUMNS)
    return;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (model, i);

      g_ptr_array_add (names, (gpointer)kinds[get_kind (self, column)].name);
    }
  g_ptr_array_add (names, NULL);

  g_settings_set_strv (self->settings, "column-order", (const char *const *)names->pdata);
}

static void
apply_widths (LinkageTableColumns *self)
{
  g_autoptr (GVariant) widths = g_settings_get_value (self->settings, "column-widths");

  self->applying = TRUE;
  for (guint i = LINKAGE_SORT_CUSTOMER; i <= N_COLUMNS; i++)
    {
      int width = kinds[i].width;

      if (self->narrow)
        width = kinds[i].narrow_width;
      else
        g_variant_lookup (widths, kinds[i].name, "i", &width);

      gtk_column_view_column_set_visible (self->columns[i], width != 0);
      gtk_column_view_column_set_resizable (self->columns[i], !self->narrow);
      gtk_column_view_column_set_expand (self->columns[i], width == EXPAND);
      gtk_column_view_column_set_fixed_width (self->columns[i], width > 0 ? MAX (width, MIN_WIDTH) : EXPAND);
    }
  self->applying = FALSE;
}

static void
apply_order (LinkageTableColumns *self)
{
  g_auto (GStrv) names = g_settings_get_strv (self->settings, "column-order");
  guint position = 0;

  self->applying = TRUE;
  for (guint i = 0; names[i] != NULL; i++)
    {
      LinkageSort id = find_kind (names[i]);

      if (id != LINKAGE_SORT_NONE)
        gtk_column_view_insert_column (self->view, position++, self->columns[id]);
    }
  self->applying = FALSE;
}

static void
linkage_table_columns_dispose (GObject *object)
{
  LinkageTableColumns *self = LINKAGE_TABLE_COLUMNS (object);

  for (guint i = 0; i < G_N_ELEMENTS (self->columns); i++)
    {
      if (self->columns[i] != NULL)
        gtk_column_view_column_set_sorter (self->columns[i], NULL);
      g_clear_object (&self->columns[i]);
    }
  g_clear_object (&self->settings);
  g_clear_object (&self->sentinels[0]);
  g_clear_object (&self->sentinels[1]);

  G_OBJECT_CLASS (linkage_table_columns_parent_class)->dispose (object);
}

static void
linkage_table_columns_class_init (LinkageTableColumnsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = linkage_table_columns_dispose;
}

static void
linkage_table_columns_init (LinkageTableColumns *self)
{
  self->sentinels[0] = g_object_new (G_TYPE_OBJECT, NULL);
  self->sentinels[1] = g_object_new (G_TYPE_OBJECT, NULL);
}

/**
 * linkage_table_columns_new:
 * @view: a view without columns; it outlives the object
 * @settings: where sort, widths and order are remembered
 *
 * Takes care of the columns of a view.
 *
 * Returns: (transfer full): a new #LinkageTableColumns
 */
LinkageTableColumns *
linkage_table_columns_new (GtkColumnView *view, GSettings *settings)
{
  LinkageTableColumns *self;

  g_return_val_if_fail (GTK_IS_COLUMN_VIEW (view), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  self = g_object_new (LINKAGE_TYPE_TABLE_COLUMNS, NULL);
  self->view = view;
  self->settings = g_object_ref (settings);

  return self;
}

/**
 * linkage_table_columns_add:
 * @self: a #LinkageTableColumns
 * @id: which column
 * @factory: (transfer full): what makes its cells
 *
 * Adds a column at the end. Each is added once, and all before they are restored.
 */
void
linkage_table_columns_add (LinkageTableColumns *self, LinkageSort id, GtkListItemFactory *factory)
{
  g_autoptr (GtkSorter) sorter = NULL;
  GtkColumnViewColumn *column;
  Question *question;

  g_return_if_fail (LINKAGE_IS_TABLE_COLUMNS (self));
  g_return_if_fail (id >= LINKAGE_SORT_CUSTOMER && id <= N_COLUMNS);
  g_return_if_fail (self->columns[id] == NULL);

  question = g_new (Question, 1);
  *question = (Question){ self, id };
  sorter = GTK_SORTER (gtk_custom_sorter_new (note_question, question, g_free));
  column = gtk_column_view_column_new (g_dpgettext2 (NULL, "column", kinds[id].title), factory);
  gtk_column_view_column_set_sorter (column, sorter);
  g_signal_connect_object (column, "notify::fixed-width", G_CALLBACK (width_changed_cb), self, 0);
  gtk_column_view_append_column (self->view, column);
  self->columns[id] = column;
}

/**
 * linkage_table_columns_restore:
 * @self: a #LinkageTableColumns to which all columns were added
 *
 * Makes sort, widths and order as they are remembered, and remembers from now on what becomes of them.
 */
void
linkage_table_columns_restore (LinkageTableColumns *self)
{
  g_return_if_fail (LINKAGE_IS_TABLE_COLUMNS (self));

  apply_order (self);
  apply_widths (self);
  show_sort (self);

  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed", G_CALLBACK (sorter_changed_cb), self, 0);
  g_signal_connect_object (gtk_column_view_get_columns (self->view), "items-changed", G_CALLBACK (order_changed_cb),
                           self, 0);
  g_signal_connect_object (self->settings, "changed::sort-column", G_CALLBACK (sort_setting_changed_cb), self, 0);
  g_signal_connect_object (self->settings, "changed::sort-descending", G_CALLBACK (sort_setting_changed_cb), self, 0);
}

/**
 * linkage_table_columns_reset:
 * @self: a #LinkageTableColumns that was restored
 *
 * Gives all columns their usual width and place.
 */
void
linkage_table_columns_reset (LinkageTableColumns *self)
{
  g_return_if_fail (LINKAGE_IS_TABLE_COLUMNS (self));

  g_settings_reset (self->settings, "column-widths");
  g_settings_reset (self->settings, "column-order");
  apply_widths (self);

  self->applying = TRUE;
  for (guint i = LINKAGE_SORT_CUSTOMER; i <= N_COLUMNS; i++)
    gtk_column_view_insert_column (self->view, i - 1, self->columns[i]);
  self->applying = FALSE;
}

/**
 * linkage_table_columns_set_narrow:
 * @self: a #LinkageTableColumns that was restored
 * @narrow: whether only Customer and Actions are shown
 *
 * Changes between all columns and the two of a narrow window.
 */
void
linkage_table_columns_set_narrow (LinkageTableColumns *self, gboolean narrow)
{
  g_return_if_fail (LINKAGE_IS_TABLE_COLUMNS (self));

  if (self->narrow == narrow)
    return;

  self->narrow = narrow;
  apply_widths (self);
}

/**
 * linkage_table_columns_widen:
 * @self: a #LinkageTableColumns that was restored
 * @name: the column's name, as in the settings; others are ignored
 * @pixels: how much wider; less than 0: narrower
 *
 * Changes a column's width, for who does it by the menu.
 */
void
linkage_table_columns_widen (LinkageTableColumns *self, const char *name, int pixels)
{
  LinkageSort id;
  int width;

  g_return_if_fail (LINKAGE_IS_TABLE_COLUMNS (self));
  g_return_if_fail (name != NULL);

  id = find_kind (name);
  if (id == LINKAGE_SORT_NONE || self->narrow)
    return;

  width = gtk_column_view_column_get_fixed_width (self->columns[id]);
  if (width == EXPAND)
    width = EXPANDING_WIDTH;
  gtk_column_view_column_set_fixed_width (self->columns[id], MAX (width + pixels, MIN_WIDTH));
}
