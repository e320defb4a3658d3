/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "config.h"

#include "portal-customer-page.h"

#include <glib/gi18n.h>

#include "linkage-rules.h"
#include "portal-html.h"
#include "portal-page.h"

static const char *
get_status_text (LinkageStatus status)
{
  switch (status)
    {
    case LINKAGE_STATUS_PENDING:
      return C_ ("status", "Pending");
    case LINKAGE_STATUS_APPROVED:
      return C_ ("status", "Approved");
    case LINKAGE_STATUS_EXPIRED:
      return C_ ("status", "Expired");
    case LINKAGE_STATUS_REJECTED:
      return C_ ("status", "Rejected");
    case LINKAGE_STATUS_SUGGESTED:
    case LINKAGE_STATUS_UNKNOWN:
    default:
      return "";
    }
}

static void
add_term (PortalHtml *html, const char *term, const char *text)
{
  portal_html_add (html, "dt", term, NULL);
  portal_html_add (html, "dd", text, "dir", "auto", NULL);
}

static void
add_time (PortalHtml *html, const char *term, gint64 time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (time);
  g_autofree char *machine = g_date_time_format_iso8601 (date);
  /* Translators: a date and a time in the zone UTC, as g_date_time_format() takes it */
  g_autofree char *text = g_date_time_format (date, _ ("%e %B %Y, %H:%M UTC"));

  portal_html_add (html, "dt", term, NULL);
  portal_html_open (html, "dd", NULL);
  portal_html_add (html, "time", text, "datetime", machine, NULL);
  portal_html_close (html);
}

static void
add_facts (PortalHtml *html, const PortalCustomerRequest *request, const char *customer_anchor)
{
  /* Translators: which request it is of how many, such as “1 of 3” */
  g_autofree char *number = g_strdup_printf (_ ("%1$u of %2$d"), request->number, LINKAGE_RULES_REQUESTS_PER_CUSTOMER);

  portal_html_open (html, "dl", NULL);
  portal_html_add (html, "dt", C_ ("fact about a request", "Customer"), NULL);
  portal_html_add (html, "dd", request->customer_name, "id", customer_anchor, "dir", "auto", NULL);
  add_term (html, C_ ("fact about a request", "Status"), get_status_text (request->status));
  if (request->contact_email != NULL)
    add_term (html, C_ ("fact about a request", "Contact"), request->contact_email);
  add_time (html, C_ ("before a date", "Requested"), request->requested_at);
  add_term (html, C_ ("fact about a request", "Request"), number);
  if (request->responded_at != 0)
    add_time (html, C_ ("before a date", "Answered"), request->responded_at);
  else
    add_time (html,
              request->status == LINKAGE_STATUS_PENDING ? C_ ("before a date", "Expires")
                                                        : C_ ("before a date", "Expired"),
              request->expires_at);
  if (request->comment != NULL)
    {
      portal_html_add (html, "dt", C_ ("fact about a request", "Comment"), NULL);
      portal_html_add (html, "dd", request->comment, "class", "comment", "dir", "auto", NULL);
    }
  portal_html_close (html);
}

static void
open_form (PortalHtml *html, const PortalCustomerRequest *request, const char *csrf)
{
  g_autofree char *action = g_strconcat ("/customer/requests/", request->connection_id, NULL);

  portal_html_open (html, "form", "method", "post", "action", action, NULL);
  portal_html_add_void (html, "input", "type", "hidden", "name", "csrf", "value", csrf, NULL);
}

static void
add_button (PortalHtml *html, const char *answer, const char *label, const char *described_by)
{
  portal_html_add (html, "button", label, "type", "submit", "name", "answer", "value", answer, "aria-describedby",
                   described_by, NULL);
}

