/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-verification.h"

struct _LinkageVerification
{
  GObject parent_instance;

  double fraction;
  char *page;     /* (owned) (nullable) */
  char *provider; /* (owned) (nullable) */
};

typedef enum
{
  PROP_FRACTION = 1,
  PROP_PAGE,
} LinkageVerificationProperty;

enum
{
  SIGNAL_CHECK_ASKED,
  SIGNAL_NOT_YET,
  N_SIGNALS
};

static GParamSpec *properties[PROP_PAGE + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinkageVerification, linkage_verification, G_TYPE_OBJECT)

static void
linkage_verification_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LinkageVerification *self = LINKAGE_VERIFICATION (object);

  switch ((LinkageVerificationProperty)property_id)
    {
    case PROP_FRACTION:
      g_value_set_double (value, self->fraction);
      break;
    case PROP_PAGE:
      g_value_set_string (value, self->page);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
linkage_verification_finalize (GObject *object)
{
  LinkageVerification *self = LINKAGE_VERIFICATION (object);

  g_free (self->page);
  g_free (self->provider);

  G_OBJECT_CLASS (linkage_verification_parent_class)->finalize (object);
}

static void
linkage_verification_class_init (LinkageVerificationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = linkage_verification_get_property;
  object_class->finalize = linkage_verification_finalize;

  properties[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, 0.0, 1.0, 0.0,
                                                   G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_PAGE] =
    g_param_spec_string ("page", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * LinkageVerification::check-asked:
   *
   * The person says that the browser is done: the portal is to be asked at once.
   */
  signals[SIGNAL_CHECK_ASKED] =
    g_signal_new ("check-asked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * LinkageVerification::not-yet:
   *
   * The portal was asked because the person said so, and still waits for the browser.
   */
  signals[SIGNAL_NOT_YET] =
    g_signal_new ("not-yet", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
linkage_verification_init (LinkageVerification *self)
{
}

/**
 * linkage_verification_new:
 *
 * Makes a verification that has not begun.
 *
 * Returns: (transfer full): the verification
 */
LinkageVerification *
linkage_verification_new (void)
{
  return g_object_new (LINKAGE_TYPE_VERIFICATION, NULL);
}

/**
 * linkage_verification_get_fraction:
 * @self: a verification
 *
 * Gets how far a proof of work is.
 *
 * Returns: 0 … 1
 */
double
linkage_verification_get_fraction (LinkageVerification *self)
{
  g_return_val_if_fail (LINKAGE_IS_VERIFICATION (self), 0.0);

  return self->fraction;
}

/**
 * linkage_verification_get_page:
 * @self: a verification
 *
 * Gets what a browser has to open.
 *
 * Returns: (transfer none) (nullable): an address of the portal; %NULL where no browser is needed, or not yet known
 */
const char *
linkage_verification_get_page (LinkageVerification *self)
{
  g_return_val_if_fail (LINKAGE_IS_VERIFICATION (self), NULL);

  return self->page;
}

/**
 * linkage_verification_get_provider:
 * @self: a verification
 *
 * Gets what runs on the page.
 *
 * Returns: (transfer none) (nullable): the provider's name in data/openapi.yaml; %NULL without a page
 */
const char *
linkage_verification_get_provider (LinkageVerification *self)
{
  g_return_val_if_fail (LINKAGE_IS_VERIFICATION (self), NULL);

  return self->provider;
}

/**
 * linkage_verification_check:
 * @self: a verification
 *
 * Has the portal asked at once, as the person says that the browser is done.
 */
void
linkage_verification_check (LinkageVerification *self)
{
  g_return_if_fail (LINKAGE_IS_VERIFICATION (self));

  g_signal_emit (self, signals[SIGNAL_CHECK_ASKED], 0);
}

/**
 * linkage_verification_set_fraction:
 * @self: a verification
 * @fraction: how far it is; what is beyond 0 … 1 is taken as that
 *
 * Notes how far a proof of work is.
 */
void
linkage_verification_set_fraction (LinkageVerification *self, double fraction)
{
  g_return_if_fail (LINKAGE_IS_VERIFICATION (self));

  fraction = CLAMP (fraction, 0.0, 1.0);
  if (self->fraction == fraction)
    return;

  self->fraction = fraction;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRACTION]);
}

/**
 * linkage_verification_set_page:
 * @self: a verification
 * @provider: what runs on the page
 * @page: its address
 *
 * Notes that a browser is needed.
 */
void
linkage_verification_set_page (LinkageVerification *self, const char *provider, const char *page)
{
  g_return_if_fail (LINKAGE_IS_VERIFICATION (self));
  g_return_if_fail (provider != NULL && page != NULL);

  g_free (self->provider);
  self->provider = g_strdup (provider);
  g_free (self->page);
  self->page = g_strdup (page);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAGE]);
}

/**
 * linkage_verification_note_not_yet:
 * @self: a verification
 *
 * Says that the portal still waits for the browser.
 */
void
linkage_verification_note_not_yet (LinkageVerification *self)
{
  g_return_if_fail (LINKAGE_IS_VERIFICATION (self));

  g_signal_emit (self, signals[SIGNAL_NOT_YET], 0);
}
