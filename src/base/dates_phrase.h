/* Phrases of several words in the world's languages. Private to base. */
#pragma once
#include "dates_fields.h"

/* "il y a 3 jours", "gestern", "thứ sáu": a ZbDateRecogniser. */
guint zb_date_read_phrase (const ZbDateReader *r, guint i, ZbDateFields *f);
