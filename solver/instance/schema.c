#include "instance/schema.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const ganger_work_kind_names[] = {"repair", "build", "upgrade", "facility", NULL};
const char *const ganger_resource_kind_names[] = {"renewable", "consumable", NULL};
const char *const ganger_precedence_type_names[] = {"FS", "SS", NULL};
const char *const ganger_objective_names[] = {"npv", "makespan", NULL};

#define AT(member) offsetof(struct ganger_problem, member)
#define ID(heading, member)                                                                        \
    {                                                                                              \
        .name = heading, .type = GANGER_COLUMN_ID, .flags = REQUIRED, .offset = AT(member)         \
    }
#define TEXT(heading, member)                                                                      \
    {                                                                                              \
        .name = heading, .type = GANGER_COLUMN_TEXT, .offset = AT(member)                          \
    }
#define REAL(heading, member, low, high)                                                           \
    .name = heading, .type = GANGER_COLUMN_REAL, .offset = AT(member), .least = low, .most = high
#define INTEGER(heading, member, low, high)                                                        \
    .name = heading, .type = GANGER_COLUMN_INTEGER, .offset = AT(member), .least = low, .most = high
#define BOOL(heading, member) .name = heading, .type = GANGER_COLUMN_BOOL, .offset = AT(member)
#define CHOICE(heading, member, names)                                                             \
    .name = heading, .type = GANGER_COLUMN_CHOICE, .offset = AT(member), .choices = names
#define REFERENCE(heading, kept_as, member, table)                                                 \
    .name = heading, .packed = kept_as, .type = GANGER_COLUMN_REFERENCE, .offset = AT(member),     \
    .refers = table, .absent = GANGER_NONE
#define TIME(heading, member) .name = heading, .type = GANGER_COLUMN_TIME, .offset = AT(member)

enum {
    REQUIRED = GANGER_COLUMN_REQUIRED,
    BY_HAND = GANGER_COLUMN_BY_HAND,
    NOT_IN_CSV = GANGER_COLUMN_NOT_IN_CSV,
    NOT_KEPT = GANGER_COLUMN_NOT_KEPT,
    DAY_END = GANGER_COLUMN_DAY_END,
    CLAMP_LOW = GANGER_COLUMN_CLAMP_LOW,
    CLAMP_HIGH = GANGER_COLUMN_CLAMP_HIGH,
    CLAMP = CLAMP_LOW | CLAMP_HIGH
};

/* Bounds that catch slips (a date in a column of amounts) and keep later arithmetic far from overflow. */
#define BIG 1e12
#define MANY 1000000

static const struct ganger_column node_columns[] = {
    ID("node_id", nodes.id),
    TEXT("name", nodes.name),
    TEXT("node_type", nodes.type),
    TEXT("country", nodes.country),
    {REAL("x_coord", nodes.x, -180, 180), .flags = REQUIRED},
    {REAL("y_coord", nodes.y, -90, 90), .flags = REQUIRED},
    {BOOL("railhead", nodes.railhead)},
};

static const struct ganger_column link_columns[] = {
    ID("link_id", links.id),
    TEXT("name", links.name),
    TEXT("facility_type", links.facility_type),
    TEXT("geometry", links.geometry),
    {REFERENCE("from_node_id", "from_node", links.from, GANGER_TABLE_NODE), .flags = REQUIRED},
    {REFERENCE("to_node_id", "to_node", links.to, GANGER_TABLE_NODE), .flags = REQUIRED},
    {BOOL("directed", links.directed), .flags = REQUIRED},
    {REAL("cost_per_tkm", links.cost_per_tkm, 0, 1e6), .flags = REQUIRED},
};

