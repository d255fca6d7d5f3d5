/* Structs as bytes, for the pipe between this program and its parse workers. A table says what a struct
   holds; the reader takes nothing on trust: lengths, UTF-8 and totals are checked before anything is kept. */
#pragma once
#include <glib.h>

typedef enum {
  ZB_WIRE_TEXT,   /* char *, may be NULL; UTF-8 */
  ZB_WIRE_NUMBER, /* gint64, ZbTime */
  ZB_WIRE_INT,    /* int, gboolean, an enum */
  ZB_WIRE_TEXTS,  /* char **, may be NULL, which stays NULL */
  ZB_WIRE_BYTES,  /* GBytes *, may be NULL */
  ZB_WIRE_LIST    /* GPtrArray * of structs of the table OF */
} ZbWireType;

typedef struct ZbWireTable ZbWireTable;

typedef struct {
  ZbWireType type;
  gsize offset; /* in the struct; nested structs are named through (a.b) */
  const ZbWireTable *of;
} ZbWireField;

struct ZbWireTable {
  gpointer (*create) (void); /* an empty struct */
  void (*free) (gpointer);
  const ZbWireField *fields;
  guint n_fields;
  gboolean borrows; /* its texts are not copied: they stay where they were read, and FREE leaves them alone */
};

/* What an untrusted writer may send at most. */
typedef struct {
  gsize text_bytes;   /* of one text */
  gsize list_members; /* of one list */
} ZbWireLimits;

/* Appends the struct at THING to OUT. */
void zb_wire_write (const ZbWireTable *table, gconstpointer thing, GByteArray *out);

/* Reads one struct that fills DATA exactly; where a table borrows, DATA must outlive it. Returns: (transfer
   full), NULL with ZB_ERROR_INVALID or _LIMIT. */
gpointer zb_wire_read (const ZbWireTable *table, const guint8 *data, gsize length, const ZbWireLimits *limits,
                       GError **error);
