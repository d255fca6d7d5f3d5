/* Records: gathered from the issue's file and the decisions, signed by the workspace's key. */
#include "zhoubao/publish/record.h"

#include "templates_hash.h"
#include "zhoubao/base/error.h"
#include "zhoubao/base/json.h"
#include "zhoubao/edge/secret.h"
#include "zhoubao/store/decision.h"
#include "zhoubao/store/draft.h"
#include "zhoubao/store/issue_file.h"

#define FORMAT "zhoubao-record-1"
#define KEY_FILE "records"
#define RECORD_BYTES (1 << 20)
#define DIGITS (2 * ZB_SIGNATURE_BYTES)

void
zb_record_free (ZbRecord *record)
{
  g_free (record->date);
  g_free (record->sha256);
  g_free (record->key);
  g_free (record->signed_at);
  g_free (record);
}

static char *
to_hex (const guint8 *bytes, gsize length)
{
  GString *hex = g_string_sized_new (length * 2);
  for (gsize i = 0; i < length; i++)
    g_string_append_printf (hex, "%02x", bytes[i]);
  return g_string_free (hex, FALSE);
}

static gboolean
from_hex (const char *hex, guint8 *bytes, gsize length)
{
  if (hex == NULL || strlen (hex) != length * 2)
    return FALSE;
  for (gsize i = 0; i < length; i++) {
    int high = g_ascii_xdigit_value (hex[2 * i]), low = g_ascii_xdigit_value (hex[2 * i + 1]);
    if (high < 0 || low < 0)
      return FALSE;
    bytes[i] = (guint8)(high * 16 + low);
  }
  return TRUE;
}

static ZbSigner *
open_signer (ZbWorkspace *workspace, GError **error)
{
  g_autofree char *folder = zb_workspace_path (workspace, "data/keys");
  return zb_signer_open (folder, KEY_FILE, error);
}

char *
zb_record_key (ZbWorkspace *workspace, GError **error)
{
  g_autoptr (ZbSigner) signer = open_signer (workspace, error);
  return signer != NULL ? to_hex (zb_signer_public (signer), ZB_SECRET_BYTES) : NULL;
}

static gboolean
build_items (JsonBuilder *b, ZbDb *db, const ZbIssue *issue, const char *name, const GPtrArray *items,
             GError **error)
{
  json_builder_set_member_name (b, name);
  json_builder_begin_array (b);
  for (guint i = 0; i < items->len; i++) {
    const ZbIssueItem *item = items->pdata[i];
    g_autofree char *editor = NULL;
    ZbTime decided = ZB_TIME_NONE;
    if (item->url != NULL && !zb_decision_maker (db, issue->week, item->url, &editor, &decided, error))
      return FALSE;
    json_builder_begin_object (b);
    zb_json_text (b, "heading", item->heading);
    zb_json_text (b, "title", item->title);
    zb_json_text (b, "url", item->url);
    zb_json_text (b, "source", item->source);
    zb_json_text (b, "number", item->number);
    zb_json_time (b, "published", item->published);
    zb_json_time (b, "fetched", item->fetched);
    zb_json_text (b, "sha256", item->sha256);
    zb_json_text (b, "picked_by", editor);
    zb_json_time (b, "picked", decided);
    json_builder_end_object (b);
  }
  json_builder_end_array (b);
  return TRUE;
}

/* An issue that was written by hand has no draft: then nobody is named. */
static gboolean
build_people (JsonBuilder *b, ZbDb *db, const ZbIssue *issue, GError **error)
{
  g_autoptr (GError) none = NULL;
  g_autoptr (ZbDraft) draft = zb_draft_load (db, issue->week, &none);
  if (draft == NULL && !g_error_matches (none, ZB_ERROR, ZB_ERROR_NOT_FOUND)) {
    g_propagate_error (error, g_steal_pointer (&none));
    return FALSE;
  }
  zb_json_text (b, "author", issue->author);
  zb_json_text (b, "edited_by", draft != NULL ? draft->edited_by : NULL);
  zb_json_text (b, "approved_by", draft != NULL ? draft->approved_by : NULL);
  zb_json_time (b, "approved", draft != NULL ? draft->approved : ZB_TIME_NONE);
  zb_json_text (b, "published_by", draft != NULL ? draft->published_by : NULL);
  zb_json_time (b, "published", draft != NULL ? draft->published : ZB_TIME_NONE);
  return TRUE;
}

typedef struct {
  const ZbIssue *issue;
  const char *sha256, *zeros;
  const ZbSigner *signer;
  ZbTime now;
} Facts;

