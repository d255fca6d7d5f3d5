/* libopendkim's functions, see base/late.h. */
#include "zhoubao/base/late.h"

#include <dkim.h>

#define LATE(type, name, parameters, arguments)                                                              \
  ZB_LATE ("libopendkim.so.11", return, type, name, parameters, arguments)

LATE (DKIM_LIB *, dkim_init,
      (void *(*get) (void *closure, size_t bytes), void (*release) (void *closure, void *p)), (get, release))
LATE (DKIM_STAT, dkim_options, (DKIM_LIB * library, int op, dkim_opts_t option, void *at, size_t size),
      (library, op, option, at, size))
LATE (DKIM *, dkim_sign,
      (DKIM_LIB * library, const unsigned char *id, void *closure, const dkim_sigkey_t key,
       const unsigned char *selector, const unsigned char *domain, dkim_canon_t headers, dkim_canon_t body,
       dkim_alg_t algorithm, ssize_t length, DKIM_STAT *status),
      (library, id, closure, key, selector, domain, headers, body, algorithm, length, status))
LATE (DKIM_STAT, dkim_header, (DKIM * dkim, u_char *text, size_t length), (dkim, text, length))
LATE (DKIM_STAT, dkim_eoh, (DKIM * dkim), (dkim))
LATE (DKIM_STAT, dkim_body, (DKIM * dkim, u_char *text, size_t length), (dkim, text, length))
LATE (DKIM_STAT, dkim_eom, (DKIM * dkim, _Bool *test_key), (dkim, test_key))
LATE (DKIM_STAT, dkim_getsighdr_d, (DKIM * dkim, size_t first, u_char **text, size_t *length),
      (dkim, first, text, length))
LATE (DKIM_STAT, dkim_free, (DKIM * dkim), (dkim))
LATE (const char *, dkim_geterror, (DKIM * dkim), (dkim))
LATE (const char *, dkim_getresultstr, (DKIM_STAT status), (status))
ZB_LATE ("libopendkim.so.11", , void, dkim_close, (DKIM_LIB * library), (library))
