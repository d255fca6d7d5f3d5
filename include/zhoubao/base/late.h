/* Libraries that are opened at their first call. Each is of use to some verbs only, and together they bring
   more than fifty others with them; to link all anew took two thirds of the time of each short verb.
   late_*.c define the functions that we call under their own names, so that callers need not know: each only
   passes its arguments on. */
#pragma once
#include <glib.h>

/* The function NAME of LIBRARY ("libcurl.so.4"). A library that is not there ends the program with its name,
   as the dynamic linker would have at the start. From any thread. */
gpointer zb_late_symbol (const char *library, const char *name);

/* Opens LIBRARY now, for a process that may open nothing later; as above where it is not there. */
void zb_late_open (const char *library);

/* Both of ICU's. */
void zb_late_open_icu (void);

/* A definition of NAME that passes ARGUMENTS on; ANSWER is "return", or nothing where NAME has no result. */
#define ZB_LATE(library, answer, type, name, parameters, arguments)                                          \
  type (name) parameters                                                                                     \
  {                                                                                                          \
    static __typeof__ (&(name)) real;                                                                        \
    if (g_once_init_enter (&real))                                                                           \
      g_once_init_leave (&real, (__typeof__ (&(name)))zb_late_symbol (library, G_STRINGIFY (name)));         \
    answer real arguments;                                                                                   \
  }
