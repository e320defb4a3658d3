/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-window.h"

struct _LinkageWindow
{
  AdwApplicationWindow parent_instance;

  GSettings *settings;            /* (owned) */
  AdwToastOverlay *toast_overlay; /* (unowned) template child */
  GtkStack *view_stack;           /* (unowned) template child */
  GtkStack *content_stack;        /* (unowned) template child */
};

typedef enum
{
  PROP_SETTINGS = 1,
} LinkageWindowProperty;

static GParamSpec *properties[PROP_SETTINGS + 1];

G_DEFINE_FINAL_TYPE (LinkageWindow, linkage_window, ADW_TYPE_APPLICATION_WINDOW)

static void
linkage_window_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  LinkageWindow *self = LINKAGE_WINDOW (object);

  switch ((LinkageWindowProperty)property_id)
    {
    case PROP_SETTINGS:
      self->settings = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
linkage_window_dispose (GObject *object)
{
  LinkageWindow *self = LINKAGE_WINDOW (object);

  g_clear_object (&self->settings);

  G_OBJECT_CLASS (linkage_window_parent_class)->dispose (object);
}

static void
linkage_window_constructed (GObject *object)
{
  LinkageWindow *self = LINKAGE_WINDOW (object);

  G_OBJECT_CLASS (linkage_window_parent_class)->constructed (object);

  g_settings_bind (self->settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);

  if (DEVELOPMENT)
    gtk_widget_add_css_class (GTK_WIDGET (self), "devel");
}

static void
linkage_window_class_init (LinkageWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = linkage_window_set_property;
  object_class->constructed = linkage_window_constructed;
  object_class->dispose = linkage_window_dispose;

  properties[PROP_SETTINGS] = g_param_spec_object ("settings", NULL, NULL, G_TYPE_SETTINGS,
                                                   G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageWindow, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, LinkageWindow, view_stack);
  gtk_widget_class_bind_template_child (widget_class, LinkageWindow, content_stack);
}

static void
linkage_window_init (LinkageWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * linkage_window_new:
 * @application: the application, which was started
 *
 * Creates the program's window.
 *
 * Returns: (transfer none): a new #LinkageWindow, owned by GTK
 */
LinkageWindow *
linkage_window_new (LinkageApplication *application)
{
  g_return_val_if_fail (LINKAGE_IS_APPLICATION (application), NULL);

  return g_object_new (LINKAGE_TYPE_WINDOW, "application", application, "settings",
                       linkage_application_get_settings (application), NULL);
}

/**
 * linkage_window_add_toast:
 * @self: a #LinkageWindow
 * @toast: (transfer full): what happened
 *
 * Shows a toast over whatever the window shows.
 */
void
linkage_window_add_toast (LinkageWindow *self, AdwToast *toast)
{
  g_return_if_fail (LINKAGE_IS_WINDOW (self));
  g_return_if_fail (ADW_IS_TOAST (toast));

  adw_toast_overlay_add_toast (self->toast_overlay, toast);
}
