/*
 * Works that have to do with each other, listed once, so that moves need not look through all works for them: those on a
 * link or one that meets it, those of a project, those that may use a renewable. In the order of works.
 */
#ifndef GANGER_SEARCH_GROUPS_H
#define GANGER_SEARCH_GROUPS_H

#include "instance/problem.h"

/* Lists one after another: of group g, works[first[g]] to works[first[g + 1] - 1]. */
struct ganger_group_lists {
    int32_t *first, *works;
};

struct ganger_groups {
    struct ganger_group_lists beside;  /* by link; empty if there are projects alone */
    struct ganger_group_lists users;   /* by renewable; likewise */
    struct ganger_group_lists project; /* by project */
    int32_t *project_of;               /* [works] GANGER_NONE: of none */
    int32_t projects;
};

/* What a move looks through. */
struct ganger_group {
    const int32_t *works; /* NULL: all, from 0 on */
    int32_t count;
};

/* Projects alone, O(works log works), or all lists: O(links * works + renewables * uses). False if memory is short. */
bool ganger_groups_init(struct ganger_groups *groups, const struct ganger_problem *problem,
                        bool projects_alone);
void ganger_groups_clear(struct ganger_groups *groups);

/* True if a link is the other one or meets it at a node. */
static inline bool ganger_groups_meet(const struct ganger_links *links, int32_t a, int32_t b)
{
    return links->from[a] == links->from[b] || links->from[a] == links->to[b] ||
           links->to[a] == links->from[b] || links->to[a] == links->to[b];
}

static inline struct ganger_group ganger_group_at(const struct ganger_group_lists *lists, int32_t g)
{
    return (struct ganger_group){lists->works + lists->first[g],
                                 lists->first[g + 1] - lists->first[g]};
}

#endif
