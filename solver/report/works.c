/* Every work of the instance, in its order, and when the plan does it. */
#include "instance/schema.h"
#include "report/parts.h"

/* What the mode of a work that is done says, or null. */
static void put_modes(struct ganger_paging *paging, json_t *out)
{
    const struct ganger_problem *p = paging->x.problem;
    struct ganger_sheet *sheet = &paging->sheet;
    json_t *modes = ganger_sheet_array(sheet, out, "mode");
    json_t *cost = ganger_sheet_array(sheet, out, "cost");
    json_t *factor = ganger_sheet_array(sheet, out, "factor");
    json_t *uses = ganger_sheet_array(sheet, out, "uses");
    for (int32_t w = 0; w < p->works.count; w++) {
        int32_t m = ganger_export_mode(&paging->x, w);
        int32_t shown = m == GANGER_NONE ? p->works.first_mode[w] : m;
        json_t *gangs = json_array();
        /* A work left out shows what its first mode would cost. */
        sheet->failed |= json_array_append_new(modes, json_string(p->modes.id[shown])) != 0;
        ganger_column_add(sheet, cost, p->modes.cost[shown], 6);
        ganger_column_add(sheet, factor, p->modes.factor[shown], 6);
        for (int32_t i = p->modes.first_use[shown]; i < p->modes.first_use[shown + 1]; i++) {
            if (p->resources.renewable_index[p->modes.use_resource[i]] != GANGER_NONE) {
                ganger_column_add(sheet, gangs, p->modes.use_resource[i], 0);
                ganger_column_add(sheet, gangs, p->modes.use_amount[i], 0);
            }
        }
        sheet->failed |= json_array_append_new(uses, gangs) != 0;
    }
}

static void put_calendars(struct ganger_paging *paging)
{
    const struct ganger_calendars *calendars = &paging->x.problem->calendars;
    struct ganger_sheet *sheet = &paging->sheet;
    json_t *out = ganger_sheet_object(sheet, sheet->root, "calendars");
    ganger_column_texts(sheet, out, "id", calendars->id, calendars->count);
    ganger_column_integers(sheet, out, "calendar", calendars->row_calendar, calendars->rows);
    ganger_column_integers(sheet, out, "from", calendars->row_from, calendars->rows);
    ganger_column_integers(sheet, out, "to", calendars->row_to, calendars->rows);
    ganger_column_integers(sheet, out, "productivity", calendars->row_productivity,
                           calendars->rows);
}

void ganger_page_works(struct ganger_paging *paging)
{
    const struct ganger_works *works = &paging->x.problem->works;
    const struct ganger_plan *plan = paging->x.plan;
    struct ganger_sheet *sheet = &paging->sheet;
    int32_t count = works->count;
    json_t *out = ganger_sheet_object(sheet, sheet->root, "works");
    ganger_column_texts(sheet, out, "id", works->id, count);
    ganger_column_texts(sheet, out, "name", works->name, count);
    ganger_column_texts(sheet, out, "project", works->project, count);
    ganger_column_bytes(sheet, out, "kind", works->kind, count);
    ganger_column_integers(sheet, out, "segment", works->segment, count);
    ganger_column_reals(sheet, out, "km", works->km, count, 3);
    ganger_column_reals(sheet, out, "gain", works->gain, count, 3);
    ganger_column_flags(sheet, out, "renews", works->renews, count);
    ganger_column_flags(sheet, out, "mandatory", works->mandatory, count);
    ganger_column_integers(sheet, out, "calendar", works->calendar, count);
    ganger_column_integers(sheet, out, "start", plan->start, count);
    ganger_column_integers(sheet, out, "finish", plan->finish, count);
    put_modes(paging, out);
    put_calendars(paging);
}
