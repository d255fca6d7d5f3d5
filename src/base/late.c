/* Opening libraries when they are first needed. */
#include "zhoubao/base/late.h"

#include <gmodule.h>

/* Never closed: the module counts its users, and the library stays for all of the program's life. */
static GModule *
open_module (const char *library)
{
  GModule *module = g_module_open (library, G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL);
  if (module == NULL)
    g_error ("%s", g_module_error ());
  return module;
}

void
zb_late_open (const char *library)
{
  open_module (library);
}

gpointer
zb_late_symbol (const char *library, const char *name)
{
  gpointer symbol = NULL;
  if (!g_module_symbol (open_module (library), name, &symbol))
    g_error ("%s: %s", name, g_module_error ());
  return symbol;
}