static const struct ganger_column segment_columns[] = {
    ID("segment_id", segments.id),
    {REFERENCE("link_id", "link", segments.link, GANGER_TABLE_LINK), .flags = REQUIRED},
    {.name = "ref_node_id",
     .type = GANGER_COLUMN_REFERENCE,
     .flags = REQUIRED | NOT_KEPT | BY_HAND,
     .refers = GANGER_TABLE_NODE},
    {REAL("start_lr", segments.start_km, 0, 1e6), .flags = REQUIRED},
    {REAL("end_lr", segments.end_km, 0, 1e6), .flags = REQUIRED},
    {REAL("capacity", segments.capacity, 0, 1e6), .flags = REQUIRED},
    {REAL("decay", segments.decay, 0, 1)},
    {REAL("floor", segments.floor, 0, 1), .absent = 1},
};

static const struct ganger_column demand_columns[] = {
    ID("demand_id", demands.id),
    TEXT("commodity", demands.commodity),
    {REFERENCE("origin", NULL, demands.origin, GANGER_TABLE_NODE), .flags = REQUIRED},
    {REFERENCE("destination", NULL, demands.destination, GANGER_TABLE_NODE), .flags = REQUIRED},
    {REAL("value", demands.value, 0, 1e6), .flags = REQUIRED},
};

static const struct ganger_column demand_profile_columns[] = {
    {REFERENCE("demand_id", "demand", demands.profile_demand, GANGER_TABLE_DEMAND),
     .flags = REQUIRED},
    {TIME("from", demands.profile_from), .flags = REQUIRED | GANGER_COLUMN_UNBOUNDED},
    {REAL("mt_per_year", demands.profile_mtpa, 0, 1e6), .flags = REQUIRED},
};

static const struct ganger_column resource_columns[] = {
    ID("resource_id", resources.id),
    TEXT("name", resources.name),
    TEXT("unit", resources.unit),
    {CHOICE("kind", resources.kind, ganger_resource_kind_names), .flags = REQUIRED},
};

static const struct ganger_column capacity_columns[] = {
    {REFERENCE("resource_id", "resource", resources.row_resource, GANGER_TABLE_RESOURCE),
     .flags = REQUIRED},
    {TIME("from", resources.row_from), .flags = REQUIRED | CLAMP},
    {TIME("to", resources.row_to), .flags = REQUIRED | CLAMP},
    {REAL("limit", resources.row_limit, 0, BIG), .flags = REQUIRED},
};

static const struct ganger_column calendar_name_columns[] = {
    {.name = "calendar_id",
     .type = GANGER_COLUMN_ID,
     .flags = REQUIRED | NOT_IN_CSV,
     .offset = AT(calendars.id)},
};

static const struct ganger_column calendar_columns[] = {
    {REFERENCE("calendar_id", "calendar", calendars.row_calendar, GANGER_TABLE_CALENDAR_NAME),
     .flags = REQUIRED | BY_HAND},
    {TIME("from", calendars.row_from), .flags = REQUIRED | CLAMP},
    {TIME("to", calendars.row_to), .flags = REQUIRED | CLAMP},
    {INTEGER("productivity", calendars.row_productivity, 0, 100), .flags = REQUIRED},
};

static const struct ganger_column work_columns[] = {
    ID("work_id", works.id),
    TEXT("name", works.name),
    TEXT("project", works.project),
    {CHOICE("kind", works.kind, ganger_work_kind_names), .flags = REQUIRED},
    {REFERENCE("segment_id", "segment", works.segment, GANGER_TABLE_SEGMENT)},
    {REAL("km", works.km, 0, 1e6)},
    {REAL("gain", works.gain, 0, 1e6)},
    {BOOL("renews", works.renews)},
    {BOOL("mandatory", works.mandatory), .flags = REQUIRED},
    {TIME("earliest", works.earliest), .flags = CLAMP_LOW | GANGER_COLUMN_PERIOD},
    {TIME("deadline", works.deadline),
     .flags = DAY_END | CLAMP_HIGH | GANGER_COLUMN_WHEN_ABSENT_END},
    {TIME("due", works.due), .flags = DAY_END | CLAMP_HIGH, .absent = GANGER_NONE},
    {REAL("tardiness_cost", works.tardiness_cost, 0, BIG)},
    {REFERENCE("calendar_id", "calendar", works.calendar, GANGER_TABLE_CALENDAR_NAME)},
    {TIME("fixed_start", works.fixed_start), .flags = GANGER_COLUMN_PERIOD, .absent = GANGER_NONE},
    {INTEGER("fixed_mode", works.fixed_mode, 0, MANY), .flags = BY_HAND, .absent = GANGER_NONE},
};

