/* Opening libraries when they are first needed. */
#include "late.h"

#include <gmodule.h>

gpointer
zb_late_symbol (const char *library, const char *name)
{
  gpointer symbol = NULL;
  /* Never closed: the module counts its users, and the library stays for all of the program's life. */
  GModule *module = g_module_open (library, G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL);
  if (module == NULL || !g_module_symbol (module, name, &symbol))
    g_error ("%s: %s", name, g_module_error ());
  return symbol;
}
