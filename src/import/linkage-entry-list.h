/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-customer.h"

G_BEGIN_DECLS

#define LINKAGE_ENTRY_LIST_MAX 1000 /* entries of one customer list */

/* A customer list as a person types or pastes it: a line for each entry, "name; reference; country". */

typedef enum
{
  LINKAGE_ENTRY_LIST_FAULT_NONE,
  LINKAGE_ENTRY_LIST_FAULT_NO_NAME,
  LINKAGE_ENTRY_LIST_FAULT_TOO_LONG, /* a name of more characters than any has */
  LINKAGE_ENTRY_LIST_FAULT_TOO_MANY,
} LinkageEntryListFault;

/* (transfer full) (element-type LinkageCustomerEntry): what could be read; line: (out): of the fault, counted from 1 */
GPtrArray *linkage_entry_list_parse (const char *text, LinkageEntryListFault *fault, guint *line);
char *linkage_entry_list_format (GPtrArray *entries);

G_END_DECLS
