/* The sections of an explanation and what they share; ganger_plan_explain() puts them together. */
#ifndef GANGER_EXPLAIN_PARTS_H
#define GANGER_EXPLAIN_PARTS_H

#include "check/bound.h"
#include "check/far.h"
#include "explain/sheet.h"
#include "explain/what_if.h"
#include "explain/words.h"

struct ganger_explaining {
    const struct ganger_problem *problem;
    const struct ganger_plan *plan;
    struct ganger_sheet *sheet;
    int rows; /* printed of each list; the tree has all */
    struct ganger_years years;
    struct ganger_what_if *what_if;
    struct ganger_facts *facts;        /* npv only, as the next */
    struct ganger_bound_place *places; /* [works] */
    struct ganger_far far;             /* as the plan's prices have it */
};

/* What one more of everything is worth at the prices of the bound; npv only. False if memory is short. */
bool ganger_explain_prices(struct ganger_explaining *x);
/* A part of it: works that wait for several others, and for which gangs. */
bool ganger_explain_waiting(struct ganger_explaining *x, json_t *prices);
/* What is full, used up, met or touched. */
void ganger_explain_gangs(struct ganger_explaining *x);
void ganger_explain_windows(struct ganger_explaining *x);
void ganger_explain_targets(struct ganger_explaining *x);
void ganger_explain_dates(struct ganger_explaining *x);
/* Links that are full, and freight that stays at home for it; npv only. False if an LP failed or memory is short. */
bool ganger_explain_links(struct ganger_explaining *x);
/* Works left out, by how close they are to paying; npv only. */
void ganger_explain_left_out(struct ganger_explaining *x);
/* One work: why it is where it is, or left out. */
void ganger_explain_work(struct ganger_explaining *x, json_t *array, int32_t work);

/* A renewable use, supply or money of a mode's start at the prices of the bound, M USD. */
struct ganger_dues {
    double traffic; /* what is left of the worth: capacity, given and taken */
    double cost, tardiness, gangs, windows, targets, precedence, worth;
    int32_t dearest; /* the resource that takes most of it, GANGER_NONE if none takes anything */
    double dearest_due;
};
struct ganger_dues ganger_explain_dues(const struct ganger_explaining *x, int32_t work);

/* Prints "Heading" and a line under it, with an empty line before. */
void ganger_explain_head(struct ganger_explaining *x, const char *heading);
/* A column for each year, under `group`, after `first` columns that are there already; returns the number of all. */
int ganger_explain_year_columns(const struct ganger_explaining *x,
                                struct ganger_sheet_column *columns, int first, const char *group,
                                int decimals);

#endif
