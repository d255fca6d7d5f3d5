/* Bounce, delay or automatic answer: by headers first, then by the words of subject and notice. */
#include "bounce_kind.h"

typedef struct {
  const char *header, *pattern; /* PCRE, caseless */
} Sign;

static const Sign autoreplies[] = {
    {"Auto-Submitted", "auto-replied|auto-generated|auto-notified"},
    {"X-Autoreply", "."},
    {"X-Autorespond", "."},
    {"X-Autoresponder", "."},
    {"X-Auto-Reply", "."},
    {"Precedence", "auto_?reply"},
    {"X-Precedence", "auto_?reply"},
    {"X-MS-Exchange-Inbox-Rules-Loop", "."},
    {"X-Mailer", "vacation|auto-?respond"},
    {"Subject",
     "^(?:re: *)?(?:\\[?auto(?:matic|mated)?[ -]?(?:reply|response|answer|responder)|auto: |out[- ]of[- "
     "](?:the[- ])?office|(?:i am |i'm )?(?:currently )?(?:away|on vacation|on holiday|on leave)\\b|"
     "vacation|autoreply|autosvar|abwesenheit|automatische antwort|r[ée]ponse automatique|absence|respuesta "
     "autom|risposta autom|resposta autom|"
     "自动(?:回复|答复)|自動(?:返信|回覆|回復|応答)|不在|автоответ)"},
    {"Subject", "out of (?:the )?office|auto-?(?:reply|response)|vacation (?:message|reply|notice)|on "
                "vacation|confirm you are (?:human|not)|challenge[- ]response|please confirm your "
                "(?:e-?mail|message)|verify your e-?mail to|your (?:mail|message) (?:has been|was) received"},
};

static const Sign daemons[] = {
    {"From", "mailer[-_. ]?daemon|post[-_ ]?master|mail[-_. ]?delivery|delivery[-_ "
             "](?:sub)?system|mail(?:er)? ?(?:system|administrator|server|service|gateway)|"
             "system[-_ ]administrator|daemon\\b|mail[-_]?(?:admin|error)|bounce|delivery[-_ "
             "]?(?:notification|status)|^<>$|interscan|undeliver|mail ?deliver"},
    {"Return-Path", "^\\s*<\\s*>\\s*$|mailer-daemon"},
    {"X-Failed-Recipients", "@"},
    {"Content-Type", "report-type=\"?delivery-status"},
};

static const char *const failures[] = {
    "undeliver(?:able|ed)|non[- ]?remis|delivery (?:has )?(?:failed|failure|report|error|problem|status "
    "notification|notification)|(?:failed|failure|unable) (?:notice|delivery|to deliver|in delivery)|failure "
    "notice|returned (?:e-?)?mail|"
    "return(?:ed|ing) (?:message|mail )?to sender|mail (?:delivery )?(?:fail|error|system error|could "
    "not|was not|not deliver|undeliver|status report)|(?:message|mail|nachricht) (?:status|delivery|not "
    "delivered|undeliver|could not be)|"
    "could(?: not|n't) (?:be )?(?:send|deliver)|not (?:be )?delivered|ndn:|non[- "
    "]delivery|nondeliverable|error (?:sending|while sending|delivering)|was not delivered|problem "
    "delivering|rejected mail|bounced? (?:mail|message)|unzustellbar|no entregado|"
    "error sending your mail|配信(?:エラー|できま|不能)|送信でき|退信|投递失败|投遞失敗|недоставлен|не "
    "доставлено|не может быть доставлено|impossible de|no se (?:ha podido|pudo) entregar|wurde nicht "
    "zugestellt|konnte nicht zugestellt",
    "following "
    "(?:address|recipient|addresses|recipients)[^.]{0,40}(?:had|failed|could|can|were|was|returned)|"
    "permanent (?:fatal )?error|(?:wasn.t|weren.t|unable|not able|cannot|can.t|could ?n.t|failed|tried) to "
    "(?:deliver|send)|did not reach|not be delivered|"
    "(?:user|recipient|address|host|mailbox) (?:unknown|not found|is full|rejected|does not "
    "exist|exceeds)|unknown (?:user|host|recipient|address)|no such (?:user|recipient|address)|transcript of "
    "session|delivery failed|message log follows|failed addresses|rejected recipient|"
    "deliver(?:ing|y of|y to)[^.]{0,60}(?:fail|error|delay|reject|refus)|undeliverable|had delivery "
    "errors|(?:account|mailbox|user)[^.]{0,30}(?:disabled|over quota|suspended|full)|requested action not "
    "taken|invalid (?:user|recipient|final)",
};

static const char *const delays[] = {
    "\\(delay\\)|delayed|warning:? (?:could not send|message|mail)|delivery (?:is )?delay|not (?:yet "
    ")?(?:been )?delivered (?:yet|after)|verz[öo]ger|retard",
    "(?:has|have|had) (?:been )?(?:delayed|not yet been delivered)|(?:is|are) (?:still )?(?:being "
    "delayed|delayed)|warning message only|will (?:be retried|(?:continue|keep) (?:to )?try|be resent|try "
    "again)|do(?: not|n't) need to resend|still (?:be )?(?:trying|undelivered)|not yet been "
    "(?:delivered|possible)|delivery attempts? will continue",
};

static gboolean
matches (const char *pattern, const char *text)
{
  return text != NULL && g_regex_match_simple (pattern, text, G_REGEX_CASELESS, 0);
}

static gboolean
has_sign (const ZbMessage *message, const Sign *signs, guint n)
{
  for (guint i = 0; i < n; i++)
    if (matches (signs[i].pattern, zb_header_find (message->headers, signs[i].header)))
      return TRUE;
  return FALSE;
}

gboolean
zb_kind_is_autoreply (const ZbMessage *message)
{
  return has_sign (message, autoreplies, G_N_ELEMENTS (autoreplies));
}

gboolean
zb_kind_is_failure (const ZbMessage *message, const char *notice)
{
  const char *subject = zb_header_find (message->headers, "Subject");
  gboolean answer = matches ("^(?:re|fwd?|aw|sv):", subject);
  gboolean headed = !answer && matches (failures[0], subject), told = matches (failures[1], notice);
  if (!has_sign (message, daemons, G_N_ELEMENTS (daemons)))
    return headed && told;
  return headed || told || zb_kind_says_delayed (message, notice);
}

gboolean
zb_kind_says_delayed (const ZbMessage *message, const char *notice)
{
  gboolean late =
      matches (delays[0], zb_header_find (message->headers, "Subject")) || matches (delays[1], notice);
  return late &&
         !matches ("permanent|gave up|given up|giving up|failed permanently|could not be delivered for",
                   notice);
}
