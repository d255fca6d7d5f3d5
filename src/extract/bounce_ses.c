/* Amazon SES over SNS: {"notificationType":"Bounce","bounce":{"bouncedRecipients":[…]}}, often as a text
   inside another object. */
#include "bounce_report.h"

#include "zhoubao/base/json.h"

#define JSON_MAX (4 << 20)

/* Where each kind keeps its recipients. */
typedef struct {
  const char *kind, *object, *list, *action;
} Notice;

static const Notice notices[] = {
    {"Bounce", "bounce", "bouncedRecipients", "failed"},
    {"Complaint", "complaint", "complainedRecipients", NULL},
    {"Delivery", "delivery", "recipients", "delivered"},
    {"DeliveryDelay", "deliveryDelay", "delayedRecipients", "delayed"},
};

static JsonObject *
child (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* A mail breaks long lines inside strings; a line end is never part of JSON's own text here. */
static JsonNode *
parse (const char *text)
{
  const char *open = strchr (text, '{'), *close = strrchr (text, '}');
  if (open == NULL || close == NULL || close < open)
    return NULL;
  g_autofree char *span = g_strndup (open, (gsize)(close - open + 1));
  JsonNode *node = zb_json_parse (span, strlen (span), JSON_MAX, NULL);
  if (node == NULL) {
    g_autoptr (GString) joined = g_string_new (span);
    g_string_replace (joined, "\n ", "", 0);
    g_string_replace (joined, "\n", "", 0);
    node = zb_json_parse (joined->str, joined->len, JSON_MAX, NULL);
  }
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return node;
  g_clear_pointer (&node, json_node_unref);
  return NULL;
}

static void
add (GPtrArray *findings, JsonNode *node, const char *action, const char *words)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *address = object != NULL                 ? zb_json_get_text (object, "emailAddress")
                        : JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node)
                                                       : NULL;
  if (address == NULL)
    return;
  const char *diagnostic = object != NULL ? zb_json_get_text (object, "diagnosticCode") : NULL;
  ZbFinding *finding = zb_finding_new (address);
  finding->action = g_strdup (action);
  finding->status = g_strdup (object != NULL ? zb_json_get_text (object, "status") : NULL);
  finding->words = g_strdup (diagnostic != NULL ? diagnostic : words);
  g_ptr_array_add (findings, finding);
}

static void
read_recipients (JsonObject *object, const Notice *notice, GPtrArray *findings)
{
  JsonNode *node = json_object_get_member (object, notice->list);
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return;
  const char *type = zb_json_get_text (object, "bounceType");
  const char *action = g_strcmp0 (type, "Transient") == 0 ? "delayed" : notice->action;
  JsonArray *list = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (list); i++)
    add (findings, json_array_get_element (list, i), action, zb_json_get_text (object, "smtpResponse"));
}

static void
read_message_id (JsonObject *root, ZbBounce *bounce)
{
  JsonObject *mail = child (root, "mail");
  JsonObject *common = mail != NULL ? child (mail, "commonHeaders") : NULL;
  const char *id = common != NULL ? zb_json_get_text (common, "messageId") : NULL;
  if (id == NULL || bounce->message_id != NULL)
    return;
  gsize length = strlen (id);
  gboolean angles = length > 2 && id[0] == '<' && id[length - 1] == '>';
  bounce->message_id = angles ? g_strndup (id + 1, length - 2) : g_strdup (id);
}

gboolean
zb_report_ses (const char *text, ZbBounce *bounce, GPtrArray *findings)
{
  if (strstr (text, "otificationType") == NULL && strstr (text, "eventType") == NULL)
    return FALSE;
  g_autoptr (JsonNode) outer = parse (text);
  const char *inner = outer != NULL ? zb_json_get_text (json_node_get_object (outer), "Message") : NULL;
  g_autoptr (JsonNode) node = inner != NULL ? parse (inner) : g_steal_pointer (&outer);
  if (node == NULL)
    return FALSE;
  JsonObject *root = json_node_get_object (node);
  const char *kind = zb_json_get_text (root, "notificationType");
  if (kind == NULL)
    kind = zb_json_get_text (root, "eventType");
  for (guint i = 0; i < G_N_ELEMENTS (notices); i++) {
    JsonObject *object = g_strcmp0 (notices[i].kind, kind) == 0 ? child (root, notices[i].object) : NULL;
    if (object == NULL)
      continue;
    if (notices[i].action == NULL) {
      const char *type = zb_json_get_text (object, "complaintFeedbackType");
      bounce->feedback = g_strdup (type != NULL ? type : "abuse");
    }
    read_recipients (object, &notices[i], findings);
    read_message_id (root, bounce);
    return TRUE;
  }
  return FALSE;
}
