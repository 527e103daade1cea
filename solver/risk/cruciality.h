/*
 * How far the duration of a work and the outcome go together: Spearman's rank correlation over the samples, which Williams
 * ("Criticality in stochastic networks", J. Opl Res. Soc. 43, 1992) calls cruciality. Works of one gang share its luck,
 * so that a work may be crucial by what it stands for.
 */
#ifndef GANGER_RISK_CRUCIALITY_H
#define GANGER_RISK_CRUCIALITY_H

#include "risk/samples.h"

/* For each of `count` works, with the finish of the programme, and with the target with which it goes together most;
 * NaN where nothing varies. False if memory is short. */
bool ganger_risk_cruciality(const struct ganger_risk_samples *samples, const int32_t *works,
                            int32_t count, double *with_finish, double *with_target);

#endif
