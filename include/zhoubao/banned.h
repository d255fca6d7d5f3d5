/* Functions that overflow, leak state or hide errors: naming one is a compile error. Use GLib's instead.
   Included before every file by the build; libc's headers come first so that their own prototypes pass. */
#pragma once
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#pragma GCC poison sprintf vsprintf strcpy strcat strtok atoi atol localtime gmtime ctime asctime popen
