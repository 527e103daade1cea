#include "search/prospect_sums.h"

#include "base/bits.h"
#include "base/wide.h"
#include "freight/capacity.h"

#include <math.h>

enum { block = 8 };

/* Unaligned vectors. */
typedef double lanes __attribute__((vector_size(8 * block), aligned(sizeof(double)), may_alias));
/* Numbers are compared four at a time: what compares eight at once, few processors have, and others then do one by one. */
typedef double half __attribute__((vector_size(32), aligned(sizeof(double)), may_alias));
typedef int64_t places __attribute__((vector_size(32), aligned(sizeof(double)), may_alias));

/* A stretch of boundaries with one curve: from `from` on, in whole blocks. What is written beyond its end belongs to the
 * next one, which comes after it. */
struct stretch {
    int32_t from, count;
};

static struct stretch stretch_of(const struct ganger_outlook *o, int32_t sample)
{
    int32_t from = o->first[sample], count = o->first[sample + 1] - from;
    return (struct stretch){from, (count + block - 1) / block * block};
}

static inline __attribute__((always_inline)) double worth(const struct ganger_outlook_curve *curve,
                                                          int lines, double capacity)
{
    double least = curve->level[0] + curve->slope[0] * capacity;
    for (int k = 1; k < lines; k++) {
        double line = curve->level[k] + curve->slope[k] * capacity;
        least = line < least ? line : least;
    }
    return least;
}

static inline __attribute__((always_inline)) void
weigh_done(const struct ganger_outlook_curve *from, int lines, struct stretch part,
           const struct ganger_prospect_rows *rows)
{
    struct ganger_outlook_curve curve = *from;
    const double *restrict weight = rows->weight + part.from, *restrict other =
                                                                  rows->other + part.from;
    const double *restrict standing = rows->standing + part.from;
    const double *restrict factor = rows->factor + part.from, *restrict lift =
                                                                  rows->lift + part.from;
    double *restrict now = rows->now + part.from, *restrict after = rows->after + part.from;
    int32_t count = part.count / block * block;
    for (int32_t t = 0; t < count; t++) {
        double own = standing[t] * factor[t];
        own = other[t] < own ? other[t] : own;
        now[t] = weight[t] * worth(&curve, lines, own);
    }
    for (int32_t t = 0; t < count; t++) {
        double done = (standing[t] + lift[t]) * factor[t];
        done = other[t] < done ? other[t] : done;
        after[t] = weight[t] * worth(&curve, lines, done) - now[t];
    }
}

static inline __attribute__((always_inline)) void
weigh_active(const struct ganger_outlook_curve *from, int lines, struct stretch part, double left,
             const double *restrict working, const struct ganger_prospect_rows *rows)
{
    struct ganger_outlook_curve curve = *from;
    const double *restrict weight = rows->weight + part.from, *restrict other =
                                                                  rows->other + part.from;
    const double *restrict standing = rows->standing + part.from;
    const double *restrict factor = rows->factor + part.from, *restrict now = rows->now + part.from;
    double *restrict change = rows->change + part.from;
    int32_t count = part.count / block * block;
    for (int32_t t = 0; t < count; t++) {
        double own = standing[t] * (left < factor[t] ? left : factor[t]);
        own = other[t] < own ? other[t] : own;
        change[t] = (weight[t] * worth(&curve, lines, own) - now[t]) * working[t];
    }
}

/* With the usual number of lines, and with any. */
GANGER_WIDE static void weigh_done_some(const struct ganger_outlook_curve *curve,
                                        struct stretch part,
                                        const struct ganger_prospect_rows *rows)
{
    weigh_done(curve, GANGER_OUTLOOK_USUAL_LINES, part, rows);
}

GANGER_WIDE static void weigh_done_all(const struct ganger_outlook_curve *curve,
                                       struct stretch part, const struct ganger_prospect_rows *rows)
{
    weigh_done(curve, GANGER_OUTLOOK_LINES, part, rows);
}

GANGER_WIDE static void weigh_active_some(const struct ganger_outlook_curve *curve,
                                          struct stretch part, double left, const double *working,
                                          const struct ganger_prospect_rows *rows)
{
    weigh_active(curve, GANGER_OUTLOOK_USUAL_LINES, part, left, working, rows);
}

GANGER_WIDE static void weigh_active_all(const struct ganger_outlook_curve *curve,
                                         struct stretch part, double left, const double *working,
                                         const struct ganger_prospect_rows *rows)
{
    weigh_active(curve, GANGER_OUTLOOK_LINES, part, left, working, rows);
}

