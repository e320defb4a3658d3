/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* In which order the numbers of a date stand. */
typedef enum
{
  LINKAGE_DATE_ORDER_DMY,
  LINKAGE_DATE_ORDER_MDY,
  LINKAGE_DATE_ORDER_YMD,
} LinkageDateOrder;

gboolean linkage_import_date_parse (const char *text, LinkageDateOrder order, GDate *date);
gboolean linkage_import_date_guess_order (const char *const *texts, gsize n_texts, LinkageDateOrder *order);
LinkageDateOrder linkage_import_date_get_locale_order (void);

G_END_DECLS
