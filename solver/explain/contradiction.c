/* ganger_problem_explain: conditions of an instance that cannot hold together, in words. */
#include "explain/conflict.h"
#include "explain/sheet.h"
#include "explain/words.h"
#include "instance/schema.h"
#include "lp/lp.h"
#include "plan/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_SIZE = 512 };

static const char *const kind_names[GANGER_CONDITION_KINDS] = {
    [GANGER_CONDITION_SEGMENT] = "segment",
    [GANGER_CONDITION_RAILS] = "railhead",
    [GANGER_CONDITION_EARLIEST] = "earliest",
    [GANGER_CONDITION_PRECEDENCE] = "precedence",
    [GANGER_CONDITION_GANG] = "gang",
    [GANGER_CONDITION_WINDOW] = "window",
    [GANGER_CONDITION_FIXED_MODE] = "fixed_mode",
    [GANGER_CONDITION_FIXED_START] = "fixed_start",
    [GANGER_CONDITION_DEADLINE] = "deadline",
    [GANGER_CONDITION_TARGET] = "target",
    [GANGER_CONDITION_MANDATORY] = "mandatory"};

static const char *const proof_names[] = {[GANGER_PROOF_NONE] = NULL,
                                          [GANGER_PROOF_DATES] =
                                              "dates, calendars, precedence and rails",
                                          [GANGER_PROOF_TOTALS] = "totals",
                                          [GANGER_PROOF_PROGRAMME] = "linear programme"};

static const char *id_of(const struct ganger_problem *p, struct ganger_condition c)
{
    switch (c.kind) {
    case GANGER_CONDITION_SEGMENT:
        return p->segments.id[c.index];
    case GANGER_CONDITION_RAILS:
        return NULL;
    case GANGER_CONDITION_PRECEDENCE:
        return p->works.id[p->precedences.successor[c.index]];
    case GANGER_CONDITION_GANG:
        return p->resources.id[p->resources.renewable_resource[c.index]];
    case GANGER_CONDITION_WINDOW:
        return p->resources.id[p->resources.window_resource[c.index]];
    case GANGER_CONDITION_TARGET:
        return p->targets.id[c.index];
    default:
        return p->works.id[c.index];
    }
}

static void say_resource(const struct ganger_problem *p, struct ganger_condition c,
                         char text[WORDS_SIZE])
{
    char span[GANGER_SPAN_SIZE], number[GANGER_REPORT_NUMBER], most_text[GANGER_REPORT_NUMBER];
    if (c.kind == GANGER_CONDITION_WINDOW) {
        int32_t resource = p->resources.window_resource[c.index];
        double limit = p->resources.window_limit[c.index];
        snprintf(text, WORDS_SIZE, "%s has %s %s, %s", ganger_words_resource(p, resource),
                 ganger_report_number(number, limit, limit < 100 ? 1 : 0),
                 ganger_words_unit(p, resource),
                 ganger_words_span(p, p->resources.window_from[c.index],
                                   p->resources.window_to[c.index], span));
        return;
    }
    const int32_t *capacity = p->resources.capacity + (int64_t)c.index * p->time.periods;
    int32_t least = capacity[0], most = capacity[0];
    for (int32_t t = 1; t < p->time.periods; t++) {
        least = capacity[t] < least ? capacity[t] : least;
        most = capacity[t] > most ? capacity[t] : most;
    }
    int32_t resource = p->resources.renewable_resource[c.index];
    snprintf(text, WORDS_SIZE, "%s: %s%s%s %s at a time", ganger_words_resource(p, resource),
             ganger_report_number(number, least, 0), least < most ? " to " : "",
             least < most ? ganger_report_number(most_text, most, 0) : "",
             ganger_words_unit(p, resource));
}

static void say_order(const struct ganger_problem *p, int32_t row, char text[WORDS_SIZE])
{
    const struct ganger_precedences *rows = &p->precedences;
    char lag[GANGER_DATE_SIZE] = "", period[GANGER_DATE_SIZE];
    if (rows->lag[row] > 0) {
        snprintf(lag, sizeof lag, ", and %d %s", rows->lag[row],
                 ganger_words_period(p, rows->lag[row] > 1, period));
    }
    snprintf(text, WORDS_SIZE, "%s waits for %s to %s%s",
             ganger_words_work(p, rows->successor[row]),
             ganger_words_work(p, rows->predecessor[row]),
             rows->type[row] == GANGER_PRECEDENCE_FS ? "finish" : "start", lag);
}

