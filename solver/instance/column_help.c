/* What each table and column is, in a planner's words: for schemas, and for the README of a new instance. */
#include "instance/table_schema.h"

#include <string.h>

struct help {
    const char *column; /* or NULL: the table itself */
    const char *text;
};

static const struct help node[] = {
    {NULL, "Places: stations, junctions, crossings, ports, terminals"},
    {"node_id", "Name by which other tables refer to the node"},
    {"name", "Name for people"},
    {"x_coord", "Longitude in degrees"},
    {"y_coord", "Latitude in degrees"},
    {"node_type", "What it is; for maps and reports only"},
    {"country", "Where it is; for maps and reports only"},
    {"railhead", "Whether building may start here although no built line leads to it"},
    {0}};

static const struct help link[] = {
    {NULL, "Lines between two nodes, and all else that limits freight: crossings, ports, "
           "terminals, roads"},
    {"link_id", "Name by which other tables refer to the link"},
    {"name", "Name for people"},
    {"from_node_id", "Node at which km are counted from"},
    {"to_node_id", "Node at the other end"},
    {"directed", "Whether freight goes from the first node to the second only"},
    {"facility_type", "What it is (rail, road, terminal); for maps and reports only"},
    {"cost_per_tkm", "What carrying a tonne for a km costs, USD"},
    {"geometry", "Course as WKT LINESTRING of longitude and latitude; for maps only"},
    {0}};

static const struct help segment[] = {
    {NULL, "Pieces of which a link is made, end to end; works happen on segments"},
    {"segment_id", "Name by which other tables refer to the segment"},
    {"link_id", "The link that it is a piece of"},
    {"ref_node_id", "The node from which km are counted: the link's from_node_id"},
    {"start_lr", "km at which it begins"},
    {"end_lr", "km at which it ends"},
    {"capacity", "Mt a year that it carries in each direction; 0: not built yet"},
    {"decay", "Share of the capacity that is lost each year until a work renews it; 0 if empty"},
    {"floor", "Share of the capacity that is never lost; 1 if empty"},
    {0}};

static const struct help demand[] = {
    {NULL, "Freight that wants to go from one node to another"},
    {"demand_id", "Name by which other tables refer to the demand"},
    {"origin", "Node where it begins"},
    {"destination", "Node where it ends"},
    {"commodity", "What it is; for reports only"},
    {"value", "What a delivered tonne is worth, USD; what carrying it costs is subtracted"},
    {0}};

static const struct help demand_profile[] = {
    {NULL, "How much freight there is: from a date on, until the next row of the demand"},
    {"demand_id", "The demand"},
    {"from", "First day, or period"},
    {"mt_per_year", "Mt a year"},
    {0}};

static const struct help resource[] = {
    {NULL, "What works need: gangs, machines, possession rules, money, supplies"},
    {"resource_id", "Name by which other tables refer to the resource; works pay their cost from "
                    "the one named budget"},
    {"name", "Name for people"},
    {"kind", "renewable: free again when a work is done with it; consumable: used up"},
    {"unit", "Unit of amounts, for people"},
    {0}};

static const struct help capacity[] = {
    {NULL, "How much of a resource there is"},
    {"resource_id", "The resource"},
    {"from", "First day, or period"},
    {"to", "Day, or period, before which it ends"},
    {"limit", "Renewable: how many there are in each period, none where no row speaks; consumable: "
              "how much may be used between the two days in all"},
    {0}};

static const struct help calendar[] = {
    {NULL, "When work goes slowly or not at all, such as winter; 100 % where no row speaks"},
    {"calendar_id", "Name by which works refer to the calendar"},
    {"from", "First day, or period"},
    {"to", "Day, or period, before which it ends"},
    {"productivity", "Percent of a full period's work that is done in a period; 0: none, and the "
                     "line is given back"},
    {0}};

static const struct help work[] = {
    {NULL, "Works to choose from"},
    {"work_id", "Name by which other tables refer to the work"},
    {"name", "Name for people"},
    {"kind", "repair, build, upgrade or facility; targets count by kind"},
    {"segment_id", "Segment on which it happens; may be empty"},
    {"km", "Length that counts for targets; 0 if empty"},
    {"gain", "Mt a year in each direction that the finished work adds to its segment; 0 if empty"},
    {"renews", "Whether it ends the segment's decay; false if empty"},
    {"earliest", "First day, or period, on which it may start"},
    {"deadline", "Day by which it must be finished, if it is done"},
    {"due", "Day after which being late costs money"},
    {"tardiness_cost", "M USD for each period later than due"},
    {"mandatory", "Whether it must be done"},
    {"calendar_id", "Calendar that it follows; full productivity if empty"},
    {"project", "Works that belong together; for reports only"},
    {"fixed_start", "Day, or period, on which it starts, where that is no longer a choice"},
    {"fixed_mode", "mode_id in which it is done, where that is no longer a choice"},
    {0}};

static const struct help mode[] = {
    {NULL, "Ways in which a work can be done: blockade, one track closed, hours between trains; "
           "one is chosen"},
    {"work_id", "The work"},
    {"mode_id", "Name of the mode among those of the work"},
    {"duration", "Periods of full productivity that it takes; 0: a milestone"},
    {"cost", "M USD in all, spread over the time of working; 0 if empty"},
    {"factor", "Share of the segment's capacity that is left while work goes on; 1 if empty"},
    {0}};

static const struct help usage[] = {
    {NULL, "What a mode needs of resources, money aside"},
    {"work_id", "The work"},
    {"mode_id", "The mode"},
    {"resource_id", "The resource"},
    {"amount", "Renewable: how many in each period of working; consumable: how much in all"},
    {0}};

static const struct help precedence[] = {
    {NULL, "Which work waits for which"},
    {"predecessor", "The work that is waited for; if the other is done, it must be done"},
    {"successor", "The work that waits"},
    {"type", "FS: for its finish; SS: for its start; FS if empty"},
    {"lag", "Periods to wait after that; 0 if empty"},
    {0}};

static const struct help target[] = {
    {NULL, "What the programme is to reach: km of finished works by a date"},
    {"target_id", "Name of the target"},
    {"kind", "Kinds of work that count, one or several joined by |"},
    {"by", "The date"},
    {"km", "km asked for"},
    {"shortfall_cost", "M USD for each km missing"},
    {"hard", "Whether a plan that misses it is no plan; false if empty"},
    {0}};

static const struct help *const tables[GANGER_TABLES] = {
    [GANGER_TABLE_NODE] = node,
    [GANGER_TABLE_LINK] = link,
    [GANGER_TABLE_SEGMENT] = segment,
    [GANGER_TABLE_DEMAND] = demand,
    [GANGER_TABLE_DEMAND_PROFILE] = demand_profile,
    [GANGER_TABLE_RESOURCE] = resource,
    [GANGER_TABLE_CAPACITY] = capacity,
    [GANGER_TABLE_CALENDAR] = calendar,
    [GANGER_TABLE_WORK] = work,
    [GANGER_TABLE_MODE] = mode,
    [GANGER_TABLE_USAGE] = usage,
    [GANGER_TABLE_PRECEDENCE] = precedence,
    [GANGER_TABLE_TARGET] = target,
};

const char *ganger_table_help(enum ganger_table_index table)
{
    return tables[table] != NULL ? tables[table][0].text : NULL;
}

const char *ganger_column_help(enum ganger_table_index table, const struct ganger_column *column)
{
    for (const struct help *help = tables[table]; help != NULL && help->text != NULL; help++) {
        if (help->column != NULL && strcmp(help->column, column->name) == 0) {
            return help->text;
        }
    }
    return NULL;
}
