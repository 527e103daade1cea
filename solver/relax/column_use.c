/* What is used by shares of columns: changes from block to block, added up at the end. */
#include "relax/columns.h"

#include "base/block.h"

#include <stdlib.h>
#include <string.h>

static size_t between_cells(const struct ganger_columns *c)
{
    const struct ganger_problem *p = c->problem;
    return (size_t)p->resources.renewables * ((size_t)p->calendars.count + 1) *
           (size_t)c->blocks->width;
}

static size_t spread_cells(const struct ganger_columns *c)
{
    const struct ganger_problem *p = c->problem;
    return (size_t)c->consumables * ((size_t)p->calendars.count + 1) *
           ((size_t)p->time.periods + 1);
}

static struct ganger_block_piece piece(double **array, size_t count)
{
    return (struct ganger_block_piece){array, (count + 1) * sizeof **array};
}

bool ganger_column_use_init(struct ganger_column_use *use, const struct ganger_columns *columns)
{
    const struct ganger_problem *p = columns->problem;
    size_t rents = (size_t)p->resources.renewables * (size_t)columns->blocks->width;
    struct ganger_block_piece pieces[] = {
        piece(&use->renewable, rents),
        piece(&use->between, between_cells(columns)),
        piece(&use->spread, spread_cells(columns)),
        piece(&use->window, (size_t)p->resources.windows),
        piece(&use->target, (size_t)p->targets.count),
    };
    use->block = ganger_block_create(pieces, sizeof pieces / sizeof *pieces);
    return use->block != NULL;
}

void ganger_column_use_clear(struct ganger_column_use *use)
{
    free(use->block);
    *use = (struct ganger_column_use){0};
}

void ganger_column_use_reset(struct ganger_column_use *use, const struct ganger_columns *columns)
{
    const struct ganger_problem *p = columns->problem;
    size_t rents = (size_t)p->resources.renewables * (size_t)columns->blocks->width;
    memset(use->renewable, 0, rents * sizeof(double));
    memset(use->between, 0, between_cells(columns) * sizeof(double));
    memset(use->spread, 0, spread_cells(columns) * sizeof(double));
    memset(use->window, 0, (size_t)p->resources.windows * sizeof(double));
    memset(use->target, 0, (size_t)p->targets.count * sizeof(double));
}

static void take_renewable(const struct ganger_columns *c, int32_t i, int32_t r, double amount,
                           int64_t calendar, struct ganger_column_use *use)
{
    int32_t width = c->blocks->width, begin = c->begin[i], end = c->end[i];
    double *row = use->renewable + (int64_t)r * width;
    row[begin] += amount * c->on_begin[i];
    row[end] += amount * c->on_end[i];
    if (end > begin + 1) {
        double *change =
            use->between + ((int64_t)r * (c->problem->calendars.count + 1) + calendar) * width;
        change[begin + 1] += amount;
        change[end] -= amount;
    }
}

static void take_consumable(const struct ganger_columns *c, int32_t i, int32_t resource,
                            double amount, int64_t calendar, struct ganger_column_use *use)
{
    const struct ganger_problem *p = c->problem;
    const struct ganger_resources *res = &p->resources;
    if (c->finish[i] > c->start[i]) {
        double *change =
            use->spread +
            ((int64_t)c->consumable_of[resource] * (p->calendars.count + 1) + calendar) *
                (p->time.periods + 1);
        change[c->start[i]] += amount * c->pace[i];
        change[c->finish[i]] -= amount * c->pace[i];
        return;
    }
    for (int32_t k = res->first_window[resource]; k < res->first_window[resource + 1]; k++) {
        int32_t j = res->window_list[k];
        bool inside = c->start[i] >= res->window_from[j] && c->start[i] < res->window_to[j];
        use->window[j] += inside ? amount : 0;
    }
}

static void use_column(const struct ganger_columns *c, int32_t i, double x,
                       struct ganger_column_use *use)
{
    const struct ganger_problem *p = c->problem;
    int32_t mode = c->mode[i], work = p->modes.work[mode];
    int64_t calendar = ganger_columns_calendar(p, work);
    for (int32_t u = p->modes.first_use[mode]; u < p->modes.first_use[mode + 1]; u++) {
        int32_t resource = p->modes.use_resource[u];
        int32_t r = p->resources.renewable_index[resource];
        if (r != GANGER_NONE) {
            take_renewable(c, i, r, x * p->modes.use_amount[u], calendar, use);
        } else {
            take_consumable(c, i, resource, x * p->modes.use_amount[u], calendar, use);
        }
    }
    if (p->resources.budget != GANGER_NONE) {
        take_consumable(c, i, p->resources.budget, x * p->modes.cost[mode], calendar, use);
    }
    for (int32_t g = 0; g < p->targets.count; g++) {
        bool counts = p->targets.kinds[g] >> p->works.kind[work] & 1U;
        use->target[g] += counts && c->finish[i] <= p->targets.by[g] ? x * p->works.km[work] : 0;
    }
}

