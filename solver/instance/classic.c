/* What the readers of the classic formats share: findings, numbers, growing lists; and the whole reading. */
#include "instance/classic.h"

#include "base/file.h"
#include "base/text.h"
#include "instance/schema.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct ganger_classic_kind ganger_classic_duration = {"a duration", 0,
                                                            GANGER_CLASSIC_DURATION_MOST};
const struct ganger_classic_kind ganger_classic_demand = {"a demand", 0, INT32_MAX};
const struct ganger_classic_kind ganger_classic_limit = {"a capacity", 0,
                                                         GANGER_CLASSIC_LIMIT_MOST};
const struct ganger_classic_kind ganger_classic_resources = {"a number of resources", 0,
                                                             GANGER_CLASSIC_RESOURCES_MOST};
const struct ganger_classic_kind ganger_classic_release = {"a release date", 0,
                                                           GANGER_CLASSIC_PERIODS_MOST - 1};

/* ---- findings and numbers ---------------------------------------------------------------------- */

bool ganger_classic_refuse(struct ganger_classic *c, int32_t line, int32_t column,
                           const char *format, ...)
{
    char message[512], place[16];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    snprintf(place, sizeof place, "%d", column);
    ganger_findings_add(c->findings, GANGER_STATUS_INPUT_INVALID, c->path, line,
                        column > 0 ? place : NULL, "%s", message);
    return false;
}

const char *ganger_classic_quote(const struct ganger_word *word, char quoted[GANGER_TEXT_QUOTED])
{
    char text[128];
    size_t length = (size_t)word->length < sizeof text - 1 ? (size_t)word->length : sizeof text - 1;
    memcpy(text, word->text, length);
    text[length] = '\0';
    return ganger_text_quote(text, quoted);
}

static void refuse_number(struct ganger_classic *c, const struct ganger_word *word,
                          const struct ganger_classic_kind *kind, bool too_large)
{
    char quoted[GANGER_TEXT_QUOTED];
    ganger_classic_quote(word, quoted);
    if (kind->most == INT32_MAX && !too_large) {
        ganger_classic_refuse(c, word->line, word->column,
                              "expected %s, an integer >= %d, found %s", kind->what, kind->least,
                              quoted);
    } else {
        ganger_classic_refuse(c, word->line, word->column,
                              "expected %s, an integer from %d to %d, found %s", kind->what,
                              kind->least, kind->most, quoted);
    }
}

void ganger_classic_parse(struct ganger_classic *c, const struct ganger_word *word,
                          const struct ganger_classic_kind *kind,
                          struct ganger_classic_number *number)
{
    int64_t value = 0;
    bool digits = true;
    for (int32_t i = 0; i < word->length; i++) {
        digits = digits && word->text[i] >= '0' && word->text[i] <= '9';
        if (digits && value <= INT32_MAX) {
            value = 10 * value + (word->text[i] - '0');
        }
    }
    bool good = digits && value >= kind->least && value <= kind->most;
    if (!good) {
        refuse_number(c, word, kind, digits && value > kind->most);
    }
    *number = (struct ganger_classic_number){good ? (int32_t)value : kind->least, word->line,
                                             word->column, good};
}

bool ganger_classic_take(struct ganger_classic *c, const struct ganger_classic_kind *kind,
                         struct ganger_classic_number *number)
{
    struct ganger_word word;
    if (!ganger_words_next(&c->words, &word)) {
        return ganger_classic_refuse(c, word.line, 0, "the file ends where %s is expected",
                                     kind->what);
    }
    ganger_classic_parse(c, &word, kind, number);
    /* Behind a successor too many nothing is what it seems. */
    bool astray = memchr(word.text, ':', (size_t)word.length) != NULL;
    return !astray && ganger_findings_have_room(c->findings);
}

bool ganger_classic_take_count(struct ganger_classic *c, const struct ganger_classic_kind *kind,
                               int32_t *count)
{
    struct ganger_classic_number number = {0};
    bool taken = ganger_classic_take(c, kind, &number);
    *count = number.value;
    return taken && number.good;
}

bool ganger_classic_take_limits(struct ganger_classic *c, int32_t renewables)
{
    c->renewables = renewables;
    for (int32_t i = 0; i < renewables; i++) {
        struct ganger_classic_number limit;
        if (!ganger_classic_take(c, &ganger_classic_limit, &limit) ||
            !ganger_classic_add_limit(c, limit)) {
            return false;
        }
    }
    return true;
}

