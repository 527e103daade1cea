#include "search/moves.h"

#include "search/estimate.h"
#include "search/move_parts.h"
#include "search/recreate.h"
#include "search/trial.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Chance of overlooking a start when works are put back. */
static const struct ganger_recreate_style usual_style = {.blink = GANGER_USUAL_BLINK};
/* Works taken out together by the larger moves, at most. */
enum { largest_ruin = 12, shift_reach = 6 };
/* What is counted on a sketch goes through vectors, and takes a fifth of the time that the same count takes elsewhere. */
enum { sketched_less = 5 };

struct ganger_moves *ganger_moves_create(const struct ganger_search_model *model)
{
    struct ganger_moves *moves = calloc(1, sizeof *moves);
    size_t works = (size_t)model->problem->works.count + 1;
    if (!moves) {
        return NULL;
    }
    moves->chosen = malloc((works + largest_ruin) * sizeof *moves->chosen);
    moves->candidates = malloc(2 * works * sizeof *moves->candidates);
    moves->key = malloc(works * sizeof *moves->key);
    moves->listed = calloc(works, 1);
    if (!moves->chosen || !moves->candidates || !moves->key || !moves->listed) {
        ganger_moves_destroy(moves);
        return NULL;
    }
    return moves;
}

void ganger_moves_destroy(struct ganger_moves *moves)
{
    if (moves) {
        free(moves->chosen);
        free(moves->candidates);
        free(moves->key);
        free(moves->listed);
        free(moves);
    }
}

const char *ganger_move_name(enum ganger_move move)
{
    static const char *const names[] = {
#define GANGER_MOVE_TEXT(name, text, share) text,
        GANGER_MOVES(GANGER_MOVE_TEXT)
#undef GANGER_MOVE_TEXT
    };
    return names[move];
}

static enum ganger_move draw_move(struct ganger_island *island)
{
    static const int32_t share[] = {
#define GANGER_MOVE_SHARE(name, text, share) share,
        GANGER_MOVES(GANGER_MOVE_SHARE)
#undef GANGER_MOVE_SHARE
    };
    bool alone = island->neighbour->placed == 0;
    int32_t total = 0;
    for (int i = 0; i < GANGER_MOVE_COUNT; i++) {
        total += i == GANGER_MOVE_IMITATE && alone ? 0 : share[i];
    }
    int32_t draw = ganger_rng_below(&island->rng, total);
    int move = 0;
    while (draw >= share[move]) {
        draw -= share[move++];
    }
    return (enum ganger_move)move;
}

struct ganger_group ganger_moves_all(const struct ganger_island *island)
{
    return (struct ganger_group){island->own, ganger_moves_own_count(island)};
}

/* One of the groups' lists, if there are any and the island may choose among all works. */
static struct ganger_group group_of(const struct ganger_island *island,
                                    const struct ganger_group_lists *lists, int32_t g)
{
    return island->own || !lists->first ? ganger_moves_all(island) : ganger_group_at(lists, g);
}

struct ganger_group ganger_moves_beside(const struct ganger_island *island, int32_t link)
{
    return group_of(island, &island->model->groups.beside, link);
}

struct ganger_group ganger_moves_users(const struct ganger_island *island, int32_t resource)
{
    const struct ganger_resources *r = &island->model->problem->resources;
    int32_t renewable = resource == GANGER_NONE ? GANGER_NONE : r->renewable_index[resource];
    return renewable == GANGER_NONE ? ganger_moves_all(island)
                                    : group_of(island, &island->model->groups.users, renewable);
}

struct ganger_group ganger_moves_of_project(const struct ganger_island *island, int32_t project)
{
    return group_of(island, &island->model->groups.project, project);
}

