/* Rows of other tables that speak of one person, for those who ask what is kept on them. */
#pragma once
#include "zhoubao/edge/db.h"

/* One row, in words; borrowed. AT may be ZB_TIME_NONE, texts NULL. */
typedef struct {
  const char *what; /* "2017-W26", "soft", "subscribe" */
  const char *state, *detail;
  ZbTime at;
} ZbDossierRow;

typedef void (*ZbDossierEach) (const ZbDossierRow *row, gpointer data);

gboolean zb_dossier_deliveries (ZbDb *db, gint64 person, ZbDossierEach each, gpointer data,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean zb_dossier_bounces (ZbDb *db, gint64 person, ZbDossierEach each, gpointer data,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean zb_dossier_requests (ZbDb *db, gint64 person, ZbDossierEach each, gpointer data,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Earlier times on the list, of one who joined again. */
gboolean zb_dossier_stays (ZbDb *db, gint64 person, ZbDossierEach each, gpointer data,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Links and sessions of a member. */
gboolean zb_dossier_sign_ins (ZbDb *db, gint64 person, ZbDossierEach each, gpointer data,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
