/* The table of encodings. */
#pragma once

typedef struct {
  const char *name;      /* WHATWG's, or IANA's for what the web has no name for */
  const char *converter; /* ICU's that reads it; NULL: none is needed */
  const char *labels;    /* lower case, separated by spaces */
} ZbCharsetRow;

extern const ZbCharsetRow zb_charset_rows[]; /* ended by one without a name */