static void say_work(const struct ganger_problem *p, struct ganger_condition c,
                     char text[WORDS_SIZE])
{
    char date[GANGER_DATE_SIZE];
    int32_t w = c.index;
    const char *name = ganger_words_work(p, w);
    switch (c.kind) {
    case GANGER_CONDITION_EARLIEST:
        snprintf(text, WORDS_SIZE, "%s starts no earlier than %s", name,
                 ganger_words_first_day(p, p->works.earliest[w], date));
        break;
    case GANGER_CONDITION_FIXED_MODE:
        snprintf(text, WORDS_SIZE, "%s is fixed to mode %s", name,
                 ganger_words_mode(p, p->works.first_mode[w] + p->works.fixed_mode[w]));
        break;
    case GANGER_CONDITION_FIXED_START:
        snprintf(text, WORDS_SIZE, "%s is fixed to start on %s", name,
                 ganger_words_first_day(p, p->works.fixed_start[w], date));
        break;
    case GANGER_CONDITION_DEADLINE:
        snprintf(text, WORDS_SIZE, "%s is finished by %s", name,
                 ganger_words_last_day(p, p->works.deadline[w], date));
        break;
    default:
        snprintf(text, WORDS_SIZE, "%s is mandatory", name);
        break;
    }
}

static void say_condition(const struct ganger_problem *p, struct ganger_condition c,
                          char text[WORDS_SIZE])
{
    char date[GANGER_DATE_SIZE], km[GANGER_REPORT_NUMBER];
    switch (c.kind) {
    case GANGER_CONDITION_SEGMENT:
        snprintf(text, WORDS_SIZE, "one work at a time on segment %s", p->segments.id[c.index]);
        break;
    case GANGER_CONDITION_RAILS:
        snprintf(text, WORDS_SIZE, "building starts only where rails lead");
        break;
    case GANGER_CONDITION_PRECEDENCE:
        say_order(p, c.index, text);
        break;
    case GANGER_CONDITION_GANG:
    case GANGER_CONDITION_WINDOW:
        say_resource(p, c, text);
        break;
    case GANGER_CONDITION_TARGET:
        snprintf(text, WORDS_SIZE, "target %s: %s km by %s, hard", p->targets.id[c.index],
                 ganger_report_number(km, p->targets.km[c.index], 1),
                 ganger_words_last_day(p, p->targets.by[c.index], date));
        break;
    default:
        say_work(p, c, text);
        break;
    }
}

static void put_conditions(struct ganger_sheet *sheet, json_t *array,
                           const struct ganger_conditions *c)
{
    for (int32_t i = c->count - 1; i >= 0; i--) { /* works first, then what limits them */
        char text[WORDS_SIZE];
        json_t *row = ganger_sheet_row(sheet, array);
        say_condition(c->problem, c->list[i], text);
        ganger_sheet_put_text(sheet, row, "kind", kind_names[c->list[i].kind]);
        ganger_sheet_put_text(sheet, row, "id", id_of(c->problem, c->list[i]));
        ganger_sheet_put_text(sheet, row, "text", ganger_text_cut(text));
    }
}

/* Prints at most so many conditions of each kind. */
static void print_conditions(struct ganger_sheet *sheet, const json_t *all, int rows)
{
    static const struct ganger_sheet_column columns[] = {
        {NULL, "text", "condition", GANGER_SHEET_TEXT, 100},
        {NULL, "kind", "kind", GANGER_SHEET_TEXT, 0},
        {NULL, "id", "id", GANGER_SHEET_TEXT, 0}};
    json_t *some = json_array();
    const char *kind = "";
    int of_kind = 0, hidden = 0;
    for (size_t i = 0; i < json_array_size(all); i++) {
        json_t *row = json_array_get(all, i);
        const char *own = json_string_value(json_object_get(row, "kind"));
        of_kind = own && strcmp(own, kind) == 0 ? of_kind + 1 : 1;
        kind = own ? own : "";
        if (of_kind <= rows) {
            sheet->failed |= json_array_append(some, row) != 0;
        }
        hidden += of_kind > rows;
    }
    ganger_sheet_print(sheet, some, (struct ganger_sheet_table){columns, 3, 0, 2});
    if (hidden > 0) {
        ganger_sheet_say(sheet, "  and %d more of these kinds; --rows or --json shows all\n",
                         hidden);
    }
    json_decref(some);
}

