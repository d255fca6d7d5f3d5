/* Mails to one person, sent behind the answer. */
#include "notice.h"

#include "zhoubao/base/error.h"
#include "zhoubao/deliver/send.h"

typedef struct {
  char *directory, *address, *subject, *text;
  ZbTime now;
} Notice;

static void
notice_free (Notice *notice)
{
  g_free (notice->directory);
  g_free (notice->address);
  g_free (notice->subject);
  g_free (notice->text);
  g_free (notice);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Notice, notice_free)

static gboolean
deliver (const Notice *notice, GError **error)
{
  ZbMailContent content = {
      .subject = notice->subject, .text = notice->text, .date = notice->now, .notice = TRUE};
  g_autofree char *where = NULL;
  g_autoptr (ZbWorkspace) workspace = zb_workspace_open (notice->directory, error);
  g_autoptr (ZbMail) mail = workspace != NULL ? zb_mail_new (workspace->config, &content, error) : NULL;
  return mail != NULL && zb_send_notice (workspace, mail, notice->address, &where, error);
}

static gpointer
run (gpointer data)
{
  g_autoptr (Notice) notice = data;
  g_autoptr (GError) error = NULL;
  if (!deliver (notice, &error))
    g_printerr ("zhoubao serve: a notice was not sent: %s\n", error->message);
  return NULL;
}

static void
start (ZbVisit *visit, const char *address, const char *subject, const char *text)
{
  Notice *notice = g_new0 (Notice, 1);
  notice->directory = g_strdup (visit->room->workspace->root);
  notice->address = g_strdup (address);
  notice->subject = g_strdup (subject);
  notice->text = g_strdup (text);
  notice->now = visit->now;
  g_thread_unref (g_thread_new ("notice", run, notice));
}

gboolean
zb_notice_send (ZbVisit *visit, const char *name, const char *address, const char *subject, JsonBuilder *b,
                GError **error)
{
  const ZbConfig *config = visit->room->workspace->config;
  zb_json_text (b, "title", config->title);
  zb_json_text (b, "postal_address", config->postal_address);
  json_builder_end_object (b);
  g_autoptr (JsonNode) root = json_builder_get_root (b);
  g_autofree char *text =
      zb_template_set_render_json (visit->room->templates, name, root, zb_template_escape_none, error);
  if (text == NULL)
    return FALSE;
  start (visit, address, subject, text);
  return TRUE;
}
