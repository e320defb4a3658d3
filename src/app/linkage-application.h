/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define LINKAGE_TYPE_APPLICATION (linkage_application_get_type ())
G_DECLARE_FINAL_TYPE (LinkageApplication, linkage_application, LINKAGE, APPLICATION, AdwApplication)

LinkageApplication *linkage_application_new (void);

G_END_DECLS
