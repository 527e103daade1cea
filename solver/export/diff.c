/* ganger_plan_diff: what changes from plan a to plan b of one instance, as text and as JSON. */
#include "check/referee.h"
#include "explain/sheet.h"
#include "explain/words.h"
#include "export/parts.h"
#include "instance/schema.h"
#include "plan/report.h"

#include <math.h>
#include <stdlib.h>

struct difference {
    const struct ganger_problem *problem;
    struct ganger_exporting a, b;
    struct ganger_sheet sheet;
    int rows; /* printed of each list */
};

void ganger_diff_options_init(struct ganger_diff_options *options)
{
    *options = (struct ganger_diff_options){.rows = 10};
}

static void put_change(struct difference *d, json_t *row, double a, double b)
{
    ganger_sheet_put_real(&d->sheet, row, "a", a);
    ganger_sheet_put_real(&d->sheet, row, "b", b);
    ganger_sheet_put_real(&d->sheet, row, "change", b - a);
}

static void put_term(struct difference *d, json_t *terms, const char *name, double a, double b)
{
    json_t *row = ganger_sheet_row(&d->sheet, terms);
    ganger_sheet_put_text(&d->sheet, row, "term", name);
    put_change(d, row, a, b);
}

static void print(struct difference *d, const json_t *rows,
                  const struct ganger_sheet_column *columns, int count, int most)
{
    ganger_sheet_print(
        &d->sheet, rows,
        (struct ganger_sheet_table){.columns = columns, .count = count, .rows = most, .indent = 0});
}

static void say_value(struct difference *d)
{
    static const struct ganger_sheet_column npv[] = {
        {NULL, "term", "M USD", GANGER_SHEET_TEXT, 0},
        {NULL, "a", "plan a", GANGER_SHEET_NUMBER, 1},
        {NULL, "b", "plan b", GANGER_SHEET_NUMBER, 1},
        {NULL, "change", "change", GANGER_SHEET_SIGNED, 1}};
    static const struct ganger_sheet_column makespan[] = {
        {NULL, "term", "periods", GANGER_SHEET_TEXT, 0},
        {NULL, "a", "plan a", GANGER_SHEET_NUMBER, 0},
        {NULL, "b", "plan b", GANGER_SHEET_NUMBER, 0},
        {NULL, "change", "change", GANGER_SHEET_SIGNED, 0}};
    const struct ganger_summary *a = &d->a.plan->summary, *b = &d->b.plan->summary;
    const struct ganger_terms *of_a = &a->terms, *of_b = &b->terms;
    bool is_npv = d->problem->objective == GANGER_OBJECTIVE_NPV;
    json_t *terms = ganger_sheet_array(&d->sheet, d->sheet.root, "terms");
    put_term(d, terms, is_npv ? "value" : "makespan", a->value, b->value);
    if (is_npv) { /* costs with the sign that they have in the value */
        put_term(d, terms, "traffic, years of the programme", of_a->traffic, of_b->traffic);
        put_term(d, terms, "traffic, years after it", of_a->terminal, of_b->terminal);
        put_term(d, terms, "works, discounted", -of_a->cost, -of_b->cost);
        put_term(d, terms, "tardiness", -of_a->tardiness, -of_b->tardiness);
        put_term(d, terms, "targets missed", -of_a->shortfall, -of_b->shortfall);
        if (a->replan.replanned || b->replan.replanned) {
            put_term(d, terms, "changes to an earlier plan", -of_a->changes, -of_b->changes);
        }
    }
    put_term(d, terms, "bound", a->bound, b->bound);
    print(d, terms, is_npv ? npv : makespan, 4, 0);
}

static void put_year(struct difference *d, json_t *years, int32_t y)
{
    struct ganger_export_year a = ganger_export_year(&d->a, y), b = ganger_export_year(&d->b, y);
    json_t *row = ganger_sheet_row(&d->sheet, years);
    char name[GANGER_YEAR_SIZE];
    snprintf(name, sizeof name, "%d", d->a.years.first + y);
    ganger_sheet_put_text(&d->sheet, row, "year", name);
    for (int kind = 0; kind < GANGER_WORK_KINDS; kind++) {
        put_change(d, ganger_sheet_object(&d->sheet, row, ganger_work_kind_names[kind]), a.km[kind],
                   b.km[kind]);
    }
    put_change(d, ganger_sheet_object(&d->sheet, row, "paid"), a.paid, b.paid);
    put_change(d, ganger_sheet_object(&d->sheet, row, "delivered_mt"), a.delivered, b.delivered);
}

