/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The lengths, in characters, and numbers of items of data/openapi.yaml. */
#define LINKAGE_MAX_NAME 200
#define LINKAGE_MAX_EMAIL 254
#define LINKAGE_MAX_COUNTRY 2
#define LINKAGE_MAX_REFERENCE 100
#define LINKAGE_MAX_PARAGRAPH 2000 /* a comment, the confirmation's text */
#define LINKAGE_MAX_NOTE 500
#define LINKAGE_MAX_URI 512
#define LINKAGE_MAX_STATE 512
#define LINKAGE_MAX_WORD 40 /* a word of a closed or open vocabulary */
#define LINKAGE_MAX_STATUS_LABEL 100
#define LINKAGE_MAX_HEX 64
#define LINKAGE_MAX_SALT 200

#define LINKAGE_MAX_ACCOUNTS 100
#define LINKAGE_MAX_CHANGES 500
#define LINKAGE_MAX_CUSTOMER_ENTRIES 1000
#define LINKAGE_MAX_ATTEMPTS 6
#define LINKAGE_MAX_ACTIONS 4
#define LINKAGE_MAX_SEARCH_RESULTS 50
#define LINKAGE_MAX_MERGES 100
#define LINKAGE_MAX_MERGE_SUGGESTIONS 20
#define LINKAGE_MAX_MERGE_ROWS 500
#define LINKAGE_MAX_PROVIDERS 8
#define LINKAGE_MAX_INTERVAL 60 /* seconds between two looks at a challenge session */
#define LINKAGE_MAX_PKCE_METHODS 16
#define LINKAGE_MAX_TOKEN 4096 /* characters; a portal whose tokens are JWTs has long ones */
