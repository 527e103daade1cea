/*
 * PSPLIB's text for one project with one mode a job (.sm) or several (.mm), and MMLIB's dialect of it.
 *
 * A header of "key : value" lines, then sections, each with a line of titles: project information (of which
 * the release date is used; MMLIB leaves it out), precedence relations, requests and durations, resource
 * availabilities. Inside a section a line is a record. Lines of stars or dashes mean nothing. Doubly
 * constrained resources are refused: each is a renewable and a nonrenewable one.
 */
#include "instance/classic.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum section { HEADER, PROJECT, PRECEDENCE, REQUESTS, AVAILABILITIES, SECTIONS };

static const char *const section_names[SECTIONS] = {"the header", "PROJECT INFORMATION",
                                                    "PRECEDENCE RELATIONS", "REQUESTS/DURATIONS",
                                                    "RESOURCEAVAILABILITIES"};

struct psplib {
    struct ganger_classic *c;
    enum section section;
    bool titles_due;                         /* the section has just begun */
    int32_t jobs, renewables, nonrenewables; /* GANGER_NONE: not said yet */
    int32_t release;
    int32_t next_job;  /* expected number in PRECEDENCE and REQUESTS */
    int32_t next_mode; /* expected number in REQUESTS */
};

/* ---- lines ------------------------------------------------------------------------------------- */

static bool has_room(const struct psplib *p)
{
    return !p->c->out_of_memory && ganger_findings_have_room(p->c->findings);
}

/* The next number of a line; a finding if there is none. */
static struct ganger_classic_number next_number(struct psplib *p, struct ganger_words *line,
                                                const struct ganger_classic_kind *kind)
{
    struct ganger_word word;
    struct ganger_classic_number number = {kind->least, line->line, 0, false};
    if (!ganger_words_next(line, &word)) {
        ganger_classic_refuse(p->c, line->line, 0, "the line ends where %s is expected",
                              kind->what);
    } else {
        ganger_classic_parse(p->c, &word, kind, &number);
    }
    return number;
}

static bool refuse_line(struct psplib *p, struct ganger_words line, const char *expected)
{
    struct ganger_word word;
    char quoted[GANGER_TEXT_QUOTED];
    ganger_words_next(&line, &word);
    ganger_classic_refuse(p->c, word.line, word.column, "expected %s, found %s", expected,
                          ganger_classic_quote(&word, quoted));
    return has_room(p);
}

/* ---- header ------------------------------------------------------------------------------------ */

static bool begins_with(const char *text, const char *end, const char *word)
{
    return (size_t)(end - text) >= strlen(word) && strncasecmp(text, word, strlen(word)) == 0;
}

/* Keys of no use here - horizon, random seed, ... - are passed over. */
static bool read_header(struct psplib *p, struct ganger_words line)
{
    static const struct ganger_classic_kind jobs_kind = {"the number of jobs", 1, INT32_MAX};
    static const struct ganger_classic_kind projects_kind = {"1 project in a file", 1, 1};
    static const struct ganger_classic_kind doubly_kind = {
        "no doubly constrained resource (write each as a renewable and a nonrenewable one)", 0, 0};
    const char *colon = memchr(line.at, ':', (size_t)(line.end - line.at));
    const char *key = line.at;
    if (colon == NULL) {
        bool heading = begins_with(key, line.end, "RESOURCES");
        return heading || refuse_line(p, line, "a line \"key : value\" or PRECEDENCE RELATIONS");
    }
    while (key < colon && !isalpha((unsigned char)*key)) {
        key++;
    }
    line.at = colon + 1;
    if (begins_with(key, colon, "jobs")) {
        p->jobs = next_number(p, &line, &jobs_kind).value;
    } else if (begins_with(key, colon, "projects")) {
        next_number(p, &line, &projects_kind);
    } else if (begins_with(key, colon, "renewable")) {
        p->renewables = next_number(p, &line, &ganger_classic_resources).value;
    } else if (begins_with(key, colon, "nonrenewable")) {
        p->nonrenewables = next_number(p, &line, &ganger_classic_resources).value;
    } else if (begins_with(key, colon, "doubly")) {
        next_number(p, &line, &doubly_kind);
    }
    return has_room(p);
}

/* ---- records ----------------------------------------------------------------------------------- */

static bool read_project(struct psplib *p, struct ganger_words line)
{
    static const struct ganger_classic_kind project_kind = {"project number 1", 1, 1};
    static const struct ganger_classic_kind jobs_kind = {"a number of jobs", 0, INT32_MAX};
    next_number(p, &line, &project_kind);
    next_number(p, &line, &jobs_kind);
    p->release = next_number(p, &line, &ganger_classic_release).value;
    return has_room(p);
}

/* A job's number at the begin of a record; after a wrong one the count goes on from there. */
static void check_job(struct psplib *p, struct ganger_words *line)
{
    const struct ganger_classic_kind kind = {"a job", 1, p->jobs};
    struct ganger_classic_number job = next_number(p, line, &kind);
    if (job.good && job.value != p->next_job) {
        ganger_classic_refuse(p->c, job.line, job.column,
                              "expected job %d, found %d: each job stands once, in order",
                              p->next_job, job.value);
    }
    p->next_job = (job.good ? job.value : p->next_job) + 1;
}