/* Two forms, so that a comment that was typed is not dropped without a word by the other button. */
static void
add_answers (PortalHtml *html,
             const PortalCustomerRequest *request,
             const PortalCustomerPageState *state,
             const char *described_by)
{
  g_autofree char *field = g_strconcat ("comment-", request->connection_id, NULL);
  gboolean is_given_back = g_strcmp0 (state->connection_id, request->connection_id) == 0;

  portal_html_open (html, "div", "class", "answers", NULL);

  open_form (html, request, state->csrf);
  add_button (html, "approve", C_ ("button of a request", "Approve"), described_by);
  portal_html_close (html);

  open_form (html, request, state->csrf);
  portal_html_add (html, "label", _ ("Comment (optional)"), "for", field, NULL);
  portal_html_add (html, "textarea", is_given_back ? state->comment : "", "id", field, "name", "comment", "rows", "3",
                   "maxlength", G_STRINGIFY (PORTAL_CUSTOMER_COMMENT_MAXIMUM), "dir", "auto", NULL);
  add_button (html, "reject", C_ ("button of a request", "Reject"), described_by);
  portal_html_close (html);

  portal_html_close (html);
}

static void
add_request (PortalHtml *html, const PortalCustomerRequest *request, const PortalCustomerPageState *state)
{
  g_autofree char *anchor = g_strconcat ("request-", request->connection_id, NULL);
  g_autofree char *supplier = g_strconcat ("supplier-", request->connection_id, NULL);
  g_autofree char *customer = g_strconcat ("customer-", request->connection_id, NULL);
  g_autofree char *names = g_strconcat (supplier, " ", customer, NULL);

  portal_html_open (html, "article", "id", anchor, "data-status", linkage_status_to_string (request->status),
                    "aria-labelledby", names, NULL);
  portal_html_add (html, "h3", request->supplier_name, "id", supplier, "dir", "auto", NULL);
  add_facts (html, request, customer);
  if (request->status == LINKAGE_STATUS_PENDING)
    add_answers (html, request, state, names);
  portal_html_close (html);
}

static guint
add_group (PortalHtml *html, const GPtrArray *requests, gboolean pending, const PortalCustomerPageState *state)
{
  guint n_requests = 0;

  for (guint i = 0; i < requests->len; i++)
    {
      const PortalCustomerRequest *request = g_ptr_array_index (requests, i);

      if ((request->status == LINKAGE_STATUS_PENDING) != pending)
        continue;
      add_request (html, request, state);
      n_requests++;
    }

  return n_requests;
}

/**
 * portal_customer_page_new_list:
 * @requests: (element-type PortalCustomerRequest): what suppliers asked
 * @state: what else the page shows
 *
 * Writes the page on which a customer's person answers: what waits first, each with its two buttons, then the rest.
 *
 * Returns: (transfer full): the page
 */
char *
portal_customer_page_new_list (const GPtrArray *requests, const PortalCustomerPageState *state)
{
  g_autoptr (PortalHtml) html = NULL;

  g_return_val_if_fail (requests != NULL, NULL);
  g_return_val_if_fail (state != NULL, NULL);

  /* Screen readers read a new page's title first: so it is what came of the answer. */
  html = portal_page_begin (state->message != NULL ? state->message : _ ("Connection Requests"));
  portal_html_add (html, "h1", _ ("Connection Requests"), NULL);
  if (state->message != NULL)
    portal_html_add (html, "p", state->message, "role", "status", NULL);

  portal_html_open (html, "section", "aria-labelledby", "waiting", NULL);
  portal_html_add (html, "h2", _ ("Waiting for Your Answer"), "id", "waiting", NULL);
  if (add_group (html, requests, TRUE, state) == 0)
    portal_html_add (html, "p", _ ("No request is waiting for your answer."), NULL);
  portal_html_close (html);

  portal_html_open (html, "section", "aria-labelledby", "earlier", NULL);
  portal_html_add (html, "h2", _ ("Earlier Requests"), "id", "earlier", NULL);
  if (add_group (html, requests, FALSE, state) == 0)
    portal_html_add (html, "p", _ ("There are no earlier requests."), NULL);
  portal_html_close (html);

  return portal_html_finish (html);
}
