/* Mustache: the public specification, and what it leaves open. */
#include "zhoubao/base/template.h"

#include "zhoubao/base/error.h"

typedef struct {
  GHashTable *sources;  /* name to text */
  GHashTable *compiled; /* name to ZbTemplate */
} Partials;

static const ZbTemplate *
find_partial (const char *name, gpointer data, GError **error)
{
  Partials *partials = data;
  const char *text = g_hash_table_lookup (partials->sources, name);
  ZbTemplate *tpl = g_hash_table_lookup (partials->compiled, name);
  if (text == NULL || tpl != NULL)
    return tpl;
  tpl = zb_template_parse (name, text, -1, error);
  if (tpl != NULL)
    g_hash_table_insert (partials->compiled, g_strdup (name), tpl);
  return tpl;
}

static void
partials_init (Partials *partials)
{
  partials->sources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  partials->compiled =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)zb_template_free);
}

static void
partials_clear (Partials *partials)
{
  g_hash_table_unref (partials->sources);
  g_hash_table_unref (partials->compiled);
}

static char *
render_with (const char *text, JsonNode *context, Partials *partials, gboolean strict, GError **error)
{
  g_autoptr (ZbTemplate) tpl = zb_template_parse ("page", text, -1, error);
  if (tpl == NULL)
    return NULL;
  ZbTemplateOptions options = {.find = find_partial, .data = partials, .strict = strict};
  GString *out = g_string_new (NULL);
  g_autoptr (ZbView) view = zb_view_new ();
  zb_view_add_json (view, context);
  gboolean ok = zb_template_render (tpl, zb_view_root (view), &options, out, error);
  return g_string_free (out, !ok);
}

/* Renders TEXT with the context JSON and the partials NAME, TEXT, NAME, TEXT, …, NULL. */
static char *
render (gboolean strict, GError **error, const char *text, const char *json, ...)
{
  Partials partials;
  partials_init (&partials);
  va_list args;
  va_start (args, json);
  for (const char *name; (name = va_arg (args, const char *)) != NULL;)
    g_hash_table_insert (partials.sources, g_strdup (name), g_strdup (va_arg (args, const char *)));
  va_end (args);
  g_autoptr (JsonNode) context = json_from_string (json, NULL);
  g_assert_nonnull (context);
  char *out = render_with (text, context, &partials, strict, error);
  partials_clear (&partials);
  return out;
}

#define assert_renders(expected, ...)                                                                        \
  do {                                                                                                       \
    g_autoptr (GError) problem = NULL;                                                                       \
    g_autofree char *out = render (TRUE, &problem, __VA_ARGS__, NULL);                                       \
    g_assert_no_error (problem);                                                                             \
    g_assert_cmpstr (out, ==, expected);                                                                     \
  } while (0)

#define assert_fails(words, ...)                                                                             \
  do {                                                                                                       \
    g_autoptr (GError) problem = NULL;                                                                       \
    g_autofree char *out = render (TRUE, &problem, __VA_ARGS__, NULL);                                       \
    g_assert_null (out);                                                                                     \
    g_assert_error (problem, ZB_ERROR, ZB_ERROR_INVALID);                                                    \
    g_assert_cmpstr (problem->message, ==, words);                                                           \
  } while (0)

static void
add_spec_partial (JsonObject *object, const char *name, JsonNode *node, gpointer partials)
{
  g_hash_table_insert (((Partials *)partials)->sources, g_strdup (name),
                       g_strdup (json_node_get_string (node)));
}

static void
run_case (const char *module, JsonObject *test)
{
  const char *name = json_object_get_string_member (test, "name");
  Partials partials;
  partials_init (&partials);
  if (json_object_has_member (test, "partials"))
    json_object_foreach_member (json_object_get_object_member (test, "partials"), add_spec_partial,
                                &partials);
  g_autoptr (GError) error = NULL;
  g_autofree char *out = render_with (json_object_get_string_member (test, "template"),
                                      json_object_get_member (test, "data"), &partials, FALSE, &error);
  const char *expected = json_object_get_string_member (test, "expected");
  if (g_strcmp0 (out, expected) != 0) {
    g_test_message ("%s, %s: expected «%s», got «%s» %s", module, name, expected, out,
                    error != NULL ? error->message : "");
    g_test_fail ();
  }
  partials_clear (&partials);
}

