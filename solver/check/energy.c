#include "check/energy.h"

#include <stdlib.h>
#include <string.h>

static void *make(int64_t count, size_t size)
{
    return calloc(count > 0 ? (size_t)count : 1, size);
}

const char *ganger_energy_bad(const struct ganger_problem *problem,
                              const struct ganger_prices *prices, int64_t *index, double *found)
{
    for (int32_t row = 0; row < prices->energies; row++) {
        int32_t work = prices->energy_work[row], renewable = prices->energy_renewable[row];
        *index = row;
        *found = work;
        if (work < 0 || work >= problem->works.count) {
            return "energy_work";
        }
        *found = renewable;
        if (renewable < 0 || renewable >= problem->resources.renewables) {
            return "energy_renewable";
        }
    }
    return NULL;
}

/* ---- what works take --------------------------------------------------------------------------- */

static int64_t amount_of(const struct ganger_energy *e, int32_t mode, int32_t renewable)
{
    const struct ganger_modes *modes = &e->facts->problem->modes;
    int64_t amount = 0;
    for (int32_t i = modes->first_use[mode]; i < modes->first_use[mode + 1]; i++) {
        if (e->facts->renewable_of[modes->use_resource[i]] == renewable) {
            amount += modes->use_amount[i];
        }
    }
    return amount;
}

/* e of the work: by the mode that takes least. */
static ganger_wide least_of(const struct ganger_energy *e, int32_t work, int32_t renewable)
{
    const struct ganger_problem *p = e->facts->problem;
    int32_t first = p->works.first_mode[work];
    ganger_wide least = 0;
    for (int32_t m = first; m < p->works.first_mode[work + 1]; m++) {
        ganger_wide amount = amount_of(e, m, renewable);
        ganger_wide takes = amount * p->modes.duration[m];
        least = m == first || takes < least ? takes : least;
    }
    return least;
}

static int64_t most_amount(const struct ganger_energy *e, int32_t work, int32_t renewable)
{
    const struct ganger_works *works = &e->facts->problem->works;
    int64_t most = 0;
    for (int32_t m = works->first_mode[work]; m < works->first_mode[work + 1]; m++) {
        int64_t amount = amount_of(e, m, renewable);
        most = amount > most ? amount : most;
    }
    return most;
}

/* ---- which works rows are about ---------------------------------------------------------------- */

static bool has_price(const struct ganger_energy *e, int32_t row)
{
    const double *price = e->prices->energy + (int64_t)row * e->facts->periods;
    for (int32_t t = 0; t < e->facts->periods; t++) {
        if (price[t] > 0) {
            return true;
        }
    }
    return false;
}

/* first[] of a list by key, counted into first + 2, to where its parts begin in first + 1. */
static void shift(int32_t *first, int32_t keys)
{
    for (int32_t i = 0; i < keys; i++) {
        first[i + 2] += first[i + 1];
    }
}

static bool list_before(struct ganger_energy *e)
{
    const struct ganger_precedences *rows = &e->facts->problem->precedences;
    int32_t works = e->facts->problem->works.count;
    e->first_before = make((int64_t)works + 2, sizeof *e->first_before);
    e->before = make(rows->count, sizeof *e->before);
    if (!e->first_before || !e->before) {
        return false;
    }
    for (int32_t i = 0; i < rows->count; i++) {
        bool finished = rows->type[i] == GANGER_PRECEDENCE_FS && rows->lag[i] >= 0;
        e->first_before[rows->successor[i] + 2] += finished;
    }
    shift(e->first_before, works);
    for (int32_t i = 0; i < rows->count; i++) {
        if (rows->type[i] == GANGER_PRECEDENCE_FS && rows->lag[i] >= 0) {
            e->before[e->first_before[rows->successor[i] + 1]++] = rows->predecessor[i];
        }
    }
    return true;
}

/* Fills list[works] with all that are finished when the work begins, each once; `seen` [works] is false, and is again.
 * Returns how many they are. */
