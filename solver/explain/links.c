/*
 * Links that are full, and the freight that stays at home for it.
 *
 * Freight stays at home for a link if it would pay on its cheapest route over the line that stands, and the link is the
 * dearest of that route at the prices of the period's LP; if it would pay only over line not built yet, for that.
 */
#include "explain/parts.h"
#include "freight/capacity.h"
#include "plan/report.h"

#include <math.h>
#include <stdlib.h>

/* Relative: what the simplex may leave of a capacity. */
static const double tolerance = 1e-6;

struct tally {
    int32_t *full;   /* [links * years] periods in which a direction is full */
    int32_t *closed; /* [links] periods in which works close it */
    double *at_home; /* [links * years] Mt that stay at home for it */
    uint8_t *stands; /* [B * links] line that is built, closed or not */
    double *length;  /* [arcs] scratch: INFINITY where no line stands */
    double unbuilt[GANGER_YEARS_MAX], elsewhere[GANGER_YEARS_MAX];
    struct ganger_dijkstra dijkstra;
};

static bool find_standing(struct ganger_explaining *x, struct tally *tally)
{
    const struct ganger_problem *p = x->problem;
    size_t boundaries = (size_t)p->time.periods + 1;
    double *standing = malloc(boundaries * sizeof *standing);
    double *factor = malloc(boundaries * sizeof *factor);
    bool ready = standing && factor;
    for (int32_t q = 0; ready && q < p->segments.count; q++) {
        ganger_capacity_segment(x->what_if->schedule, q, standing, factor);
        for (int32_t t = 0; t <= p->time.periods; t++) {
            tally->stands[(int64_t)t * p->links.count + p->segments.link[q]] &= standing[t] > 0;
        }
    }
    free(standing);
    free(factor);
    return ready;
}

static bool open_tally(struct ganger_explaining *x, struct tally *tally)
{
    size_t links = (size_t)x->problem->links.count + 1;
    size_t years = (size_t)x->years.count;
    size_t cells = ((size_t)x->problem->time.periods + 1) * links;
    *tally = (struct tally){.full = calloc(links * years, sizeof(int32_t)),
                            .closed = calloc(links, sizeof(int32_t)),
                            .at_home = calloc(links * years, sizeof(double)),
                            .stands = malloc(cells),
                            .length = calloc(2 * links, sizeof(double))};
    if (!tally->full || !tally->closed || !tally->at_home || !tally->stands || !tally->length ||
        !ganger_dijkstra_init(&tally->dijkstra, x->what_if->model->graph)) {
        return false;
    }
    for (size_t i = 0; i < cells; i++) {
        tally->stands[i] = 1;
    }
    return find_standing(x, tally);
}

static void close_tally(struct tally *tally)
{
    free(tally->full);
    free(tally->closed);
    free(tally->at_home);
    free(tally->stands);
    free(tally->length);
    ganger_dijkstra_clear(&tally->dijkstra);
}

static void count_full(struct ganger_explaining *x, struct tally *tally, int32_t t)
{
    int32_t links = x->problem->links.count;
    int32_t year = ganger_years_at(&x->years, x->problem, t);
    for (int32_t l = 0; l < links; l++) {
        int64_t at = (int64_t)t * links + l;
        double capacity = x->plan->capacity[at];
        double flow = fmax(x->plan->flow[2 * at], x->plan->flow[2 * at + 1]);
        bool full = tally->stands[at] && flow >= capacity * (1 - tolerance) && flow > 0;
        tally->full[(int64_t)l * x->years.count + year] += full;
        tally->closed[l] += tally->stands[at] && capacity <= 0;
    }
}

/* The arc of the path to `node` that is dearest at the LP's prices, GANGER_NONE if none has a price. */
static int32_t dearest_on_path(const struct ganger_graph *graph,
                               const struct ganger_dijkstra *dijkstra, int32_t node,
                               const double *price)
{
    int32_t dearest = GANGER_NONE;
    while (dijkstra->arc_in[node] != GANGER_NONE) {
        int32_t arc = dijkstra->arc_in[node];
        if (price[arc] > tolerance && (dearest == GANGER_NONE || price[arc] > price[dearest])) {
            dearest = arc;
        }
        node = graph->tail[arc];
    }
    return dearest;
}

static void blame(struct ganger_explaining *x, struct tally *tally, int32_t k, double mt,
                  int32_t year, const double *price)
{
    const struct ganger_demands *demands = &x->problem->demands;
    const struct ganger_graph *graph = x->what_if->model->graph;
    double value = demands->value[k] * (1 - tolerance);
    if (graph->free_distance[k] >= value) {
        return; /* pays on no line at all */
    }
    if (tally->dijkstra.distance[demands->destination[k]] >= value) {
        tally->unbuilt[year] += mt;
        return;
    }
    int32_t arc = dearest_on_path(graph, &tally->dijkstra, demands->destination[k], price);
    if (arc == GANGER_NONE) {
        tally->elsewhere[year] += mt;
    } else {
        tally->at_home[(int64_t)(arc / 2) * x->years.count + year] += mt;
    }
}