static void say_years(struct difference *d)
{
    static const struct ganger_sheet_column columns[] = {
        {NULL, "year", "year", GANGER_SHEET_TEXT, 0},
        {"repair", "a", "km repaired a", GANGER_SHEET_NUMBER, 0},
        {"repair", "b", "b", GANGER_SHEET_NUMBER, 0},
        {"build", "a", "km built a", GANGER_SHEET_NUMBER, 0},
        {"build", "b", "b", GANGER_SHEET_NUMBER, 0},
        {"upgrade", "a", "km upgraded a", GANGER_SHEET_NUMBER, 0},
        {"upgrade", "b", "b", GANGER_SHEET_NUMBER, 0},
        {"paid", "a", "M USD paid a", GANGER_SHEET_NUMBER, 0},
        {"paid", "b", "b", GANGER_SHEET_NUMBER, 0},
        {"delivered_mt", "a", "Mt a", GANGER_SHEET_NUMBER, 1},
        {"delivered_mt", "b", "b", GANGER_SHEET_NUMBER, 1}};
    json_t *years = ganger_sheet_array(&d->sheet, d->sheet.root, "years");
    for (int32_t y = 0; y < d->a.years.count; y++) {
        put_year(d, years, y);
    }
    if (d->problem->objective == GANGER_OBJECTIVE_NPV) {
        ganger_sheet_say(&d->sheet, "\n");
        print(d, years, columns, sizeof columns / sizeof *columns, 0);
    }
}

static double weeks(const struct difference *d, int32_t from, int32_t to)
{
    return ((double)to - from) * d->problem->time.period_days / 7;
}

static double cost_of(const struct ganger_exporting *x, int32_t w)
{
    int32_t mode = ganger_export_mode(x, w);
    return mode == GANGER_NONE ? 0 : x->problem->modes.cost[mode];
}

static void put_dates(struct difference *d, json_t *row, const char *key,
                      const struct ganger_exporting *x, int32_t w)
{
    char date[GANGER_DATE_SIZE];
    json_t *is = ganger_sheet_object(&d->sheet, row, key);
    ganger_sheet_put_text(&d->sheet, is, "mode",
                          ganger_words_mode(d->problem, ganger_export_mode(x, w)));
    ganger_sheet_put_text(&d->sheet, is, "start",
                          ganger_date_format(ganger_export_first_day(x, w), date));
    ganger_sheet_put_text(&d->sheet, is, "finish",
                          ganger_date_format(ganger_export_last_day(x, w), date));
    ganger_sheet_put_real(&d->sheet, is, "cost", cost_of(x, w));
}

/* Lists of works, by what happens to them. */
enum change { MOVED, MODE, ADDED, DROPPED, CHANGES };

static enum change change_of(const struct difference *d, int32_t w)
{
    const struct ganger_plan *a = d->a.plan, *b = d->b.plan;
    if (a->start[w] < 0 || b->start[w] < 0) {
        return a->start[w] == b->start[w] ? CHANGES : a->start[w] < 0 ? ADDED : DROPPED;
    }
    if (a->mode[w] != b->mode[w]) {
        return MODE;
    }
    return a->start[w] != b->start[w] ? MOVED : CHANGES;
}

/* What the rows of a list are sorted by: M USD, of works that are moved times weeks; works without money by weeks. */
static double size_of(const struct difference *d, enum change change, int32_t w)
{
    double a = cost_of(&d->a, w), b = cost_of(&d->b, w);
    double moved = fabs(weeks(d, d->a.plan->start[w], d->b.plan->start[w]));
    bool npv = d->problem->objective == GANGER_OBJECTIVE_NPV;
    switch (change) {
    case MOVED:
        return npv ? b * moved : moved;
    case MODE:
        return npv ? fabs(b - a) : moved;
    default:
        return a + b;
    }
}

