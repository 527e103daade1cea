/* Rows of energy in the primal-dual method: what works get, how far rows are broken, and how prices move. */
#include "relax/primal_dual_parts.h"

#include <stdlib.h>
#include <string.h>

bool ganger_pd_make_energies(struct ganger_primal_dual *s)
{
    size_t width = ganger_pd_width(s);
    return ganger_pd_make(&s->energy_length, (size_t)s->energies->count * width) &&
           ganger_pd_make(&s->account_price, (size_t)s->energies->accounts * width);
}

/* In natural units, which are what there is to do: all of it counts in about half of the blocks. */
void ganger_pd_weigh_energies(const struct ganger_primal_dual *s, double *work)
{
    const struct ganger_energies *e = s->energies;
    double half = 0.5 * s->blocks.count;
    if (!s->awaits) {
        return;
    }
    for (int32_t row = 0; row < e->count; row++) {
        double total = e->total[row];
        for (int32_t k = e->first_member[row]; k < e->first_member[row + 1]; k++) {
            int32_t account = e->member[k];
            work[e->account_work[account]] += half * e->account_total[account] / total;
        }
        work[e->successor[row]] += half;
        for (int32_t b = 0; b + 1 < s->blocks.count; b++) {
            s->energy_length[(int64_t)row * s->blocks.width + b] = 0.5 / (total * total);
        }
    }
}

void ganger_pd_price_energies(struct ganger_primal_dual *s, const struct ganger_pd_point *from)
{
    const struct ganger_energies *e = s->energies;
    int64_t width = s->blocks.width;
    memset(s->account_price, 0, (size_t)(e->accounts * width) * sizeof(double));
    for (int32_t row = 0; s->awaits && row < e->count; row++) {
        const double *price = from->y.energy + row * width;
        for (int32_t k = e->first_member[row]; k < e->first_member[row + 1]; k++) {
            double *account = s->account_price + e->member[k] * width;
            for (int64_t b = 0; b < width; b++) {
                account[b] += price[b];
            }
        }
    }
}

void ganger_pd_look_lacking(const struct ganger_primal_dual *s, struct ganger_pd_point *z,
                            int32_t row)
{
    const struct ganger_energies *e = s->energies;
    int64_t width = s->blocks.width;
    double *lacking = z->lacking + row * width;
    memcpy(lacking, z->need + row * width, (size_t)width * sizeof *lacking);
    for (int32_t k = e->first_member[row]; k < e->first_member[row + 1]; k++) {
        const double *credit = z->credit + e->member[k] * width;
        for (int64_t b = 0; b < width; b++) {
            lacking[b] -= credit[b];
        }
    }
}

void ganger_pd_move_energies(const struct ganger_primal_dual *s, int32_t from, int32_t to,
                             struct ganger_pd_sums *sums)
{
    int64_t width = s->blocks.width;
    for (int32_t row = from; s->awaits && row < to; row++) {
        ganger_pd_look_lacking(s, s->to, row);
        for (int64_t i = row * width; i < row * width + s->blocks.count - 1; i++) {
            double was = s->from->lacking[i], is = s->to->lacking[i];
            double price = s->from->y.energy[i], length = s->energy_length[i];
            double next = price + s->dual_step * length * (2 * is - was);
            next = next > 0 ? next : 0;
            double change = next - price;
            sums->moved_y += change * change / length;
            sums->interplay += change * (is - was);
            s->to->y.energy[i] = next;
        }
    }
}

void ganger_pd_inherit_energies(struct ganger_primal_dual *s, const struct ganger_primal_dual *from,
                                int32_t b, int32_t a, bool first)
{
    for (int64_t row = 0; row < s->energies->count; row++) {
        s->now.y.energy[row * s->blocks.width + b] =
            first ? from->now.y.energy[row * from->blocks.width + a] : 0;
    }
}
