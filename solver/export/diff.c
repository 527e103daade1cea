/*
 * What changes from plan a to plan b, as text and as JSON. The two may be of two instances: works are the same by id, modes
 * too, and starts are compared by date.
 */
#include "base/lookup.h"
#include "check/referee.h"
#include "explain/sheet.h"
#include "explain/words.h"
#include "export/parts.h"
#include "instance/schema.h"
#include "plan/report.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct difference {
    const struct ganger_problem *problem; /* of plan a */
    bool two;                             /* there is another instance, of plan b */
    struct ganger_exporting a, b;
    int32_t *twin,
        *back; /* [works of a] work of b with the same id or GANGER_NONE; and the other way round */
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

/* A year of the calendar; nothing in one that the programme does not have. */
static struct ganger_export_year year_of(const struct ganger_exporting *x, int32_t year)
{
    int32_t i = year - x->years.first;
    return i >= 0 && i < x->years.count ? ganger_export_year(x, i) : (struct ganger_export_year){0};
}

static void put_year(struct difference *d, json_t *years, int32_t year)
{
    struct ganger_export_year a = year_of(&d->a, year), b = year_of(&d->b, year);
    json_t *row = ganger_sheet_row(&d->sheet, years);
    char name[GANGER_YEAR_SIZE];
    snprintf(name, sizeof name, "%d", year);
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
    const struct ganger_export_years *a = &d->a.years, *b = &d->b.years;
    int32_t first = a->first < b->first ? a->first : b->first;
    int32_t a_end = a->first + a->count, b_end = b->first + b->count;
    for (int32_t year = first; year < a_end || year < b_end; year++) {
        put_year(d, years, year);
    }
    if (d->problem->objective == GANGER_OBJECTIVE_NPV) {
        ganger_sheet_say(&d->sheet, "\n");
        print(d, years, columns, sizeof columns / sizeof *columns, 0);
    }
}

/* A work of either plan: its number in both, GANGER_NONE where an instance does not have it. */
struct pair {
    int32_t a, b;
};

static bool is_done(const struct ganger_exporting *x, int32_t w)
{
    return w != GANGER_NONE && x->plan->start[w] >= 0;
}

/* Of a work that both plans do. */
static double weeks(const struct difference *d, struct pair w)
{
    return (double)(ganger_export_first_day(&d->b, w.b) - ganger_export_first_day(&d->a, w.a)) / 7;
}

static const char *mode_of(const struct ganger_exporting *x, int32_t w)
{
    return x->problem->modes.id[ganger_export_mode(x, w)];
}

static double cost_of(const struct ganger_exporting *x, int32_t w)
{
    return is_done(x, w) ? x->problem->modes.cost[ganger_export_mode(x, w)] : 0;
}

static void put_dates(struct difference *d, json_t *row, const char *key,
                      const struct ganger_exporting *x, int32_t w)
{
    char date[GANGER_DATE_SIZE];
    json_t *is = ganger_sheet_object(&d->sheet, row, key);
    ganger_sheet_put_text(&d->sheet, is, "mode",
                          ganger_words_mode(x->problem, ganger_export_mode(x, w)));
    ganger_sheet_put_text(&d->sheet, is, "start",
                          ganger_date_format(ganger_export_first_day(x, w), date));
    ganger_sheet_put_text(&d->sheet, is, "finish",
                          ganger_date_format(ganger_export_last_day(x, w), date));
    ganger_sheet_put_real(&d->sheet, is, "cost", cost_of(x, w));
}

/* Lists of works, by what happens to them. */
enum change { MOVED, MODE, ADDED, DROPPED, CHANGES };

static enum change change_of(const struct difference *d, struct pair w)
{
    bool a = is_done(&d->a, w.a), b = is_done(&d->b, w.b);
    if (!a || !b) {
        return a == b ? CHANGES : a ? DROPPED : ADDED;
    }
    if (strcmp(mode_of(&d->a, w.a), mode_of(&d->b, w.b)) != 0) {
        return MODE;
    }
    return weeks(d, w) != 0 ? MOVED : CHANGES;
}

