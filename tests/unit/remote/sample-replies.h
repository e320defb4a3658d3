/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Replies in which every member has a value of its type, so that each can be taken away or made another. */

#define SAMPLE_ACCOUNT                                                                                                 \
  "{\"id\": \"acc/1\", \"name\": \"Northwind Paper\", \"role\": \"admin\","                                            \
  " \"user\": {\"name\": \"Ada\", \"email\": \"ada@example.com\"}, \"epoch\": \"e1\", \"revision\": 9,"                \
  " \"searches\": {\"limit\": 5, \"used\": 2}, \"invitation-email\": \"invite@example.com\","                          \
  " \"support\": {\"name\": \"Support\", \"email\": \"support@example.com\"},"                                         \
  " \"confirmation-text\": \"I know this customer.\"}"

#define SAMPLE_CUSTOMER                                                                                                \
  "{\"id\": \"cus-1\", \"name\": \"Harbour Foods\", \"country\": \"NO\", \"accepts-requests\": true,"                  \
  " \"entries\": [{\"name\": \"Harbour Foods AS\", \"reference\": \"HF-01\", \"country\": \"NO\", \"active\": true}]}"

#define SAMPLE_ATTEMPT                                                                                                 \
  "{\"number\": 1, \"requested-at\": \"2026-01-01T00:00:00+00:00\", \"expires-at\": \"2026-01-31T00:00:00+00:00\","    \
  " \"responded-at\": \"2026-01-02T00:00:00+00:00\", \"outcome\": \"rejected\","                                       \
  " \"contact-email\": \"buyer@example.com\", \"requested-by\": \"Ada\", \"comment\": \"Not now.\"}"

#define SAMPLE_CONNECTION                                                                                              \
  "{\"id\": \"con-1\", \"revision\": 7, \"customer\": " SAMPLE_CUSTOMER ", \"origin\": \"search\","                    \
  " \"status\": \"rejected\", \"status-label\": \"Rejected\", \"requests-used\": 1, \"was-rejected\": true,"           \
  " \"attempts\": [" SAMPLE_ATTEMPT "], \"actions\": [\"resend\"]}"

#define SAMPLE_CHANGES                                                                                                 \
  "{\"old-state\": \"s1\", \"new-state\": \"s2\", \"has-more-changes\": true, \"total\": 12,"                          \
  " \"changed\": [" SAMPLE_CONNECTION "], \"removed\": [{\"id\": \"con-2\", \"revision\": 8}],"                        \
  " \"account\": " SAMPLE_ACCOUNT "}"

#define SAMPLE_WRITTEN "{\"connection\": " SAMPLE_CONNECTION ", \"account\": " SAMPLE_ACCOUNT "}"

#define SAMPLE_SEARCH                                                                                                  \
  "{\"id\": \"sea-1\", \"name\": \"harbour\", \"created-at\": \"2026-01-01T00:00:00+00:00\", \"total\": 1,"            \
  " \"results\": [{\"customer\": " SAMPLE_CUSTOMER ", \"state\": \"available\", \"connection-id\": \"con-1\","         \
  " \"actions\": [\"request\"]}]}"

#define SAMPLE_SEARCH_CREATED "{\"search\": " SAMPLE_SEARCH ", \"account\": " SAMPLE_ACCOUNT "}"

#define SAMPLE_CHALLENGE                                                                                               \
  "{\"id\": \"cha-1\", \"action\": \"request\", \"customer-id\": \"cus-1\", \"provider\": \"proof-of-work\","          \
  " \"status\": \"pending\", \"expires-at\": \"2026-01-01T00:00:00+00:00\","                                           \
  " \"proof-of-work\": {\"algorithm\": \"SHA-256\", \"challenge\": \"ab\", \"max-number\": 2000, \"salt\": \"s\","     \
  " \"signature\": \"cd\"}, \"page\": \"https://portal.example.com/challenges/cha-1\"}"

#define SAMPLE_DISCOVERY                                                                                               \
  "{\"version\": \"1\", \"name\": \"Example portal\", \"issuer\": \"https://portal.example.com\","                     \
  " \"client-id\": \"linkage\","                                                                                       \
  " \"api\": \"https://portal.example.com/api/v1\", \"sandbox\": true, \"challenge-providers\": [\"proof-of-work\"]}"

#define SAMPLE_LINK "{\"link\": \"http://127.0.0.1:8080/customer?code=1\"}"

#define SAMPLE_PROBLEM                                                                                                 \
  "{\"type\": \"https://linkage-app.github.io/problems/already-pending\", \"title\": \"Already pending\","             \
  " \"status\": 403, \"detail\": \"A colleague was faster.\", \"errors\": {\"name\": [\"is empty\"]},"                 \
  " \"connection\": " SAMPLE_CONNECTION ", \"merged-into\": {\"id\": \"acc/2\", \"name\": \"Southwind Paper\"}}"

#define SAMPLE_MERGE                                                                                                   \
  "{\"id\": \"mer-1\", \"direction\": \"incoming\", \"other\": {\"id\": \"acc/2\", \"name\": \"Southwind Paper\"},"    \
  " \"stays\": \"mine\", \"status\": \"merged\", \"note\": \"We are one.\", \"requested-by\": \"Bo\","                 \
  " \"created-at\": \"2026-01-01T00:00:00+00:00\", \"closed-at\": \"2026-01-02T00:00:00+00:00\"}"

#define SAMPLE_MERGES                                                                                                  \
  "{\"merges\": [" SAMPLE_MERGE "], \"suggestions\": [{\"id\": \"acc/3\", \"name\": \"Eastwind Paper\"}],"             \
  " \"suggestions-enabled\": true}"

#define SAMPLE_MERGE_PREVIEW                                                                                           \
  "{\"merge\": " SAMPLE_MERGE ", \"state\": \"p1\","                                                                   \
  " \"counts\": {\"stays\": 4, \"comes-over\": 3, \"consolidated\": 2, \"removed\": 1}, \"searches-left\": 2,"         \
  " \"total\": 10, \"rows\": [{\"customer\": {\"id\": \"cus-1\", \"name\": \"Harbour Foods\"}, \"fate\": \"removed\"," \
  " \"status\": \"rejected\", \"status-staying\": \"expired\", \"status-going\": \"rejected\", \"requests-used\": 2,"  \
  " \"was-rejected\": true}]}"

#define SAMPLE_MERGED "{\"merge\": " SAMPLE_MERGE ", \"account\": " SAMPLE_ACCOUNT "}"

#define SAMPLE_MERGE_SUGGESTIONS "{\"enabled\": false}"

#define SAMPLE_SIGN_IN_METADATA                                                                                        \
  "{\"issuer\": \"https://portal.example.com\", \"authorization_endpoint\": \"https://portal.example.com/authorize\"," \
  " \"token_endpoint\": \"https://portal.example.com/token\","                                                         \
  " \"revocation_endpoint\": \"https://portal.example.com/revoke\","                                                   \
  " \"code_challenge_methods_supported\": [\"S256\"], \"authorization_response_iss_parameter_supported\": true}"

#define SAMPLE_CREDENTIALS                                                                                             \
  "{\"access_token\": \"aaa\", \"token_type\": \"Bearer\", \"expires_in\": 900, \"refresh_token\": \"rrr\"}"

#define SAMPLE_SIGN_IN_REFUSAL "{\"error\": \"invalid_grant\"}"