static void
test_the_public_specification (void)
{
  static const char *const modules[] = {"comments", "delimiters", "interpolation", "inverted",
                                        "partials", "sections",   "~inheritance"};
  const char *corpora = g_getenv ("ZB_CORPORA");
  g_autofree char *folder = g_build_filename (corpora != NULL ? corpora : "", "mustache-spec", NULL);
  if (!g_file_test (folder, G_FILE_TEST_IS_DIR)) {
    g_test_skip ("the corpora are not here");
    return;
  }
  guint cases = 0;
  for (guint m = 0; m < G_N_ELEMENTS (modules); m++) {
    g_autofree char *file = g_strdup_printf ("%s/%s.json", folder, modules[m]);
    g_autoptr (JsonParser) parser = json_parser_new ();
    g_assert_true (json_parser_load_from_file (parser, file, NULL));
    JsonArray *tests =
        json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), "tests");
    for (guint i = 0; i < json_array_get_length (tests); i++, cases++)
      run_case (modules[m], json_array_get_object_element (tests, i));
  }
  g_assert_cmpuint (cases, >, 150);
}

static void
test_values_are_escaped_unless_asked (void)
{
  assert_renders ("&lt;a href=&#39;x&#39;&gt; <b>", "{{v}} {{{w}}}",
                  "{\"v\":\"<a href='x'>\",\"w\":\"<b>\"}");
  assert_renders ("ab\t", "{{v}}", "{\"v\":\"a\\u0001b\\t\"}");
  assert_renders ("1.1 12 true -0.5", "{{a}} {{b}} {{c}} {{d}}",
                  "{\"a\":1.1,\"b\":12,\"c\":true,\"d\":-0.5}");
}

static void
test_what_is_false (void)
{
  assert_renders (
      "nnnnny", "{{#a}}y{{/a}}{{^a}}n{{/a}}{{^b}}n{{/b}}{{^c}}n{{/c}}{{^d}}n{{/d}}{{^e}}n{{/e}}{{#f}}y{{/f}}",
      "{\"a\":false,\"b\":null,\"c\":\"\",\"d\":0,\"e\":[],\"f\":{}}");
}

static void
test_a_partial_keeps_its_indentation (void)
{
  assert_renders ("<ul>\n  <li>a</li>\n\n  <li>b</li>\n\n</ul>\n", "<ul>\n{{#l}}\n  {{>li}}\n{{/l}}\n</ul>\n",
                  "{\"l\":[\"a\",\"b\"]}", "li", "<li>{{.}}</li>\n\n");
  assert_renders ("    x\n    y\n", "  {{>a}}\n", "{}", "a", "  {{>b}}\n", "b", "x\ny\n");
}

static void
test_inner_arguments_stay_with_their_parent (void)
{
  assert_renders (
      "<h1>Page</h1><b>Card</b>",
      "{{<layout}}{{$title}}Page{{/title}}{{$body}}{{<card}}{{$title}}Card{{/title}}{{/card}}{{/body}}"
      "{{/layout}}",
      "{}", "layout", "<h1>{{$title}}{{/title}}</h1>{{$body}}{{/body}}", "card",
      "<b>{{$title}}{{/title}}</b>");
}

static void
test_a_layout_reads_as_it_is_written (void)
{
  assert_renders ("<main>\n  <p>1</p>\n  <p>2</p>\n</main>\n",
                  "{{<layout}}\n{{$body}}\n{{#l}}\n<p>{{.}}</p>\n{{/l}}\n{{/body}}\n{{/layout}}\n",
                  "{\"l\":[1,2]}", "layout", "<main>\n  {{$body}}\n  {{/body}}\n</main>\n");
  assert_renders ("<main>\n  none\n</main>\n", "{{<layout}}\n{{/layout}}\n", "{}", "layout",
                  "<main>\n  {{$body}}\n  none\n  {{/body}}\n</main>\n");
}

