/* Removing works together with all that cannot stand without them. */
#include "schedule/railhead.h"

static bool lost(const struct ganger_schedule *s, int32_t w)
{
    const struct ganger_problem *p = s->problem;
    const struct ganger_precedences *rows = &p->precedences;
    for (int32_t i = rows->first_in[w]; i < rows->first_in[w + 1]; i++) {
        if (s->start[rows->predecessor[rows->in_list[i]]] == GANGER_NONE) {
            return true;
        }
    }
    return p->railhead && p->works.kind[w] == GANGER_WORK_BUILD &&
           ganger_schedule_rails_at(s, p->works.segment[w]) > s->start[w];
}

struct taking {
    struct ganger_schedule *schedule;
    struct ganger_placement *removed;
    int32_t taken;
};

static void take(struct taking *t, int32_t w)
{
    struct ganger_schedule *s = t->schedule;
    t->removed[t->taken++] = (struct ganger_placement){w, s->mode[w], s->start[w]};
    ganger_schedule_remove(s, w);
}

static void take_lost_successors(struct taking *t, int32_t w)
{
    const struct ganger_precedences *rows = &t->schedule->problem->precedences;
    for (int32_t i = rows->first_out[w]; i < rows->first_out[w + 1]; i++) {
        int32_t successor = rows->successor[rows->out_list[i]];
        if (t->schedule->start[successor] != GANGER_NONE) {
            take(t, successor);
        }
    }
}

/* Works on unbuilt line beyond a railhead that moved back. */
static void take_stranded(int32_t segment, void *context)
{
    struct taking *t = context;
    const struct ganger_segments *segments = &t->schedule->problem->segments;
    if (t->schedule->frame->unbuilt_index[segment] == GANGER_NONE) {
        return;
    }
    for (int32_t k = segments->first_work[segment]; k < segments->first_work[segment + 1]; k++) {
        int32_t w = segments->work_list[k];
        if (t->schedule->start[w] != GANGER_NONE && lost(t->schedule, w)) {
            take(t, w);
        }
    }
}

int32_t ganger_schedule_remove_all(struct ganger_schedule *schedule, const int32_t *works,
                                   int32_t count, struct ganger_placement *removed)
{
    struct taking t = {schedule, removed, 0};
    for (int32_t i = 0; i < count; i++) {
        if (schedule->start[works[i]] != GANGER_NONE) {
            take(&t, works[i]);
        }
    }
    for (int32_t done = 0; done < t.taken; done++) {
        take_lost_successors(&t, removed[done].work);
        ganger_railhead_visit_next(schedule, schedule->problem->works.segment[removed[done].work],
                                   (struct ganger_railhead_visit){take_stranded, &t});
    }
    return t.taken;
}
