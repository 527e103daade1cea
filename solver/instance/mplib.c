/*
 * MPLIB's format of several projects that share renewables, spread over lines in any way.
 *
 *     projects, renewables; a capacity each; then a project: jobs, release date; 1 or 0 for each renewable
 *     that it uses or not; then a job: duration, a demand each, number of successors, project:successor ...
 *
 * The 1 and 0 only repeat what the demands say, and the demands count.
 */
#include "instance/classic.h"

#include <string.h>

/* "p:s". A finding and *good false if it is not; false if the text is at its end. */
static bool take_successor(struct ganger_classic *c, int32_t projects, int32_t *project,
                           struct ganger_classic_number *successor)
{
    const struct ganger_classic_kind project_kind = {"a successor's project", 1, projects};
    static const struct ganger_classic_kind successor_kind = {"a successor", 1, INT32_MAX};
    struct ganger_word word;
    char quoted[GANGER_TEXT_QUOTED];
    if (!ganger_words_next(&c->words, &word)) {
        return ganger_classic_refuse(c, word.line, 0,
                                     "the file ends where a successor is expected");
    }
    const char *colon = memchr(word.text, ':', (size_t)word.length);
    int32_t before = colon != NULL ? (int32_t)(colon - word.text) : 0;
    if (before == 0 || before + 1 == word.length) {
        return ganger_classic_refuse(c, word.line, word.column,
                                     "expected a successor as project:job, found %s",
                                     ganger_classic_quote(&word, quoted));
    }
    struct ganger_word left = word, right = word;
    struct ganger_classic_number number;
    left.length = before;
    right.text = colon + 1;
    right.length = word.length - before - 1;
    right.column = word.column + before + 1;
    ganger_classic_parse(c, &left, &project_kind, &number);
    ganger_classic_parse(c, &right, &successor_kind, successor);
    *project = number.value;
    return ganger_findings_have_room(c->findings);
}

static bool read_job(struct ganger_classic *c, int32_t projects)
{
    static const struct ganger_classic_kind count_kind = {"a number of successors", 0, INT32_MAX};
    int32_t count = 0;
    if (!ganger_classic_take_mode(c) || !ganger_classic_take_count(c, &count_kind, &count)) {
        return false;
    }
    for (int32_t i = 0; i < count; i++) {
        struct ganger_classic_number successor;
        int32_t project = 0;
        if (!take_successor(c, projects, &project, &successor) ||
            !ganger_classic_add_arc(c, c->job_count - 1, project, successor)) {
            return false;
        }
    }
    return true;
}

static bool read_project(struct ganger_classic *c, int32_t projects)
{
    static const struct ganger_classic_kind jobs_kind = {"a project's number of jobs", 1,
                                                         INT32_MAX};
    static const struct ganger_classic_kind uses_kind = {"1 or 0 for a renewable", 0, 1};
    struct ganger_classic_number release, uses;
    int32_t jobs = 0;
    if (!ganger_classic_take_count(c, &jobs_kind, &jobs) ||
        !ganger_classic_take(c, &ganger_classic_release, &release) ||
        !ganger_classic_add_project(c, release.value)) {
        return false;
    }
    for (int32_t i = 0; i < c->renewables; i++) {
        if (!ganger_classic_take(c, &uses_kind, &uses)) {
            return false;
        }
    }
    for (int32_t job = 0; job < jobs; job++) {
        if (!read_job(c, projects)) {
            return false;
        }
    }
    return true;
}

void ganger_classic_read_mplib(struct ganger_classic *c)
{
    static const struct ganger_classic_kind projects_kind = {"the number of projects", 1,
                                                             INT32_MAX};
    int32_t projects = 0, resources = 0;
    c->format = "MPLIB";
    c->many = true;
    if (!ganger_classic_take_count(c, &projects_kind, &projects) ||
        !ganger_classic_take_count(c, &ganger_classic_resources, &resources) ||
        !ganger_classic_take_limits(c, resources)) {
        return;
    }
    for (int32_t project = 0; project < projects; project++) {
        if (!read_project(c, projects)) {
            return;
        }
    }
    ganger_classic_take_end(c);
}
