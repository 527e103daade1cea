/* ganger_plan_explain: reads and referees a plan, then explains it section by section. */
#include "explain/explain.h"

#include "check/referee.h"
#include "explain/parts.h"
#include "lp/lp.h"
#include "plan/report.h"

#include <stdlib.h>
#include <string.h>

void ganger_explain_options_init(struct ganger_explain_options *options)
{
    *options = (struct ganger_explain_options){.rows = 10};
}

void ganger_explain_head(struct ganger_explaining *x, const char *heading)
{
    ganger_sheet_say(x->sheet, "\n%s\n", heading);
    for (int i = ganger_text_width(heading); i > 0; i--) {
        ganger_sheet_say(x->sheet, "-");
    }
    ganger_sheet_say(x->sheet, "\n");
}

int ganger_explain_year_columns(const struct ganger_explaining *x,
                                struct ganger_sheet_column *columns, int first, const char *group,
                                int decimals)
{
    for (int32_t y = 0; y < x->years.count; y++) {
        columns[first + y] = (struct ganger_sheet_column){group, x->years.name[y], x->years.name[y],
                                                          GANGER_SHEET_NUMBER, decimals};
    }
    return first + x->years.count;
}

/* Finds the works that are asked for. */
static ganger_status find_works(const struct ganger_problem *problem,
                                const struct ganger_explain_options *options, int32_t *found,
                                struct ganger_findings *findings)
{
    ganger_status status = GANGER_STATUS_OK;
    for (int i = 0; i < options->work_count; i++) {
        const char *id = options->works[i];
        char quoted[GANGER_TEXT_QUOTED];
        found[i] = GANGER_NONE;
        for (int32_t w = 0; w < problem->works.count && found[i] == GANGER_NONE; w++) {
            found[i] = strcmp(problem->works.id[w], id) == 0 ? w : GANGER_NONE;
        }
        if (found[i] == GANGER_NONE) {
            const char *near = ganger_text_nearest(id, (const char *const *)problem->works.id,
                                                   problem->works.count);
            status = ganger_findings_add(findings, GANGER_STATUS_MISUSE, "work.csv", 0, "work_id",
                                         near ? "unknown work %s: did you mean \"%s\"?"
                                              : "unknown work %s",
                                         ganger_text_quote(id, quoted), near);
        }
    }
    return status;
}

static ganger_status short_of_memory_or_lp(const struct ganger_explaining *x,
                                           struct ganger_findings *findings)
{
    if (x->what_if && x->what_if->failed) {
        return ganger_findings_add(findings, GANGER_STATUS_INTERNAL, "explain", 0, NULL,
                                   "the traffic of a period could not be solved");
    }
    return ganger_findings_out_of_memory(findings);
}

static bool open_prices(struct ganger_explaining *x)
{
    x->facts = ganger_facts_create(x->problem);
    x->places = malloc(((size_t)x->problem->works.count + 1) * sizeof *x->places);
    return x->facts && x->places && ganger_far_open(&x->far, x->facts, &x->plan->prices) &&
           ganger_bound_places(x->facts, &x->plan->prices, x->places);
}

static void explain_title(struct ganger_explaining *x)
{
    const struct ganger_problem *p = x->problem;
    const struct ganger_summary *s = &x->plan->summary;
    json_t *root = x->sheet->root;
    bool makespan = p->objective == GANGER_OBJECTIVE_MAKESPAN;
    ganger_sheet_put_text(x->sheet, root, "objective", makespan ? "makespan" : "npv");
    ganger_sheet_put_text(x->sheet, root, "name", p->name);
    ganger_sheet_put_real(x->sheet, root, "value", s->value);
    ganger_sheet_put_real(x->sheet, root, "bound", s->bound);
    ganger_sheet_say(x->sheet, "%s\n", p->title && p->title[0] ? p->title : p->name);
    char value[GANGER_REPORT_NUMBER], bound[GANGER_REPORT_NUMBER];
    if (makespan) {
        ganger_sheet_say(x->sheet, "Makespan %.0f periods, no plan takes fewer than %.0f\n",
                         s->value, s->bound);
        ganger_sheet_say(x->sheet,
                         "A makespan has no prices: its bound is one of chains, energy and "
                         "search. Explained are the gangs\nthat are full and the works "
                         "asked for.\n");
    } else {
        ganger_sheet_say(x->sheet, "Plan worth %s M USD; no plan is worth more than %s M USD\n",
                         ganger_report_number(value, s->value, 1),
                         ganger_report_number(bound, s->bound, 1));
    }
}

