/* Removing works together with all that cannot stand without them. */
#include "schedule/schedule.h"

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

static int32_t take(struct ganger_schedule *s, int32_t w, struct ganger_placement *removed,
                    int32_t count)
{
    removed[count] = (struct ganger_placement){w, s->mode[w], s->start[w]};
    ganger_schedule_remove(s, w);
    return count + 1;
}

static int32_t take_lost_successors(struct ganger_schedule *s, int32_t w,
                                    struct ganger_placement *removed, int32_t count)
{
    const struct ganger_precedences *rows = &s->problem->precedences;
    for (int32_t i = rows->first_out[w]; i < rows->first_out[w + 1]; i++) {
        int32_t successor = rows->successor[rows->out_list[i]];
        if (s->start[successor] != GANGER_NONE) {
            count = take(s, successor, removed, count);
        }
    }
    return count;
}

/* Works on unbuilt line beyond a railhead that moved back. */
static int32_t take_stranded(struct ganger_schedule *s, struct ganger_placement *removed,
                             int32_t count)
{
    const struct ganger_problem *p = s->problem;
    const struct ganger_schedule_frame *frame = s->frame;
    for (int32_t i = 0; i < frame->unbuilt_count; i++) {
        int32_t q = frame->unbuilt[i];
        for (int32_t k = p->segments.first_work[q]; k < p->segments.first_work[q + 1]; k++) {
            int32_t w = p->segments.work_list[k];
            if (s->start[w] != GANGER_NONE && lost(s, w)) {
                count = take(s, w, removed, count);
            }
        }
    }
    return count;
}

int32_t ganger_schedule_remove_all(struct ganger_schedule *schedule, const int32_t *works,
                                   int32_t count, struct ganger_placement *removed)
{
    const struct ganger_problem *p = schedule->problem;
    int32_t taken = 0;
    for (int32_t i = 0; i < count; i++) {
        if (schedule->start[works[i]] != GANGER_NONE) {
            taken = take(schedule, works[i], removed, taken);
        }
    }
    for (int32_t done = 0; done < taken;) {
        bool unbuilt = false;
        for (; done < taken; done++) {
            int32_t q = p->works.segment[removed[done].work];
            unbuilt |= q != GANGER_NONE && schedule->frame->unbuilt_index[q] != GANGER_NONE;
            taken = take_lost_successors(schedule, removed[done].work, removed, taken);
        }
        if (unbuilt && p->railhead) {
            taken = take_stranded(schedule, removed, taken);
        }
    }
    return taken;
}