bool ganger_classic_take_mode(struct ganger_classic *c)
{
    struct ganger_classic_number number;
    if (!ganger_classic_take(c, &ganger_classic_duration, &number) ||
        !ganger_classic_add_job(c, number.line) ||
        !ganger_classic_add_mode(c, c->job_count - 1, number.value, number.line)) {
        return false;
    }
    for (int32_t i = 0; i < c->renewables; i++) {
        if (!ganger_classic_take(c, &ganger_classic_demand, &number) ||
            !ganger_classic_add_demand(c, number)) {
            return false;
        }
    }
    return true;
}

bool ganger_classic_take_end(struct ganger_classic *c)
{
    struct ganger_word word;
    char quoted[GANGER_TEXT_QUOTED];
    if (!ganger_words_next(&c->words, &word)) {
        return true;
    }
    return ganger_classic_refuse(c, word.line, word.column,
                                 "expected the end of the file, since all %d jobs are there, found "
                                 "%s",
                                 c->job_count, ganger_classic_quote(&word, quoted));
}

/* ---- lists ------------------------------------------------------------------------------------- */

/* Room for one more item, `count` being there already. */
static bool grow(struct ganger_classic *c, void *list, int32_t count, int32_t *room, size_t size)
{
    void **items = list;
    if (count < *room) {
        return true;
    }
    int32_t wanted = *room < 64 ? 64 : *room <= INT32_MAX / 2 ? 2 * *room : INT32_MAX;
    void *larger = wanted > count ? realloc(*items, (size_t)wanted * size) : NULL;
    if (larger == NULL) {
        c->out_of_memory = true;
        return false;
    }
    *items = larger;
    *room = wanted;
    return true;
}

bool ganger_classic_add_limit(struct ganger_classic *c, struct ganger_classic_number limit)
{
    if (!grow(c, &c->limits, c->limit_count, &c->limit_room, sizeof *c->limits)) {
        return false;
    }
    c->limits[c->limit_count++] = limit;
    return true;
}

bool ganger_classic_add_project(struct ganger_classic *c, int32_t release)
{
    if (!grow(c, &c->projects, c->project_count, &c->project_room, sizeof *c->projects)) {
        return false;
    }
    c->projects[c->project_count++] = (struct ganger_classic_project){c->job_count, 0, release};
    return true;
}

bool ganger_classic_add_job(struct ganger_classic *c, int32_t line)
{
    if (!grow(c, &c->jobs, c->job_count, &c->job_room, sizeof *c->jobs)) {
        return false;
    }
    c->jobs[c->job_count++] = (struct ganger_classic_job){c->project_count - 1, line, 0, 0, 0};
    c->projects[c->project_count - 1].jobs++;
    return true;
}

bool ganger_classic_add_mode(struct ganger_classic *c, int32_t job, int32_t duration, int32_t line)
{
    if (!grow(c, &c->modes, c->mode_count, &c->mode_room, sizeof *c->modes)) {
        return false;
    }
    if (c->jobs[job].modes++ == 0) {
        c->jobs[job].first_mode = c->mode_count;
    }
    c->modes[c->mode_count++] = (struct ganger_classic_mode){duration, line};
    return true;
}

bool ganger_classic_add_demand(struct ganger_classic *c, struct ganger_classic_number demand)
{
    if (!grow(c, &c->demands, c->demand_count, &c->demand_room, sizeof *c->demands)) {
        return false;
    }
    c->demands[c->demand_count++] = demand;
    return true;
}

bool ganger_classic_add_arc(struct ganger_classic *c, int32_t job, int32_t project,
                            struct ganger_classic_number successor)
{
    if (!grow(c, &c->arcs, c->arc_count, &c->arc_room, sizeof *c->arcs)) {
        return false;
    }
    c->arcs[c->arc_count++] = (struct ganger_classic_arc){
        job, project, successor.value, successor.line, successor.column, GANGER_NONE};
    return true;
}

static void clear(struct ganger_classic *c)
{
    free(c->limits);
    free(c->projects);
    free(c->jobs);
    free(c->modes);
    free(c->demands);
    free(c->arcs);
}

/* ---- names ------------------------------------------------------------------------------------- */

void ganger_classic_job_name(const struct ganger_classic *c, int32_t job,
                             char name[GANGER_CLASSIC_NAME])
{
    int32_t project = c->jobs[job].project;
    int32_t number = job - c->projects[project].first_job + 1;
    if (c->many) {
        snprintf(name, GANGER_CLASSIC_NAME, "%d:%d", project + 1, number);
    } else {
        snprintf(name, GANGER_CLASSIC_NAME, "%d", number);
    }
}

