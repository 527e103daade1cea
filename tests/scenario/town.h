/* A small instance, and instances made from it by tables of scenarios. */
#ifndef GANGER_TESTS_SCENARIO_TOWN_H
#define GANGER_TESTS_SCENARIO_TOWN_H

#include "instance/problem.h"

/* Twelve periods of 30 days from 2025-01-01, in two windows of money, with one gang until period 6 and two after. */
struct ganger_problem *town(void);

/* The instance that rows (with \n between them; all of scenario "s") make of the town; NULL if they are refused. */
struct ganger_problem *town_vary(const char *rows, struct ganger_findings *findings);

#endif