/* A random work that is placed (or not), or GANGER_NONE after some tries. */
int32_t ganger_moves_draw_work(struct ganger_island *island, bool placed)
{
    int32_t works = ganger_moves_own_count(island);
    for (int tries = 0; works > 0 && tries < 50; tries++) {
        int32_t w = ganger_moves_own(island, ganger_rng_below(&island->rng, works));
        if ((island->schedule->start[w] != GANGER_NONE) == placed) {
            return w;
        }
    }
    return GANGER_NONE;
}

void ganger_moves_shuffle(struct ganger_rng *rng, int32_t *list, int32_t count)
{
    for (int32_t i = count - 1; i > 0; i--) {
        int32_t j = ganger_rng_below(rng, i + 1);
        int32_t w = list[i];
        list[i] = list[j];
        list[j] = w;
    }
}

int32_t ganger_moves_first_renewable(const struct ganger_problem *p, int32_t mode)
{
    for (int32_t i = p->modes.first_use[mode]; i < p->modes.first_use[mode + 1]; i++) {
        if (p->resources.renewable_index[p->modes.use_resource[i]] != GANGER_NONE) {
            return p->modes.use_resource[i];
        }
    }
    return GANGER_NONE;
}

/* True if some mode of the work uses the resource. */
bool ganger_moves_may_use(const struct ganger_problem *p, int32_t work, int32_t resource)
{
    int32_t from = p->modes.first_use[p->works.first_mode[work]];
    int32_t to = p->modes.first_use[p->works.first_mode[work + 1]];
    for (int32_t i = from; i < to; i++) {
        if (p->modes.use_resource[i] == resource) {
            return true;
        }
    }
    return false;
}

/* --- choosing works to take out: each writes moves->chosen and returns how many --- */

static int32_t choose_scatter(struct ganger_moves *moves, struct ganger_island *island,
                              int32_t size)
{
    int32_t count = 0;
    for (int32_t i = 0; i < size; i++) {
        int32_t w = ganger_moves_draw_work(island, true);
        if (w != GANGER_NONE) {
            moves->chosen[count++] = w;
        }
    }
    return count;
}

/* Selection by repeated scan keeps ties in file order. */
int32_t ganger_moves_keep_least(struct ganger_moves *moves, int32_t count, int32_t size)
{
    int32_t kept = count < size ? count : size;
    for (int32_t i = 0; i < kept; i++) {
        int32_t least = i;
        for (int32_t j = i + 1; j < count; j++) {
            double a = moves->key[moves->chosen[j]];
            double b = moves->key[moves->chosen[least]];
            if (a < b || (a <= b && moves->chosen[j] < moves->chosen[least])) {
                least = j;
            }
        }
        int32_t w = moves->chosen[i];
        moves->chosen[i] = moves->chosen[least];
        moves->chosen[least] = w;
    }
    return kept;
}

/* Placed works on the seed's link, its project, or a link beside it; nearest on the line first. */
static int32_t choose_corridor(struct ganger_moves *moves, struct ganger_island *island,
                               int32_t seed, int32_t size)
{
    const struct ganger_problem *p = island->model->problem;
    int32_t q = p->works.segment[seed];
    if (q == GANGER_NONE) {
        return choose_scatter(moves, island, size);
    }
    int32_t link = p->segments.link[q];
    int32_t count = 0;
    struct ganger_group near = ganger_moves_beside(island, link);
    for (int32_t i = 0; i < near.count; i++) {
        int32_t w = ganger_moves_at(near, i);
        int32_t segment = p->works.segment[w];
        if (island->schedule->start[w] == GANGER_NONE || segment == GANGER_NONE) {
            continue;
        }
        int32_t other = p->segments.link[segment];
        if (ganger_groups_meet(&p->links, other, link)) {
            moves->key[w] = other == link
                                ? abs(p->segments.position[segment] - p->segments.position[q])
                                : 1000 + ganger_rng_unit(&island->rng);
            moves->chosen[count++] = w;
        }
    }
    return ganger_moves_keep_least(moves, count, size);
}

