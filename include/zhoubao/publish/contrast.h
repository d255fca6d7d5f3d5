/* Contrast of the texts in HTML whose styles stand in its elements, as a mail's do (WCAG 2.1 §1.4.3). */
#pragma once
#include <glib.h>

#define ZB_CONTRAST_AA 4.5

/* The lowest ratio of a text's colour to what is behind it, 1 to 21, with DARK as a program shows it that
   heeds the rules inside "@media (prefers-color-scheme: dark)" of the page's own <style> (selectors as in
   email.css). COLOURS gets both as written ("#777777 on #ffffff", transfer full). Text that is not shown does
   not count. 21 where there is no text. */
double zb_contrast_lowest (const char *html, gboolean dark, char **colours);
