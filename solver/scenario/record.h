/*
 * What a scenario was solved with, kept beside its plan as the file record.txt: written last, so that it vouches for
 * instance and plan.
 */
#ifndef GANGER_SCENARIO_RECORD_H
#define GANGER_SCENARIO_RECORD_H

#include "base/status.h"

/* A text that is the same for the same instance and options, and differs if anything that the plan depends on does; the
 * caller frees it. NULL if memory is short. `sha256` is the instance's. */
char *ganger_record_text(const char *sha256, const struct ganger_options *options);

/* Writes the text (aside, synced, renamed), with how the solve ended. */
ganger_status ganger_record_write(const char *path, const char *text, ganger_outcome outcome,
                                  struct ganger_findings *findings);

/* True if the file is there and has this text; *outcome is how that solve ended. */
bool ganger_record_holds(const char *path, const char *text, ganger_outcome *outcome);

#endif