static void put_work(struct difference *d, json_t *list, enum change change, int32_t w)
{
    const struct ganger_works *works = &d->problem->works;
    json_t *row = ganger_sheet_row(&d->sheet, list);
    ganger_sheet_put_text(&d->sheet, row, "id", works->id[w]);
    ganger_sheet_put_text(&d->sheet, row, "name", ganger_words_work(d->problem, w));
    ganger_sheet_put_text(&d->sheet, row, "kind", ganger_work_kind_names[works->kind[w]]);
    ganger_sheet_put_real(&d->sheet, row, "km", works->km[w]);
    if (change != ADDED) {
        put_dates(d, row, "a", &d->a, w);
    }
    if (change != DROPPED) {
        put_dates(d, row, "b", &d->b, w);
    }
    if (change == MOVED || change == MODE) {
        ganger_sheet_put_real(&d->sheet, row, "weeks",
                              weeks(d, d->a.plan->start[w], d->b.plan->start[w]));
        ganger_sheet_put_real(&d->sheet, row, "cost_change", cost_of(&d->b, w) - cost_of(&d->a, w));
    }
    ganger_sheet_put_real(&d->sheet, row, "size", size_of(d, change, w));
}

static const struct {
    const char *key, *heading;
    int columns;
    struct ganger_sheet_column column[8];
} lists[CHANGES] = {
    [MOVED] = {"moved",
               "Works moved, by M USD times weeks",
               7,
               {{NULL, "id", "id", GANGER_SHEET_TEXT, 20},
                {NULL, "name", "work", GANGER_SHEET_TEXT, 40},
                {NULL, "kind", "kind", GANGER_SHEET_TEXT, 0},
                {"a", "start", "start a", GANGER_SHEET_TEXT, 0},
                {"b", "start", "start b", GANGER_SHEET_TEXT, 0},
                {NULL, "weeks", "weeks", GANGER_SHEET_SIGNED, 1},
                {"b", "cost", "M USD", GANGER_SHEET_NUMBER, 1}}},
    [MODE] = {"mode_changed",
              "Works done in another mode, by change of cost",
              8,
              {{NULL, "id", "id", GANGER_SHEET_TEXT, 20},
               {NULL, "name", "work", GANGER_SHEET_TEXT, 40},
               {"a", "mode", "mode a", GANGER_SHEET_TEXT, 0},
               {"b", "mode", "mode b", GANGER_SHEET_TEXT, 0},
               {"a", "start", "start a", GANGER_SHEET_TEXT, 0},
               {"b", "start", "start b", GANGER_SHEET_TEXT, 0},
               {NULL, "weeks", "weeks", GANGER_SHEET_SIGNED, 1},
               {NULL, "cost_change", "M USD", GANGER_SHEET_SIGNED, 1}}},
    [ADDED] = {"added",
               "Works only in plan b, by cost",
               7,
               {{NULL, "id", "id", GANGER_SHEET_TEXT, 20},
                {NULL, "name", "work", GANGER_SHEET_TEXT, 40},
                {NULL, "kind", "kind", GANGER_SHEET_TEXT, 0},
                {"b", "start", "start", GANGER_SHEET_TEXT, 0},
                {"b", "finish", "finish", GANGER_SHEET_TEXT, 0},
                {NULL, "km", "km", GANGER_SHEET_NUMBER, 1},
                {"b", "cost", "M USD", GANGER_SHEET_NUMBER, 1}}},
    [DROPPED] = {"dropped",
                 "Works only in plan a, by cost",
                 7,
                 {{NULL, "id", "id", GANGER_SHEET_TEXT, 20},
                  {NULL, "name", "work", GANGER_SHEET_TEXT, 40},
                  {NULL, "kind", "kind", GANGER_SHEET_TEXT, 0},
                  {"a", "start", "start", GANGER_SHEET_TEXT, 0},
                  {"a", "finish", "finish", GANGER_SHEET_TEXT, 0},
                  {NULL, "km", "km", GANGER_SHEET_NUMBER, 1},
                  {"a", "cost", "M USD", GANGER_SHEET_NUMBER, 1}}},
};