/* What the rows of a list are sorted by: M USD, of works that are moved times weeks; works without money by weeks. */
static double size_of(const struct difference *d, enum change change, struct pair w)
{
    double a = cost_of(&d->a, w.a), b = cost_of(&d->b, w.b);
    bool npv = d->problem->objective == GANGER_OBJECTIVE_NPV;
    switch (change) {
    case MOVED:
        return npv ? b * fabs(weeks(d, w)) : fabs(weeks(d, w));
    case MODE:
        return npv ? fabs(b - a) : fabs(weeks(d, w));
    default:
        return a + b;
    }
}

static void put_work(struct difference *d, json_t *list, enum change change, struct pair w)
{
    const struct ganger_problem *p = w.a != GANGER_NONE ? d->a.problem : d->b.problem;
    int32_t own = w.a != GANGER_NONE ? w.a : w.b;
    json_t *row = ganger_sheet_row(&d->sheet, list);
    ganger_sheet_put_text(&d->sheet, row, "id", p->works.id[own]);
    ganger_sheet_put_text(&d->sheet, row, "name", ganger_words_work(p, own));
    ganger_sheet_put_text(&d->sheet, row, "kind", ganger_work_kind_names[p->works.kind[own]]);
    ganger_sheet_put_real(&d->sheet, row, "km", p->works.km[own]);
    if (change != ADDED) {
        put_dates(d, row, "a", &d->a, w.a);
    }
    if (change != DROPPED) {
        put_dates(d, row, "b", &d->b, w.b);
    }
    if (change == MOVED || change == MODE) {
        ganger_sheet_put_real(&d->sheet, row, "weeks", weeks(d, w));
        ganger_sheet_put_real(&d->sheet, row, "cost_change",
                              cost_of(&d->b, w.b) - cost_of(&d->a, w.a));
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

/* Counts of works: of each change, and of those that have none. */
struct tally {
    json_t *list[CHANGES];
    int32_t same, out, count[CHANGES];
};

static void sort_in(struct difference *d, struct tally *tally, struct pair w)
{
    enum change change = change_of(d, w);
    if (change != CHANGES) {
        put_work(d, tally->list[change], change, w);
        tally->count[change]++;
    } else {
        tally->same += is_done(&d->a, w.a);
        tally->out += !is_done(&d->a, w.a);
    }
}

static void say_works(struct difference *d)
{
    json_t *works = ganger_sheet_object(&d->sheet, d->sheet.root, "works");
    struct tally tally = {0};
    for (int i = 0; i < CHANGES; i++) {
        tally.list[i] = ganger_sheet_array(&d->sheet, works, lists[i].key);
    }
    for (int32_t w = 0; w < d->a.problem->works.count; w++) {
        sort_in(d, &tally, (struct pair){w, d->twin[w]});
    }
    for (int32_t w = 0; w < d->b.problem->works.count; w++) {
        if (d->back[w] == GANGER_NONE) {
            sort_in(d, &tally, (struct pair){GANGER_NONE, w});
        }
    }
    ganger_sheet_put_integer(&d->sheet, works, "same", tally.same);
    ganger_sheet_put_integer(&d->sheet, works, "left_out_of_both", tally.out);
    ganger_sheet_say(&d->sheet,
                     "\nWorks: %d the same, %d moved, %d in another mode, %d only in b, %d only in "
                     "a, %d in neither\n",
                     tally.same, tally.count[MOVED], tally.count[MODE], tally.count[ADDED],
                     tally.count[DROPPED], tally.out);
    for (int i = 0; i < CHANGES; i++) {
        say_list(d, (enum change)i, tally.list[i]);
    }
}

static const char *title_of(const struct ganger_problem *p)
{
    return p->title && p->title[0] ? p->title : p->name;
}

static void say_title(struct difference *d, const char *const paths[2])
{
    const struct ganger_problem *p = d->problem;
    struct ganger_sheet *sheet = &d->sheet;
    bool npv = p->objective == GANGER_OBJECTIVE_NPV;
    ganger_sheet_put_text(sheet, sheet->root, "objective", npv ? "npv" : "makespan");
    ganger_sheet_put_text(sheet, sheet->root, "name", p->name);
    if (d->two) {
        ganger_sheet_put_text(sheet, sheet->root, "name_b", d->b.problem->name);
    }
    ganger_sheet_put_text(sheet, sheet->root, "plan_a", paths[0]);
    ganger_sheet_put_text(sheet, sheet->root, "plan_b", paths[1]);
    ganger_sheet_say(sheet, "%s\n", title_of(p));
    if (d->two) {
        ganger_sheet_say(sheet, "%s\n", title_of(d->b.problem));
    }
    ganger_sheet_say(sheet, "plan a  %s\nplan b  %s\n\n", paths[0], paths[1]);
}

/* For each work of one problem the one of the same id in another. NULL if memory is short. */
static int32_t *match(const struct ganger_problem *from, const struct ganger_problem *to)
{
    struct ganger_lookup ids = {0};
    int32_t *twin = malloc(((size_t)from->works.count + 1) * sizeof *twin);
    bool ready = twin && ganger_lookup_init(&ids, to->works.count);
    for (int32_t w = 0; ready && w < to->works.count; w++) {
        ganger_lookup_add(&ids, to->works.id, w);
    }
    for (int32_t w = 0; ready && w < from->works.count; w++) {
        twin[w] = ganger_lookup_find(&ids, to->works.id, from->works.id[w]);
    }
    ganger_lookup_clear(&ids);
    if (!ready) {
        free(twin);
        twin = NULL;
    }
    return twin;
}

static ganger_status compare(const struct ganger_problem *const problems[2],
                             struct ganger_plan *const plans[2], const char *const paths[2],
                             const struct ganger_diff_options *options, char **text)
{
    struct difference d = {.problem = problems[0],
                           .two = problems[0] != problems[1],
                           .twin = match(problems[0], problems[1]),
                           .back = match(problems[1], problems[0]),
                           .rows = options->rows > 0 ? options->rows : 10};
    ganger_sheet_open(&d.sheet);
    bool ready = ganger_exporting_init(&d.a, problems[0], plans[0]);
    ready = ganger_exporting_init(&d.b, problems[1], plans[1]) && ready && d.twin && d.back;
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
    free(d.twin);
    free(d.back);
    return *text ? GANGER_STATUS_OK : GANGER_STATUS_OUT_OF_MEMORY;
}

ganger_status ganger_plan_diff(const struct ganger_problem *problem,
                               const char *const plan_paths[2],
                               const struct ganger_diff_options *options, char **text,
                               struct ganger_findings *findings)
{
    const struct ganger_problem *const problems[2] = {problem, problem};
    return ganger_plan_diff_between(problems, plan_paths, options, text, findings);
}

ganger_status ganger_plan_diff_between(const struct ganger_problem *const problems[2],
                                       const char *const plan_paths[2],
                                       const struct ganger_diff_options *options, char **text,
                                       struct ganger_findings *findings)
{
    ganger_status status = GANGER_STATUS_OK;
    struct ganger_plan *plans[2] = {NULL, NULL};
    *text = NULL;
    if (problems[0]->objective != problems[1]->objective) {
        return ganger_findings_add(findings, GANGER_STATUS_INPUT_INVALID, plan_paths[1], 0, NULL,
                                   "is a plan of another objective than %s", plan_paths[0]);
    }
    for (int i = 0; i < 2; i++) {
        GANGER_TRY(ganger_plan_read(problems[i], plan_paths[i], &plans[i], findings));
        GANGER_TRY(ganger_referee_check(problems[i], plans[i], plan_paths[i], NULL, findings));
    }
    if (compare(problems, plans, plan_paths, options, text) != GANGER_STATUS_OK) {
        status = ganger_findings_out_of_memory(findings);
    }
out:
    ganger_plan_destroy(plans[0]);
    ganger_plan_destroy(plans[1]);
    return status;
}