void ganger_columns_use(const struct ganger_columns *columns, const double *x, int32_t place,
                        struct ganger_column_use *use, double *capacity, double *scratch)
{
    const struct ganger_columns *c = columns;
    int32_t work = c->order[place], width = c->blocks->width;
    double *done = scratch, *active = scratch + width + 1; /* changes from block to block */
    bool any = false;
    memset(scratch, 0, 2 * ((size_t)width + 1) * sizeof *scratch);
    for (int32_t i = c->first[place]; i < c->first[place + 1]; i++) {
        if (x[i] <= 0) {
            continue;
        }
        any = true;
        use_column(c, i, x[i], use);
        if (capacity) {
            double lost = x[i] * (1.0 - c->problem->modes.factor[c->mode[i]]);
            int32_t begin = c->begin[i], end = c->end[i];
            capacity[end] += x[i] * c->done[i] - lost * c->lost_end[i];
            capacity[begin] -= lost * c->lost_begin[i];
            done[end + 1] += x[i];
            if (end > begin + 1) {
                active[begin + 1] += lost;
                active[end] -= lost;
            }
        }
    }
    if (!capacity || !any) {
        return;
    }
    const double *lift = c->lift + (int64_t)work * width;
    const double *standing = c->standing + (int64_t)work * width;
    double finished = 0, under_way = 0;
    for (int32_t b = 0; b < width; b++) {
        finished += done[b];
        under_way += active[b];
        capacity[b] += finished * lift[b] - under_way * standing[b];
    }
}

void ganger_columns_order(const struct ganger_columns *columns, const double *x, int32_t place,
                          struct ganger_order_use *use)
{
    const struct ganger_columns *c = columns;
    const struct ganger_orders *o = c->orders;
    int32_t work = c->order[place], width = c->blocks->width;
    int32_t ins = o->first_in[work + 1] - o->first_in[work];
    int32_t outs = o->first_out[work + 1] - o->first_out[work];
    for (int32_t k = 0; k < ins + outs; k++) {
        bool in = k < ins;
        int32_t entry = in ? 0 : o->out[o->first_out[work] + k - ins];
        int32_t row = in ? o->in[o->first_in[work] + k] : o->row_of[entry];
        double *part =
            in ? use->waiter + (int64_t)row * width : use->opener + (int64_t)entry * width;
        memset(part, 0, (size_t)width * sizeof *part);
        for (int32_t i = c->first[place]; i < c->first[place + 1]; i++) {
            if (x[i] > 0) {
                part[in ? c->begin[i] : ganger_columns_opens(c, i, row, entry)] += x[i];
            }
        }
        for (int32_t b = 1; b < width; b++) {
            part[b] += part[b - 1];
        }
        memset(part + c->blocks->count - 1, 0,
               (size_t)(width - c->blocks->count + 1) * sizeof *part);
    }
}

static void sum_between(const struct ganger_columns *c, const double *between, double *renewable)
{
    const struct ganger_problem *p = c->problem;
    int32_t width = c->blocks->width, calendars = p->calendars.count + 1;
    for (int32_t r = 0; r < p->resources.renewables; r++) {
        for (int32_t row = 0; row < calendars; row++) {
            const double *change = between + ((int64_t)r * calendars + row) * width;
            const double *on = c->blocks->on + (int64_t)row * width;
            double now = 0;
            for (int32_t b = 0; b < width; b++) {
                now += change[b];
                renewable[(int64_t)r * width + b] += now * on[b];
            }
        }
    }
}

/* `density` [periods] is scratch. */
static void sum_spread(const struct ganger_columns *c, const double *spread, double *density,
                       double *window)
{
    const struct ganger_problem *p = c->problem;
    const struct ganger_resources *res = &p->resources;
    int32_t periods = p->time.periods, calendars = p->calendars.count + 1;
    for (int32_t resource = 0; resource < res->count; resource++) {
        int32_t v = c->consumable_of[resource];
        if (v == GANGER_NONE) {
            continue;
        }
        memset(density, 0, (size_t)periods * sizeof *density);
        for (int32_t row = 0; row < calendars; row++) {
            const double *change = spread + ((int64_t)v * calendars + row) * (periods + 1);
            const uint8_t *productivity = p->calendars.productivity + (int64_t)row * periods;
            double now = 0;
            for (int32_t t = 0; t < periods; t++) {
                now += change[t];
                density[t] += now * productivity[t];
            }
        }
        for (int32_t k = res->first_window[resource]; k < res->first_window[resource + 1]; k++) {
            int32_t j = res->window_list[k];
            for (int32_t t = res->window_from[j]; t < res->window_to[j]; t++) {
                window[j] += density[t];
            }
        }
    }
}

static void add_to(double *to, const double *from, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        to[i] += from[i];
    }
}

void ganger_column_use_sum(struct ganger_column_use *use, const struct ganger_columns *columns,
                           double *renewable, double *window, double *target)
{
    const struct ganger_columns *c = columns;
    const struct ganger_problem *p = c->problem;
    size_t rents = (size_t)p->resources.renewables * (size_t)c->blocks->width;
    for (int job = 1; job < GANGER_COLUMNS_JOBS; job++) {
        add_to(use[0].renewable, use[job].renewable, rents);
        add_to(use[0].between, use[job].between, between_cells(c));
        add_to(use[0].spread, use[job].spread, spread_cells(c));
        add_to(use[0].window, use[job].window, (size_t)p->resources.windows);
        add_to(use[0].target, use[job].target, (size_t)p->targets.count);
    }
    memcpy(renewable, use[0].renewable, rents * sizeof *renewable);
    memcpy(window, use[0].window, (size_t)p->resources.windows * sizeof *window);
    memcpy(target, use[0].target, (size_t)p->targets.count * sizeof *target);
    sum_between(c, use[0].between, renewable);
    if (c->consumables > 0) {
        sum_spread(c, use[0].spread, use[1].spread, window);
    }
}
