/*
 * The linear programme behind a proof of contradiction. A column is a work done in a mode, begun in a block of starts;
 *
 *     maximise   works that must be done, each as far as it is done, + hard targets, each as far as it is met
 *     rows       each work done at most once; each supply, every column taking the least that any of its starts takes;
 *                a work that waits for another is done by a block's end no more than the other can be before; likewise
 *                a work to which no rails lead, and those that can bring them
 *
 * Any plan gets all works and targets in full. So if the optimum is less, there is none; what is less is proven by the
 * prices of the rows: sum of price * limit + sum over columns, none of which can be more than 1, of what they would still
 * gain at these prices.
 */
#include "explain/proof.h"

#include "lp/lp.h"

#include <math.h>
#include <stdlib.h>

/* Outward rounding, relative to the sum of absolute terms. */
static const double slack = 1e-9;

struct entry {
    int32_t row;
    double value;
};

struct programme {
    struct ganger_prover *prover;
    const struct ganger_problem *problem;
    struct ganger_lp *lp;
    int32_t blocks;
    bool *relevant;      /* [works] that must be done, count for a hard target, or precede such */
    int32_t *work_row;   /* [works] */
    int32_t *supply_row; /* [supplies], GANGER_NONE: does not hold */
    int32_t *order_row; /* [precedence rows] the first of one a block, GANGER_NONE: does not hold */
    int32_t *rails_row; /* [works] likewise */
    int32_t *target_row; /* [targets] work done for it >= its share that is met */
    int32_t rows, row_room;
    double *upper;
    int32_t columns, column_room;
    double *objective;
    int64_t *first; /* [columns + 1] into entry */
    int64_t entries, entry_room;
    struct entry *entry;
    int32_t *index; /* [rows] of the column that goes into the LP */
    double *value;
    double asked; /* what a plan would get */
    bool failed;
};

static int32_t *fill(size_t count)
{
    int32_t *array = malloc((count + 1) * sizeof *array);
    for (size_t i = 0; array && i < count; i++) {
        array[i] = GANGER_NONE;
    }
    return array;
}

/* Doubles the room of an array that is full. */
static bool grow(void **array, int64_t *room, int64_t needed, size_t size)
{
    if (needed <= *room) {
        return true;
    }
    int64_t larger = 2 * needed + 64;
    void *grown = realloc(*array, (size_t)larger * size);
    if (grown) {
        *array = grown;
        *room = larger;
    }
    return grown != NULL;
}

static int32_t add_row(struct programme *g, double upper)
{
    int64_t room = g->row_room;
    void *array = g->upper;
    if (!grow(&array, &room, (int64_t)g->rows + 1, sizeof *g->upper)) {
        g->failed = true;
        return 0;
    }
    g->upper = array;
    g->row_room = (int32_t)room;
    g->upper[g->rows] = upper;
    ganger_lp_add_row(g->lp, upper);
    return g->rows++;
}

static void add_entry(struct programme *g, int32_t row, double value)
{
    void *array = g->entry;
    if (!grow(&array, &g->entry_room, g->entries + 1, sizeof *g->entry)) {
        g->failed = true;
        return;
    }
    g->entry = array;
    g->entry[g->entries++] = (struct entry){row, value};
}

/* Ends the column whose entries were just added. */
static void add_column(struct programme *g, double objective)
{
    int64_t room = g->column_room, same = room;
    void *first = g->first, *objectives = g->objective;
    bool ready = grow(&first, &room, (int64_t)g->columns + 2, sizeof *g->first);
    g->first = first;
    ready = ready && grow(&objectives, &same, (int64_t)g->columns + 2, sizeof *g->objective);
    g->objective = objectives;
    if (!ready) {
        g->failed = true;
        return;
    }
    g->column_room = (int32_t)room;
    int64_t from = g->columns > 0 ? g->first[g->columns] : 0;
    g->first[g->columns] = from;
    int32_t count = 0;
    for (int64_t i = from; i < g->entries; i++) {
        g->index[count] = g->entry[i].row;
        g->value[count++] = g->entry[i].value;
    }
    g->objective[g->columns++] = objective;
    g->first[g->columns] = g->entries;
    ganger_lp_add_column_of(g->lp, objective, g->index, g->value, count);
}