static bool read_precedence(struct psplib *p, struct ganger_words line)
{
    static const struct ganger_classic_kind modes_kind = {"a number of modes", 1, INT32_MAX};
    const struct ganger_classic_kind count_kind = {"a number of successors", 0, p->jobs};
    const struct ganger_classic_kind successor_kind = {"a successor", 1, p->jobs};
    check_job(p, &line);
    struct ganger_classic_number modes = next_number(p, &line, &modes_kind);
    struct ganger_classic_number count = next_number(p, &line, &count_kind);
    int32_t there = ganger_words_count(line);
    if (count.good && there != count.value) {
        ganger_classic_refuse(p->c, count.line, count.column,
                              "expected %d successors, found %d in the line", count.value, there);
        return has_room(p);
    }
    if (!ganger_classic_add_job(p->c, line.line)) {
        return false;
    }
    p->c->jobs[p->c->job_count - 1].announced = modes.value;
    for (int32_t i = 0; i < there && has_room(p); i++) {
        struct ganger_classic_number successor = next_number(p, &line, &successor_kind);
        if (!ganger_classic_add_arc(p->c, p->c->job_count - 1, 1, successor)) {
            return false;
        }
    }
    return has_room(p);
}

/* True while modes of the last job are still to come. */
static bool is_open(const struct psplib *p)
{
    return p->next_job > 1 && p->next_job - 2 < p->c->job_count &&
           p->next_mode <= p->c->jobs[p->next_job - 2].announced;
}

static bool close_job(struct psplib *p, int32_t line)
{
    if (is_open(p)) {
        ganger_classic_refuse(p->c, line, 0, "mode %d of job %d is missing", p->next_mode,
                              p->next_job - 1);
    }
    return has_room(p);
}

/* The job of a record unless it is one more mode of the last; false if the line is of no use. */
static bool begin_record(struct psplib *p, struct ganger_words *line)
{
    int32_t whole = 3 + p->renewables + p->nonrenewables, there = ganger_words_count(*line);
    bool more = is_open(p);
    if (there == whole) {
        close_job(p, line->line);
        check_job(p, line);
        p->next_mode = 1;
        return true;
    }
    if (there == whole - 1 && more) {
        return true;
    }
    if (there == whole - 1) {
        ganger_classic_refuse(p->c, line->line, 0,
                              "one mode more than job %d has by PRECEDENCE RELATIONS",
                              p->next_job - 1);
        return false;
    }
    ganger_classic_refuse(p->c, line->line, 0,
                          "expected %d numbers - %smode, duration, a demand for each of %d "
                          "resources - found %d",
                          more ? whole - 1 : whole, more ? "" : "job, ",
                          p->renewables + p->nonrenewables, there);
    /* Counts as what it should have been, so that the next line is not found wrong too. */
    p->next_job += more ? 0 : 1;
    p->next_mode = more ? p->next_mode + 1 : 2;
    return false;
}

static bool read_request(struct psplib *p, struct ganger_words line)
{
    static const struct ganger_classic_kind mode_kind = {"a mode", 1, INT32_MAX};
    if (!begin_record(p, &line)) {
        return has_room(p);
    }
    struct ganger_classic_number mode = next_number(p, &line, &mode_kind);
    if (mode.good && mode.value != p->next_mode) {
        ganger_classic_refuse(p->c, mode.line, mode.column,
                              "expected mode %d of job %d, found mode %d", p->next_mode,
                              p->next_job - 1, mode.value);
    }
    p->next_mode++;
    struct ganger_classic_number duration = next_number(p, &line, &ganger_classic_duration);
    bool keep = p->c->findings->total == 0; /* then the job is one that there is */
    if (keep && !ganger_classic_add_mode(p->c, p->next_job - 2, duration.value, duration.line)) {
        return false;
    }
    for (int32_t i = 0; i < p->renewables + p->nonrenewables && has_room(p); i++) {
        struct ganger_classic_number demand = next_number(p, &line, &ganger_classic_demand);
        if (keep && !ganger_classic_add_demand(p->c, demand)) {
            return false;
        }
    }
    return has_room(p);
}

static bool read_availabilities(struct psplib *p, struct ganger_words line)
{
    int32_t resources = p->renewables + p->nonrenewables, there = ganger_words_count(line);
    if (p->c->limit_count > 0 || resources == 0) {
        return refuse_line(p, line, "the end of the file");
    }
    if (there != resources) {
        ganger_classic_refuse(p->c, line.line, 0, "expected %d capacities, found %d", resources,
                              there);
        return false;
    }
    if (line.end == p->c->words.end) {
        /* The last number may have been cut off in its middle. */
        ganger_classic_refuse(p->c, line.line, 0, "the file ends within the line of capacities");
    }
    for (int32_t i = 0; i < resources && has_room(p); i++) {
        if (!ganger_classic_add_limit(p->c, next_number(p, &line, &ganger_classic_limit))) {
            return false;
        }
    }
    return has_room(p);
}