static bool look_at(struct ganger_explaining *x, struct tally *tally, int32_t t)
{
    const struct ganger_problem *p = x->problem;
    const struct ganger_graph *graph = x->what_if->model->graph;
    const struct ganger_traffic *traffic = ganger_what_if_traffic(x->what_if, t);
    int32_t year = ganger_years_at(&x->years, p, t);
    if (!traffic) {
        return false;
    }
    count_full(x, tally, t);
    for (int32_t a = 0; a < graph->arcs; a++) {
        bool stands = tally->stands[(int64_t)t * p->links.count + a / 2] != 0;
        tally->length[a] = stands ? 0 : INFINITY;
    }
    for (int32_t o = 0; o < graph->from.count; o++) {
        bool ran = false;
        for (int32_t i = graph->from.first[o]; i < graph->from.first[o + 1]; i++) {
            int32_t k = graph->from.demand[i];
            double volume = ganger_problem_volume(p, k, t);
            double home = volume - x->plan->delivered[(int64_t)t * p->demands.count + k];
            if (home <= tolerance * volume) {
                continue;
            }
            if (!ran) {
                ganger_dijkstra_run(&tally->dijkstra, graph, tally->length, graph->from.node[o],
                                    INFINITY);
                ran = true;
            }
            blame(x, tally, k, home * p->time.years_per_period, year, traffic->price);
        }
    }
    return true;
}

static void put_link(struct ganger_explaining *x, const struct tally *tally, json_t *array,
                     int32_t l)
{
    const struct ganger_problem *p = x->problem;
    json_t *row = ganger_sheet_row(x->sheet, array);
    int32_t full = 0;
    double home = 0;
    ganger_sheet_put_text(x->sheet, row, "id", p->links.id[l]);
    ganger_sheet_put_text(x->sheet, row, "name", ganger_words_link(p, l));
    json_t *full_years = ganger_sheet_object(x->sheet, row, "full_percent_by_year");
    json_t *home_years = ganger_sheet_object(x->sheet, row, "at_home_mt_by_year");
    int32_t periods[GANGER_YEARS_MAX] = {0};
    for (int32_t t = 0; t < p->time.periods; t++) {
        periods[ganger_years_at(&x->years, p, t)]++;
    }
    for (int32_t y = 0; y < x->years.count; y++) {
        int64_t at = (int64_t)l * x->years.count + y;
        full += tally->full[at];
        home += tally->at_home[at];
        double percent = 100.0 * tally->full[at] / (periods[y] > 0 ? periods[y] : 1);
        ganger_sheet_put_real(x->sheet, full_years, x->years.name[y], percent);
        ganger_sheet_put_real(x->sheet, home_years, x->years.name[y], tally->at_home[at]);
    }
    ganger_sheet_put_real(x->sheet, row, "full_percent", 100.0 * full / p->time.periods);
    ganger_sheet_put_real(x->sheet, row, "closed_percent",
                          100.0 * tally->closed[l] / p->time.periods);
    ganger_sheet_put_real(x->sheet, row, "at_home_mt", home);
}

static void print_links(struct ganger_explaining *x, json_t *array, int full)
{
    struct ganger_sheet_column columns[GANGER_YEARS_MAX + 4] = {
        {NULL, "name", "link", GANGER_SHEET_TEXT, 44}};
    int count = ganger_explain_year_columns(x, columns, 1, "full_percent_by_year", 0);
    columns[count++] =
        (struct ganger_sheet_column){NULL, "full_percent", "all", GANGER_SHEET_NUMBER, 0};
    columns[count++] =
        (struct ganger_sheet_column){NULL, "closed_percent", "closed", GANGER_SHEET_NUMBER, 0};
    columns[count++] =
        (struct ganger_sheet_column){NULL, "at_home_mt", "at home, Mt", GANGER_SHEET_NUMBER, 2};
    ganger_sheet_say(
        x->sheet, "\nLinks: full in one direction or both, %% of each year and of all; closed by "
                  "works, %% of all; and the\nfreight that stays at home for it (it would pay, "
                  "and this is the dearest link on its cheapest way)\n");
    if (full > 0) {
        ganger_sheet_print(
            x->sheet, array,
            (struct ganger_sheet_table){columns, count, full < x->rows ? full : x->rows, 2});
    }
    ganger_sheet_say(x->sheet, "  %d of %d links are full at some time.\n", full,
                     x->problem->links.count);
}

static void put_home(struct ganger_explaining *x, json_t *binding, const struct tally *tally)
{
    double unbuilt = 0, elsewhere = 0;
    for (int32_t y = 0; y < x->years.count; y++) {
        unbuilt += tally->unbuilt[y];
        elsewhere += tally->elsewhere[y];
    }
    ganger_sheet_put_real(x->sheet, binding, "at_home_for_unbuilt_mt", unbuilt);
    ganger_sheet_put_real(x->sheet, binding, "at_home_unattributed_mt", elsewhere);
    if (unbuilt > tolerance) {
        ganger_sheet_say(
            x->sheet, "  %.2f Mt more stay at home for line that does not stand yet.\n", unbuilt);
    }
    if (elsewhere > tolerance) {
        ganger_sheet_say(x->sheet, "  %.2f Mt more stay at home for no one link.\n", elsewhere);
    }
}

bool ganger_explain_links(struct ganger_explaining *x)
{
    struct tally tally;
    json_t *binding = json_object_get(x->sheet->root, "binding");
    json_t *array = ganger_sheet_array(x->sheet, binding, "links");
    bool ready = open_tally(x, &tally);
    for (int32_t t = 0; ready && t < x->problem->time.periods; t++) {
        ready = look_at(x, &tally, t);
    }
    int full = 0;
    for (int32_t l = 0; ready && l < x->problem->links.count; l++) {
        put_link(x, &tally, array, l);
        const json_t *row = json_array_get(array, (size_t)l);
        full += json_number_value(json_object_get(row, "full_percent")) > 0 ||
                json_number_value(json_object_get(row, "at_home_mt")) > 0;
    }
    if (ready) {
        ganger_sheet_sort(x->sheet, array, "full_percent");
        ganger_sheet_sort(x->sheet, array, "at_home_mt");
        print_links(x, array, full);
        put_home(x, binding, &tally);
    }
    close_tally(&tally);
    return ready;
}