static const struct ganger_column mode_columns[] = {
    {REFERENCE("work_id", "work", modes.work, GANGER_TABLE_WORK), .flags = REQUIRED},
    {.name = "mode_id", .type = GANGER_COLUMN_TEXT, .flags = REQUIRED, .offset = AT(modes.id)},
    {INTEGER("duration", modes.duration, 0, MANY), .flags = REQUIRED},
    {REAL("cost", modes.cost, 0, BIG)},
    {REAL("factor", modes.factor, 0, 1), .absent = 1},
};

static const struct ganger_column usage_columns[] = {
    {.name = "work_id",
     .type = GANGER_COLUMN_REFERENCE,
     .flags = REQUIRED | NOT_KEPT | BY_HAND,
     .refers = GANGER_TABLE_WORK},
    {.name = "mode_id",
     .packed = "mode",
     .type = GANGER_COLUMN_REFERENCE,
     .flags = REQUIRED | BY_HAND,
     .offset = AT(modes.use_mode),
     .refers = GANGER_TABLE_MODE},
    {REFERENCE("resource_id", "resource", modes.use_resource, GANGER_TABLE_RESOURCE),
     .flags = REQUIRED},
    {INTEGER("amount", modes.use_amount, 0, INT32_MAX), .flags = REQUIRED},
};

static const struct ganger_column precedence_columns[] = {
    {REFERENCE("predecessor", NULL, precedences.predecessor, GANGER_TABLE_WORK), .flags = REQUIRED},
    {REFERENCE("successor", NULL, precedences.successor, GANGER_TABLE_WORK), .flags = REQUIRED},
    {CHOICE("type", precedences.type, ganger_precedence_type_names)},
    {INTEGER("lag", precedences.lag, 0, MANY)},
};

static const struct ganger_column target_columns[] = {
    ID("target_id", targets.id),
    {.name = "kind",
     .type = GANGER_COLUMN_CHOICES,
     .flags = REQUIRED,
     .offset = AT(targets.kinds),
     .choices = ganger_work_kind_names},
    {TIME("by", targets.by), .flags = REQUIRED | DAY_END | CLAMP_HIGH},
    {REAL("km", targets.km, 0, 1e9), .flags = REQUIRED},
    {REAL("shortfall_cost", targets.shortfall_cost, 0, BIG), .flags = REQUIRED},
    {BOOL("hard", targets.hard)},
};

#define COLUMNS(list) .columns = list, .column_count = (int)(sizeof list / sizeof *list)

