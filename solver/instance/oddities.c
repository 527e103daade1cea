/* What may be a slip in the data though a plan can be made. */
#include "instance/describe.h"
#include "instance/fits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One kind of oddity: a headline, then the ids of the rows it holds for. */
struct oddity {
    struct ganger_text *text;
    const char *what;
    int32_t count;
    bool any; /* of any kind */
};

enum { IDS_SHOWN = 5 };

static void begin(struct oddity *odd, const char *what)
{
    odd->what = what;
    odd->count = 0;
}

static void add(struct oddity *odd, const char *id)
{
    if (!odd->any) {
        ganger_text_add(odd->text, "\nwhat looks odd\n");
    }
    odd->any = true;
    if (odd->count == 0) {
        ganger_text_format(odd->text, "  %s: ", odd->what);
    }
    if (odd->count < IDS_SHOWN) {
        ganger_text_format(odd->text, "%s%s", odd->count > 0 ? ", " : "", id);
    }
    odd->count++;
}

static void end(struct oddity *odd)
{
    if (odd->count > IDS_SHOWN) {
        ganger_text_format(odd->text, " and %d more", odd->count - IDS_SHOWN);
    }
    if (odd->count > 0) {
        ganger_text_add(odd->text, "\n");
    }
}

static void odd_segments(struct oddity *odd, const struct ganger_problem *p, const bool *openable)
{
    begin(odd, "segments without capacity that no work opens");
    for (int32_t q = 0; q < p->segments.count; q++) {
        bool opens = p->segments.capacity[q] > 0;
        for (int32_t i = p->segments.first_work[q]; i < p->segments.first_work[q + 1]; i++) {
            opens = opens || p->works.gain[p->segments.work_list[i]] > 0;
        }
        if (!opens) {
            add(odd, p->segments.id[q]);
        }
    }
    end(odd);
    begin(odd, "segments that decay, but not below a floor of 1 (no floor given)");
    for (int32_t q = 0; q < p->segments.count; q++) {
        if (p->segments.decay[q] > 0 && p->segments.floor[q] >= 1) {
            add(odd, p->segments.id[q]);
        }
    }
    end(odd);
    begin(odd, "build works to which no rails can ever lead");
    for (int32_t w = 0; w < p->works.count; w++) {
        int32_t segment = p->works.segment[w];
        if (p->railhead && p->works.kind[w] == GANGER_WORK_BUILD && segment != GANGER_NONE &&
            !openable[segment]) {
            add(odd, p->works.id[w]);
        }
    }
    end(odd);
}

static void odd_demands(struct oddity *odd, const struct ganger_problem *p, const bool *reachable)
{
    begin(odd, "demands that no path of today's network carries");
    for (int32_t k = 0; k < p->demands.count; k++) {
        if (!reachable[k]) {
            add(odd, p->demands.id[k]);
        }
    }
    end(odd);
    begin(odd, "demands without any volume");
    for (int32_t k = 0; k < p->demands.count; k++) {
        bool some = false;
        for (int32_t step = 0; step < p->demands.steps; step++) {
            some = some || p->demands.volume[(int64_t)step * p->demands.count + k] > 0;
        }
        if (!some) {
            add(odd, p->demands.id[k]);
        }
    }
    end(odd);
}

/* The largest capacity of a resource that is renewable; INT32_MAX for others. */
static int32_t most_of(const struct ganger_problem *p, int32_t resource)
{
    int32_t index = p->resources.renewable_index[resource];
    int32_t most = index == GANGER_NONE ? INT32_MAX : 0;
    for (int32_t t = 0; index != GANGER_NONE && t < p->time.periods; t++) {
        int32_t here = p->resources.capacity[(int64_t)index * p->time.periods + t];
        most = here > most ? here : most;
    }
    return most;
}

static void odd_uses(struct oddity *odd, const struct ganger_problem *p, const int32_t *largest)
{
    const struct ganger_resources *r = &p->resources;
    begin(odd, "resources that no mode uses");
    for (int32_t i = 0; i < r->count; i++) {
        if (largest[i] == 0 && i != r->budget) {
            add(odd, r->id[i]);
        }
    }
    end(odd);
    begin(odd, "renewables of which some mode needs more than there ever is");
    for (int32_t i = 0; i < r->count; i++) {
        if (largest[i] > most_of(p, i)) {
            add(odd, r->id[i]);
        }
    }
    end(odd);
    begin(odd, "consumables without any window, so without limit");
    for (int32_t i = 0; i < r->count; i++) {
        if (r->kind[i] == GANGER_RESOURCE_CONSUMABLE &&
            r->first_window[i] == r->first_window[i + 1]) {
            add(odd, r->id[i]);
        }
    }
    end(odd);
}

static void odd_rows(struct oddity *odd, const struct ganger_problem *p)
{
    begin(odd, "rows of capacity.csv without a whole period inside the horizon, of");
    for (int32_t row = 0; row < p->resources.capacity_rows; row++) {
        if (p->resources.row_from[row] >= p->resources.row_to[row]) {
            add(odd, p->resources.id[p->resources.row_resource[row]]);
        }
    }
    end(odd);
    begin(odd, "rows of calendar.csv without a whole period inside the horizon, of");
    for (int32_t row = 0; row < p->calendars.rows; row++) {
        if (p->calendars.row_from[row] >= p->calendars.row_to[row]) {
            add(odd, p->calendars.id[p->calendars.row_calendar[row]]);
        }
    }
    end(odd);
}