void ganger_classic_resource_name(const struct ganger_classic *c, int32_t resource,
                                  char name[GANGER_CLASSIC_NAME])
{
    bool renewable = resource < c->renewables;
    snprintf(name, GANGER_CLASSIC_NAME, "%c%d", renewable ? 'R' : 'N',
             renewable ? resource + 1 : resource - c->renewables + 1);
}

/* ---- the whole reading ------------------------------------------------------------------------- */

/* Works and precedences keep the order of the file's jobs and successors, so rows are entries. */
static long line_of(void *context, const char *table, int32_t row)
{
    const struct ganger_classic *c = context;
    if (strcmp(table, "work.csv") == 0 && row < c->job_count) {
        return c->jobs[row].line;
    }
    if (strcmp(table, "precedence.csv") == 0 && row < c->arc_count) {
        return c->arcs[row].line;
    }
    return 0;
}

static const char *file_of(void *context, const char *table)
{
    (void)table;
    return ((const struct ganger_classic *)context)->path;
}

/* PSPLIB begins with a line of stars or a line of its header; the others with a number. */
static void read_text(struct ganger_classic *c, const char *text, size_t size)
{
    struct ganger_word first;
    struct ganger_words words;
    ganger_words_init(&words, text, size);
    c->words = words;
    if (memchr(text, '\0', size) != NULL) {
        ganger_classic_refuse(c, 0, 0, "is not text: it holds a NUL byte");
    } else if (ganger_words_next(&words, &first) &&
               (first.text[0] == '-' || (first.text[0] >= '0' && first.text[0] <= '9'))) {
        /* Only the successors of MPLIB are written with a colon; a Patterson file has integers alone. */
        (memchr(text, ':', size) != NULL ? ganger_classic_read_mplib
                                         : ganger_classic_read_patterson)(c);
    } else {
        ganger_classic_read_psplib(c);
    }
}

/* Each step only if the one before found nothing, so that no finding is the mere echo of another. */
static ganger_status make_problem(struct ganger_classic *c, const char *text, size_t size,
                                  struct ganger_problem *problem)
{
    ganger_status status = GANGER_STATUS_OK;
    const struct ganger_locator locator = {.line = line_of, .file = file_of, .context = c};
    int32_t periods = 0;
    if (size > INT32_MAX) {
        ganger_classic_refuse(c, 0, 0, "is larger than 2 GiB");
        return GANGER_STATUS_INPUT_INVALID;
    }
    read_text(c, text, size);
    if (!c->out_of_memory && c->findings->total == 0) {
        ganger_classic_check(c);
    }
    if (!c->out_of_memory && c->findings->total == 0) {
        c->out_of_memory = !ganger_classic_horizon(c, &periods);
    }
    if (!c->out_of_memory && c->findings->total == 0) {
        c->out_of_memory = !ganger_classic_build(c, periods, problem);
    }
    if (c->out_of_memory) {
        return ganger_findings_out_of_memory(c->findings);
    }
    if (c->findings->total > 0) {
        return GANGER_STATUS_INPUT_INVALID;
    }
    GANGER_TRY(ganger_problem_validate(problem, &locator, c->findings));
    GANGER_TRY(ganger_problem_seal(problem, c->findings));
    GANGER_TRY(ganger_problem_validate_fits(problem, &locator, c->findings));
out:
    return status;
}

ganger_status ganger_problem_read_classic(const char *path, struct ganger_problem **problem,
                                          struct ganger_findings *findings)
{
    struct ganger_findings own;
    struct ganger_classic classic = {.path = path, .findings = &own};
    struct ganger_problem *made = NULL;
    char *text = NULL;
    size_t size = 0;
    *problem = NULL;
    ganger_findings_init(&own);
    ganger_status status = ganger_file_load(path, path, &text, &size, &own);
    if (status == GANGER_STATUS_OK) {
        made = ganger_problem_create();
        status = made != NULL ? make_problem(&classic, text, size, made)
                              : ganger_findings_out_of_memory(&own);
    }
    if (status == GANGER_STATUS_OK) {
        *problem = made;
    } else {
        ganger_problem_destroy(made);
    }
    clear(&classic);
    free(text);
    ganger_findings_move(&own, findings);
    return status;
}
