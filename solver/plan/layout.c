#include "plan/layout.h"

#include "base/fixed.h"

#include <math.h>
#include <string.h>

const char *const ganger_plan_group_name[GANGER_PLAN_GROUPS] = {"", "certificate", "paths", "trace",
                                                                "replan"};

const struct ganger_plan_dim_row ganger_plan_dim_row[GANGER_DIMS] = {
    [GANGER_DIM_PERIOD] = {"period", GANGER_PLAN_ROOT},
    [GANGER_DIM_BOUNDARY] = {"boundary", GANGER_PLAN_ROOT},
    [GANGER_DIM_WORK] = {"work", GANGER_PLAN_ROOT},
    [GANGER_DIM_LINK] = {"link", GANGER_PLAN_ROOT},
    [GANGER_DIM_SEGMENT] = {"segment", GANGER_PLAN_ROOT},
    [GANGER_DIM_DEMAND] = {"demand", GANGER_PLAN_ROOT},
    [GANGER_DIM_RESOURCE] = {"resource", GANGER_PLAN_ROOT},
    [GANGER_DIM_DIRECTION] = {"direction", GANGER_PLAN_ROOT},
    [GANGER_DIM_RENEWABLE] = {"renewable", GANGER_PLAN_CERTIFICATE},
    [GANGER_DIM_WINDOW] = {"window", GANGER_PLAN_CERTIFICATE},
    [GANGER_DIM_PRECEDENCE] = {"precedence", GANGER_PLAN_CERTIFICATE},
    [GANGER_DIM_RAILS] = {"rails", GANGER_PLAN_CERTIFICATE},
    [GANGER_DIM_TARGET] = {"target", GANGER_PLAN_CERTIFICATE},
    [GANGER_DIM_PATH] = {"path", GANGER_PLAN_PATHS},
    [GANGER_DIM_PATH_OFFSET] = {"path_offset", GANGER_PLAN_PATHS},
    [GANGER_DIM_PATH_ARC] = {"path_position", GANGER_PLAN_PATHS},
    [GANGER_DIM_FLOW_ROW] = {"flow_row", GANGER_PLAN_PATHS},
    [GANGER_DIM_CLOSURE] = {"closure", GANGER_PLAN_CERTIFICATE},
    [GANGER_DIM_CLOSURE_OFFSET] = {"closure_offset", GANGER_PLAN_CERTIFICATE},
    [GANGER_DIM_CLOSURE_DEMAND] = {"closure_position", GANGER_PLAN_CERTIFICATE},
    [GANGER_DIM_CLOSURE_BESIDE] = {"closure_beside", GANGER_PLAN_CERTIFICATE},
    [GANGER_DIM_PAY] = {"pay", GANGER_PLAN_CERTIFICATE},
    [GANGER_DIM_STATE] = {"state", GANGER_PLAN_CERTIFICATE},
    [GANGER_DIM_STATE_OFFSET] = {"state_offset", GANGER_PLAN_CERTIFICATE},
    [GANGER_DIM_STATE_ARC] = {"state_position", GANGER_PLAN_CERTIFICATE},
    [GANGER_DIM_ENERGY] = {"energy", GANGER_PLAN_CERTIFICATE},
    [GANGER_DIM_FAR] = {"far", GANGER_PLAN_CERTIFICATE},
    [GANGER_DIM_FAR_OFFSET] = {"far_offset", GANGER_PLAN_CERTIFICATE},
    [GANGER_DIM_FAR_OPENER] = {"far_position", GANGER_PLAN_CERTIFICATE},
    [GANGER_DIM_STEP] = {"step", GANGER_PLAN_TRACE},
};