static int32_t choose_region(struct ganger_moves *moves, struct ganger_island *island, int32_t seed,
                             int32_t size)
{
    const struct ganger_problem *p = island->model->problem;
    int32_t resource = ganger_moves_first_renewable(p, island->schedule->mode[seed]);
    int32_t count = 0;
    struct ganger_group near = ganger_moves_users(island, resource);
    for (int32_t i = 0; i < near.count; i++) {
        int32_t w = ganger_moves_at(near, i);
        if (island->schedule->start[w] != GANGER_NONE &&
            (w == seed || (resource != GANGER_NONE && ganger_moves_may_use(p, w, resource)))) {
            moves->key[w] = abs(island->schedule->start[w] - island->schedule->start[seed]) +
                            20 * ganger_rng_unit(&island->rng);
            moves->chosen[count++] = w;
        }
    }
    return ganger_moves_keep_least(moves, count, size);
}

static int32_t choose_season(struct ganger_moves *moves, struct ganger_island *island, int32_t seed,
                             int32_t size)
{
    int32_t centre = island->schedule->start[seed];
    int32_t count = 0;
    for (int32_t i = 0; i < ganger_moves_own_count(island); i++) {
        int32_t w = ganger_moves_own(island, i);
        if (island->schedule->start[w] != GANGER_NONE &&
            abs(island->schedule->start[w] - centre) <= 8) {
            moves->key[w] = ganger_rng_unit(&island->rng);
            moves->chosen[count++] = w;
        }
    }
    return ganger_moves_keep_least(moves, count, size);
}

/* --- trials --- */

/* Judges what the trial has become. Accepts with the rule of simulated annealing. */
static bool decide(struct ganger_moves *moves, struct ganger_island *island, enum ganger_move move,
                   double temperature)
{
    struct ganger_move_statistics *statistics = ganger_moves_count(moves, island, move);
    double before = island->trial->saved_value.total;
    double threshold = before;
    if (temperature > 0) {
        threshold += temperature * log(1.0 - ganger_rng_unit(&island->rng));
    }
    statistics->judged++;
    if (!ganger_trial_judge(island, threshold)) {
        ganger_trial_rollback(island);
        return false;
    }
    statistics->accepted++;
    statistics->gain += fmax(0, island->value.total - before);
    ganger_trial_commit(island);
    return true;
}

/* True if the trial ends where it began. */
static bool nothing_changed(const struct ganger_island *island)
{
    const struct ganger_trial *trial = island->trial;
    if (trial->placed_count != trial->removed_count) {
        return false;
    }
    for (int32_t i = 0; i < trial->removed_count; i++) {
        struct ganger_placement was = trial->removed[i];
        if (island->schedule->start[was.work] != was.start ||
            island->schedule->mode[was.work] != was.mode) {
            return false;
        }
    }
    return true;
}

void ganger_moves_finish(struct ganger_moves *moves, struct ganger_island *island,
                         enum ganger_move move, double temperature)
{
    if (nothing_changed(island)) {
        ganger_trial_rollback(island);
    } else {
        decide(moves, island, move, temperature);
    }
}

static void try_insert(struct ganger_moves *moves, struct ganger_island *island, double temperature)
{
    int32_t w = ganger_moves_draw_work(island, false);
    if (w == GANGER_NONE) {
        return;
    }
    ganger_trial_begin(island);
    ganger_recreate(island, &w, 1, usual_style);
    ganger_moves_finish(moves, island, GANGER_MOVE_INSERT, temperature);
}

static void try_drop(struct ganger_moves *moves, struct ganger_island *island, double temperature)
{
    int32_t w = ganger_moves_draw_work(island, true);
    if (w == GANGER_NONE || island->model->problem->works.mandatory[w]) {
        return;
    }
    ganger_trial_begin(island);
    ganger_trial_remove(island, &w, 1);
    ganger_moves_finish(moves, island, GANGER_MOVE_DROP, temperature);
}

