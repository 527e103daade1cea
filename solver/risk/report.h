/* What the samples of a plan tell, in a planner's words, as JSON, and as a table of samples. */
#ifndef GANGER_RISK_REPORT_H
#define GANGER_RISK_REPORT_H

#include "risk/samples.h"

/* Text or, if the options ask for it, JSON; freed with free(). NULL if memory is short. */
char *ganger_risk_report(const struct ganger_risk_samples *samples);

/* A row a sample: when the programme is finished, when each target is reached, and what it misses at its date. Written
 * aside, synced, renamed. */
ganger_status ganger_risk_write(const struct ganger_risk_samples *samples, const char *path,
                                struct ganger_findings *findings);

#endif
