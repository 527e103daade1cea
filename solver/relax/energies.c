#include "relax/energies.h"

#include <stdlib.h>
#include <string.h>

int32_t ganger_energies_amount(const struct ganger_problem *problem, int32_t renewable,
                               int32_t mode)
{
    const struct ganger_problem *p = problem;
    int32_t amount = 0;
    for (int32_t u = p->modes.first_use[mode]; u < p->modes.first_use[mode + 1]; u++) {
        bool same = p->resources.renewable_index[p->modes.use_resource[u]] == renewable;
        amount += same ? p->modes.use_amount[u] : 0;
    }
    return amount;
}

int32_t ganger_energies_least(const struct ganger_problem *problem, int32_t work, int32_t renewable)
{
    const struct ganger_problem *p = problem;
    int64_t least = INT32_MAX;
    for (int32_t m = p->works.first_mode[work]; m < p->works.first_mode[work + 1]; m++) {
        int64_t takes = (int64_t)ganger_energies_amount(p, renewable, m) * p->modes.duration[m];
        least = takes < least ? takes : least;
    }
    return least < INT32_MAX ? (int32_t)least : 0;
}

static int32_t greatest_amount(const struct ganger_problem *p, int32_t work, int32_t renewable)
{
    int32_t most = 0;
    for (int32_t m = p->works.first_mode[work]; m < p->works.first_mode[work + 1]; m++) {
        int32_t amount = ganger_energies_amount(p, renewable, m);
        most = amount > most ? amount : most;
    }
    return most;
}

/* What the gang can do before each boundary of the works that are members of a row: no more than these take. */
static void sum_supply(const struct ganger_energies *e, int32_t row, int32_t *supply)
{
    const struct ganger_problem *p = e->problem;
    int32_t periods = p->time.periods, renewable = e->renewable[row];
    memset(supply, 0, ((size_t)periods + 1) * sizeof *supply);
    for (int32_t i = e->first_member[row]; i < e->first_member[row + 1]; i++) {
        int32_t work = e->account_work[e->member[i]];
        int32_t most = greatest_amount(p, work, renewable);
        for (int32_t t = 0; t < periods; t++) {
            supply[t + 1] += ganger_problem_productivity(p, work, t) > 0 ? most : 0;
        }
    }
    for (int32_t t = 0; t < periods; t++) {
        int32_t there = p->resources.capacity[(int64_t)renewable * periods + t];
        supply[t + 1] = supply[t] + (there < supply[t + 1] ? there : supply[t + 1]);
    }
}

static void find_reach(const struct ganger_energies *e, int32_t row)
{
    int64_t boundaries = e->problem->time.periods + 1;
    const int32_t *supply = e->supply + row * boundaries;
    int32_t *reach = e->reach + row * boundaries, tau = 0;
    for (int32_t t = 0; t < boundaries; t++) {
        while (supply[t] - supply[tau] >= e->total[row]) {
            tau++;
        }
        reach[t] = tau;
    }
}

/* Room for so many cells; what was there stays. */
static bool extend(int32_t **cells, size_t count)
{
    int32_t *more = realloc(*cells, (count + 1) * sizeof *more);
    *cells = more ? more : *cells;
    return more != NULL;
}

/* The account of a work, which is added unless it is there; GANGER_NONE if memory is short. */
static int32_t account_of(struct ganger_energies *e, int32_t work, int32_t renewable, int32_t least)
{
    int64_t at = (int64_t)work * e->problem->resources.renewables + renewable;
    if (e->account_at[at] != GANGER_NONE) {
        return e->account_at[at];
    }
    size_t count = (size_t)e->accounts + 1;
    if (!extend(&e->account_work, count) || !extend(&e->account_renewable, count) ||
        !extend(&e->account_total, count)) {
        return GANGER_NONE;
    }
    e->account_work[e->accounts] = work;
    e->account_renewable[e->accounts] = renewable;
    e->account_total[e->accounts] = least;
    e->account_at[at] = e->accounts;
    return e->accounts++;
}

/* Members of the next row: those of the works that take the renewable. False if memory is short. */
static bool add_members(struct ganger_energies *e, const int32_t *work, int32_t works,
                        int32_t renewable, int64_t *total)
{
    int32_t first = e->first_member[e->count], count = 0;
    *total = 0;
    if (!extend(&e->member, (size_t)first + (size_t)works) ||
        !extend(&e->first_member, (size_t)e->count + 1)) {
        return false;
    }
    for (int32_t i = 0; i < works; i++) {
        int32_t least = ganger_energies_least(e->problem, work[i], renewable);
        int32_t account = least > 0 ? account_of(e, work[i], renewable, least) : 0;
        if (account == GANGER_NONE) {
            return false;
        }
        if (least > 0) {
            e->member[first + count++] = account;
            *total += least;
        }
    }
    e->first_member[e->count + 1] = first + count;
    return true;
}

/* The row of a successor and a renewable, if it asks anything. */
static bool add_row(struct ganger_energies *e, int32_t successor, const int32_t *work,
                    int32_t works, int32_t renewable)
{
    size_t boundaries = (size_t)e->problem->time.periods + 1, count = (size_t)e->count + 1;
    int64_t total;
    if (!add_members(e, work, works, renewable, &total) || !extend(&e->successor, count) ||
        !extend(&e->renewable, count) || !extend(&e->total, count) ||
        !extend(&e->supply, count * boundaries) || !extend(&e->reach, count * boundaries)) {
        return false;
    }
    if (total == 0 || total > INT32_MAX / 2) {
        return true;
    }
    e->successor[e->count] = successor;
    e->renewable[e->count] = renewable;
    e->total[e->count] = (int32_t)total;
    sum_supply(e, e->count, e->supply + (size_t)e->count * boundaries);
    find_reach(e, e->count);
    e->count++;
    return true;
}