/* Lifts one work and puts it where the question allows. */
static void try_single(struct ganger_moves *moves, struct ganger_island *island,
                       enum ganger_move move, double temperature)
{
    const struct ganger_problem *p = island->model->problem;
    int32_t w = ganger_moves_draw_work(island, true);
    if (w == GANGER_NONE) {
        return;
    }
    int32_t mode = island->schedule->mode[w];
    int32_t start = island->schedule->start[w];
    struct ganger_question question = {.work = w,
                                       .last = p->time.periods - 1,
                                       .mode = GANGER_NONE,
                                       .not_mode = GANGER_NONE,
                                       .blink = GANGER_USUAL_BLINK};
    if (move == GANGER_MOVE_MODE) {
        question.not_mode = mode;
    } else if (move == GANGER_MOVE_SHIFT) {
        int32_t reach = 1 + ganger_rng_below(&island->rng, shift_reach);
        bool later = ganger_rng_word(&island->rng) & 1U;
        question.first = later ? start + 1 : (start > reach ? start - reach : 0);
        question.last = later ? start + reach : start - 1;
        question.last = question.last < p->time.periods ? question.last : p->time.periods - 1;
        question.mode = mode;
    }
    ganger_trial_begin(island);
    ganger_trial_lift(island, w);
    struct ganger_placement best;
    double gain = 0;
    if (!ganger_estimate_best(island, question, &best, &gain)) {
        ganger_trial_rollback(island);
        return;
    }
    ganger_trial_place(island, best);
    ganger_moves_finish(moves, island, move, temperature);
}

/* b's gang is freed first, a takes a start near b's, then b goes where it pays most. */
static void try_swap(struct ganger_moves *moves, struct ganger_island *island, double temperature)
{
    const struct ganger_problem *p = island->model->problem;
    int32_t a = ganger_moves_draw_work(island, true);
    if (a == GANGER_NONE) {
        return;
    }
    int32_t resource = ganger_moves_first_renewable(p, island->schedule->mode[a]);
    int32_t b = GANGER_NONE;
    for (int tries = 0; tries < 30 && b == GANGER_NONE; tries++) {
        int32_t w = ganger_moves_draw_work(island, true);
        if (w != GANGER_NONE && w != a && resource != GANGER_NONE &&
            ganger_moves_may_use(p, w, resource)) {
            b = w;
        }
    }
    if (b == GANGER_NONE) {
        return;
    }
    int32_t around = island->schedule->start[b];
    int32_t pair[] = {a, b};
    ganger_trial_begin(island);
    ganger_trial_remove(island, pair, 2);
    struct ganger_question question = {.work = a,
                                       .first = around > 3 ? around - 3 : 0,
                                       .last = around + 3,
                                       .mode = GANGER_NONE,
                                       .not_mode = GANGER_NONE};
    question.last = question.last < p->time.periods ? question.last : p->time.periods - 1;
    struct ganger_placement best;
    double gain = 0;
    if (!ganger_estimate_best(island, question, &best, &gain)) {
        ganger_trial_rollback(island);
        return;
    }
    ganger_trial_place(island, best);
    int32_t count = 0;
    for (int32_t i = 0; i < island->trial->removed_count; i++) {
        if (island->trial->removed[i].work != a) {
            moves->candidates[count++] = island->trial->removed[i].work;
        }
    }
    ganger_recreate(island, moves->candidates, count, usual_style);
    ganger_moves_finish(moves, island, GANGER_MOVE_SWAP, temperature);
}

