/* Lifetimes of bounces. */
#include "zhoubao/model/bounce.h"

static const char *const kind_names[] = {"other", "dsn", "arf", "autoreply"};

const char *
zb_bounce_kind_name (ZbBounceKind kind)
{
  return kind_names[kind];
}

ZbBounceRecipient *
zb_bounce_recipient_new (void)
{
  return g_new0 (ZbBounceRecipient, 1);
}

void
zb_bounce_recipient_free (ZbBounceRecipient *r)
{
  g_free (r->address);
  g_free (r->status);
  g_free (r->action);
  g_free (r->diagnostic);
  g_free (r);
}

ZbBounce *
zb_bounce_new (void)
{
  ZbBounce *bounce = g_new0 (ZbBounce, 1);
  bounce->recipients = g_ptr_array_new_with_free_func ((GDestroyNotify)zb_bounce_recipient_free);
  bounce->date = ZB_TIME_NONE;
  return bounce;
}

void
zb_bounce_free (ZbBounce *b)
{
  g_ptr_array_unref (b->recipients);
  g_strfreev (b->returned_to);
  g_free (b->envelope_id);
  g_free (b->message_id);
  g_free (b->feedback);
  g_free (b);
}
