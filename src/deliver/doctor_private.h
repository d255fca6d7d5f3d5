/* What the files of deliver/doctor share. */
#pragma once
#include "zhoubao/deliver/doctor.h"

typedef struct {
  const ZbDoctor *doctor;
  const ZbConfig *config;
  GPtrArray *findings;
  GPtrArray *ips; /* of char *: that mail leaves from, as far as is known */
} ZbRound;

/* Adds a finding; its text by FORMAT. */
void zb_round_add (ZbRound *round, const char *check, ZbDoctorState state, const char *format, ...)
    G_GNUC_PRINTF (4, 5);
/* To the last finding: NAME should have the TXT record TEXT. */
void zb_round_publish (ZbRound *round, const char *name, const char *text);

/* Whether both domains are the same or one is above the other (DMARC's relaxed alignment). */
gboolean zb_round_aligned (const char *a, const char *b);

void zb_doctor_workspace (ZbRound *round); /* doctor_workspace.c */
void zb_doctor_relays (ZbRound *round);    /* doctor_relay.c: also fills in IPS */
void zb_doctor_reverse (ZbRound *round);
void zb_doctor_spf (ZbRound *round);  /* doctor_spf.c */
void zb_doctor_dkim (ZbRound *round); /* doctor_sender.c */
void zb_doctor_dmarc (ZbRound *round);
void zb_doctor_return (ZbRound *round);
