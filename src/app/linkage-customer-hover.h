/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LINKAGE_TYPE_CUSTOMER_HOVER (linkage_customer_hover_get_type ())
G_DECLARE_FINAL_TYPE (LinkageCustomerHover, linkage_customer_hover, LINKAGE, CUSTOMER_HOVER, GObject)

LinkageCustomerHover *linkage_customer_hover_new (GtkWidget *host, GtkWidget *view);
void linkage_customer_hover_open (LinkageCustomerHover *self, GtkWidget *link);
void linkage_customer_hover_close (LinkageCustomerHover *self);

G_END_DECLS
