/*
 * A trial changes an island's plan tentatively: works are taken out and put elsewhere, then the result is
 * judged exactly and committed or rolled back.
 *
 *     ganger_trial_begin -> remove, place ... -> ganger_trial_judge -> ganger_trial_commit or _rollback
 *
 * Judging asks for an LP only where it must: a boundary whose changed links still carry the flow they had,
 * and whose prices say that nothing can be gained, keeps its V(t); as soon as the optimistic estimate of
 * what remains falls below the threshold the trial is refused; and where many boundaries change, the
 * estimate is taken for now (they become guessed).
 */
#ifndef GANGER_SEARCH_TRIAL_H
#define GANGER_SEARCH_TRIAL_H

#include "search/island.h"

enum { GANGER_TRIAL_CUTS = 8 };

struct ganger_trial {
    int32_t removed_count, placed_count;
    struct ganger_placement *removed; /* [works] in order of removal */
    int32_t *placed;                  /* [works] in order of placing */
    int32_t segment_count, link_count, boundary_count;
    int32_t *segments, *links, *boundaries; /* touched, in order of first touch */
    uint8_t *segment_touched, *link_touched, *boundary_touched;
    double *saved_segment; /* [segments * boundaries] rows of touched segments as they were */
    double *saved_link;    /* [links * boundaries] */
    double *saved_cut;     /* [boundaries * room] */
    double *saved_km;      /* [targets] */
    /* While it sketches: of touched links and segments (search/prospects.h). */
    double *saved_worth;
    uint64_t *saved_valued, *saved_link_state, *saved_segment_state;
    struct ganger_value saved_value;
    double *traffic; /* [boundaries] V(t) after the change */
    double *flow;    /* [boundaries * arcs] rows of solved boundaries */
    double *price;   /* [boundaries * links] */
    uint8_t *solved; /* [boundaries] */
    int32_t open_count;
    int32_t *open; /* [boundaries] those that need an LP */
    double *hope;  /* [boundaries] optimistic V of those */
    int32_t cut_count;
    double *cut_price; /* [GANGER_TRIAL_CUTS * arcs] learnt, not yet installed */
    double *cut_worth; /* [GANGER_TRIAL_CUTS * demands] */
    struct ganger_traffic scratch;
    int64_t judged, refused;               /* trials; refused unsolved */
    int64_t solves, cached, kept, guessed; /* boundaries by fate; cached: solves that were known */
};

struct ganger_trial *ganger_trial_create(const struct ganger_search_model *model, int32_t cut_room);
void ganger_trial_destroy(struct ganger_trial *trial);

void ganger_trial_begin(struct ganger_island *island);
/* Takes out the placed ones of `works` and all that depends on them. */
void ganger_trial_remove(struct ganger_island *island, const int32_t *works, int32_t count);
/* Takes out one placed work and leaves those that depend on it; it must be placed again in this trial. */
void ganger_trial_lift(struct ganger_island *island, int32_t work);
void ganger_trial_place(struct ganger_island *island, struct ganger_placement placement);
/* True if the plan's total is at least `threshold`; island->value is then exact but for guessed boundaries. */
bool ganger_trial_judge(struct ganger_island *island, double threshold);
void ganger_trial_commit(struct ganger_island *island);
void ganger_trial_rollback(struct ganger_island *island);

/* Scratch rows for one LP's answer. */
struct ganger_traffic ganger_trial_traffic(struct ganger_trial *trial);
/* Notes the prices of an LP as a cut to come. */
void ganger_trial_remember_cut(struct ganger_island *island, const struct ganger_traffic *traffic);
/* Puts the noted cuts into the island's pool; only when no trial is under way. */
void ganger_trial_install_cuts(struct ganger_island *island);

#endif
