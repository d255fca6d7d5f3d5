/* libmicrohttpd's functions, see base/late.h. */
#include "zhoubao/base/late.h"

#include <microhttpd.h>

#define LIBRARY "libmicrohttpd.so.12"
#define LATE(type, name, parameters, arguments) ZB_LATE (LIBRARY, return, type, name, parameters, arguments)

typedef __typeof__ (&MHD_start_daemon_va) StartDaemon;

struct MHD_Daemon *
MHD_start_daemon (unsigned int flags, uint16_t port, MHD_AcceptPolicyCallback accept, void *accept_data,
                  MHD_AccessHandlerCallback access, void *access_data, ...)
{
  va_list options;
  StartDaemon start = (StartDaemon)zb_late_symbol (LIBRARY, "MHD_start_daemon_va");
  va_start (options, access_data);
  struct MHD_Daemon *daemon = start (flags, port, accept, accept_data, access, access_data, options);
  va_end (options);
  return daemon;
}

ZB_LATE (LIBRARY, , void, MHD_stop_daemon, (struct MHD_Daemon * daemon), (daemon))
LATE (const union MHD_DaemonInfo *, MHD_get_daemon_info,
      (struct MHD_Daemon * daemon, enum MHD_DaemonInfoType type, ...), (daemon, type))
LATE (const union MHD_ConnectionInfo *, MHD_get_connection_info,
      (struct MHD_Connection * connection, enum MHD_ConnectionInfoType type, ...), (connection, type))
LATE (const char *, MHD_lookup_connection_value,
      (struct MHD_Connection * connection, enum MHD_ValueKind kind, const char *name),
      (connection, kind, name))
LATE (struct MHD_Response *, MHD_create_response_from_buffer_with_free_callback_cls,
      (size_t size, void *bytes, MHD_ContentReaderFreeCallback release, void *data),
      (size, bytes, release, data))
LATE (enum MHD_Result, MHD_add_response_header,
      (struct MHD_Response * response, const char *name, const char *value), (response, name, value))
LATE (enum MHD_Result, MHD_queue_response,
      (struct MHD_Connection * connection, unsigned int status, struct MHD_Response *response),
      (connection, status, response))
ZB_LATE (LIBRARY, , void, MHD_destroy_response, (struct MHD_Response * response), (response))