const struct ganger_table ganger_tables[GANGER_TABLES] = {
    [GANGER_TABLE_NODE] = {"node", "node", AT(nodes.count), COLUMNS(node_columns),
                           .needed_npv = true},
    [GANGER_TABLE_LINK] = {"link", "link", AT(links.count), COLUMNS(link_columns),
                           .needed_npv = true},
    [GANGER_TABLE_SEGMENT] = {"segment", "segment", AT(segments.count), COLUMNS(segment_columns),
                              .needed_npv = true},
    [GANGER_TABLE_DEMAND] = {"demand", "demand", AT(demands.count), COLUMNS(demand_columns),
                             .needed_npv = true},
    [GANGER_TABLE_DEMAND_PROFILE] = {"demand_profile", "row", AT(demands.profile_rows),
                                     COLUMNS(demand_profile_columns), .needed_npv = true},
    [GANGER_TABLE_RESOURCE] = {"resource", "resource", AT(resources.count),
                               COLUMNS(resource_columns)},
    [GANGER_TABLE_CAPACITY] = {"capacity", "row", AT(resources.capacity_rows),
                               COLUMNS(capacity_columns)},
    [GANGER_TABLE_CALENDAR_NAME] = {"calendar_name", "calendar", AT(calendars.count),
                                    COLUMNS(calendar_name_columns)},
    [GANGER_TABLE_CALENDAR] = {"calendar", "row", AT(calendars.rows), COLUMNS(calendar_columns)},
    [GANGER_TABLE_WORK] = {"work", "work", AT(works.count), COLUMNS(work_columns), .needed = true},
    [GANGER_TABLE_MODE] = {"mode", "mode", AT(modes.count), COLUMNS(mode_columns), .needed = true},
    [GANGER_TABLE_USAGE] = {"usage", "row", AT(modes.uses), COLUMNS(usage_columns)},
    [GANGER_TABLE_PRECEDENCE] = {"precedence", "row", AT(precedences.count),
                                 COLUMNS(precedence_columns)},
    [GANGER_TABLE_TARGET] = {"target", "target", AT(targets.count), COLUMNS(target_columns)},
};

size_t ganger_column_size(enum ganger_column_type type)
{
    switch (type) {
    case GANGER_COLUMN_ID:
    case GANGER_COLUMN_TEXT:
        return sizeof(char *);
    case GANGER_COLUMN_REAL:
        return sizeof(double);
    case GANGER_COLUMN_BOOL:
        return sizeof(bool);
    case GANGER_COLUMN_CHOICE:
        return sizeof(uint8_t);
    case GANGER_COLUMN_CHOICES:
        return sizeof(uint32_t);
    case GANGER_COLUMN_INTEGER:
    case GANGER_COLUMN_REFERENCE:
    case GANGER_COLUMN_TIME:
        break;
    }
    return sizeof(int32_t);
}

const char *ganger_column_packed_name(const struct ganger_column *column)
{
    return column->packed != NULL ? column->packed : column->name;
}

bool ganger_column_kept(const struct ganger_column *column)
{
    return (column->flags & GANGER_COLUMN_NOT_KEPT) == 0;
}

/* Pointers of all types have one representation on every platform this is built for. */
void **ganger_column_array(struct ganger_problem *problem, const struct ganger_column *column)
{
    return (void **)(void *)((char *)problem + column->offset);
}

const void *ganger_column_view(const struct ganger_problem *problem,
                               const struct ganger_column *column)
{
    return *(const void *const *)(const void *)((const char *)problem + column->offset);
}

int32_t *ganger_table_rows(struct ganger_problem *problem, enum ganger_table_index table)
{
    return (int32_t *)(void *)((char *)problem + ganger_tables[table].count);
}

int32_t ganger_table_count(const struct ganger_problem *problem, enum ganger_table_index table)
{
    return *(const int32_t *)(const void *)((const char *)problem + ganger_tables[table].count);
}

char **ganger_table_ids(const struct ganger_problem *problem, enum ganger_table_index table)
{
    const struct ganger_column *column = &ganger_tables[table].columns[0];
    return *(char **const *)(const void *)((const char *)problem + column->offset);
}

bool ganger_table_allocate(struct ganger_problem *problem, enum ganger_table_index table,
                           int32_t rows)
{
    *ganger_table_rows(problem, table) = rows;
    for (int c = 0; c < ganger_tables[table].column_count; c++) {
        const struct ganger_column *column = &ganger_tables[table].columns[c];
        if (!ganger_column_kept(column)) {
            continue;
        }
        void **array = ganger_column_array(problem, column);
        *array = calloc((size_t)rows + 1, ganger_column_size(column->type));
        if (*array == NULL) {
            return false;
        }
    }
    return true;
}
