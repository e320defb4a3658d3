/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-name-match.h"

static GPtrArray *
make_connections (const char *const *names)
{
  GPtrArray *connections = g_ptr_array_new_with_free_func ((GDestroyNotify)linkage_connection_unref);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (LinkageCustomer) customer = linkage_customer_new (names[i], names[i]);

      g_ptr_array_add (connections, linkage_connection_new (names[i], customer));
    }

  return connections;
}

static void
test_fold (void)
{
  static const struct
  {
    const char *name;
    const char *folded;
  } cases[] = {
    { "Contoso GmbH", "contoso" },
    { "Contoso GmbH & Co. KG", "contoso" },
    { "CONTOSO, S.A. de C.V.", "contoso" },
    { "Société Générale S. A.", "societegenerale" },
    { "Fabrikam Pty. Ltd.", "fabrikam" },
    { "Fabrikam, Inc.", "fabrikam" },
    { "Tailspin K.K.", "tailspin" },
    { "株式会社山田商事", "山田商事" },
    { "山田商事（株）", "山田商事" },
    { "㈱山田商事", "山田商事" },
    { "上海贸易有限公司", "上海贸易" },
    { "ООО Ромашка", "оооромашка" },
    { "PT Astra Tbk", "astra" },
    { "Ltd", "ltd" },
    { "AG", "ag" },
    { "...", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *folded = linkage_name_match_fold (cases[i].name);

      g_assert_cmpstr (folded, ==, cases[i].folded);
    }
}

static void
test_list (void)
{
  static const char *const known[] = { "Contoso GmbH",     "Société Générale S.A.", "Fabrikam",
                                       "株式会社山田商事", "A Datum Corporation",   NULL };
  static const struct
  {
    const char *name;
    LinkageNameLikeness likeness;
    LinkageNameAside aside;
    const char *id;
  } cases[] = {
    { "Contoso GmbH", LINKAGE_NAME_EXACT, LINKAGE_NAME_ASIDE_NOTHING, "Contoso GmbH" },
    { "CONTOSO GMBH", LINKAGE_NAME_EXACT, LINKAGE_NAME_ASIDE_CASE, "Contoso GmbH" },
    { "Contoso", LINKAGE_NAME_LIKELY, LINKAGE_NAME_ASIDE_LEGAL_FORM, "Contoso GmbH" },
    { "contoso AG", LINKAGE_NAME_LIKELY, LINKAGE_NAME_ASIDE_CASE | LINKAGE_NAME_ASIDE_LEGAL_FORM, "Contoso GmbH" },
    { "Societe Generale SA", LINKAGE_NAME_EXACT, LINKAGE_NAME_ASIDE_ACCENTS | LINKAGE_NAME_ASIDE_PUNCTUATION,
      "Société Générale S.A." },
    { "Fabrikam Deutschland GmbH", LINKAGE_NAME_LIKELY, LINKAGE_NAME_ASIDE_WORDS, "Fabrikam" },
    { "山田商事", LINKAGE_NAME_LIKELY, LINKAGE_NAME_ASIDE_LEGAL_FORM, "株式会社山田商事" },
    { "A", LINKAGE_NAME_NONE, LINKAGE_NAME_ASIDE_NOTHING, NULL },
    { "Fabric", LINKAGE_NAME_NONE, LINKAGE_NAME_ASIDE_NOTHING, NULL },
    { "Woodgrove Bank", LINKAGE_NAME_NONE, LINKAGE_NAME_ASIDE_NOTHING, NULL },
  };
  const char *names[G_N_ELEMENTS (cases) + 2] = { NULL };
  g_autoptr (GPtrArray) connections = make_connections (known);
  g_autoptr (GPtrArray) matches = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    names[i] = cases[i].name;
  names[G_N_ELEMENTS (cases)] = "   ";

  matches = linkage_name_match_list (names, connections, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (matches->len, ==, G_N_ELEMENTS (cases));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const LinkageNameMatch *match = g_ptr_array_index (matches, i);

      g_assert_cmpstr (match->name, ==, cases[i].name);
      g_assert_cmpint (match->likeness, ==, cases[i].likeness);
      g_assert_cmpint (match->aside, ==, cases[i].aside);
      g_assert_cmpstr (match->connection != NULL ? match->connection->id : NULL, ==, cases[i].id);
    }
}

static void
test_cancelled (void)
{
  static const char *const known[] = { "Contoso GmbH", NULL };
  g_autoptr (GPtrArray) connections = make_connections (known);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (linkage_name_match_list (known, connections, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/import/names/fold", test_fold);
  g_test_add_func ("/import/names/list", test_list);
  g_test_add_func ("/import/names/cancelled", test_cancelled);

  return g_test_run ();
}
