#include "cli/statistics.h"

#include <inttypes.h>
#include <stdio.h>

static void print_techniques(const struct ganger_statistics *s, bool exact)
{
    double seconds = exact ? s->judging_s : s->sketching_s;
    int64_t judged = 0;
    for (int i = 0; i < s->techniques; i++) {
        judged += s->technique[i].exact == exact ? s->technique[i].judged : 0;
    }
    if (judged == 0) {
        return;
    }
    printf("\n%-24s %12s %12s %10s %12s %10s\n",
           exact ? "moves, judged exactly" : "moves, judged on sketches", "tried", "judged", "kept",
           "gain M USD", "ticks");
    for (int i = 0; i < s->techniques; i++) {
        const struct ganger_technique *t = &s->technique[i];
        if (t->exact == exact && t->tried > 0) {
            printf("  %-22s %12" PRId64 " %12" PRId64 " %10" PRId64 " %12.1f %9.1fM\n", t->name,
                   t->tried, t->judged, t->accepted, t->gain, (double)t->ticks / 1e6);
        }
    }
    printf("  %-22s %12s %12" PRId64, "all", "", judged);
    if (seconds > 0) {
        printf("   %.0f a second and thread", (double)judged / seconds);
    }
    printf("\n");
}

static void print_share(const char *label, int64_t part, int64_t all)
{
    printf("  %-46s %12" PRId64 "  %5.1f %%\n", label, part,
           all > 0 ? 100.0 * (double)part / (double)all : 0.0);
}

void ganger_cli_print_statistics(const struct ganger_statistics *statistics)
{
    const struct ganger_statistics *s = statistics;
    double seconds = s->sketching_s + s->judging_s;
    int64_t exact = 0, boundaries = s->unchanged + s->guessed + s->cached + s->solved;
    print_techniques(s, false);
    print_techniques(s, true);
    for (int i = 0; i < s->techniques; i++) {
        exact += s->technique[i].exact ? s->technique[i].judged : 0;
    }
    if (exact > 0) {
        printf("\nof the moves judged exactly\n");
        print_share("refused by the price cuts alone", s->refused, exact);
        printf("of the boundaries that they touched\n");
        print_share("unchanged: proven by the old flow and prices", s->unchanged, boundaries);
        print_share("left as the cuts guess", s->guessed, boundaries);
        print_share("found in the cache of solved states", s->cached, boundaries);
        print_share("solved", s->solved, boundaries);
    }
    if (seconds > 0) {
        printf("\nplaces for a work estimated: %" PRId64 ", %.0f a second and thread\n",
               s->placements, (double)s->placements / seconds);
    }
}