/* No resource, calendar, segment, order or date holds the work back. */
static bool is_free(const struct ganger_problem *p, int32_t w)
{
    const struct ganger_precedences *rows = &p->precedences;
    bool bound = p->works.segment[w] != GANGER_NONE || p->works.calendar[w] != GANGER_NONE ||
                 p->works.earliest[w] > 0 || p->works.deadline[w] < p->time.periods ||
                 p->works.fixed_start[w] != GANGER_NONE ||
                 rows->first_in[w] < rows->first_in[w + 1] ||
                 rows->first_out[w] < rows->first_out[w + 1];
    for (int32_t m = p->works.first_mode[w]; !bound && m < p->works.first_mode[w + 1]; m++) {
        bound = p->modes.first_use[m] < p->modes.first_use[m + 1] ||
                (p->modes.cost[m] > 0 && p->resources.budget != GANGER_NONE);
    }
    return !bound;
}

/* Doing the work costs, and nothing is gained by it or hangs on it. */
static bool is_useless(const struct ganger_problem *p, int32_t w, bool needed)
{
    bool counts = false;
    for (int32_t g = 0; g < p->targets.count; g++) {
        counts =
            counts || (p->works.km[w] > 0 && (p->targets.kinds[g] >> p->works.kind[w] & 1) != 0);
    }
    return p->objective == GANGER_OBJECTIVE_NPV && !needed && !counts && p->works.gain[w] == 0 &&
           !p->works.renews[w] && p->precedences.first_out[w] == p->precedences.first_out[w + 1];
}

static void odd_works(struct oddity *odd, const struct ganger_problem *p, const bool *needed)
{
    const struct ganger_works *works = &p->works;
    begin(odd, "works that nothing holds back: no resource, segment, order, calendar or date");
    for (int32_t w = 0; w < works->count; w++) {
        if (is_free(p, w)) {
            add(odd, works->id[w]);
        }
    }
    end(odd);
    begin(odd, "optional works that bring nothing: no gain, renewal, target or successor");
    for (int32_t w = 0; w < works->count; w++) {
        if (is_useless(p, w, needed[w])) {
            add(odd, works->id[w]);
        }
    }
    end(odd);
    begin(odd, "works with a tardiness cost but no due date");
    for (int32_t w = 0; w < works->count; w++) {
        if (works->tardiness_cost[w] > 0 && works->due[w] == GANGER_NONE) {
            add(odd, works->id[w]);
        }
    }
    end(odd);
    begin(odd, "works with a due date but no tardiness cost");
    for (int32_t w = 0; w < works->count; w++) {
        if (works->tardiness_cost[w] == 0 && works->due[w] != GANGER_NONE) {
            add(odd, works->id[w]);
        }
    }
    end(odd);
}

static void odd_fits(struct oddity *odd, const struct ganger_problem *p,
                     const struct ganger_fits *fits)
{
    char why[512], line[768];
    begin(odd, "optional works that can never be done");
    for (int32_t w = 0; w < p->works.count; w++) {
        if (fits->start[w] == GANGER_NONE) {
            ganger_fits_explain(fits, p, w, why, sizeof why);
            snprintf(line, sizeof line, "%s (%s)", p->works.id[w], why);
            add(odd, line);
        }
    }
    end(odd);
}

static void odd_targets(struct oddity *odd, const struct ganger_problem *p)
{
    begin(odd, "targets of more km than the works offer");
    for (int32_t g = 0; g < p->targets.count; g++) {
        double km = 0;
        for (int32_t w = 0; w < p->works.count; w++) {
            km += (p->targets.kinds[g] >> p->works.kind[w] & 1) != 0 ? p->works.km[w] : 0;
        }
        if (km < p->targets.km[g]) {
            add(odd, p->targets.id[g]);
        }
    }
    end(odd);
}

bool ganger_describe_oddities(struct ganger_text *text, const struct ganger_problem *p)
{
    struct oddity odd = {.text = text};
    struct ganger_fits fits = {0};
    bool *openable = calloc((size_t)p->segments.count + 1, sizeof *openable);
    bool *reachable = calloc((size_t)p->demands.count + 1, sizeof *reachable);
    bool *needed = calloc((size_t)p->works.count + 1, sizeof *needed);
    int32_t *largest = calloc((size_t)p->resources.count + 1, sizeof *largest);
    bool done = openable != NULL && reachable != NULL && needed != NULL && largest != NULL &&
                ganger_fits_init(&fits, p) && ganger_fits_paths(p, false, reachable) &&
                ganger_fits_rails(p, openable);
    if (done) {
        for (int32_t use = 0; use < p->modes.uses; use++) {
            int32_t resource = p->modes.use_resource[use], amount = p->modes.use_amount[use];
            largest[resource] = amount > largest[resource] ? amount : largest[resource];
        }
        ganger_fits_needed(p, needed);
        odd_segments(&odd, p, openable);
        odd_demands(&odd, p, reachable);
        odd_uses(&odd, p, largest);
        odd_rows(&odd, p);
        odd_targets(&odd, p);
        odd_works(&odd, p, needed);
        odd_fits(&odd, p, &fits);
    }
    free(openable);
    free(reachable);
    free(needed);
    free(largest);
    ganger_fits_clear(&fits);
    return done;
}