static void
test_an_error_names_template_line_and_variable (void)
{
  assert_fails ("page:2: unknown variable 'item.titel'", "\n{{item.titel}}", "{\"item\":{\"title\":\"x\"}}");
  assert_fails ("page:3: unknown variable 'b'", "{{a}}\n{{! two\nlines }}{{#b}}{{/b}}", "{\"a\":1}");
  assert_fails ("page: li:2: unknown variable 'x'", "{{>li}}", "{}", "li", "\n{{x}}");
  assert_fails ("page:1: there is no template 'li'", "{{>li}}", "{}");
  assert_fails ("page:1: no text but a list or an object: 'a'", "{{a}}", "{\"a\":[]}");
  assert_fails ("page:2: 'a' is opened here and never closed", "\n{{#a}}", "{}");
  assert_fails ("page:2: 'b' is closed where 'a' of line 1 is open", "{{#a}}\n{{/b}}", "{}");
  assert_fails ("page:1: 'a' is closed but not open", "{{/a}}", "{}");
  assert_fails ("page:2: a tag is opened by {{ and never closed by }}", "\n {{a", "{}");
  assert_fails ("page:1: a tag has no name", "{{ }}", "{}");
  assert_fails ("page:1: the name 'a b' has white space in it", "{{a b}}", "{}");
  assert_fails ("page:1: the name 'a..b' has an empty part", "{{a..b}}", "{}");
}

static void
test_null_is_known_and_empty (void)
{
  assert_renders ("[]", "[{{a}}{{b.c.d}}{{#a}}x{{/a}}]", "{\"a\":null,\"b\":{\"c\":null}}");
}

static void
test_endless_inclusion_is_an_error (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *out = render (TRUE, &error, "{{>a}}", "{}", "a", "{{>b}}", "b", "{{>a}}{{>a}}", NULL);
  g_assert_null (out);
  g_assert_error (error, ZB_ERROR, ZB_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "too deeply"));
}

static void
test_rendering_twice_gives_the_same (void)
{
  g_autoptr (ZbTemplate) tpl = zb_template_parse ("t", "{{#l}}{{.}},{{/l}}", -1, NULL);
  g_autoptr (JsonNode) json = json_from_string ("{\"l\":[1,2,3]}", NULL);
  g_autoptr (ZbView) view = zb_view_new ();
  g_autoptr (GString) out = g_string_new (NULL);
  zb_view_add_json (view, json);
  g_assert_true (zb_template_render (tpl, zb_view_root (view), NULL, out, NULL));
  g_assert_true (zb_template_render (tpl, zb_view_root (view), NULL, out, NULL));
  g_assert_cmpstr (out->str, ==, "1,2,3,1,2,3,");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/template/the_public_specification", test_the_public_specification);
  g_test_add_func ("/template/values_are_escaped_unless_asked", test_values_are_escaped_unless_asked);
  g_test_add_func ("/template/what_is_false", test_what_is_false);
  g_test_add_func ("/template/a_partial_keeps_its_indentation", test_a_partial_keeps_its_indentation);
  g_test_add_func ("/template/inner_arguments_stay_with_their_parent",
                   test_inner_arguments_stay_with_their_parent);
  g_test_add_func ("/template/a_layout_reads_as_it_is_written", test_a_layout_reads_as_it_is_written);
  g_test_add_func ("/template/an_error_names_template_line_and_variable",
                   test_an_error_names_template_line_and_variable);
  g_test_add_func ("/template/null_is_known_and_empty", test_null_is_known_and_empty);
  g_test_add_func ("/template/endless_inclusion_is_an_error", test_endless_inclusion_is_an_error);
  g_test_add_func ("/template/rendering_twice_gives_the_same", test_rendering_twice_gives_the_same);
  return g_test_run ();
}