void ganger_prospect_weigh_done(const struct ganger_outlook *outlook, int32_t link,
                                const struct ganger_prospect_rows *rows)
{
    for (int32_t s = 0; s < outlook->samples; s++) {
        const struct ganger_outlook_curve *curve =
            &outlook->curve[(int64_t)s * outlook->links + link];
        struct stretch part = stretch_of(outlook, s);
        if (curve->lines <= GANGER_OUTLOOK_USUAL_LINES) {
            weigh_done_some(curve, part, rows);
        } else {
            weigh_done_all(curve, part, rows);
        }
    }
}

void ganger_prospect_weigh_active(const struct ganger_outlook *outlook, int32_t link, double left,
                                  const double *working, const struct ganger_prospect_rows *rows)
{
    for (int32_t s = 0; s < outlook->samples; s++) {
        const struct ganger_outlook_curve *curve =
            &outlook->curve[(int64_t)s * outlook->links + link];
        struct stretch part = stretch_of(outlook, s);
        if (curve->lines <= GANGER_OUTLOOK_USUAL_LINES) {
            weigh_active_some(curve, part, left, working + part.from, rows);
        } else {
            weigh_active_all(curve, part, left, working + part.from, rows);
        }
    }
}

GANGER_WIDE static void lift_worn(const struct ganger_lift *lift, int32_t boundaries,
                                  double *restrict by)
{
    double gain = lift->gain, base = lift->base, decay = lift->decay, floor = lift->floor;
    double years = lift->years;
    for (int32_t t = 0; t < boundaries; t++) {
        by[t] = gain + base * (1.0 - ganger_capacity_health(decay, floor, t * years));
    }
}

void ganger_prospect_lift_all(const struct ganger_lift *lift, int32_t boundaries,
                              const struct ganger_prospect_rows *rows)
{
    lift_worn(lift, lift->worn, rows->lift);
    for (int32_t t = lift->worn; t < boundaries; t++) {
        rows->lift[t] = lift->gain;
    }
}

/* *sum: of the lanes up to each, and of all that came before. */
static inline __attribute__((always_inline)) void run_on(lanes *sum, lanes *before)
{
    const lanes none = {0};
    lanes x = *sum;
    x += __builtin_shufflevector(none, x, 0, 8, 9, 10, 11, 12, 13, 14);
    x += __builtin_shufflevector(none, x, 0, 1, 8, 9, 10, 11, 12, 13);
    x += __builtin_shufflevector(none, x, 0, 1, 2, 3, 8, 9, 10, 11);
    x += *before;
    *before = __builtin_shufflevector(x, x, 7, 7, 7, 7, 7, 7, 7, 7);
    *sum = x;
}

GANGER_WIDE static void sum_done(int32_t boundaries, const struct ganger_prospect_rows *rows)
{
    const double *after = rows->after;
    double *before = rows->before;
    lanes so_far = {0};
    before[0] = 0;
    for (int32_t t = 0; t < boundaries; t += block) {
        lanes x = *(const lanes *)(after + t);
        run_on(&x, &so_far);
        *(lanes *)(before + t + 1) = x;
    }
}

double ganger_prospect_sum_done(int32_t boundaries, const struct ganger_prospect_rows *rows)
{
    sum_done(boundaries, rows);
    return rows->before[boundaries];
}

GANGER_WIDE static void sum_active(int32_t periods, const struct ganger_prospect_rows *rows)
{
    const double *change = rows->change, *before = rows->before;
    double *active = rows->active, *net = rows->net;
    lanes so_far = {0};
    active[0] = net[0] = 0;
    for (int32_t t = 0; t < periods; t += block) {
        lanes x = *(const lanes *)(change + t);
        run_on(&x, &so_far);
        *(lanes *)(active + t + 1) = x;
        *(lanes *)(net + t + 1) = x - *(const lanes *)(before + t + 1);
    }
}

GANGER_WIDE static void sum_idle(int32_t periods, const struct ganger_prospect_rows *rows)
{
    const double *restrict before = rows->before;
    double *restrict net = rows->net, *restrict active = rows->active;
    for (int32_t t = 0; t <= periods; t++) {
        active[t] = 0;
        net[t] = -before[t];
    }
}

/* A work that may not start is said to finish one period after the last. */
void ganger_prospect_sum_active(int32_t periods, const struct ganger_prospect_rows *rows)
{
    sum_active(periods, rows);
    rows->net[periods + 1] = -INFINITY;
}

void ganger_prospect_sum_idle(int32_t periods, const struct ganger_prospect_rows *rows)
{
    sum_idle(periods, rows);
    rows->net[periods + 1] = -INFINITY;
}

