#include "makespan/shop.h"

#include "support/rules.h"

#include <string.h>

static int draw(struct ganger_rng *rng, int low, int high)
{
    return low + ganger_rng_below(rng, high - low + 1);
}

/* --- drawing --- */

struct traits {
    bool modes, projects, lags, varying, tight, free;
};

static struct traits traits_of(struct ganger_rng *rng, enum shop_kind kind)
{
    bool any = kind == SHOP_ALL;
    return (struct traits){
        .modes = kind == SHOP_MODES || kind == SHOP_FREE || (any && draw(rng, 0, 1)),
        .projects = kind == SHOP_PROJECTS || (any && draw(rng, 0, 1)),
        .free = kind == SHOP_FREE,
        .lags = kind == SHOP_LAGS || kind == SHOP_FREE || (any && draw(rng, 0, 1)),
        .varying = kind == SHOP_VARYING || (any && draw(rng, 0, 1)),
        .tight = kind == SHOP_TIGHT || (any && draw(rng, 0, 1))};
}

void shop_work(struct tiny *tiny, const char *id, int duration, const char *resource, int amount)
{
    tiny_add(tiny, TINY_WORK, "%s,facility,,0,0,false,,,,,true,,,", id);
    tiny_add(tiny, TINY_MODE, "%s,m0,%d,0,1", id, duration);
    if (resource) {
        tiny_add(tiny, TINY_USAGE, "%s,m0,%s,%d", id, resource, amount);
    }
}

static void add_modes(struct tiny *t, struct ganger_rng *rng, const struct traits *traits, int w)
{
    int modes = traits->modes ? draw(rng, 1, 3) : 1;
    for (int m = 0; m < modes; m++) {
        int least = draw(rng, 0, 5) ? 1 : 0;
        tiny_add(t, TINY_MODE, "w%d,m%d,%d,0,1", w, m, draw(rng, least, 4));
        for (int r = 0; r < 2 && !traits->free; r++) {
            if (draw(rng, 0, 2)) {
                tiny_add(t, TINY_USAGE, "w%d,m%d,r%d,%d", w, m, r, draw(rng, 1, 3));
            }
        }
        if (traits->modes && !traits->free) {
            tiny_add(t, TINY_USAGE, "w%d,m%d,fuel,%d", w, m, draw(rng, 1, 6));
        }
    }
}

static void add_works(struct tiny *t, struct ganger_rng *rng, const struct traits *traits,
                      int works)
{
    int late = draw(rng, 1, 4);
    for (int w = 0; w < works; w++) {
        tiny_add(t, TINY_WORK, "w%d,facility,,0,0,false,%d,,,,true,,,", w,
                 traits->projects && w >= works / 2 ? late : 0);
        add_modes(t, rng, traits, w);
    }
    if (traits->tight) {
        shop_work(t, "end", 0, NULL, 0);
    }
}

static void add_resources(struct tiny *t, struct ganger_rng *rng, const struct traits *traits,
                          int works)
{
    tiny_add(t, TINY_RESOURCE, "r0,renewable\nr1,renewable\nfuel,consumable");
    for (int r = 0; r < 2; r++) {
        int from = 0, top = draw(rng, 3, 5);
        while (traits->varying && from + 3 < t->periods && draw(rng, 0, 3)) {
            int to = from + draw(rng, 1, 3);
            tiny_add(t, TINY_CAPACITY, "r%d,%d,%d,%d", r, from, to, draw(rng, 0, top));
            from = to;
        }
        tiny_add(t, TINY_CAPACITY, "r%d,%d,%d,%d", r, from, t->periods, top);
    }
    if (traits->modes) {
        tiny_add(t, TINY_CAPACITY, "fuel,0,%d,%d", t->periods, draw(rng, 2 * works, 4 * works));
    }
}

static void add_order(struct tiny *t, struct ganger_rng *rng, const struct traits *traits,
                      int works)
{
    for (int b = 1; b < works; b++) {
        for (int a = 0; a < b; a++) {
            bool apart = traits->projects && a < works / 2 && b >= works / 2;
            if (draw(rng, 0, 3) == 0 && !apart) {
                bool by_start = traits->lags && draw(rng, 0, 1);
                tiny_add(t, TINY_PRECEDENCE, "w%d,w%d,%s,%d", a, b, by_start ? "SS" : "FS",
                         traits->lags ? draw(rng, 0, 2) : 0);
            }
        }
    }
    for (int w = 0; traits->tight && w < works; w++) {
        tiny_add(t, TINY_PRECEDENCE, "w%d,end,FS,0", w);
    }
}

