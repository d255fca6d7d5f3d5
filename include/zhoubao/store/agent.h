/* The HTTP client that a newsletter asks by: its limits, its name, its proxy and what it may reach. */
#pragma once
#include "zhoubao/edge/http.h"
#include "zhoubao/model/config.h"

/* "zhoubao/0.1.0 (+https://weekly.example.org; weekly@example.org)", or what zhoubao.yaml sets.
   (transfer full) */
char *zb_agent_name (const ZbConfig *config);

/* Certificates besides the system's are those of the file that SSL_CERT_FILE names, as for other programs.
   (transfer full) */
ZbHttp *zb_agent_new (const ZbConfig *config, GError **error);