static bool explain_sections(struct ganger_explaining *x, bool links)
{
    bool npv = x->problem->objective == GANGER_OBJECTIVE_NPV;
    if (npv && !ganger_explain_prices(x)) {
        return false;
    }
    ganger_sheet_object(x->sheet, x->sheet->root, "binding");
    ganger_explain_head(x, "What binds");
    ganger_explain_gangs(x);
    ganger_explain_windows(x);
    if (npv && links && x->problem->links.count > 0 && !ganger_explain_links(x)) {
        return false;
    }
    ganger_explain_targets(x);
    ganger_explain_dates(x);
    if (npv) {
        ganger_explain_left_out(x);
    }
    return true;
}

static void explain_works(struct ganger_explaining *x, const int32_t *works, int count)
{
    json_t *array = ganger_sheet_array(x->sheet, x->sheet->root, "works");
    if (count > 0) {
        bool npv = x->problem->objective == GANGER_OBJECTIVE_NPV;
        ganger_explain_head(x, "Works asked for");
        ganger_sheet_say(x->sheet,
                         npv ? "Exact, in M USD discounted. Value: + is better. Cost, tardiness "
                               "and targets missed: + is dearer.\n"
                             : "Values are periods by which the last finish comes sooner.\n");
    }
    for (int i = 0; i < count; i++) {
        ganger_explain_work(x, array, works[i]);
    }
}

static ganger_status open_explaining(struct ganger_explaining *x, struct ganger_findings *findings)
{
    ganger_sheet_open(x->sheet);
    ganger_years_of(x->problem, &x->years);
    x->what_if = ganger_what_if_create(x->problem, x->plan);
    bool ready = x->what_if && (x->problem->objective != GANGER_OBJECTIVE_NPV || open_prices(x));
    return ready ? GANGER_STATUS_OK : ganger_findings_out_of_memory(findings);
}

static void close_explaining(struct ganger_explaining *x)
{
    free(x->places);
    ganger_far_close(&x->far);
    ganger_facts_destroy(x->facts);
    ganger_what_if_destroy(x->what_if);
    ganger_sheet_clear(x->sheet);
    ganger_lp_release_thread();
}

/* Explains a plan that the referee has passed. */
static ganger_status explain(const struct ganger_problem *problem, const struct ganger_plan *plan,
                             const struct ganger_explain_options *options, char **text,
                             struct ganger_findings *findings)
{
    ganger_status status = GANGER_STATUS_OK;
    struct ganger_sheet sheet = {0};
    struct ganger_explaining x = {.problem = problem,
                                  .plan = plan,
                                  .sheet = &sheet,
                                  .rows = options->rows > 0 ? options->rows : 10};
    int32_t *works = malloc(((size_t)options->work_count + 1) * sizeof *works);
    if (!works) {
        status = ganger_findings_out_of_memory(findings);
        goto out;
    }
    GANGER_TRY(find_works(problem, options, works, findings));
    GANGER_TRY(open_explaining(&x, findings));
    explain_title(&x);
    bool ready = explain_sections(&x, true);
    explain_works(&x, works, options->work_count);
    *text = ready && !x.what_if->failed ? ganger_sheet_take(&sheet, options->json) : NULL;
    status = *text ? GANGER_STATUS_OK : short_of_memory_or_lp(&x, findings);
out:
    free(works);
    close_explaining(&x);
    return status;
}

ganger_status ganger_explain_tree(const struct ganger_problem *problem,
                                  const struct ganger_plan *plan, json_t **tree,
                                  struct ganger_findings *findings)
{
    ganger_status status = GANGER_STATUS_OK;
    struct ganger_sheet sheet = {0};
    struct ganger_explaining x = {.problem = problem, .plan = plan, .sheet = &sheet, .rows = 1};
    *tree = NULL;
    GANGER_TRY(open_explaining(&x, findings));
    explain_title(&x);
    if (!explain_sections(&x, !ganger_search_is_large(problem)) || sheet.failed) {
        status = short_of_memory_or_lp(&x, findings);
        goto out;
    }
    *tree = json_incref(sheet.root);
out:
    close_explaining(&x);
    return status;
}

ganger_status ganger_plan_explain(const struct ganger_problem *problem, const char *plan_path,
                                  const struct ganger_explain_options *options, char **text,
                                  struct ganger_findings *findings)
{
    ganger_status status = GANGER_STATUS_OK;
    struct ganger_plan *plan = NULL;
    *text = NULL;
    GANGER_TRY(ganger_plan_read(problem, plan_path, &plan, findings));
    GANGER_TRY(ganger_referee_check(problem, plan, plan_path, NULL, findings));
    GANGER_TRY(explain(ganger_plan_problem(plan, problem), plan, options, text, findings));
out:
    ganger_plan_destroy(plan);
    return status;
}