/* Lists all works that are finished whenever this one begins. */
static int32_t list_before(const struct ganger_problem *p, int32_t work, bool *before,
                           int32_t *list)
{
    int32_t count = 0;
    memset(before, 0, (size_t)p->works.count * sizeof *before);
    before[work] = true;
    for (int32_t i = p->works.count - 1; i >= 0; i--) { /* successors first */
        int32_t w = p->precedences.topological[i];
        for (int32_t k = p->precedences.first_in[w];
             before[w] && k < p->precedences.first_in[w + 1]; k++) {
            int32_t row = p->precedences.in_list[k];
            if (p->precedences.type[row] == GANGER_PRECEDENCE_FS) {
                before[p->precedences.predecessor[row]] = true;
            }
        }
        if (before[w] && w != work) {
            list[count++] = w;
        }
    }
    return count;
}

/* Of works that wait for several others; for one, the row of precedence says as much. */
static bool add_rows(struct ganger_energies *e)
{
    const struct ganger_problem *p = e->problem;
    bool *before = calloc((size_t)p->works.count + 1, sizeof *before);
    int32_t *list = calloc((size_t)p->works.count + 1, sizeof *list);
    bool ready = before && list;
    for (int32_t w = 0; ready && w < p->works.count; w++) {
        bool waits = p->precedences.first_in[w] < p->precedences.first_in[w + 1];
        int32_t works = waits ? list_before(p, w, before, list) : 0;
        e->first_row[w] = e->count;
        for (int32_t k = 0; ready && works > 1 && k < p->resources.renewables; k++) {
            ready = add_row(e, w, list, works, k);
        }
        e->last_row[w] = e->count;
    }
    free(before);
    free(list);
    return ready;
}

/* ---- life ------------------------------------------------------------------------------------- */

static void count_working(struct ganger_energies *e)
{
    const struct ganger_problem *p = e->problem;
    int32_t periods = p->time.periods;
    for (int64_t row = 0; row <= p->calendars.count; row++) {
        const uint8_t *productivity = p->calendars.productivity + row * periods;
        int32_t *worked = e->worked + row * (periods + 1);
        int32_t *nth = e->nth + row * (periods + 2);
        for (int32_t n = 1; n <= periods + 1; n++) {
            nth[n] = periods + 1;
        }
        for (int32_t t = 0; t < periods; t++) {
            worked[t + 1] = worked[t] + (productivity[t] > 0);
            if (productivity[t] > 0) {
                nth[worked[t + 1]] = t + 1;
            }
        }
    }
}

static bool index_accounts(struct ganger_energies *e)
{
    int32_t works = e->problem->works.count;
    if (!extend(&e->account, (size_t)e->accounts)) {
        return false;
    }
    for (int32_t i = 0; i < e->accounts; i++) {
        e->first_account[e->account_work[i] + 2]++;
    }
    for (int32_t w = 0; w < works; w++) {
        e->first_account[w + 2] += e->first_account[w + 1];
    }
    for (int32_t i = 0; i < e->accounts; i++) {
        e->account[e->first_account[e->account_work[i] + 1]++] = i;
    }
    return true;
}

bool ganger_energies_init(struct ganger_energies *energies, const struct ganger_problem *problem)
{
    struct ganger_energies *e = energies;
    size_t rows = (size_t)problem->calendars.count + 1, works = (size_t)problem->works.count + 2;
    size_t boundaries = (size_t)problem->time.periods + 1;
    *e = (struct ganger_energies){.problem = problem};
    e->worked = calloc(rows * boundaries, sizeof *e->worked);
    e->nth = calloc(rows * (boundaries + 1), sizeof *e->nth);
    e->first_account = calloc(works, sizeof *e->first_account);
    e->first_row = calloc(works, sizeof *e->first_row);
    e->last_row = calloc(works, sizeof *e->last_row);
    e->first_member = calloc(1, sizeof *e->first_member);
    bool ready =
        e->worked && e->nth && e->first_account && e->first_row && e->last_row && e->first_member;
    size_t cells = (size_t)problem->works.count * (size_t)problem->resources.renewables;
    e->account_at = malloc((cells + 1) * sizeof *e->account_at);
    ready = ready && e->account_at;
    for (size_t i = 0; ready && i < cells; i++) {
        e->account_at[i] = GANGER_NONE;
    }
    if (ready) {
        count_working(e);
        ready = add_rows(e) && index_accounts(e);
    }
    if (!ready) {
        ganger_energies_clear(e);
    }
    return ready;
}

void ganger_energies_clear(struct ganger_energies *energies)
{
    struct ganger_energies *e = energies;
    int32_t *owned[] = {e->worked,        e->nth,           e->successor,    e->renewable,
                        e->total,         e->supply,        e->reach,        e->first_member,
                        e->member,        e->account,       e->account_work, e->account_renewable,
                        e->account_total, e->first_account, e->first_row,    e->last_row,
                        e->account_at};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) {
        free(owned[i]);
    }
    *e = (struct ganger_energies){0};
}
