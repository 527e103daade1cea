/* What a planner asks of an instance whose aim is the earliest end: durations, and what bounds the end. */
#include "instance/describe.h"
#include "instance/fits.h"

#include <stdlib.h>
#include <string.h>

/* The shortest (sign 1) or longest (sign -1) duration of a work's modes. */
static int32_t extreme_duration(const struct ganger_problem *p, int32_t work, int32_t sign)
{
    int32_t first = p->works.first_mode[work], best = p->modes.duration[first];
    for (int32_t m = first; m < p->works.first_mode[work + 1]; m++) {
        int32_t duration = p->modes.duration[m];
        best = sign * duration < sign * best ? duration : best;
    }
    return best;
}

static void describe_durations(struct ganger_text *text, const struct ganger_problem *p)
{
    int64_t least_sum = 0, most_sum = 0;
    int32_t least = INT32_MAX, most = 0, milestones = 0;
    for (int32_t w = 0; w < p->works.count; w++) {
        int32_t shortest = extreme_duration(p, w, 1), longest = extreme_duration(p, w, -1);
        least_sum += shortest;
        most_sum += longest;
        milestones += longest == 0 ? 1 : 0;
        least = longest > 0 && shortest < least ? shortest : least;
        most = longest > most ? longest : most;
    }
    ganger_text_format(text, "\n%d works that take time, %d milestones\n",
                       p->works.count - milestones, milestones);
    if (milestones < p->works.count) {
        ganger_text_format(text,
                           "a work takes %d to %d periods, one after the other they take %lld",
                           least, most, (long long)least_sum);
        if (least_sum < most_sum) {
            ganger_text_format(text, " (in the shortest modes) to %lld", (long long)most_sum);
        }
        ganger_text_add(text, "\n");
    }
}

static int by_text(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

/* False if memory is short. */
static bool describe_projects(struct ganger_text *text, const struct ganger_problem *p)
{
    int32_t projects = 0, first = INT32_MAX, last = 0;
    char **names = calloc((size_t)p->works.count + 1, sizeof *names);
    if (names == NULL) {
        return false;
    }
    for (int32_t w = 0; w < p->works.count; w++) {
        names[w] = p->works.project[w];
        first = p->works.earliest[w] < first ? p->works.earliest[w] : first;
        last = p->works.earliest[w] > last ? p->works.earliest[w] : last;
    }
    qsort(names, (size_t)p->works.count, sizeof *names, by_text);
    for (int32_t w = 0; w < p->works.count; w++) {
        bool another = w == 0 || strcmp(names[w], names[w - 1]) != 0;
        projects += another && *names[w] != '\0' ? 1 : 0;
    }
    if (projects > 0) {
        ganger_text_format(text, "%d projects\n", projects);
    }
    if (last > 0) {
        ganger_text_format(text, "works may start from period %d to %d on\n", first, last);
    }
    free(names);
    return true;
}

/* The boundary before which the needed works cannot all be done, by order and dates alone. */
static bool describe_chain(struct ganger_text *text, const struct ganger_problem *p)
{
    struct ganger_fits fits = {0};
    bool *needed = calloc((size_t)p->works.count + 1, sizeof *needed);
    bool done = needed != NULL && ganger_fits_init(&fits, p);
    if (done) {
        int32_t end = 0;
        ganger_fits_needed(p, needed);
        for (int32_t w = 0; w < p->works.count; w++) {
            end = needed[w] && fits.finish[w] > end ? fits.finish[w] : end;
        }
        ganger_text_format(text, "longest chain of works that must be done: ends at boundary %d\n",
                           end);
    }
    free(needed);
    ganger_fits_clear(&fits);
    return done;
}

bool ganger_describe_makespan(struct ganger_text *text, const struct ganger_problem *p)
{
    describe_durations(text, p);
    return describe_projects(text, p) && describe_chain(text, p);
}
