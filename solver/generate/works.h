/*
 * What the stages that make works share.
 */
#ifndef GANGER_GENERATE_WORKS_H
#define GANGER_GENERATE_WORKS_H

#include "generate/country.h"

enum ganger_gang_type {
    GANGER_GANG_RENEWAL,
    GANGER_GANG_MEDIUM,
    GANGER_GANG_TAMPING,
    GANGER_GANG_FRONT,
    GANGER_GANG_SIGNALLING,
    GANGER_GANG_BUILDERS,
    GANGER_GANG_RELIEF,
    GANGER_GANG_TRACKLAYER,
    GANGER_GANG_TYPES,
    GANGER_GANG_RULE = GANGER_GANG_TYPES,
    GANGER_GANG_BUDGET,
    GANGER_GANG_RAIL,
    GANGER_GANG_SLEEPERS
};

enum ganger_season { GANGER_SEASON_NONE, GANGER_SEASON_TRACK, GANGER_SEASON_EARTHWORKS };

/* Mt a year that so many pairs of trains a day carry. */
double ganger_pairs_mtpa(int32_t pairs);
/* Ten-thousandths of a degree. */
int32_t ganger_degrees_x(int32_t x);
int32_t ganger_degrees_y(int32_t y);

/* The gangs of a type that serve a region, added to the resources when first asked for. */
int32_t ganger_gang_row(struct ganger_country *country, enum ganger_gang_type type, int32_t region);
int32_t ganger_supply_row(struct ganger_country *country, enum ganger_gang_type type);
/* Productive share of the periods for gangs of a type, in percent. */
int32_t ganger_gang_productive(enum ganger_gang_type type);

/* A work on a segment; id and name are for the caller to fill. */
int32_t ganger_add_work(struct ganger_country *country, enum ganger_work_kind kind, int32_t segment,
                        enum ganger_season season);
int32_t ganger_segment_length(const struct ganger_country *country, int32_t segment); /* hm */

struct ganger_new_mode {
    const char *id;
    int32_t duration; /* periods */
    int64_t cost;     /* thousands of USD */
    int32_t factor;   /* percent of the capacity left */
};
int32_t ganger_add_mode(struct ganger_country *country, int32_t work,
                        const struct ganger_new_mode *mode);
void ganger_add_use(struct ganger_country *country, int32_t mode, int32_t resource, int32_t amount);
/* Rails and sleepers for so many hm of one track. */
void ganger_add_supplies(struct ganger_country *country, int32_t mode, int32_t length);
void ganger_add_precedence(struct ganger_country *country, int32_t before, int32_t after,
                           enum ganger_precedence_type type, int32_t lag);
struct ganger_line_rank {
    int32_t line;
    int64_t worth;
};
/* Lines that are open, the fullest first, in an array that the caller frees; NULL if memory is short. */
struct ganger_line_rank *ganger_rank_lines(const struct ganger_country *country, int32_t *count);

/* Periods for so many hm at a rate in hm a week. */
int32_t ganger_weeks_for(int32_t length, int32_t rate);

/* How many works of each kind there are to be. */
struct ganger_quota {
    int32_t repairs, builds, upgrades, facilities, milestones;
};
/* Each makes its works, as many as the quota says. Builds hand milestones that they have no project for on to the
 * facilities. Each returns false if memory is short. */
bool ganger_generate_builds(struct ganger_country *country, struct ganger_quota *quota);
bool ganger_generate_upgrades(struct ganger_country *country, const struct ganger_quota *quota);
bool ganger_generate_facilities(struct ganger_country *country, const struct ganger_quota *quota);
bool ganger_generate_repairs(struct ganger_country *country, const struct ganger_quota *quota);

/* "At most one of these lines closed", for lines that meet; `closed` tells of which lines a work may close one. */
bool ganger_generate_rules(struct ganger_country *country, const bool *closed);

#endif
