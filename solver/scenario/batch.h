/* The state of a batch; private to scenario/. */
#ifndef GANGER_SCENARIO_BATCH_H
#define GANGER_SCENARIO_BATCH_H

#include "scenario/sheet.h"

struct ganger_batch_case {
    const char *name;
    struct ganger_problem *problem;
    char *folder, *instance, *plan, *record; /* paths */
    char *text;                              /* what the record says */
    ganger_batch_end end;
    ganger_outcome outcome;
    struct ganger_verdict verdict; /* of the plan, if there is one */
    double delivered_mt;           /* within the programme */
    double delivered_last;         /* Mt a year at its end */
    double paid;                   /* M USD, not discounted */
    ganger_status status;
    struct ganger_findings findings;
};

/* Reads the plan of a case and has it refereed. False if it is not there or does not hold. */
bool ganger_batch_look(struct ganger_batch_case *c, struct ganger_findings *findings);

/* OUT/comparison.csv, and the same as text or JSON. */
ganger_status ganger_batch_compare(const struct ganger_batch_case *cases, int32_t count,
                                   const char *folder, bool json, char **text,
                                   struct ganger_findings *findings);

#endif
