/* Any bytes as each file of a workspace: refused with words that name the file, or read; and what is written
   of a post is read again as the same post. */
#include "zhoubao/model/config.h"
#include "zhoubao/store/config.h"
#include "zhoubao/store/post_file.h"
#include "zhoubao/store/source_file.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_post (ZbPostKind kind, const char *text, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZbPost) post = zb_post_file_parse (kind, "name.md", text, size, &error);
  g_assert_true ((post == NULL) == (error != NULL));
  if (post == NULL)
    return;
  g_autofree char *written = zb_post_file_format (post);
  g_autoptr (ZbPost) again = zb_post_file_parse (kind, "name.md", written, strlen (written), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (post->title, ==, again->title);
  g_assert_cmpstr (post->date, ==, again->date);
  g_assert_cmpstr (post->number, ==, again->number);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const char *text = (const char *)data;
  g_autoptr (GError) of_config = NULL, of_sources = NULL;
  g_autoptr (ZbConfig) config = zb_config_parse ("zhoubao.yaml", text, (gssize)size, &of_config);
  g_assert_true ((config == NULL) == (of_config != NULL));
  g_assert_true (config != NULL || g_str_has_prefix (of_config->message, "zhoubao.yaml"));
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_source_free);
  if (!zb_source_file_parse ("a.yaml", text, (gssize)size, sources, &of_sources))
    g_assert_true (g_str_has_prefix (of_sources->message, "a.yaml"));
  for (ZbPostKind kind = ZB_POST_ESSAY; kind <= ZB_POST_PAGE; kind++)
    check_post (kind, text, size);
  return 0;
}
