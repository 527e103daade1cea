/* Works that build on others of their segment: a second track after the signalling, a crossing's second stage. */
#include "instance/seal.h"

#include <stdlib.h>

/* More are not remembered: any of them are enough for what they are used for, and long chains stay cheap. */
enum { stages_at_most = 16 };

bool ganger_problem_comes_first(const struct ganger_problem *problem, int32_t first, int32_t work)
{
    const struct ganger_works *works = &problem->works;
    for (int32_t i = works->stage_from[work]; i < works->stage_to[work]; i++) {
        if (works->stage[i] == first) {
            return true;
        }
    }
    return false;
}

static bool add_stage(struct ganger_problem *p, int32_t work, int32_t before, int32_t *room)
{
    struct ganger_works *works = &p->works;
    int32_t *end = &works->stage_to[work];
    if (*end - works->stage_from[work] >= stages_at_most ||
        ganger_problem_comes_first(p, before, work)) {
        return true;
    }
    if (*end == *room) {
        int32_t more = 2 * *room + 64;
        int32_t *stage = realloc(works->stage, (size_t)more * sizeof *stage);
        if (!stage) {
            return false;
        }
        works->stage = stage;
        *room = more;
    }
    works->stage[(*end)++] = before;
    works->stage_gain[work] += works->gain[before];
    works->stage_renewed[work] = works->stage_renewed[work] || works->renews[before];
    return true;
}

/* What comes first, and what comes before that. */
static bool add_stages(struct ganger_problem *p, int32_t work, int32_t *room)
{
    const struct ganger_precedences *rows = &p->precedences;
    const struct ganger_works *works = &p->works;
    bool ready = true;
    for (int32_t i = rows->first_in[work]; ready && i < rows->first_in[work + 1]; i++) {
        int32_t before = rows->predecessor[rows->in_list[i]];
        if (rows->type[rows->in_list[i]] != GANGER_PRECEDENCE_FS ||
            works->segment[work] == GANGER_NONE || works->segment[before] != works->segment[work]) {
            continue;
        }
        ready = add_stage(p, work, before, room);
        for (int32_t k = works->stage_from[before]; ready && k < works->stage_to[before]; k++) {
            ready = add_stage(p, work, works->stage[k], room);
        }
    }
    return ready;
}

bool ganger_seal_stages(struct ganger_problem *p)
{
    struct ganger_works *works = &p->works;
    int32_t room = 0, end = 0;
    works->stage_from = ganger_seal_array(works->count, sizeof *works->stage_from);
    works->stage_to = ganger_seal_array(works->count, sizeof *works->stage_to);
    works->stage_gain = ganger_seal_array(works->count, sizeof *works->stage_gain);
    works->stage_renewed = ganger_seal_array(works->count, sizeof *works->stage_renewed);
    bool ready = works->stage_from && works->stage_to && works->stage_gain && works->stage_renewed;
    for (int32_t i = 0; ready && i < works->count; i++) {
        int32_t w = p->precedences.topological[i];
        works->stage_from[w] = works->stage_to[w] = end;
        ready = add_stages(p, w, &room);
        end = works->stage_to[w];
    }
    return ready;
}
