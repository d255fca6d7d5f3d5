/* uchardet's functions, see base/late.h. */
#include "zhoubao/base/late.h"
#include "zhoubao/edge/charset.h"

#include <uchardet.h>

#define LIBRARY "libuchardet.so.0"
#define LATE(type, name, parameters, arguments) ZB_LATE (LIBRARY, return, type, name, parameters, arguments)
#define LATE_VOID(name, parameters, arguments) ZB_LATE (LIBRARY, , void, name, parameters, arguments)

void
zb_charset_prepare (void)
{
  zb_late_open (LIBRARY);
}

LATE (uchardet_t, uchardet_new, (void), ())
LATE_VOID (uchardet_delete, (uchardet_t guesser), (guesser))
LATE (int, uchardet_handle_data, (uchardet_t guesser, const char *text, size_t size), (guesser, text, size))
LATE_VOID (uchardet_data_end, (uchardet_t guesser), (guesser))
LATE (const char *, uchardet_get_charset, (uchardet_t guesser), (guesser))
