/* What the pages of subscribers share. They need no session: who holds the link of a mail is who it was sent
   to. Private to src/desk. */
#pragma once
#include "routes.h"
#include "zhoubao/deliver/consent.h"

/* The workspace's key NAME. (transfer full) */
GBytes *zb_reader_key (ZbVisit *visit, const char *name, GError **error);

/* The person of the route's token for PURPOSE ("unsubscribe"); an error where there is none. (transfer full)
 */
ZbPerson *zb_reader_person (ZbVisit *visit, const char *purpose, GError **error);

/* A page of one paragraph. */
gboolean zb_reader_say (ZbVisit *visit, const char *title, const char *message,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A form that asks for an address: PAGE's template under TITLE, with the address as it was typed, and PROBLEM
   or NULL. */
typedef struct {
  const char *page, *title;
} ZbReaderForm;

gboolean zb_reader_form (ZbVisit *visit, ZbReaderForm form, const char *problem,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The form again, with WHY nothing was done: an address that is none, or too many requests. Any other WHY is
   ERROR. Takes WHY. */
gboolean zb_reader_form_again (ZbVisit *visit, ZbReaderForm form, GError *why,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Writes `wishes`, what one may get with what is CHOSEN, and reads the request's fields of them. */
void zb_reader_build_wishes (JsonBuilder *b, const ZbWishes *chosen);
ZbWishes zb_reader_take_wishes (ZbVisit *visit);

/* Asks ADDRESS by mail to confirm: joining, or that it is the new one of the person CHANGE. */
gboolean zb_reader_ask (ZbVisit *visit, const char *address, gint64 change,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
