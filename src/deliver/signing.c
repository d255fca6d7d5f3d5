/* The signature that zhoubao.yaml asks for. */
#include "send_private.h"

gboolean
zb_signing_open (ZbWorkspace *workspace, const ZbMail *mail, ZbDkim **dkim, GError **error)
{
  const ZbConfig *config = workspace->config;
  *dkim = NULL;
  if (config->dkim_selector == NULL)
    return TRUE;
  g_autofree char *file = zb_workspace_path (workspace, config->dkim_key);
  ZbDkimOptions options = {file, config->dkim_domain, config->dkim_selector, zb_mail_date (mail)};
  *dkim = zb_dkim_open (&options, error);
  return *dkim != NULL;
}
