#include "search/groups.h"

#include <stdlib.h>
#include <string.h>

/* True if a work is of a group. */
typedef bool belongs(const struct ganger_problem *p, int32_t work, int32_t group);

static bool list_all(const struct ganger_problem *p, int32_t groups, belongs *is_of,
                     struct ganger_group_lists *lists)
{
    size_t count = 0, room = 1;
    lists->first = calloc((size_t)groups + 1, sizeof *lists->first);
    lists->works = malloc(sizeof *lists->works);
    bool ready = lists->first && lists->works;
    for (int32_t g = 0; ready && g < groups; g++) {
        for (int32_t w = 0; ready && w < p->works.count; w++) {
            if (!is_of(p, w, g)) {
                continue;
            }
            if (count == room) {
                int32_t *more = realloc(lists->works, 2 * room * sizeof *more);
                ready = more != NULL;
                lists->works = ready ? more : lists->works;
                room *= 2;
            }
            if (ready) {
                lists->works[count++] = w;
            }
        }
        lists->first[g + 1] = (int32_t)count;
    }
    return ready;
}

static bool is_beside(const struct ganger_problem *p, int32_t w, int32_t link)
{
    int32_t q = p->works.segment[w];
    return q != GANGER_NONE && ganger_groups_meet(&p->links, p->segments.link[q], link);
}

static bool may_use(const struct ganger_problem *p, int32_t w, int32_t renewable)
{
    int32_t from = p->modes.first_use[p->works.first_mode[w]];
    int32_t to = p->modes.first_use[p->works.first_mode[w + 1]];
    for (int32_t i = from; i < to; i++) {
        if (p->resources.renewable_index[p->modes.use_resource[i]] == renewable) {
            return true;
        }
    }
    return false;
}

struct named {
    const char *project;
    int32_t work;
};

static int compare(const void *left, const void *right)
{
    const struct named *a = left, *b = right;
    int order = strcmp(a->project, b->project);
    return order != 0 ? order : (a->work > b->work) - (a->work < b->work);
}

/* Works by project and then by number: each project's are its list. */
static bool list_projects(struct ganger_groups *groups, const struct ganger_problem *p)
{
    size_t works = (size_t)p->works.count + 1;
    struct named *named = malloc(works * sizeof *named);
    int32_t count = 0;
    groups->project_of = malloc(works * sizeof *groups->project_of);
    groups->project.first = calloc(works + 1, sizeof *groups->project.first);
    groups->project.works = malloc(works * sizeof *groups->project.works);
    bool ready = named && groups->project_of && groups->project.first && groups->project.works;
    for (int32_t w = 0; ready && w < p->works.count; w++) {
        groups->project_of[w] = GANGER_NONE;
        if (p->works.project[w][0] != '\0') {
            named[count++] = (struct named){p->works.project[w], w};
        }
    }
    if (ready) {
        qsort(named, (size_t)count, sizeof *named, compare);
    }
    for (int32_t i = 0; ready && i < count; i++) {
        bool same = i > 0 && strcmp(named[i].project, named[i - 1].project) == 0;
        groups->projects += !same;
        groups->project_of[named[i].work] = groups->projects - 1;
        groups->project.works[i] = named[i].work;
        groups->project.first[groups->projects] = i + 1;
    }
    free(named);
    return ready;
}

bool ganger_groups_init(struct ganger_groups *groups, const struct ganger_problem *problem,
                        bool projects_alone)
{
    *groups = (struct ganger_groups){.projects = 0};
    if (!list_projects(groups, problem) ||
        (!projects_alone &&
         (!list_all(problem, problem->links.count, is_beside, &groups->beside) ||
          !list_all(problem, problem->resources.renewables, may_use, &groups->users)))) {
        ganger_groups_clear(groups);
        return false;
    }
    return true;
}

void ganger_groups_clear(struct ganger_groups *groups)
{
    struct ganger_group_lists *lists[] = {&groups->beside, &groups->users, &groups->project};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        free(lists[i]->first);
        free(lists[i]->works);
    }
    free(groups->project_of);
    *groups = (struct ganger_groups){.projects = 0};
}
