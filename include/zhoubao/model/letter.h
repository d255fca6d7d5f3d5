/* A mail that was read, as `inspect mail` shows it. */
#pragma once
#include "zhoubao/base/time.h"

typedef struct {
  char *subject, *from, *to; /* UTF-8, encoded words decoded; NULL where the header is absent */
  ZbTime date;
  char *message_id;  /* without <> */
  char *text, *html; /* the first of each that is no attachment, UTF-8 with LF; or NULL */
} ZbLetter;

ZbLetter *zb_letter_new (void);
void zb_letter_free (ZbLetter *letter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZbLetter, zb_letter_free)