GANGER_WIDE static void add_starts(const struct ganger_prospect_sums *sums, int32_t count,
                                   const struct ganger_prospect_rows *rows, double *restrict sum)
{
    const double *restrict net = rows->net, *restrict active = rows->active;
    const double *restrict share = sums->share;
    const int32_t *restrict finish = sums->finish;
    double cost = sums->cost, more = sums->more;
    for (int32_t s = 0; s < count; s++) {
        sum[s] = net[finish[s]] - active[s] - cost * share[s] + more;
    }
}

static inline __attribute__((always_inline)) void raise_to(half *all, const double *x)
{
    half next = *(const half *)x;
    places more = next > *all;
    *all = (half)((more & (places)next) | (~more & (places)*all));
}

/* In four parts at once, since each comparison waits for the one before. `count`: whole blocks. */
GANGER_WIDE static void find_most(const double *x, int32_t count, double *most)
{
    half first = *(const half *)most, second = first, third = first, fourth = first;
    int32_t i = 0;
    for (; i + 2 * block <= count; i += 2 * block) {
        raise_to(&first, x + i);
        raise_to(&second, x + i + 4);
        raise_to(&third, x + i + 8);
        raise_to(&fourth, x + i + 12);
    }
    for (; i < count; i += block) {
        raise_to(&first, x + i);
        raise_to(&second, x + i + 4);
    }
    raise_to(&first, (const double *)&second);
    raise_to(&third, (const double *)&fourth);
    raise_to(&first, (const double *)&third);
    *(half *)most = first;
}

double ganger_prospect_add_starts(const struct ganger_prospect_sums *sums, int32_t last,
                                  const struct ganger_prospect_rows *rows, double *sum)
{
    double most[4];
    int32_t whole = (last + 1) / block * block;
    add_starts(sums, last + 1, rows, sum);
    for (int32_t k = 0; k < 4; k++) {
        most[k] = -INFINITY;
    }
    find_most(sum, whole, most);
    for (int32_t s = whole; s <= last; s++) {
        most[0] = sum[s] > most[0] ? sum[s] : most[0];
    }
    for (int32_t k = 1; k < 4; k++) {
        most[0] = most[k] > most[0] ? most[k] : most[0];
    }
    return most[0];
}

/* Lane by lane the most so far, and where it is. */
struct best {
    half most;
    places at;
};

/* Looks at 64 numbers, those whose bits are set. Each comparison stands alone, as processors have it. */
GANGER_WIDE static void look_at_word(const double *x, int32_t from, uint64_t bits,
                                     struct best *best)
{
    const places bit = {1, 2, 4, 8}, place = {0, 1, 2, 3};
    const half none = (half){0} - INFINITY;
    half most = best->most;
    places at = best->at;
    for (; bits != 0; bits >>= 4, from += 4) {
        int64_t some = (int64_t)(bits & 0xf);
        if (some == 0) {
            continue;
        }
        places seen = (bit & some) == bit;
        half next = *(const half *)(x + from);
        next = (half)((seen & (places)next) | (~seen & (places)none));
        places better = next > most, here = place + from;
        most = (half)((better & (places)next) | (~better & (places)most));
        at = (better & here) | (~better & at);
    }
    best->most = most;
    best->at = at;
}

int32_t ganger_prospect_best_start(const double *sum, const uint64_t *set, int32_t first,
                                   int32_t last)
{
    struct best best = {(half){0} - INFINITY, (places){0} + GANGER_NONE};
    for (int32_t word = first / 64; word <= last / 64; word++) {
        uint64_t bits = set[word] & ganger_bits_within(word, first, last + 1);
        if (bits != 0) {
            look_at_word(sum, word * 64, bits, &best);
        }
    }
    int k = 0;
    for (int i = 1; i < 4; i++) {
        bool earlier = best.most[i] == best.most[k] && best.at[i] < best.at[k];
        k = best.most[i] > best.most[k] || earlier ? i : k;
    }
    return (int32_t)best.at[k];
}

GANGER_WIDE static void add_lanes(const double *restrict x, int32_t count, double *restrict sum)
{
    for (int32_t i = 0; i < count; i += block) {
        for (int32_t k = 0; k < block; k++) {
            sum[k] += x[i + k];
        }
    }
}

double ganger_prospect_total(const double *x, int32_t count)
{
    double sum[block] = {0};
    int32_t whole = count / block * block;
    add_lanes(x, whole, sum);
    for (int32_t i = whole; i < count; i++) {
        sum[0] += x[i];
    }
    return ((sum[0] + sum[1]) + (sum[2] + sum[3])) + ((sum[4] + sum[5]) + (sum[6] + sum[7]));
}