static JsonBuilder *
build_record (ZbWorkspace *workspace, ZbDb *db, const Facts *facts, GError **error)
{
  const ZbIssue *issue = facts->issue;
  g_autoptr (JsonBuilder) b = json_builder_new ();
  g_autofree char *week = zb_week_name (issue->week), *file = g_strconcat (issue->date, ".md", NULL);
  g_autofree char *key = to_hex (zb_signer_public (facts->signer), ZB_SECRET_BYTES);
  g_autofree char *templates = zb_templates_hash (workspace, error);
  if (templates == NULL)
    return NULL;
  json_builder_begin_object (b);
  zb_json_text (b, "format", FORMAT);
  zb_json_text (b, "newsletter", workspace->config->base_url);
  zb_json_text (b, "title", issue->title);
  zb_json_text (b, "date", issue->date);
  zb_json_text (b, "week", week);
  zb_json_text (b, "file", file);
  zb_json_text (b, "sha256", facts->sha256);
  if (!build_people (b, db, issue, error) || !build_items (b, db, issue, "items", issue->items, error) ||
      !build_items (b, db, issue, "briefs", issue->briefs, error))
    return NULL;
  zb_json_int (b, "corrections", issue->corrections->len);
  zb_json_text (b, "software", "zhoubao " ZB_VERSION);
  zb_json_text (b, "templates", templates);
  zb_json_time (b, "signed", facts->now);
  zb_json_text (b, "key", key);
  zb_json_text (b, "signature", facts->zeros);
  json_builder_end_object (b);
  return g_steal_pointer (&b);
}

/* The file's text with the signature in its place. */
static char *
sign (JsonBuilder *b, const Facts *facts)
{
  g_autoptr (JsonNode) root = json_builder_get_root (b);
  g_autofree char *body = json_to_string (root, TRUE);
  char *text = g_strconcat (body, "\n", NULL);
  guint8 signature[ZB_SIGNATURE_BYTES];
  zb_signer_sign (facts->signer, text, strlen (text), signature);
  g_autofree char *digits = to_hex (signature, sizeof signature);
  memcpy (strstr (text, facts->zeros), digits, DIGITS);
  return text;
}

/* The record of ISSUE_FILE; NULL where its name has no ending. (transfer full) */
static char *
path_beside (const char *issue_file)
{
  g_autofree char *stem = g_strndup (issue_file, strlen (issue_file) - strlen (".md"));
  return g_strconcat (stem, ".json", NULL);
}

static gboolean
speaks_of (const char *path, const char *sha256)
{
  g_autofree char *text = NULL;
  gsize length = 0;
  if (!g_file_get_contents (path, &text, &length, NULL))
    return FALSE;
  g_autoptr (ZbRecord) record = zb_record_verify (text, length, NULL);
  return record != NULL && g_str_equal (record->sha256, sha256);
}

gboolean
zb_record_write (ZbWorkspace *workspace, ZbDb *db, const char *issue_file, ZbTime now, GError **error)
{
  g_autofree char *path = path_beside (issue_file), *sha256 = zb_sha256_file (issue_file, error);
  g_autofree char *zeros = g_strnfill (DIGITS, '0');
  if (sha256 == NULL || speaks_of (path, sha256))
    return sha256 != NULL;
  g_autoptr (ZbIssue) issue = zb_issue_file_read (issue_file, workspace->config->limits.file_bytes, error);
  g_autoptr (ZbSigner) signer = issue != NULL ? open_signer (workspace, error) : NULL;
  if (signer == NULL)
    return FALSE;
  Facts facts = {issue, sha256, zeros, signer, now};
  g_autoptr (JsonBuilder) b = build_record (workspace, db, &facts, error);
  g_autofree char *text = b != NULL ? sign (b, &facts) : NULL;
  return text != NULL &&
         g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0644, error);
}

static gboolean
signature_holds (const char *text, gsize length, JsonObject *object)
{
  const char *digits = zb_json_get_text (object, "signature");
  guint8 key[ZB_SECRET_BYTES], signature[ZB_SIGNATURE_BYTES];
  if (!from_hex (zb_json_get_text (object, "key"), key, sizeof key) ||
      !from_hex (digits, signature, sizeof signature))
    return FALSE;
  g_autofree char *copy = g_strndup (text, length);
  char *at = strstr (copy, digits);
  if (at == NULL || strlen (copy) != length)
    return FALSE;
  memset (at, '0', DIGITS);
  return zb_signature_verify (key, copy, length, signature);
}

ZbRecord *
zb_record_verify (const char *text, gsize length, GError **error)
{
  g_autoptr (JsonNode) root = zb_json_parse (text, length, RECORD_BYTES, error);
  if (root == NULL)
    return NULL;
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  const char *format = object != NULL ? zb_json_get_text (object, "format") : NULL;
  const char *date = object != NULL ? zb_json_get_text (object, "date") : NULL;
  const char *sha256 = object != NULL ? zb_json_get_text (object, "sha256") : NULL;
  if (g_strcmp0 (format, FORMAT) != 0 || date == NULL || sha256 == NULL) {
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_INVALID, "this is no record of an issue (" FORMAT ")");
    return NULL;
  }
  if (!signature_holds (text, length, object)) {
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_REFUSED,
                         "the signature does not hold: the record was changed after it was signed");
    return NULL;
  }
  ZbRecord *record = g_new0 (ZbRecord, 1);
  record->date = g_strdup (date);
  record->sha256 = g_strdup (sha256);
  record->key = g_strdup (zb_json_get_text (object, "key"));
  record->signed_at = g_strdup (zb_json_get_text (object, "signed"));
  return record;
}
