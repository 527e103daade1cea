/*
 * An instance as the makespan search sees it: works in topological order, their usable modes, and a line-up
 * for each direction of time.
 *
 * Built for problems whose rules are those of the classic ones (MODEL section 6): mandatory works,
 * precedences, earliest starts, renewables that may vary over time, consumables limited over the whole
 * horizon, several modes. ganger_makespan_model_refusal() says what a problem has beyond that.
 */
#ifndef GANGER_MAKESPAN_MODEL_H
#define GANGER_MAKESPAN_MODEL_H

#include "instance/problem.h"
#include "schedule/lanes.h"
#include "schedule/serial.h"

enum ganger_direction { GANGER_FORWARD = 0, GANGER_BACKWARD = 1 };

enum { GANGER_MAKESPAN_ENERGY = 1000 };

struct ganger_makespan_model {
    const struct ganger_problem *problem;
    int32_t works;         /* all of the problem's, numbered so that predecessors come first */
    int32_t *problem_work; /* [works] the problem's number */
    /* Usable modes, grouped by work, none worse in everything than another of its work. */
    int32_t modes;
    int32_t *first_mode;   /* [works + 1] */
    int32_t *problem_mode; /* [modes] the problem's number */
    int32_t *mode_work;    /* [modes] */
    int32_t *duration;     /* [modes] */
    uint32_t *demand;      /* [modes * planes] of the lanes */
    int64_t *
        rate; /* [modes] per period: shares of the renewables' capacities, in thousandths, summed */
    int64_t *
        energy; /* [modes * renewables] time with all of the capacity, in GANGER_MAKESPAN_ENERGY-ths of a period */
    bool several; /* some work has several modes */
    int32_t consumables;
    int64_t *need;  /* [modes * consumables] */
    int64_t *limit; /* [consumables] */
    struct ganger_lanes *lanes;
    struct ganger_line_up line_up[2]; /* views of the arrays here; by enum ganger_direction */
    struct ganger_serial_step *steps[2];
    int32_t *release;    /* [works] */
    int32_t *no_release; /* [works] zeros */
    struct ganger_arcs {
        int32_t *first_before, *before;
        int32_t *first_arc, *arc_other, *arc_lag;
        uint8_t *arc_kind;
    } arcs[2];
    /* A schedule of the mirrored line-up, mirrored back, obeys all rules, and there always is one: nothing
     * depends on the date, and the horizon is long enough for any list. */
    bool mirrors;
    int32_t *head,
        *tail; /* [works] longest chains, shortest modes: before the start, after the finish */
    int32_t critical_path;
    int32_t bound; /* proven: critical path and energy of each renewable */
};

/* NULL if the search can take the problem, else what stands in the way, as a noun phrase. */
const char *ganger_makespan_model_refusal(const struct ganger_problem *problem);
/* NULL if memory is short. */
struct ganger_makespan_model *ganger_makespan_model_create(const struct ganger_problem *problem);
void ganger_makespan_model_destroy(struct ganger_makespan_model *model);
/* Of all modes, in periods. */
double ganger_makespan_mean_duration(const struct ganger_makespan_model *model);

#endif
