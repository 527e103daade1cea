/*
 * What chance decides in a sample. Every number is a function of the seed, the sample and what it is drawn for, so
 * that samples can be made on any thread, and a single draw be repeated.
 *
 * Durations: that of the mode times a lognormal factor F, rounded to whole periods, at least one. With G common to the
 * group of the work (its gang) and E its own, both standard normal, and r the correlation,
 *
 *     ln F = mu + sigma (sqrt(r) G + sqrt(1 - r) E)
 *
 * mu and sigma by the kind of work, from the median and the 90th percentile of the overrun.
 *
 * Winters: a run of periods with less than full productivity lasts L (1 + v Z) instead of L, half of the change at either
 * end; Z is standard normal and common to all calendars in a winter, v the option.
 */
#ifndef GANGER_RISK_DRAW_H
#define GANGER_RISK_DRAW_H

#include "risk/world.h"

/* Duration, in full-productivity periods, of a work that the plan does. */
int32_t ganger_risk_duration(const struct ganger_risk_world *world, int32_t work, int32_t sample);

/* Fills [(calendars + 1) * horizon] with the productivities of a sample. */
void ganger_risk_productivity(const struct ganger_risk_world *world, int32_t sample,
                              uint8_t *productivity);

#endif
