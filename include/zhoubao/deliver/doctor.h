/* What stands in the way of mail that arrives, and of a workspace that lasts: each check says what it found,
   and where the DNS lacks something, what to publish. Nothing is changed. */
#pragma once
#include "zhoubao/edge/resolver.h"
#include "zhoubao/store/workspace.h"

typedef enum {
  ZB_DOCTOR_WELL,
  ZB_DOCTOR_ADVICE,  /* works, but could be better */
  ZB_DOCTOR_ILL,     /* to be mended before a send */
  ZB_DOCTOR_UNKNOWN, /* could not be looked at, as without a network */
  ZB_DOCTOR_STATES   /* how many */
} ZbDoctorState;

/* "ok", "advice", "ill", "unknown". Static. */
const char *zb_doctor_state_name (ZbDoctorState state);

typedef struct {
  const char *check; /* "spf", "keys": static */
  ZbDoctorState state;
  char *words;
  char *publish; /* a line for the zone file, or NULL */
} ZbFinding;

typedef struct {
  ZbWorkspace *workspace;
  ZbDb *db;
  ZbResolver *resolver;
  const char *ip; /* that mail leaves from, where it is known; else the relays' own are taken. Or NULL */
  ZbTime now;
} ZbDoctor;

/* All checks, in order. Connects to the relays and asks the DNS. (transfer full) (element-type ZbFinding) */
GPtrArray *zb_doctor_run (const ZbDoctor *doctor);