static int32_t list_ancestors(const struct ganger_energy *e, int32_t work, int32_t *list,
                              bool *seen)
{
    int32_t count = 0;
    for (int32_t i = -1; i < count; i++) {
        int32_t w = i < 0 ? work : list[i];
        for (int32_t j = e->first_before[w]; j < e->first_before[w + 1]; j++) {
            if (!seen[e->before[j]]) {
                seen[e->before[j]] = true;
                list[count++] = e->before[j];
            }
        }
    }
    for (int32_t i = 0; i < count; i++) {
        seen[list[i]] = false;
    }
    return count;
}

/* Counts the works of rows (`of` NULL), or lists them. False if they are too many. */
static bool go_through_rows(struct ganger_energy *e, int32_t *list, bool *seen)
{
    int64_t count = 0;
    for (int32_t row = 0; row < e->prices->energies; row++) {
        int32_t works =
            has_price(e, row) ? list_ancestors(e, e->prices->energy_work[row], list, seen) : 0;
        for (int32_t i = 0; i < works; i++) {
            if (least_of(e, list[i], e->prices->energy_renewable[row]) > 0) {
                if (e->of) {
                    e->of[count] = list[i];
                }
                count++;
            }
        }
        if (count > INT32_MAX) {
            return false;
        }
        e->first_of[row + 1] = (int32_t)count;
    }
    return true;
}

static bool list_of(struct ganger_energy *e)
{
    int64_t works = e->facts->problem->works.count;
    int32_t *list = make(works, sizeof *list);
    bool *seen = make(works, sizeof *seen);
    e->first_of = make((int64_t)e->prices->energies + 1, sizeof *e->first_of);
    bool ready = list && seen && e->first_of && go_through_rows(e, list, seen);
    if (ready) {
        e->of = make(e->first_of[e->prices->energies], sizeof *e->of);
        ready = e->of && go_through_rows(e, list, seen);
    }
    free(list);
    free(seen);
    return ready;
}

/* Rows by work that counts for them. */
static bool list_rows(struct ganger_energy *e)
{
    int32_t works = e->facts->problem->works.count, entries = e->first_of[e->prices->energies];
    e->first_at = make((int64_t)works + 2, sizeof *e->first_at);
    e->row_at = make(entries, sizeof *e->row_at);
    if (!e->first_at || !e->row_at) {
        return false;
    }
    for (int32_t i = 0; i < entries; i++) {
        e->first_at[e->of[i] + 2]++;
    }
    shift(e->first_at, works);
    for (int32_t row = 0; row < e->prices->energies; row++) {
        for (int32_t i = e->first_of[row]; i < e->first_of[row + 1]; i++) {
            e->row_at[e->first_at[e->of[i] + 1]++] = row;
        }
    }
    return true;
}

/* Rows by the work that waits. */
static bool list_dues(struct ganger_energy *e)
{
    const struct ganger_prices *prices = e->prices;
    int32_t works = e->facts->problem->works.count;
    e->first_due = make((int64_t)works + 2, sizeof *e->first_due);
    e->due_at = make(prices->energies, sizeof *e->due_at);
    if (!e->first_due || !e->due_at) {
        return false;
    }
    for (int32_t row = 0; row < prices->energies; row++) {
        e->first_due[prices->energy_work[row] + 2]++;
    }
    shift(e->first_due, works);
    for (int32_t row = 0; row < prices->energies; row++) {
        e->due_at[e->first_due[prices->energy_work[row] + 1]++] = row;
    }
    return true;
}

bool ganger_energy_open(struct ganger_energy *energy, const struct ganger_facts *facts,
                        const struct ganger_prices *prices)
{
    struct ganger_energy *e = energy;
    int64_t boundaries = (int64_t)facts->periods + 1;
    *e = (struct ganger_energy){.facts = facts, .prices = prices};
    if (prices->energies == 0) {
        return true;
    }
    e->price = make(facts->renewables * boundaries, sizeof *e->price);
    e->worked_price = make(facts->renewables * boundaries, sizeof *e->worked_price);
    e->least = make(facts->renewables, sizeof *e->least);
    e->working = make(boundaries, sizeof *e->working);
    e->sum = make(boundaries, sizeof *e->sum);
    e->spent = make(boundaries, sizeof *e->spent);
    e->spent_price = make(boundaries, sizeof *e->spent_price);
    return e->price && e->worked_price && e->least && e->working && e->sum && e->spent &&
           e->spent_price && list_before(e) && list_of(e) && list_rows(e) && list_dues(e);
}