static void say_list(struct difference *d, enum change change, json_t *list)
{
    int count = (int)json_array_size(list);
    if (count == 0) {
        return;
    }
    ganger_sheet_sort(&d->sheet, list, "size");
    ganger_sheet_say(&d->sheet, "\n%s%s\n", lists[change].heading,
                     count > d->rows ? ", the first of them" : "");
    print(d, list, lists[change].column, lists[change].columns, d->rows);
}

static void say_works(struct difference *d)
{
    json_t *works = ganger_sheet_object(&d->sheet, d->sheet.root, "works");
    json_t *list[CHANGES];
    int32_t same = 0, out = 0, count[CHANGES] = {0};
    for (int i = 0; i < CHANGES; i++) {
        list[i] = ganger_sheet_array(&d->sheet, works, lists[i].key);
    }
    for (int32_t w = 0; w < d->problem->works.count; w++) {
        enum change change = change_of(d, w);
        if (change != CHANGES) {
            put_work(d, list[change], change, w);
            count[change]++;
        } else {
            same += d->a.plan->start[w] >= 0;
            out += d->a.plan->start[w] < 0;
        }
    }
    ganger_sheet_put_integer(&d->sheet, works, "same", same);
    ganger_sheet_put_integer(&d->sheet, works, "left_out_of_both", out);
    ganger_sheet_say(&d->sheet,
                     "\nWorks: %d the same, %d moved, %d in another mode, %d only in b, %d only in "
                     "a, %d in neither\n",
                     same, count[MOVED], count[MODE], count[ADDED], count[DROPPED], out);
    for (int i = 0; i < CHANGES; i++) {
        say_list(d, (enum change)i, list[i]);
    }
}

static void say_title(struct difference *d, const char *const paths[2])
{
    const struct ganger_problem *p = d->problem;
    struct ganger_sheet *sheet = &d->sheet;
    bool npv = p->objective == GANGER_OBJECTIVE_NPV;
    ganger_sheet_put_text(sheet, sheet->root, "objective", npv ? "npv" : "makespan");
    ganger_sheet_put_text(sheet, sheet->root, "name", p->name);
    ganger_sheet_put_text(sheet, sheet->root, "plan_a", paths[0]);
    ganger_sheet_put_text(sheet, sheet->root, "plan_b", paths[1]);
    ganger_sheet_say(sheet, "%s\nplan a  %s\nplan b  %s\n\n",
                     p->title && p->title[0] ? p->title : p->name, paths[0], paths[1]);
}

static ganger_status compare(const struct ganger_problem *problem,
                             struct ganger_plan *const plans[2], const char *const paths[2],
                             const struct ganger_diff_options *options, char **text)
{
    struct difference d = {.problem = problem, .rows = options->rows > 0 ? options->rows : 10};
    ganger_sheet_open(&d.sheet);
    bool ready = ganger_exporting_init(&d.a, problem, plans[0]);
    ready = ganger_exporting_init(&d.b, problem, plans[1]) && ready;
    if (ready) {
        say_title(&d, paths);
        say_value(&d);
        say_years(&d);
        say_works(&d);
        *text = ganger_sheet_take(&d.sheet, options->json);
    }
    ganger_exporting_clear(&d.a);
    ganger_exporting_clear(&d.b);
    ganger_sheet_clear(&d.sheet);
    return *text ? GANGER_STATUS_OK : GANGER_STATUS_OUT_OF_MEMORY;
}

ganger_status ganger_plan_diff(const struct ganger_problem *problem,
                               const char *const plan_paths[2],
                               const struct ganger_diff_options *options, char **text,
                               struct ganger_findings *findings)
{
    ganger_status status = GANGER_STATUS_OK;
    struct ganger_plan *plans[2] = {NULL, NULL};
    *text = NULL;
    for (int i = 0; i < 2; i++) {
        GANGER_TRY(ganger_plan_read(problem, plan_paths[i], &plans[i], findings));
        GANGER_TRY(ganger_referee_check(problem, plans[i], plan_paths[i], NULL, findings));
    }
    if (compare(problem, plans, plan_paths, options, text) != GANGER_STATUS_OK) {
        status = ganger_findings_out_of_memory(findings);
    }
out:
    ganger_plan_destroy(plans[0]);
    ganger_plan_destroy(plans[1]);
    return status;
}