static bool counts(const struct programme *g, int32_t target, int32_t w)
{
    const struct ganger_problem *p = g->problem;
    return g->prover->conditions->on[GANGER_CONDITION_TARGET][target] &&
           p->targets.km[target] > 0 && (p->targets.kinds[target] >> p->works.kind[w] & 1U);
}

/* True if the work needs one of its openers. */
static bool follows_rails(const struct programme *g, int32_t w)
{
    return g->prover->conditions->on[GANGER_CONDITION_RAILS][0] && g->prover->openers.closed[w];
}

/* Marks what a work waits for; true if something is new. */
static bool mark_before(struct programme *g, int32_t w)
{
    const struct ganger_precedences *rows = &g->problem->precedences;
    const struct ganger_openers *openers = &g->prover->openers;
    bool more = false;
    for (int32_t j = rows->first_in[w]; j < rows->first_in[w + 1]; j++) {
        int32_t other = rows->predecessor[rows->in_list[j]];
        if (g->prover->conditions->on[GANGER_CONDITION_PRECEDENCE][rows->in_list[j]]) {
            more |= !g->relevant[other];
            g->relevant[other] = true;
        }
    }
    for (int32_t j = openers->first[w]; follows_rails(g, w) && j < openers->first[w + 1]; j++) {
        more |= !g->relevant[openers->work[j]];
        g->relevant[openers->work[j]] = true;
    }
    return more;
}

static void mark_relevant(struct programme *g)
{
    const struct ganger_problem *p = g->problem;
    for (int32_t w = 0; w < p->works.count; w++) {
        g->relevant[w] = g->prover->dates.needed[w];
        for (int32_t t = 0; t < p->targets.count; t++) {
            g->relevant[w] |= counts(g, t, w) && p->works.km[w] > 0;
        }
    }
    for (bool more = true; more;) {
        more = false;
        for (int32_t w = 0; w < p->works.count; w++) {
            more |= g->relevant[w] && mark_before(g, w);
        }
    }
}

/* A row for each block; returns the first. */
static int32_t add_block_rows(struct programme *g)
{
    int32_t first = g->rows;
    for (int32_t b = 0; b < g->blocks; b++) {
        add_row(g, 0);
    }
    return first;
}

static void add_rows(struct programme *g)
{
    const struct ganger_problem *p = g->problem;
    const struct ganger_conditions *c = g->prover->conditions;
    for (int32_t w = 0; w < p->works.count; w++) {
        if (g->relevant[w]) {
            g->work_row[w] = add_row(g, 1);
            g->asked += g->prover->dates.needed[w];
        }
        if (g->relevant[w] && follows_rails(g, w)) {
            g->rails_row[w] = add_block_rows(g);
        }
    }
    for (int32_t i = 0; i < g->prover->supplies.count; i++) {
        if (ganger_supply_holds(&g->prover->supplies, i, c)) {
            g->supply_row[i] = add_row(g, g->prover->supplies.list[i].limit);
        }
    }
    for (int32_t row = 0; row < p->precedences.count; row++) {
        if (c->on[GANGER_CONDITION_PRECEDENCE][row] && g->relevant[p->precedences.successor[row]]) {
            g->order_row[row] = add_block_rows(g);
        }
    }
    for (int32_t t = 0; t < p->targets.count; t++) {
        if (c->on[GANGER_CONDITION_TARGET][t] && p->targets.km[t] > 0) {
            g->target_row[t] = add_row(g, 0);
        }
    }
}

/* The starts of a mode in one block that its dates allow, and the earliest finish of any of them. */
struct cell {
    struct ganger_starts starts;
    int32_t finish, block;
};

