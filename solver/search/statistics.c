/* What the moves of all islands did, added up in their order. */
#include "search/archipelago.h"
#include "search/estimate.h"
#include "search/trial.h"

_Static_assert(GANGER_MOVE_STAGES *GANGER_MOVE_COUNT <= GANGER_TECHNIQUES_MAX,
               "the public table has room for every kind of move");

static void add_moves(const struct ganger_moves *moves, struct ganger_technique *technique)
{
    for (int i = 0; i < GANGER_MOVE_STAGES * GANGER_MOVE_COUNT; i++) {
        const struct ganger_move_statistics *from =
            &moves->statistics[i / GANGER_MOVE_COUNT][i % GANGER_MOVE_COUNT];
        technique[i].tried += from->tried;
        technique[i].judged += from->judged;
        technique[i].accepted += from->accepted;
        technique[i].gain += from->gain;
        technique[i].ticks += from->ticks;
    }
}

void ganger_archipelago_sum_up(const struct ganger_archipelago *archipelago,
                               struct ganger_statistics *statistics)
{
    *statistics = (struct ganger_statistics){.techniques = GANGER_MOVE_STAGES * GANGER_MOVE_COUNT};
    for (int i = 0; i < statistics->techniques; i++) {
        statistics->technique[i].name = ganger_move_name((enum ganger_move)(i % GANGER_MOVE_COUNT));
        statistics->technique[i].exact = i >= GANGER_MOVE_COUNT;
    }
    for (int i = 0; i < archipelago->model->islands; i++) {
        const struct ganger_island *island = archipelago->island[i];
        const struct ganger_trial *trial = island->trial;
        add_moves(archipelago->moves[i], statistics->technique);
        statistics->sketching_s += island->sketching_s;
        statistics->judging_s += island->judging_s;
        statistics->placements += island->estimator->placements;
        statistics->refused += trial->refused;
        statistics->unchanged += trial->kept;
        statistics->guessed += trial->guessed;
        statistics->cached += trial->cached;
        statistics->solved += trial->solves - trial->cached;
    }
}
