/* Any bytes as glossary.yaml, and the same bytes as the page in which its terms are linked: nothing of the
   page's text comes or goes. */
#include "glossary.h"

#include "zhoubao/edge/markdown.h"
#include "zhoubao/edge/xml.h"
#include <sys/mman.h>
#include <unistd.h>

#define LIMIT 65536

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static GPtrArray *
read_terms (const guint8 *data, gsize size)
{
  int fd = memfd_create ("glossary", MFD_CLOEXEC);
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", fd);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, data, size), ==, (gssize)size);
  g_autoptr (GError) error = NULL;
  GPtrArray *terms = zb_glossary_read (path, LIMIT, &error);
  g_assert_true ((terms == NULL) == (error != NULL));
  close (fd);
  return terms;
}

static char *
text_of (const char *html)
{
  g_autoptr (ZbDoc) doc = zb_doc_new_html (html, -1, NULL);
  return zb_doc_root (doc) != NULL ? zb_node_squeezed (zb_doc_root (doc)) : g_strdup ("");
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GPtrArray) terms = read_terms (data, size);
  if (terms == NULL)
    return 0;
  g_autofree char *text = g_utf8_make_valid ((const char *)data, (gssize)size),
                  *html = zb_markdown_html (text);
  g_autofree char *linked = zb_glossary_link (terms, html, "../");
  g_autofree char *before = text_of (html), *after = text_of (linked);
  g_assert_cmpstr (before, ==, after);
  for (guint i = 0; i < terms->len; i++) {
    const ZbGlossaryTerm *term = terms->pdata[i];
    g_assert_true (term->term != NULL && g_utf8_validate (term->term, -1, NULL));
    const char *avoided = zb_glossary_avoided (term, before);
    g_assert_true (avoided == NULL || *avoided != '\0');
  }
  return 0;
}