static bool find_cell(const struct programme *g, int32_t mode, int32_t block, struct cell *cell)
{
    const struct ganger_problem *p = g->problem;
    int32_t from = block * g->prover->block;
    int32_t to =
        from + g->prover->block < p->time.periods ? from + g->prover->block : p->time.periods;
    *cell = (struct cell){{mode, GANGER_NONE, GANGER_NONE}, 0, block};
    for (int32_t s = from; s < to; s++) {
        if (ganger_dates_allow(&g->prover->dates, mode, s)) {
            if (cell->starts.first == GANGER_NONE) { /* finishes never decrease */
                cell->starts.first = s;
                cell->finish = ganger_problem_finish(p, mode, s);
            }
            cell->starts.last = s;
        }
    }
    return cell->starts.first != GANGER_NONE;
}

/* The cell is among what must wait (from its block on), or among what it waits for (done from a boundary on). */
static void add_waiting(struct programme *g, const struct cell *cell, int32_t row)
{
    for (int32_t b = cell->block; row != GANGER_NONE && b < g->blocks; b++) {
        add_entry(g, row + b, 1);
    }
}

static void add_awaited(struct programme *g, int64_t done, int32_t row)
{
    for (int32_t b = 0; row != GANGER_NONE && b < g->blocks; b++) {
        if (done < (int64_t)(b + 1) * g->prover->block) {
            add_entry(g, row + b, -1);
        }
    }
}

/* In the rows of each precedence that the cell's work is part of, and of those to which it can bring rails. */
static void add_order(struct programme *g, const struct cell *cell)
{
    const struct ganger_problem *p = g->problem;
    const struct ganger_precedences *rows = &p->precedences;
    const struct ganger_openers *openers = &g->prover->openers;
    int32_t w = p->modes.work[cell->starts.mode];
    for (int32_t i = rows->first_in[w]; i < rows->first_in[w + 1]; i++) {
        add_waiting(g, cell, g->order_row[rows->in_list[i]]);
    }
    for (int32_t i = rows->first_out[w]; i < rows->first_out[w + 1]; i++) {
        int32_t row = rows->out_list[i];
        bool fs = rows->type[row] == GANGER_PRECEDENCE_FS;
        add_awaited(g, (int64_t)(fs ? cell->finish : cell->starts.first) + rows->lag[row],
                    g->order_row[row]);
    }
    add_waiting(g, cell, g->rails_row[w]);
    for (int32_t v = 0; p->works.kind[w] == GANGER_WORK_BUILD && v < p->works.count; v++) {
        bool brings = false;
        for (int32_t i = openers->first[v];
             g->rails_row[v] != GANGER_NONE && i < openers->first[v + 1]; i++) {
            brings = brings || openers->work[i] == w;
        }
        if (brings) {
            add_awaited(g, cell->finish, g->rails_row[v]);
        }
    }
}

static void add_cell(struct programme *g, const struct cell *cell)
{
    const struct ganger_problem *p = g->problem;
    struct ganger_prover *prover = g->prover;
    int32_t w = p->modes.work[cell->starts.mode];
    int32_t supplies = ganger_supplies_of(&prover->supplies, cell->starts.mode, prover->list);
    add_entry(g, g->work_row[w], 1);
    for (int32_t i = 0; i < supplies; i++) {
        int32_t row = g->supply_row[prover->list[i]];
        double least = row == GANGER_NONE ? 0
                                          : ganger_supply_least(&prover->supplies, prover->list[i],
                                                                &prover->dates, cell->starts);
        if (least > 0) {
            add_entry(g, row, least);
        }
    }
    add_order(g, cell);
    for (int32_t t = 0; t < p->targets.count; t++) {
        if (counts(g, t, w) && cell->finish <= p->targets.by[t]) {
            add_entry(g, g->target_row[t], -p->works.km[w] / p->targets.km[t]);
        }
    }
    add_column(g, prover->dates.needed[w]);
}

