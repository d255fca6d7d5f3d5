/* libesmtp's functions, see base/late.h. */
#include "zhoubao/base/late.h"

#include <openssl/ssl.h>
#include <sys/types.h>

#include <auth-client.h>
#include <libesmtp.h>

#define LATE(type, name, parameters, arguments)                                                              \
  ZB_LATE ("libesmtp.so.6", return, type, name, parameters, arguments)

ZB_LATE ("libesmtp.so.6", , void, auth_client_init, (void), ())
LATE (auth_context_t, auth_create_context, (void), ())
LATE (int, auth_destroy_context, (auth_context_t context), (context))
LATE (int, auth_set_interact_cb, (auth_context_t context, auth_interact_t interact, void *data),
      (context, interact, data))
LATE (int, auth_set_mechanism_flags, (auth_context_t context, unsigned set, unsigned clear),
      (context, set, clear))

LATE (smtp_session_t, smtp_create_session, (void), ())
LATE (int, smtp_destroy_session, (smtp_session_t session), (session))
LATE (int, smtp_start_session, (smtp_session_t session), (session))
LATE (int, smtp_set_server, (smtp_session_t session, const char *server), (session, server))
LATE (int, smtp_set_hostname, (smtp_session_t session, const char *name), (session, name))
LATE (long, smtp_set_timeout, (smtp_session_t session, int which, long value), (session, which, value))
LATE (int, smtp_auth_set_context, (smtp_session_t session, auth_context_t context), (session, context))
LATE (int, smtp_set_eventcb, (smtp_session_t session, smtp_eventcb_t call, void *data), (session, call, data))
LATE (int, smtp_set_monitorcb, (smtp_session_t session, smtp_monitorcb_t call, void *data, int headers),
      (session, call, data, headers))
LATE (int, smtp_starttls_enable, (smtp_session_t session, enum starttls_option how), (session, how))
LATE (int, smtp_starttls_set_ctx, (smtp_session_t session, SSL_CTX *context), (session, context))

LATE (smtp_message_t, smtp_add_message, (smtp_session_t session), (session))
LATE (int, smtp_set_messagecb, (smtp_message_t message, smtp_messagecb_t call, void *data),
      (message, call, data))
LATE (int, smtp_set_reverse_path, (smtp_message_t message, const char *address), (message, address))
LATE (int, smtp_size_set_estimate, (smtp_message_t message, unsigned long size), (message, size))
LATE (int, smtp_dsn_set_envid, (smtp_message_t message, const char *id), (message, id))
LATE (int, smtp_dsn_set_ret, (smtp_message_t message, enum ret_flags flags), (message, flags))
LATE (const smtp_status_t *, smtp_message_transfer_status, (smtp_message_t message), (message))
LATE (const smtp_status_t *, smtp_reverse_path_status, (smtp_message_t message), (message))

LATE (smtp_recipient_t, smtp_add_recipient, (smtp_message_t message, const char *address), (message, address))
LATE (int, smtp_dsn_set_notify, (smtp_recipient_t recipient, enum notify_flags flags), (recipient, flags))
LATE (int, smtp_dsn_set_orcpt, (smtp_recipient_t recipient, const char *type, const char *address),
      (recipient, type, address))
LATE (const smtp_status_t *, smtp_recipient_status, (smtp_recipient_t recipient), (recipient))

LATE (int, smtp_errno, (void), ())
LATE (char *, smtp_strerror, (int error, char *text, size_t size), (error, text, size))
