/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

/* Runs a target over all files of its corpus, without a fuzzer: usage: fuzz-NAME FOLDER */

static void
run (gconstpointer user_data)
{
  g_autofree char *contents = NULL;
  g_autofree guint8 *exact = NULL;
  g_autoptr (GError) error = NULL;
  gsize size = 0;

  g_file_get_contents (user_data, &contents, &size, &error);
  g_assert_no_error (error);
  /* Without the NUL behind it, as the fuzzer gives it: so that the sanitizer sees who reads on. */
  exact = g_memdup2 (contents, size);

  g_assert_cmpint (LLVMFuzzerTestOneInput (exact, size), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GDir) folder = NULL;
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  const char *name = NULL;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  folder = g_dir_open (argv[1], 0, &error);
  g_assert_no_error (error);

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *test_path = g_strconcat ("/corpus/", name, NULL);

      g_ptr_array_add (paths, g_build_filename (argv[1], name, NULL));
      g_test_add_data_func (test_path, g_ptr_array_index (paths, paths->len - 1), run);
    }
  g_assert_cmpuint (paths->len, >, 0);

  return g_test_run ();
}