static void add_columns(struct programme *g)
{
    const struct ganger_problem *p = g->problem;
    struct cell cell;
    for (int32_t m = 0; m < p->modes.count && !g->failed; m++) {
        for (int32_t b = 0; g->relevant[p->modes.work[m]] && b < g->blocks; b++) {
            if (find_cell(g, m, b, &cell)) {
                add_cell(g, &cell);
            }
        }
    }
    for (int32_t t = 0; t < p->targets.count && !g->failed; t++) {
        if (g->target_row[t] != GANGER_NONE) { /* the share of it that is met, no more than 1 */
            int32_t most = add_row(g, 1);
            add_entry(g, g->target_row[t], 1);
            add_entry(g, most, 1);
            add_column(g, 1);
            g->asked += 1;
        }
    }
}

/* What the prices of the solved programme prove that no plan gets more of. */
static double bound_of(const struct programme *g)
{
    double sum = 0, magnitude = 0;
    for (int32_t i = 0; i < g->rows; i++) {
        double term = ganger_lp_price(g->lp, i) * g->upper[i];
        sum += term;
        magnitude += fabs(term);
    }
    for (int32_t j = 0; j < g->columns; j++) {
        double gain = g->objective[j];
        magnitude += fabs(gain);
        for (int64_t i = g->first[j]; i < g->first[j + 1]; i++) {
            double term = ganger_lp_price(g->lp, g->entry[i].row) * g->entry[i].value;
            gain -= term;
            magnitude += fabs(term);
        }
        sum += fmax(0, gain);
    }
    return sum + slack * magnitude;
}

static bool open_programme(struct programme *g, struct ganger_prover *prover)
{
    const struct ganger_problem *p = prover->conditions->problem;
    *g = (struct programme){.prover = prover, .problem = p};
    g->blocks = (p->time.periods + prover->block - 1) / prover->block;
    g->lp = ganger_lp_create();
    g->relevant = calloc((size_t)p->works.count + 1, sizeof *g->relevant);
    g->work_row = fill((size_t)p->works.count);
    g->supply_row = fill((size_t)prover->supplies.count);
    g->order_row = fill((size_t)p->precedences.count);
    g->rails_row = fill((size_t)p->works.count);
    g->target_row = fill((size_t)p->targets.count);
    if (!g->lp || !g->relevant || !g->work_row || !g->supply_row || !g->order_row ||
        !g->rails_row || !g->target_row) {
        return false;
    }
    mark_relevant(g);
    add_rows(g);
    size_t rows = (size_t)(g->rows + p->targets.count) + 1;
    g->index = malloc(rows * sizeof *g->index);
    g->value = malloc(rows * sizeof *g->value);
    if (!g->index || !g->value) {
        return false;
    }
    add_columns(g);
    return !g->failed;
}

static void close_programme(struct programme *g)
{
    ganger_lp_destroy(g->lp);
    void *owned[] = {g->relevant,  g->work_row,   g->supply_row, g->order_row,
                     g->rails_row, g->target_row, g->upper,      g->objective,
                     g->first,     g->entry,      g->index,      g->value};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) {
        free(owned[i]);
    }
}

bool ganger_programme_proves(struct ganger_prover *prover)
{
    struct programme g;
    bool proven = false;
    if (!open_programme(&g, prover)) {
        prover->failed = true;
    } else if (g.asked > 0 && ganger_lp_solve(g.lp)) {
        double bound = bound_of(&g);
        proven = bound < g.asked * (1 - slack);
        if (proven) {
            ganger_text_clear(&prover->reason);
            ganger_text_format(&prover->reason,
                               "even if works could be done in parts%s, no more than %.3f %% of "
                               "what is asked could be done",
                               prover->block > 1 ? ", and their starts moved within long blocks"
                                                 : "",
                               100 * bound / g.asked);
        }
    }
    close_programme(&g);
    return proven;
}