/* What may be put back: what was taken out, and some undone works that may take the freed gangs. */
static int32_t list_candidates(struct ganger_moves *moves, struct ganger_island *island)
{
    const struct ganger_problem *p = island->model->problem;
    const struct ganger_trial *trial = island->trial;
    int32_t count = 0;
    for (int32_t i = 0; i < trial->removed_count; i++) {
        moves->candidates[count++] = trial->removed[i].work;
        moves->listed[trial->removed[i].work] = 1;
    }
    int32_t resource = ganger_moves_first_renewable(p, trial->removed[0].mode);
    int32_t wanted = 1 + ganger_rng_below(&island->rng, trial->removed_count + 1);
    for (int tries = 0; tries < 40 && wanted > 0; tries++) {
        int32_t w = ganger_moves_own(
            island, ganger_rng_below(&island->rng, ganger_moves_own_count(island)));
        if (island->schedule->start[w] == GANGER_NONE && !moves->listed[w] &&
            (resource == GANGER_NONE || tries >= 30 || ganger_moves_may_use(p, w, resource))) {
            moves->candidates[count++] = w;
            moves->listed[w] = 1;
            wanted--;
        }
    }
    for (int32_t i = 0; i < count; i++) {
        moves->listed[moves->candidates[i]] = 0;
    }
    ganger_moves_shuffle(&island->rng, moves->candidates, count);
    return count;
}

static void try_ruin(struct ganger_moves *moves, struct ganger_island *island,
                     enum ganger_move move, double temperature)
{
    int32_t seed = ganger_moves_draw_work(island, true);
    if (seed == GANGER_NONE) {
        return;
    }
    int32_t size = 2 + ganger_rng_below(&island->rng, largest_ruin - 1);
    int32_t count = 0;
    switch (move) {
    case GANGER_MOVE_CORRIDOR:
        count = choose_corridor(moves, island, seed, size);
        break;
    case GANGER_MOVE_REGION:
        count = choose_region(moves, island, seed, size);
        break;
    case GANGER_MOVE_SEASON:
        count = choose_season(moves, island, seed, size);
        break;
    default:
        count = choose_scatter(moves, island, size);
        break;
    }
    ganger_trial_begin(island);
    ganger_trial_remove(island, moves->chosen, count);
    if (island->trial->removed_count == 0) {
        ganger_trial_rollback(island);
        return;
    }
    int32_t candidates = list_candidates(moves, island);
    /* Mostly near the best start, at times anywhere: what is best for one work may block the others. */
    struct ganger_recreate_style style = {.blink = ldexp(0.01, ganger_rng_below(&island->rng, 7))};
    style.early = ganger_rng_word(&island->rng) & 1U;
    ganger_recreate(island, moves->candidates, candidates, style);
    ganger_moves_finish(moves, island, move, temperature);
}

void ganger_moves_try(struct ganger_moves *moves, struct ganger_island *island, double temperature)
{
    enum ganger_move move = draw_move(island);
    int64_t before = ganger_island_ticks(island);
    switch (move) {
    case GANGER_MOVE_INSERT:
        try_insert(moves, island, temperature);
        break;
    case GANGER_MOVE_LINE:
        ganger_moves_try_line(moves, island, temperature);
        break;
    case GANGER_MOVE_EXCHANGE:
        ganger_moves_try_exchange(moves, island, temperature);
        break;
    case GANGER_MOVE_SLIDE:
        ganger_moves_try_slide(moves, island, temperature);
        break;
    case GANGER_MOVE_IMITATE:
        ganger_moves_try_imitate(moves, island, temperature);
        break;
    case GANGER_MOVE_DROP:
        try_drop(moves, island, temperature);
        break;
    case GANGER_MOVE_REINSERT:
    case GANGER_MOVE_SHIFT:
    case GANGER_MOVE_MODE:
        try_single(moves, island, move, temperature);
        break;
    case GANGER_MOVE_SWAP:
        try_swap(moves, island, temperature);
        break;
    default:
        try_ruin(moves, island, move, temperature);
        break;
    }
    island->ticks += 50; /* so that a move that finds nothing to do still costs */
    if (island->outlook) {
        island->ticks = before + (island->ticks - before) / sketched_less;
    }
    struct ganger_move_statistics *statistics = ganger_moves_count(moves, island, move);
    statistics->tried++;
    statistics->ticks += ganger_island_ticks(island) - before;
}
