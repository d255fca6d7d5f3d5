/* Checking mail addresses and folding them. */
#include "zhoubao/base/mailbox.h"

#include "zhoubao/base/error.h"
#include <string.h>
#include <unicode/uidna.h>

#define NAME_MAX_OCTETS 200
#define DOMAIN_MAX 253
#define ATEXT_MARKS "!#$%&'*+-/=?^_`{|}~"

static gboolean
refuse (GError **error, const char *text, const char *why)
{
  g_autofree char *line = zb_error_line (text);
  g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "address '%s' %s", line, why);
  return FALSE;
}

static gboolean
check_characters (const char *text, GError **error)
{
  if (*text == '\0')
    return refuse (error, text, "is empty");
  if (!g_utf8_validate (text, -1, NULL))
    return refuse (error, text, "is not UTF-8");
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    if (g_unichar_iscntrl (c))
      return refuse (error, text, "holds a control character or a line break");
    if (c == '<' || c == '>')
      return refuse (error, text, "holds < or >");
    if (g_unichar_isspace (c))
      return refuse (error, text, "holds a space");
  }
  return TRUE;
}

static gboolean
check_local (const char *text, const char *local, gsize length, GError **error)
{
  if (length == 0)
    return refuse (error, text, "has nothing before the @");
  if (length > ZB_MAILBOX_LOCAL)
    return refuse (error, text, "has more than 64 octets before the @");
  if (local[0] == '.' || local[length - 1] == '.' || g_strstr_len (local, (gssize)length, "..") != NULL)
    return refuse (error, text, "has a misplaced dot before the @");
  for (gsize i = 0; i < length; i++) {
    guchar c = (guchar)local[i];
    if (c >= 0x80)
      return refuse (error, text,
                     "is not ASCII before the @, which needs SMTPUTF8; a plain address is needed");
    if (!g_ascii_isalnum (c) && c != '.' && strchr (ATEXT_MARKS, c) == NULL)
      return refuse (error, text, "holds a character that is not allowed before the @");
  }
  return TRUE;
}

/* Whether DOMAIN needs no mapping: labels of letters, digits and inner hyphens (RFC 1123), none an A-label.
 */
static gboolean
is_plain_domain (const char *domain)
{
  gsize label = 0, length = strlen (domain);
  for (const char *p = domain;; p++) {
    if (*p == '.' || *p == '\0') {
      if (label == 0 || label > 63 || p[-1] == '-')
        return FALSE;
      label = 0;
      if (*p == '\0')
        return length <= DOMAIN_MAX;
      continue;
    }
    gboolean hyphen = *p == '-' && label != 0 && label != 2 && label != 3;
    if (!g_ascii_isalnum (*p) && !hyphen)
      return FALSE;
    label++;
  }
}

/* The domain as A-labels, or NULL. */
static char *
domain_to_ascii (const char *domain)
{
  if (is_plain_domain (domain))
    return g_ascii_strdown (domain, -1);
  UErrorCode status = U_ZERO_ERROR;
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  UIDNA *idna = uidna_openUTS46 (UIDNA_USE_STD3_RULES | UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ |
                                     UIDNA_NONTRANSITIONAL_TO_ASCII,
                                 &status);
  if (U_FAILURE (status))
    return NULL;
  g_autofree char *out = g_malloc0 (DOMAIN_MAX + 2);
  int32_t length = uidna_nameToASCII_UTF8 (idna, domain, -1, out, DOMAIN_MAX + 1, &info, &status);
  uidna_close (idna);
  gboolean ok = U_SUCCESS (status) && info.errors == 0 && length > 0 && length <= DOMAIN_MAX;
  return ok ? g_ascii_strdown (out, length) : NULL;
}

static gboolean
is_number (const char *label)
{
  return *label != '\0' && label[strspn (label, "0123456789")] == '\0';
}

static gboolean
read_domain (const char *text, const char *domain, char **out, GError **error)
{
  if (*domain == '\0')
    return refuse (error, text, "has nothing after the @");
  if (*domain == '[')
    return refuse (error, text, "names a server by number; a domain is needed");
  g_autofree char *ascii = domain_to_ascii (domain);
  if (ascii == NULL)
    return refuse (error, text, "has a domain that cannot be one");
  const char *dot = strrchr (ascii, '.');
  if (dot == NULL || dot[1] == '\0')
    return refuse (error, text, "has a domain without a dot, or with one at its end");
  if (is_number (dot + 1))
    return refuse (error, text, "names a server by number; a domain is needed");
  *out = g_steal_pointer (&ascii);
  return TRUE;
}

gboolean
zb_mailbox_parse (const char *text, char **out, GError **error)
{
  if (!check_characters (text, error))
    return FALSE;
  const char *at = strrchr (text, '@');
  if (at == NULL)
    return refuse (error, text, "has no @");
  if (!check_local (text, text, (gsize)(at - text), error))
    return FALSE;
  g_autofree char *domain = NULL;
  if (!read_domain (text, at + 1, &domain, error))
    return FALSE;
  g_autofree char *address = g_strdup_printf ("%.*s@%s", (int)(at - text), text, domain);
  if (strlen (address) > ZB_MAILBOX_MAX)
    return refuse (error, text, "is longer than 254 octets");
  *out = g_steal_pointer (&address);
  return TRUE;
}

char *
zb_mailbox_key (const char *address)
{
  return g_ascii_strdown (address, -1);
}

const char *
zb_mailbox_domain (const char *address)
{
  const char *at = strrchr (address, '@');
  return at != NULL ? at + 1 : "";
}

char *
zb_mailbox_mask (const char *address)
{
  const char *domain = zb_mailbox_domain (address), *dot = strrchr (domain, '.');
  gsize name = dot != NULL ? (gsize)(dot - domain) : strlen (domain);
  if (*domain == '\0')
    return g_strdup ("…");
  GString *mask = g_string_new (NULL);
  g_string_append_printf (mask, "%.1s…@%.1s…", address, domain);
  if (name > 3)
    g_string_append_c (mask, domain[name - 1]);
  g_string_append (mask, dot != NULL ? dot : "");
  return g_string_free (mask, FALSE);
}

gboolean
zb_mailbox_check_name (const char *name, GError **error)
{
  const char *why = NULL;
  if (name == NULL)
    return TRUE;
  if (!g_utf8_validate (name, -1, NULL))
    why = "is not UTF-8";
  else if (strlen (name) > NAME_MAX_OCTETS)
    why = "is longer than 200 octets";
  for (const char *p = name; why == NULL && *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      why = "holds a control character or a line break";
  if (why == NULL)
    return TRUE;
  g_autofree char *line = zb_error_line (name);
  g_set_error (error, ZB_ERROR, ZB_ERROR_INVALID, "name '%s' %s", line, why);
  return FALSE;
}
