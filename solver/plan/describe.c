/* The plan in a planner's words: what it is worth, when what is done, who is busy. At most 50 lines. */
#include "base/date.h"
#include "base/text.h"
#include "plan/plan.h"
#include "plan/report.h"

#include <math.h>
#include <stdlib.h>

static const char *const kind_names[GANGER_WORK_KINDS] = {"repair", "build", "upgrade", "facility"};

static void add_value(struct ganger_text *out, const struct ganger_plan *plan,
                      const struct ganger_problem *p)
{
    const struct ganger_summary *s = &plan->summary;
    if (p->objective == GANGER_OBJECTIVE_MAKESPAN) {
        ganger_text_format(out,
                           "Makespan %.0f periods; no plan takes fewer than %.0f (gap %.2f %%)\n",
                           s->value, s->bound, s->gap_percent);
        return;
    }
    ganger_report_line(out, "Programme value", s->value);
    ganger_report_line(out, "  traffic, years of the programme", s->terms.traffic);
    ganger_report_line(out, "  traffic, years after it", s->terms.terminal);
    ganger_report_line(out, "  works, discounted", -s->terms.cost);
    ganger_report_line(out, "  tardiness", -s->terms.tardiness);
    ganger_report_line(out, "  targets missed", -s->terms.shortfall);
    if (s->replan.replanned) {
        ganger_report_line(out, "  changes to the earlier plan", -s->terms.changes);
        ganger_report_line(out, "Value without the cost of changes", s->value + s->terms.changes);
    }
    char text[GANGER_REPORT_NUMBER];
    ganger_report_number(text, fmax(0, s->bound - s->value), 1);
    if (isfinite(s->gap_percent)) {
        ganger_text_format(out,
                           "Proven: at most %s M USD, %.2f %% of the programme's %s, below the "
                           "best possible\n",
                           text, fmax(0, s->gap_percent), s->terms.cost > 0 ? "cost" : "value");
    } else {
        ganger_text_format(out, "Proven: at most %s M USD below the best possible\n", text);
    }
}

static void add_changes(struct ganger_text *out, const struct ganger_plan *plan)
{
    const struct ganger_replan_summary *r = &plan->summary.replan;
    if (r->replanned) {
        int changed = r->moved + r->mode_changed + r->dropped;
        ganger_text_format(
            out,
            "\nOf %d works of the earlier plan: %d as they were (%d held), %d moved, "
            "%d in another mode, %d left out\n",
            r->works, r->works - changed, r->held, r->moved, r->mode_changed, r->dropped);
    }
}

static void add_works(struct ganger_text *out, const struct ganger_plan *plan,
                      const struct ganger_problem *p)
{
    ganger_text_format(out, "\n%-12s %8s %8s %10s %10s %12s\n", "works", "done", "left out",
                       "km done", "km left", "M USD");
    for (int kind = 0; kind < GANGER_WORK_KINDS; kind++) {
        int32_t count[2] = {0};
        double km[2] = {0}, cost = 0;
        for (int32_t w = 0; w < p->works.count; w++) {
            if (p->works.kind[w] == kind) {
                bool done = plan->start[w] >= 0;
                count[done]++;
                km[done] += p->works.km[w];
                cost += done ? p->modes.cost[p->works.first_mode[w] + plan->mode[w]] : 0;
            }
        }
        if (count[0] + count[1] > 0) {
            char done_km[GANGER_REPORT_NUMBER], left_km[GANGER_REPORT_NUMBER],
                money[GANGER_REPORT_NUMBER];
            ganger_text_format(out, "%-12s %8d %8d %10s %10s %12s\n", kind_names[kind], count[1],
                               count[0], ganger_report_number(done_km, km[1], 0),
                               ganger_report_number(left_km, km[0], 0),
                               ganger_report_number(money, cost, 0));
        }
    }
}

double ganger_report_target_km(const struct ganger_plan *plan, const struct ganger_problem *problem,
                               int32_t target, int32_t by)
{
    const struct ganger_works *works = &problem->works;
    double km = 0;
    for (int32_t w = 0; w < works->count; w++) {
        bool counts = (problem->targets.kinds[target] >> works->kind[w] & 1u) != 0;
        km += counts && plan->start[w] >= 0 && plan->finish[w] <= by ? works->km[w] : 0;
    }
    return km;
}

int32_t ganger_report_target_reached(const struct ganger_plan *plan,
                                     const struct ganger_problem *problem, int32_t target)
{
    int32_t low = 0, high = problem->time.periods + 1;
    while (low < high) { /* km only grow */
        int32_t middle = low + (high - low) / 2;
        if (ganger_report_target_km(plan, problem, target, middle) >=
            problem->targets.km[target] - 1e-6) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

static void add_targets(struct ganger_text *out, const struct ganger_plan *plan,
                        const struct ganger_problem *p)
{
    ganger_text_add(out, p->targets.count > 0 ? "\n" : "");
    for (int32_t g = 0; g < p->targets.count && g < GANGER_REPORT_ROWS; g++) {
        char done[GANGER_REPORT_NUMBER], wanted[GANGER_REPORT_NUMBER], date[GANGER_DATE_SIZE];
        int32_t by = p->targets.by[g];
        double km = ganger_report_target_km(plan, p, g, by);
        ganger_text_format(out, "%s: %s of %s km by %s", p->targets.id[g],
                           ganger_report_number(done, km, 0),
                           ganger_report_number(wanted, p->targets.km[g], 0),
                           ganger_date_format(ganger_report_last_day(p, by), date));
        int32_t when = ganger_report_target_reached(plan, p, g);
        if (when > p->time.periods) {
            ganger_text_add(out, ", not reached within the horizon\n");
        } else {
            ganger_text_format(out, ", reached %s\n",
                               ganger_date_format(ganger_report_last_day(p, when), date));
        }
    }
}

ganger_status ganger_plan_describe(const struct ganger_plan *plan,
                                   const struct ganger_problem *problem, char **text)
{
    struct ganger_text out;
    ganger_text_init(&out);
    ganger_text_format(&out, "%s\n",
                       problem->title && problem->title[0] ? problem->title : problem->name);
    add_value(&out, plan, problem);
    add_changes(&out, plan);
    add_targets(&out, plan, problem);
    add_works(&out, plan, problem);
    bool enough =
        ganger_report_years(&out, plan, problem) && ganger_report_projects(&out, plan, problem) &&
        ganger_report_resources(&out, plan, problem) && ganger_report_links(&out, plan, problem);
    *text = ganger_text_take_shown(&out);
    if (!enough) {
        free(*text);
        *text = NULL;
    }
    return *text ? GANGER_STATUS_OK : GANGER_STATUS_OUT_OF_MEMORY;
}