static void say_none(struct ganger_sheet *sheet, const struct ganger_prover *prover)
{
    char period[GANGER_DATE_SIZE];
    ganger_sheet_say(sheet,
                     "No contradiction found by dates, calendars, precedence and rails, by totals "
                     "of gangs, money and line,\nnor by a linear programme over blocks of %d %s. "
                     "That is no proof that a plan exists:\nganger solve looks for one.\n",
                     prover->block,
                     ganger_words_period(prover->conditions->problem, prover->block != 1, period));
}

static void say_contradiction(struct ganger_sheet *sheet, const struct ganger_prover *prover,
                              enum ganger_proof proof, int rows)
{
    const json_t *array = json_object_get(sheet->root, "conditions");
    int count = (int)json_array_size(array);
    if (count == 1) {
        ganger_sheet_say(sheet, "No plan exists. This condition cannot hold:\n\n");
    } else {
        ganger_sheet_say(sheet, "No plan exists. These %d conditions cannot hold together:\n\n",
                         count);
    }
    print_conditions(sheet, array, rows);
    ganger_sheet_say(sheet, "\nProven by %s: ", proof_names[proof]);
    ganger_text_add(&sheet->text, prover->reason.data ? prover->reason.data : "");
    ganger_sheet_say(sheet, ".\n%sThere may be other contradictions beside this one.\n",
                     count > 1 ? "Each is needed: without any one of them no contradiction is "
                                 "proven.\n"
                               : "");
}

static void explain(struct ganger_sheet *sheet, struct ganger_prover *prover,
                    enum ganger_proof proof, int rows)
{
    const struct ganger_problem *p = prover->conditions->problem;
    bool makespan = p->objective == GANGER_OBJECTIVE_MAKESPAN;
    bool proven = proof != GANGER_PROOF_NONE;
    ganger_sheet_put_text(sheet, sheet->root, "objective", makespan ? "makespan" : "npv");
    ganger_sheet_put_text(sheet, sheet->root, "name", p->name);
    ganger_sheet_put_flag(sheet, sheet->root, "contradiction", proven);
    ganger_sheet_put_text(sheet, sheet->root, "proof", proof_names[proof]);
    ganger_sheet_put_text(sheet, sheet->root, "reason", proven ? prover->reason.data : NULL);
    json_t *array = ganger_sheet_array(sheet, sheet->root, "conditions");
    if (proven) {
        put_conditions(sheet, array, prover->conditions);
    }
    ganger_sheet_say(sheet, "%s\n", p->title && p->title[0] ? p->title : p->name);
    if (makespan) {
        ganger_sheet_say(sheet, "With objective makespan this explains only why no schedule fits "
                                "into the horizon.\n");
    }
    if (proven) {
        say_contradiction(sheet, prover, proof, rows);
    } else {
        say_none(sheet, prover);
    }
}

ganger_status ganger_problem_explain(const struct ganger_problem *problem,
                                     const struct ganger_explain_options *options, char **text,
                                     bool *contradiction, struct ganger_findings *findings)
{
    ganger_status status = GANGER_STATUS_OK;
    struct ganger_conditions conditions = {0};
    struct ganger_prover prover = {0};
    struct ganger_sheet sheet;
    *text = NULL;
    *contradiction = false;
    ganger_sheet_open(&sheet);
    if (options->work_count > 0) {
        status = ganger_findings_add(findings, GANGER_STATUS_MISUSE, "explain", 0, NULL,
                                     "works are explained with a plan only");
        goto out;
    }
    if (ganger_conditions_init(&conditions, problem) && ganger_prover_init(&prover, &conditions)) {
        enum ganger_proof proof = ganger_conflict_find(&prover);
        explain(&sheet, &prover, proof, options->rows > 0 ? options->rows : 10);
        *contradiction = proof != GANGER_PROOF_NONE;
        *text = prover.failed ? NULL : ganger_sheet_take(&sheet, options->json);
    }
    status = *text ? GANGER_STATUS_OK : ganger_findings_out_of_memory(findings);
out:
    ganger_prover_clear(&prover);
    ganger_conditions_clear(&conditions);
    ganger_sheet_clear(&sheet);
    ganger_lp_release_thread();
    return status;
}