void ganger_energy_close(struct ganger_energy *e)
{
    free(e->first_before);
    free(e->before);
    free(e->first_of);
    free(e->of);
    free(e->first_at);
    free(e->row_at);
    free(e->first_due);
    free(e->due_at);
    free(e->price);
    free(e->worked_price);
    free(e->least);
    free(e->working);
    free(e->sum);
    free(e->spent);
    free(e->spent_price);
}

/* ---- what waits pays --------------------------------------------------------------------------- */

static int64_t price_at(const struct ganger_energy *e, int32_t row, int32_t t)
{
    return ganger_grid_floor(e->prices->energy[(int64_t)row * e->facts->periods + t]);
}

/* spent[t+1]: the most that the row's works take in period t by their calendars; then the sums before t. */
static void sum_row(struct ganger_energy *e, int32_t row)
{
    const struct ganger_facts *f = e->facts;
    int32_t renewable = e->prices->energy_renewable[row];
    const int64_t *limit = f->limit + (int64_t)renewable * f->periods;
    memset(e->spent, 0, ((size_t)f->periods + 1) * sizeof *e->spent);
    for (int32_t i = e->first_of[row]; i < e->first_of[row + 1]; i++) {
        int64_t most = most_amount(e, e->of[i], renewable);
        const int32_t *productivity =
            f->productivity + (int64_t)ganger_facts_calendar(f, e->of[i]) * f->periods;
        for (int32_t t = 0; t < f->periods; t++) {
            e->spent[t + 1] += productivity[t] > 0 ? most : 0;
        }
    }
    e->sum[0] = e->spent_price[0] = 0;
    for (int32_t t = 0; t < f->periods; t++) {
        ganger_wide price = price_at(e, row, t);
        ganger_wide most = e->spent[t + 1] < limit[t] ? e->spent[t + 1] : limit[t];
        e->sum[t + 1] = e->sum[t] + price;
        e->spent_price[t + 1] = ganger_wide_add(
            e->spent_price[t], ganger_wide_multiply(price, e->spent[t], &e->lost), &e->lost);
        e->spent[t + 1] = ganger_wide_add(e->spent[t], most, &e->lost);
    }
}

/* sum over u of price * max(0, total - what is spent from u to f): above 0 from some u on, and that one moves on with f; all of
 * total from f on. */
static void take_off(struct ganger_energy *e, int32_t row, ganger_wide *worth)
{
    ganger_wide total = 0;
    int32_t from = 0, periods = e->facts->periods;
    for (int32_t i = e->first_of[row]; i < e->first_of[row + 1]; i++) {
        total += least_of(e, e->of[i], e->prices->energy_renewable[row]);
    }
    if (total == 0) {
        return;
    }
    sum_row(e, row);
    for (int32_t f = 0; f <= periods; f++) {
        ganger_wide lacking = ganger_wide_subtract(total, e->spent[f], &e->lost);
        while (from < f && lacking + e->spent[from] <= 0) {
            from++;
        }
        ganger_wide due =
            ganger_wide_add(ganger_wide_multiply(lacking, e->sum[f] - e->sum[from], &e->lost),
                            e->spent_price[f] - e->spent_price[from], &e->lost);
        due = ganger_wide_add(
            due, ganger_wide_multiply(total, e->sum[periods] - e->sum[f], &e->lost), &e->lost);
        worth[f] = ganger_wide_subtract(
            worth[f], ganger_wide_multiply(due, GANGER_GRID_UNITS, &e->lost), &e->lost);
    }
}

