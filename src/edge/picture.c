/* SVG to PNG. librsvg brings thirty libraries with it, which would double the start of every verb and of
   every parse worker; so both are opened when the first picture is drawn. */
#include "zhoubao/edge/picture.h"

#include "zhoubao/base/error.h"
#include <cairo.h>
#include <gmodule.h>
#include <librsvg/rsvg.h>

typedef struct {
  RsvgHandle *(*handle_new) (const guint8 *data, gsize length, GError **error);
  gboolean (*render) (RsvgHandle *handle, cairo_t *cr, const RsvgRectangle *viewport, GError **error);
  cairo_surface_t *(*surface_new) (cairo_format_t format, int width, int height);
  void (*surface_free) (cairo_surface_t *surface);
  cairo_status_t (*write_png) (cairo_surface_t *surface, cairo_write_func_t write, void *closure);
  cairo_t *(*context_new) (cairo_surface_t *surface);
  void (*context_free) (cairo_t *cr);
} Drawing;

static gboolean
open_drawing (Drawing *d, GError **error)
{
  static GMutex opening; /* several threads draw */
  static GModule *rsvg, *cairo;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&opening);
  if (rsvg == NULL)
    rsvg = g_module_open ("librsvg-2.so.2", G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL);
  if (cairo == NULL)
    cairo = g_module_open ("libcairo.so.2", G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL);
  const struct {
    GModule *module;
    const char *name;
    gpointer *to;
  } symbols[] = {{rsvg, "rsvg_handle_new_from_data", (gpointer *)&d->handle_new},
                 {rsvg, "rsvg_handle_render_document", (gpointer *)&d->render},
                 {cairo, "cairo_image_surface_create", (gpointer *)&d->surface_new},
                 {cairo, "cairo_surface_destroy", (gpointer *)&d->surface_free},
                 {cairo, "cairo_surface_write_to_png_stream", (gpointer *)&d->write_png},
                 {cairo, "cairo_create", (gpointer *)&d->context_new},
                 {cairo, "cairo_destroy", (gpointer *)&d->context_free}};
  for (guint i = 0; i < G_N_ELEMENTS (symbols); i++)
    if (symbols[i].module == NULL || !g_module_symbol (symbols[i].module, symbols[i].name, symbols[i].to)) {
      g_set_error (error, ZB_ERROR, ZB_ERROR_FAILED,
                   "pictures need librsvg and cairo (package librsvg2-2): %s", g_module_error ());
      return FALSE;
    }
  return TRUE;
}

static cairo_status_t
append (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static gboolean
draw (const Drawing *d, RsvgHandle *handle, cairo_surface_t *surface, int width, int height, GError **error)
{
  const RsvgRectangle whole = {0, 0, width, height};
  cairo_t *cr = d->context_new (surface);
  gboolean ok = d->render (handle, cr, &whole, error);
  d->context_free (cr);
  return ok;
}

GBytes *
zb_picture_png (const char *svg, gsize length, int width, int height, GError **error)
{
  Drawing d;
  if (!open_drawing (&d, error))
    return NULL;
  RsvgHandle *handle = d.handle_new ((const guint8 *)svg, length, error);
  if (handle == NULL)
    return NULL;
  cairo_surface_t *surface = d.surface_new (CAIRO_FORMAT_RGB24, width, height);
  g_autoptr (GByteArray) png = g_byte_array_new ();
  gboolean ok = draw (&d, handle, surface, width, height, error);
  if (ok && d.write_png (surface, append, png) != CAIRO_STATUS_SUCCESS) {
    g_set_error_literal (error, ZB_ERROR, ZB_ERROR_FAILED, "the picture cannot be written as PNG");
    ok = FALSE;
  }
  d.surface_free (surface);
  g_object_unref (handle);
  return ok ? g_byte_array_free_to_bytes (g_steal_pointer (&png)) : NULL;
}
