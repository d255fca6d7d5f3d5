/* XML as a stream of events (libxml2's SAX2): strict, in UTF-8 whatever the declaration says, without a tree.
   Nothing is loaded and no entity is expanded beyond XML's five; HTML's names are told as text where a DTD
   was promised. extract/xml_loose.h sends the same events for what this refuses. */
#pragma once
#include <glib.h>

typedef struct {
  const char *name;   /* without prefix */
  const char *prefix; /* as written, or NULL */
  const char *ns;     /* URI, or NULL; the same pointer for the same URI while a document is read */
} ZbXmlName;

typedef struct {
  ZbXmlName name;
  const char *value; /* raw, not ended by NUL: zb_xml_attribute_value */
  gsize length;
} ZbXmlAttribute;

/* Strings are borrowed for the call. Of one run of text there may be several calls. */
typedef struct {
  void (*start) (gpointer data, const ZbXmlName *name, const ZbXmlAttribute *attributes, guint n);
  void (*end) (gpointer data);
  void (*text) (gpointer data, const char *text, gsize length);
} ZbXmlEvents;

/* Where and why TEXT is not well-formed. */
typedef struct {
  int line;
  char *message; /* one line, in English, without the place */
} ZbXmlFault;
void zb_xml_fault_clear (ZbXmlFault *fault);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ZbXmlFault, zb_xml_fault_clear)

/* Events end at the first error. Returns: TRUE where TEXT is well-formed, which must be UTF-8; a DTD with
 * entities of its own is refused too. */
gboolean zb_xml_stream (const char *text, gsize length, const ZbXmlEvents *events, gpointer data,
                        ZbXmlFault *fault) G_GNUC_WARN_UNUSED_RESULT;

/* The value of attribute NAME (in any namespace; without prefix, any case) with references decoded.
   Returns: (transfer full), NULL where there is none. */
char *zb_xml_attribute_value (const ZbXmlAttribute *attributes, guint n, const char *name);

/* Appends TEXT with every known reference decoded: &#39; &#x27; (128 to 159 as windows-1252), &amp;, HTML's
   &eacute;. What is no known reference stays as it is. */
void zb_xml_unescape (GString *out, const char *text, gsize length);