void ganger_energy_work_owes(struct ganger_energy *energy, int32_t work, ganger_wide *worth)
{
    struct ganger_energy *e = energy;
    int32_t from = e->prices->energies > 0 ? e->first_due[work] : 0;
    int32_t to = e->prices->energies > 0 ? e->first_due[work + 1] : 0;
    for (int32_t i = from; i < to; i++) {
        take_off(e, e->due_at[i], worth);
    }
}

/* ---- what works get ---------------------------------------------------------------------------- */

/* Prices of all rows that count the work, by renewable; then the sums before t. */
static void sum_prices(struct ganger_energy *e, int32_t work)
{
    int64_t periods = e->facts->periods, boundaries = periods + 1;
    for (int32_t i = e->first_at[work]; i < e->first_at[work + 1]; i++) {
        int32_t row = e->row_at[i], k = e->prices->energy_renewable[row];
        ganger_wide *price = e->price + k * boundaries;
        if (e->least[k] == 0) {
            memset(price, 0, (size_t)boundaries * sizeof *price);
            e->least[k] = least_of(e, work, k);
        }
        for (int32_t t = 0; t < periods; t++) {
            price[t + 1] += price_at(e, row, t);
        }
    }
    for (int32_t k = 0; k < e->facts->renewables; k++) {
        ganger_wide *price = e->price + k * boundaries;
        ganger_wide *worked_price = e->worked_price + k * boundaries;
        worked_price[0] = 0;
        for (int32_t t = 0; e->least[k] > 0 && t < periods; t++) {
            worked_price[t + 1] = ganger_wide_add(
                worked_price[t], ganger_wide_multiply(price[t + 1], e->working[t], &e->lost),
                &e->lost);
            price[t + 1] += price[t];
        }
    }
}

bool ganger_energy_look(struct ganger_energy *energy, int32_t work)
{
    struct ganger_energy *e = energy;
    if (e->prices->energies == 0 || e->first_at[work] == e->first_at[work + 1]) {
        return false;
    }
    int64_t periods = e->facts->periods;
    const int32_t *productivity =
        e->facts->productivity + ganger_facts_calendar(e->facts, work) * periods;
    memset(e->least, 0, (size_t)e->facts->renewables * sizeof *e->least);
    for (int32_t t = 0; t < periods; t++) {
        e->working[t + 1] = e->working[t] + (productivity[t] > 0);
    }
    sum_prices(e, work);
    return true;
}

/* sum over u of price * max(0, e - amount * working periods from u to f), up to f above 0 from some u on, and all of e after f.
 * What a start takes is at least e: before it there is no credit. */
void ganger_energy_credit(struct ganger_energy *energy, int32_t mode, ganger_wide *credit)
{
    struct ganger_energy *e = energy;
    int32_t periods = e->facts->periods;
    memset(credit, 0, ((size_t)periods + 1) * sizeof *credit);
    for (int32_t k = 0; k < e->facts->renewables; k++) {
        const ganger_wide *price = e->price + (int64_t)k * (periods + 1);
        const ganger_wide *worked_price = e->worked_price + (int64_t)k * (periods + 1);
        ganger_wide amount = e->least[k] > 0 ? amount_of(e, mode, k) : 0;
        int32_t from = 0;
        for (int32_t f = 0; e->least[k] > 0 && f <= periods; f++) {
            ganger_wide left = e->least[k] - amount * e->working[f];
            while (left + amount * e->working[from] <= 0) {
                from++;
            }
            ganger_wide sum = ganger_wide_add(
                ganger_wide_multiply(left, price[f] - price[from], &e->lost),
                ganger_wide_multiply(amount, worked_price[f] - worked_price[from], &e->lost),
                &e->lost);
            sum = ganger_wide_add(
                sum, ganger_wide_multiply(e->least[k], price[periods] - price[f], &e->lost),
                &e->lost);
            credit[f] = ganger_wide_add(
                credit[f], ganger_wide_multiply(sum, GANGER_GRID_UNITS, &e->lost), &e->lost);
        }
    }
}