#define AT(member) offsetof(struct ganger_plan, member)
#define ROOT(name, type, d0, d1, d2, units, text)                                                  \
    {                                                                                              \
        GANGER_PLAN_ROOT, #name, GANGER_NETCDF_##type, GANGER_PLAN_REAL,                           \
            {GANGER_DIM_##d0, GANGER_DIM_##d1, GANGER_DIM_##d2}, AT(name), units, text             \
    }
#define PRICE(member, grid, d0, d1, d2, units, text)                                               \
    {                                                                                              \
        GANGER_PLAN_CERTIFICATE, "price_" #member, GANGER_NETCDF_DOUBLE, grid,                     \
            {GANGER_DIM_##d0, GANGER_DIM_##d1, GANGER_DIM_##d2}, AT(prices.member), units, text    \
    }
#define REPLAN(name, type, member, units, text)                                                    \
    {                                                                                              \
        GANGER_PLAN_REPLAN, name, GANGER_NETCDF_##type, GANGER_PLAN_REAL,                          \
            {GANGER_DIM_WORK, GANGER_DIM_END, GANGER_DIM_END}, AT(hold.member), units, text        \
    }
#define LIST(name, d0, text)                                                                       \
    {                                                                                              \
        GANGER_PLAN_CERTIFICATE, #name, GANGER_NETCDF_INT32, 0,                                    \
            {GANGER_DIM_##d0, GANGER_DIM_END, GANGER_DIM_END}, AT(prices.name), NULL, text         \
    }
#define PATHS(name, member, type, grid, d0, units, text)                                           \
    {                                                                                              \
        GANGER_PLAN_PATHS, name, GANGER_NETCDF_##type, grid,                                       \
            {GANGER_DIM_##d0, GANGER_DIM_END, GANGER_DIM_END}, AT(paths.member), units, text       \
    }

/* clang-format off */
const struct ganger_plan_field ganger_plan_field[] = {
    ROOT(start, INT32, WORK, END, END, NULL, "period in which the work starts, -1: not done"),
    ROOT(finish, INT32, WORK, END, END, NULL, "boundary at which the work is finished, -1: not done"),
    ROOT(mode, INT32, WORK, END, END, NULL,
         "mode: position among the work's rows in mode.csv, from 0; -1: not done"),
    ROOT(capacity, DOUBLE, BOUNDARY, LINK, END, "Mt/year", "capacity of the link in each direction"),
    ROOT(flow, DOUBLE, BOUNDARY, LINK, DIRECTION, "Mt/year", "freight carried"),
    ROOT(delivered, DOUBLE, BOUNDARY, DEMAND, END, "Mt/year", "freight delivered of the demand"),
    ROOT(traffic_value, DOUBLE, BOUNDARY, END, END, "million USD/year",
         "value of the freight delivered less the cost of carrying it"),
    ROOT(usage, DOUBLE, PERIOD, RESOURCE, END, NULL,
         "units in use (renewable) or consumed in the period (consumable)"),
    ROOT(cash, DOUBLE, PERIOD, END, END, "million USD", "money paid in the period, not discounted"),
    ROOT(km_repaired, DOUBLE, BOUNDARY, END, END, "km", "line repaired by the boundary"),
    ROOT(km_built, DOUBLE, BOUNDARY, END, END, "km", "line built by the boundary"),
    PRICE(renewable, GANGER_GRID_BITS, RENEWABLE, PERIOD, END, "million USD",
          "price of a unit for a period"),
    PRICE(window, GANGER_PLAN_FINEST, WINDOW, END, END, "million USD", "price of a unit within the window"),
    PRICE(segment, GANGER_GRID_BITS, BOUNDARY, SEGMENT, DIRECTION, "USD/t",
          "price of capacity on the segment"),
    PRICE(precedence, GANGER_GRID_BITS, PRECEDENCE, PERIOD, END, "million USD",
          "price of the precedence"),
    PRICE(rails, GANGER_GRID_BITS, RAILS, PERIOD, END, "million USD",
          "price of rails for a work that builds new line, in the order of work"),
    LIST(far_work, FAR, "position in work of a work that builds new line, rising"),
    LIST(far_first_opener, FAR_OFFSET,
         "rails come to work r by one of the works far_opener[far_first_opener[r] .. far_first_opener[r+1])"),
    LIST(far_opener, FAR_OPENER, "position in work, rising in each row"),
    PRICE(far, GANGER_GRID_BITS, FAR, PERIOD, END, "million USD",
          "price of rails that come from one of the row's works in time"),
    PRICE(target, GANGER_GRID_BITS, TARGET, END, END, "million USD/km", "price of a km that counts for the target"),
    LIST(closure_first_demand, CLOSURE_OFFSET,
            "row c is about the demands closure_demand[closure_first_demand[c] .. closure_first_demand[c+1])"),
    LIST(closure_demand, CLOSURE_DEMAND, "position in demand, rising in each row"),
    LIST(closure_arc, CLOSURE, "2 * position in link + direction"),
    LIST(closure_segment, CLOSURE, "position in segment, -1: by what works use of a renewable"),
    LIST(closure_renewable, CLOSURE, "position in renewable, -1: by works on a segment"),
    LIST(closure_from, CLOSURE,
         "works from which the row counts, as bits in the order of segments and of work: less what those not finished lack, and what others add"),
    LIST(closure_first_beside, CLOSURE_OFFSET,
         "row c is a cut if it has arcs besides: closure_beside_arc[closure_first_beside[c] .. closure_first_beside[c+1])"),
    LIST(closure_beside_arc, CLOSURE_BESIDE, "2 * position in link + direction"),
    LIST(closure_beside_segment, CLOSURE_BESIDE, "position in segment, -1: all that the link may ever let pass"),
    PRICE(closure, GANGER_GRID_BITS, CLOSURE, BOUNDARY, END, "USD/t",
          "price of the freight of the row's demands on the arc; of a cut wherever it goes"),
    LIST(pay_work, PAY, "position in work"),
    LIST(pay_period, PAY, "period; entries rise by period, then work"),
    PRICE(work, GANGER_GRID_BITS, PAY, END, END, "million USD/year",
          "what the work pays for being at work in the period"),
    LIST(state_period, STATE, "period of a node of a tree of states; nodes of a period are together, in preorder"),
    LIST(state_work, STATE,
         "position in work: the node's two branches are that it is at rest, and that it is at work; -1: a leaf"),
    LIST(state_first_arc, STATE_OFFSET,
         "leaf n prices the arcs state_arc[state_first_arc[n] .. state_first_arc[n+1])"),
    LIST(state_arc, STATE_ARC, "2 * position in link + direction, rising in each leaf"),
    PRICE(passage, GANGER_GRID_BITS, STATE_ARC, END, END, "USD/t", "price of capacity on the arc in these states"),
    LIST(energy_work, ENERGY, "position in work of the work that waits for all that come before it"),
    LIST(energy_renewable, ENERGY, "position in renewable of what the works waited for take"),
    PRICE(energy, GANGER_GRID_BITS, ENERGY, PERIOD, END, "million USD",
          "price of a unit for a period that is still to be worked from this period on"),
    PATHS("path_demand", demand, INT32, 0, PATH, NULL, "position in demand of the path's demand"),
    PATHS("path_first_arc", first_arc, INT32, 0, PATH_OFFSET, NULL,
          "path p has the arcs path_arc[path_first_arc[p] .. path_first_arc[p+1])"),
    PATHS("path_arc", arc, INT32, 0, PATH_ARC, NULL, "2 * position in link + direction, along the path"),
    PATHS("flow_boundary", flow_boundary, INT32, 0, FLOW_ROW, NULL, "position in boundary"),
    PATHS("flow_path", flow_path, INT32, 0, FLOW_ROW, NULL, "path"),
    PATHS("flow_mtpa", flow_mtpa, DOUBLE, GANGER_GRID_BITS, FLOW_ROW, "Mt/year",
         "freight on the path at the boundary"),
    REPLAN("kept_start", INT32, start, NULL, "period in which the work starts in the earlier plan, -1: nothing to keep"),
    REPLAN("kept_mode", INT32, mode, NULL, "its mode there"),
    REPLAN("held", INT32, held, NULL, "1: must be as in the earlier plan"),
    REPLAN("not_before", INT32, not_before, NULL, "period before which the work may not start unless it is held"),
    REPLAN("change_cost", DOUBLE, change_cost, "million USD", "cost of changing what is kept of the work"),
};
/* clang-format on */
const int ganger_plan_fields = sizeof ganger_plan_field / sizeof *ganger_plan_field;

#define FIGURE(name, type, member, varies)                                                         \
    {                                                                                              \
        name, GANGER_NETCDF_##type, offsetof(struct ganger_summary, member), varies, false, false  \
    }
#define RARE(name, type, member)                                                                   \
    {                                                                                              \
        name, GANGER_NETCDF_##type, offsetof(struct ganger_summary, member), false, true, false    \
    }
#define CHANGE(name, type, member)                                                                 \
    {                                                                                              \
        name, GANGER_NETCDF_##type, offsetof(struct ganger_summary, member), false, false, true    \
    }

const struct ganger_plan_figure ganger_plan_figure[] = {
    FIGURE("value", DOUBLE, value, false),
    FIGURE("bound", DOUBLE, bound, false),
    FIGURE("gap_percent", DOUBLE, gap_percent, false),
    FIGURE("term_traffic", DOUBLE, terms.traffic, false),
    FIGURE("term_terminal", DOUBLE, terms.terminal, false),
    FIGURE("term_cost", DOUBLE, terms.cost, false),
    FIGURE("term_tardiness", DOUBLE, terms.tardiness, false),
    FIGURE("term_shortfall", DOUBLE, terms.shortfall, false),
    FIGURE("total_km_repaired", DOUBLE, km_repaired, false),
    FIGURE("total_km_built", DOUBLE, km_built, false),
    FIGURE("total_km_upgraded", DOUBLE, km_upgraded, false),
    FIGURE("works_done", INT32, works_done, false),
    FIGURE("works", INT32, works, false),
    FIGURE("ticks", INT64, ticks, false),
    FIGURE("pace", INT64, pace, false),
    FIGURE("rounds", INT64, rounds, false),
    FIGURE("seed", INT64, seed, false),
    RARE("islands", INT32, islands),
    FIGURE("first_value", DOUBLE, first_value, false),
    FIGURE("first_time_s", DOUBLE, first_time_s, true),
    FIGURE("wall_s", DOUBLE, wall_s, true),
    FIGURE("threads", INT32, threads, true),
    CHANGE("term_changes", DOUBLE, terms.changes),
};
const int ganger_plan_figures = sizeof ganger_plan_figure / sizeof *ganger_plan_figure;

int ganger_plan_grid(const struct ganger_plan_field *field, const double *array, size_t count)
{
    double most = 0;
    int exponent;
    if (field->grid != GANGER_PLAN_FINEST) {
        return field->grid;
    }
    for (size_t i = 0; i < count; i++) {
        most = array[i] > most ? array[i] : most;
    }
    frexp(most, &exponent); /* most < 2^exponent */
    int bits = most > 0 ? 52 - exponent : GANGER_GRID_BITS;
    return bits < GANGER_GRID_BITS          ? GANGER_GRID_BITS
           : bits > GANGER_PLAN_FINEST_BITS ? GANGER_PLAN_FINEST_BITS
                                            : bits;
}

bool ganger_plan_has(const struct ganger_plan *plan, enum ganger_plan_group group)
{
    return group != GANGER_PLAN_REPLAN || plan->hold.start != NULL;
}

size_t ganger_plan_entries(const struct ganger_plan_field *field, const size_t sizes[GANGER_DIMS])
{
    size_t count = 1;
    for (int d = 0; d < GANGER_NETCDF_RANK && field->dims[d] != GANGER_DIM_END; d++) {
        count *= sizes[field->dims[d]];
    }
    return count;
}

void ganger_plan_round(const struct ganger_problem *problem, struct ganger_plan *plan)
{
    size_t sizes[GANGER_DIMS];
    ganger_plan_sizes(problem, plan, sizes);
    for (int i = 0; i < ganger_plan_fields; i++) {
        const struct ganger_plan_field *field = &ganger_plan_field[i];
        double *array = *ganger_plan_slot(plan, field);
        size_t count = field->grid == GANGER_PLAN_REAL ? 0 : ganger_plan_entries(field, sizes);
        for (size_t j = 0; j < count; j++) {
            array[j] = fmin(fmax(array[j], 0), GANGER_GRID_END / 2);
        }
        const double step = ldexp(1, -ganger_plan_grid(field, array, count));
        for (size_t j = 0; j < count; j++) {
            array[j] = floor(array[j] / step) * step; /* by a power of two: exact */
        }
    }
}

void **ganger_plan_slot(struct ganger_plan *plan, const struct ganger_plan_field *field)
{
    /* All pointers to objects look alike on the machines that POSIX knows. */
    return (void **)(void *)((char *)plan + field->offset);
}

void ganger_plan_sizes(const struct ganger_problem *problem, const struct ganger_plan *plan,
                       size_t sizes[GANGER_DIMS])
{
    memset(sizes, 0, GANGER_DIMS * sizeof *sizes);
    sizes[GANGER_DIM_PERIOD] = (size_t)problem->time.periods;
    sizes[GANGER_DIM_BOUNDARY] = (size_t)problem->time.periods + 1;
    sizes[GANGER_DIM_WORK] = (size_t)problem->works.count;
    sizes[GANGER_DIM_LINK] = (size_t)problem->links.count;
    sizes[GANGER_DIM_SEGMENT] = (size_t)problem->segments.count;
    sizes[GANGER_DIM_DEMAND] = (size_t)problem->demands.count;
    sizes[GANGER_DIM_RESOURCE] = (size_t)problem->resources.count;
    sizes[GANGER_DIM_DIRECTION] = 2;
    sizes[GANGER_DIM_RENEWABLE] = (size_t)problem->resources.renewables;
    sizes[GANGER_DIM_WINDOW] = (size_t)problem->resources.windows;
    sizes[GANGER_DIM_PRECEDENCE] = (size_t)problem->precedences.count;
    sizes[GANGER_DIM_RAILS] = (size_t)ganger_problem_new_line_works(problem);
    sizes[GANGER_DIM_TARGET] = (size_t)problem->targets.count;
    if (plan) {
        sizes[GANGER_DIM_PATH] = (size_t)plan->paths.count;
        sizes[GANGER_DIM_PATH_OFFSET] = (size_t)plan->paths.count + 1;
        if (plan->paths.count > 0) {
            sizes[GANGER_DIM_PATH_ARC] = (size_t)plan->paths.first_arc[plan->paths.count];
        }
        sizes[GANGER_DIM_FLOW_ROW] = (size_t)plan->paths.flows;
        sizes[GANGER_DIM_FAR] = (size_t)plan->prices.fars;
        sizes[GANGER_DIM_FAR_OFFSET] = (size_t)plan->prices.fars + 1;
        sizes[GANGER_DIM_FAR_OPENER] = (size_t)plan->prices.far_first_opener[plan->prices.fars];
        sizes[GANGER_DIM_CLOSURE] = (size_t)plan->prices.closures;
        sizes[GANGER_DIM_CLOSURE_OFFSET] = (size_t)plan->prices.closures + 1;
        if (plan->prices.closures > 0) {
            sizes[GANGER_DIM_CLOSURE_DEMAND] =
                (size_t)plan->prices.closure_first_demand[plan->prices.closures];
            sizes[GANGER_DIM_CLOSURE_BESIDE] =
                (size_t)plan->prices.closure_first_beside[plan->prices.closures];
        }
        sizes[GANGER_DIM_PAY] = (size_t)plan->prices.pays;
        sizes[GANGER_DIM_STATE] = (size_t)plan->prices.states;
        sizes[GANGER_DIM_STATE_OFFSET] = (size_t)plan->prices.states + 1;
        sizes[GANGER_DIM_STATE_ARC] = (size_t)plan->prices.state_first_arc[plan->prices.states];
        sizes[GANGER_DIM_ENERGY] = (size_t)plan->prices.energies;
        sizes[GANGER_DIM_STEP] = (size_t)plan->trace_rows;
    }
}
