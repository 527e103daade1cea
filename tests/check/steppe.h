/* A hand-made instance and a plan for it that keeps every rule; tests then break one thing at a time. */
#ifndef GANGER_TESTS_CHECK_STEPPE_H
#define GANGER_TESTS_CHECK_STEPPE_H

#include "check/referee.h"

/* Works by index. */
enum { RENEW, DOUBLE_TRACK, BUILD_NEAR, BUILD_FAR, TERMINAL, OPENING, STEPPE_WORKS };

struct steppe {
    struct ganger_problem *problem;
    int32_t start[STEPPE_WORKS], mode[STEPPE_WORKS];
};

/* Problem and a good schedule. */
void steppe_open(struct steppe *steppe);
void steppe_close(struct steppe *steppe);

/* True if the referee passes the plan of the steppe's schedule. */
bool steppe_passes(const struct steppe *steppe);
/* True if it refuses the plan, as a breach of rules, with `words` in a finding about `column`. */
bool steppe_breaks(const struct steppe *steppe, const char *column, const char *words);

/* True if some finding of the record is about `column` and has these words. */
bool findings_say(const struct ganger_findings *findings, const char *column, const char *words);

/* A plan of the steppe's schedule with prices, honest bound, gap and trace. */
struct ganger_plan *steppe_plan(const struct steppe *steppe);

#endif