/* ---- sections ---------------------------------------------------------------------------------- */

/* The section that a line of words opens, or HEADER. Blanks, case and signs do not matter. */
static enum section section_of(struct ganger_words line)
{
    static const char *const letters[SECTIONS] = {"", "projectinformation", "precedencerelations",
                                                  "requestsdurations", "resourceavailabilities"};
    char found[32];
    size_t length = 0;
    for (const char *at = line.at; at < line.end && length < sizeof found - 1; at++) {
        if (isalpha((unsigned char)*at)) {
            found[length++] = (char)tolower((unsigned char)*at);
        }
    }
    found[length] = '\0';
    for (int section = PROJECT; section < SECTIONS; section++) {
        if (strcmp(found, letters[section]) == 0) {
            return (enum section)section;
        }
    }
    return HEADER;
}

/* What must be there when a section ends; `line` is where the next one begins. */
static void end_section(struct psplib *p, int32_t line)
{
    if (p->section == HEADER && (p->jobs < 0 || p->renewables < 0 || p->nonrenewables < 0)) {
        ganger_classic_refuse(p->c, line, 0, "the header does not say how many %s there are",
                              p->jobs < 0         ? "jobs"
                              : p->renewables < 0 ? "renewable resources"
                                                  : "nonrenewable resources");
    }
    if (p->section == PRECEDENCE || p->section == REQUESTS) {
        if (p->section == REQUESTS) {
            close_job(p, line);
        }
        if (p->next_job <= p->jobs) {
            ganger_classic_refuse(p->c, line, 0, "%s ends before job %d of %d",
                                  section_names[p->section], p->next_job, p->jobs);
        }
    }
}

static bool begin_section(struct psplib *p, enum section section, int32_t line)
{
    bool in_order = section == p->section + 1 || (p->section == HEADER && section == PRECEDENCE);
    if (!in_order) {
        return ganger_classic_refuse(p->c, line, 0, "expected %s, found %s",
                                     p->section + 1 < SECTIONS ? section_names[p->section + 1]
                                                               : "the end of the file",
                                     section_names[section]);
    }
    end_section(p, line);
    if (p->c->findings->total > 0) {
        return false;
    }
    p->section = section;
    p->titles_due = true;
    p->next_job = p->next_mode = 1;
    p->c->renewables = p->renewables;
    p->c->consumables = p->nonrenewables;
    return section != PRECEDENCE || ganger_classic_add_project(p->c, p->release);
}

/* The letters of the columns "R 1" or "R1", renewables first, as the readers of records take them. */
static bool check_titles(struct psplib *p, struct ganger_words line)
{
    struct ganger_word word;
    int32_t renewables = 0, nonrenewables = 0, others = 0, at = line.line;
    while (ganger_words_next(&line, &word)) {
        bool column = word.length == 1 || (word.text[1] >= '0' && word.text[1] <= '9');
        if (column && word.text[0] == 'R') {
            renewables++;
            others += nonrenewables > 0 ? 1 : 0;
        } else if (column && word.text[0] == 'N') {
            nonrenewables++;
        } else if (column && word.text[0] == 'D') {
            others++;
        }
    }
    if (renewables != p->renewables || nonrenewables != p->nonrenewables || others > 0) {
        ganger_classic_refuse(p->c, at, 0, "expected columns for %d R, then %d N, and no others",
                              p->renewables, p->nonrenewables);
    }
    return has_room(p);
}

static bool read_line(struct psplib *p, struct ganger_words line)
{
    static bool (*const readers[SECTIONS])(struct psplib *, struct ganger_words) = {
        read_header, read_project, read_precedence, read_request, read_availabilities};
    enum section section = section_of(line);
    bool rule = begins_with(line.at, line.end, "***") || begins_with(line.at, line.end, "---");
    if (rule) {
        return true;
    }
    if (section != HEADER) {
        return begin_section(p, section, line.line);
    }
    bool titles = p->titles_due && isalpha((unsigned char)*line.at);
    p->titles_due = false;
    if (titles) {
        return p->section < REQUESTS || check_titles(p, line);
    }
    return readers[p->section](p, line);
}

void ganger_classic_read_psplib(struct ganger_classic *c)
{
    struct psplib p = {
        .c = c, .jobs = GANGER_NONE, .renewables = GANGER_NONE, .nonrenewables = GANGER_NONE};
    struct ganger_words line;
    bool going = true;
    c->format = "PSPLIB";
    while (going && ganger_words_next_line(&c->words, &line)) {
        going = read_line(&p, line);
    }
    if (!going) {
        return;
    }
    if (p.section < AVAILABILITIES) {
        ganger_classic_refuse(c, c->words.line, 0, "the file ends before %s",
                              section_names[p.section == HEADER ? PRECEDENCE : p.section + 1]);
    } else if (c->limit_count < c->renewables + c->consumables && c->findings->total == 0) {
        ganger_classic_refuse(c, c->words.line, 0, "the file ends before the capacities");
    }
}