static struct ganger_problem *draw_problem(struct ganger_rng *rng, enum shop_kind kind, int works)
{
    static struct tiny t;
    struct traits traits = traits_of(rng, kind);
    bool small = works == 0;
    works = small ? draw(rng, 2, SHOP_WORKS - 1 - traits.modes) : works;
    tiny_init(&t, !small ? 6 * works : traits.tight ? draw(rng, 4, 9) : 30);
    t.makespan = true;
    add_works(&t, rng, &traits, works);
    add_resources(&t, rng, &traits, works);
    add_order(&t, rng, &traits, works);
    return tiny_try(&t);
}

struct ganger_problem *shop_random(struct ganger_rng *rng, enum shop_kind kind)
{
    struct ganger_problem *problem = NULL;
    for (int tries = 0; !problem && tries < 50; tries++) {
        problem = draw_problem(rng, kind, 0);
    }
    return problem;
}

struct ganger_problem *shop_large(struct ganger_rng *rng, enum shop_kind kind, int works)
{
    struct ganger_problem *problem = NULL;
    for (int tries = 0; !problem && tries < 50; tries++) {
        problem = draw_problem(rng, kind, works);
    }
    return problem;
}

/* --- the optimum --- */

struct walk {
    const struct ganger_problem *problem;
    int32_t order[SHOP_WORKS], start[SHOP_WORKS], mode[SHOP_WORKS];
    int32_t best;
    int64_t use[2][64];
    int64_t used[3];
};

static int32_t finish_of(const struct walk *k, int32_t w)
{
    return k->start[w] + k->problem->modes.duration[k->mode[w]];
}

static int32_t ready_at(const struct walk *k, int32_t w)
{
    const struct ganger_precedences *rows = &k->problem->precedences;
    int32_t ready = k->problem->works.earliest[w];
    for (int32_t i = 0; i < rows->count; i++) {
        if (rows->successor[i] == w) {
            int32_t a = rows->predecessor[i];
            int32_t at = rows->type[i] == GANGER_PRECEDENCE_SS ? k->start[a] : finish_of(k, a);
            ready = at + rows->lag[i] > ready ? at + rows->lag[i] : ready;
        }
    }
    return ready;
}

/* Adds a placed work's uses, `sign` times; false if a limit is exceeded then. */
static bool add_use(struct walk *k, int32_t w, int sign)
{
    const struct ganger_problem *p = k->problem;
    bool kept = true;
    for (int32_t i = p->modes.first_use[k->mode[w]]; i < p->modes.first_use[k->mode[w] + 1]; i++) {
        int32_t resource = p->modes.use_resource[i], r = p->resources.renewable_index[resource];
        int64_t amount = (int64_t)sign * p->modes.use_amount[i];
        if (r == GANGER_NONE) {
            k->used[resource] += amount;
            for (int32_t j = 0; j < p->resources.windows; j++) {
                kept = kept && (p->resources.window_resource[j] != resource ||
                                (double)k->used[resource] <= p->resources.window_limit[j]);
            }
        }
        for (int32_t t = k->start[w]; r != GANGER_NONE && t < finish_of(k, w); t++) {
            k->use[r][t] += amount;
            kept = kept && k->use[r][t] <= p->resources.capacity[r * p->time.periods + t];
        }
    }
    return kept;
}

static void place(struct walk *k, int32_t at, int32_t makespan)
{
    const struct ganger_problem *p = k->problem;
    if (at >= SHOP_WORKS || at == p->works.count) {
        k->best = makespan < k->best ? makespan : k->best;
        return;
    }
    int32_t w = p->precedences.topological[at], from = ready_at(k, w);
    for (int32_t m = p->works.first_mode[w]; m < p->works.first_mode[w + 1]; m++) {
        int32_t duration = p->modes.duration[m];
        for (int32_t s = from;
             s < p->time.periods && s + duration <= p->time.periods && s + duration < k->best;
             s++) {
            k->start[w] = s;
            k->mode[w] = m;
            if (add_use(k, w, 1)) {
                place(k, at + 1, s + duration > makespan ? s + duration : makespan);
                k->start[w] = s;
                k->mode[w] = m;
            }
            add_use(k, w, -1);
        }
    }
}

int32_t shop_best(const struct ganger_problem *problem)
{
    struct walk walk = {.problem = problem, .best = INT32_MAX};
    place(&walk, 0, 0);
    return walk.best;
}

bool shop_holds(const struct ganger_problem *problem, const int32_t *start, const int32_t *mode)
{
    /* A consumable used up to the last unit is unclear to a check that allows for rounding. */
    return rules_judge(problem, start, mode) != RULES_BROKEN &&
           rules_complete(problem, start, mode);
}
