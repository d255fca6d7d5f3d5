/* What an answer of HTTP means for the source that was asked. Pure. */
#pragma once
#include "zhoubao/base/time.h"
#include "zhoubao/edge/http.h"
#include "zhoubao/store/fetch.h"

/* The outcome by status and by the traces that challenges leave; WORDS says why unless it is OK or UNCHANGED.
   A challenge is an answer that only a browser, or a person, gets past: never evaded. (WORDS: transfer full)
 */
ZbFetchOutcome zb_answer_outcome (const ZbHttpResponse *response, char **words);

/* The trace of a challenge or captcha in an answer that looked fine but held nothing, or NULL. */
const char *zb_answer_challenge (const ZbHttpResponse *response);

/* When a 429 or 503 says that it may be asked again (RFC 9110, Retry-After: seconds or a date, read against
   the server's own clock), at most MOST seconds from NOW; ZB_TIME_NONE where it says nothing. */
ZbTime zb_answer_retry_after (const ZbHttpResponse *response, ZbTime now, gint64 most);
