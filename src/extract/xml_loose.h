/* XML that is none, read as a person would: a stray & or < is text, an end tag closes what it names and what
   was left open inside, unknown prefixes and missing quotes are borne with, what is open at the end is
   closed. */
#pragma once
#include "zhoubao/edge/xml_stream.h"

/* Tells EVENTS about all of TEXT (UTF-8, ended by a NUL that is not counted) whatever it is. Elements deeper
   than DEPTH are not told of, their text is. Entities that the DTD declares as plain text are known. */
void zb_xml_loose (const char *text, gsize length, guint depth, const ZbXmlEvents *events, gpointer data);
