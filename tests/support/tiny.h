/*
 * Tiny problems for tests: rows of CSV kept in memory, written to a folder of their own, read and
 * removed.
 *
 *     struct tiny t;
 *     tiny_init(&t, 8);
 *     tiny_add(&t, TINY_NODE, "n%d,true", 0);
 *     struct ganger_problem *problem = tiny_read(&t);
 *
 * Every table has all its columns, in the order that tiny.c gives; a cell may be empty where MODEL
 * allows.
 */
#ifndef GANGER_TESTS_SUPPORT_TINY_H
#define GANGER_TESTS_SUPPORT_TINY_H

#include "base/rng.h"
#include "instance/problem.h"

enum tiny_table {
    TINY_NODE,     /* id, railhead */
    TINY_LINK,     /* id, from, to, directed, cost per tkm */
    TINY_SEGMENT,  /* id, link, from node of the link, start km, end km, capacity, decay, floor */
    TINY_DEMAND,   /* id, origin, destination, value */
    TINY_PROFILE,  /* demand, from, Mt per year */
    TINY_WORK,     /* id, kind, segment, km, gain, renews, earliest, deadline, due, tardiness cost,
                        mandatory, calendar, fixed start, fixed mode */
    TINY_MODE,     /* work, id, duration, cost, factor */
    TINY_USAGE,    /* work, mode, resource, amount */
    TINY_RESOURCE, /* id, kind */
    TINY_CAPACITY, /* resource, from, to, limit */
    TINY_PRECEDENCE, /* predecessor, successor, type, lag */
    TINY_CALENDAR,   /* id, from, to, productivity */
    TINY_TARGET,     /* id, kind, by, km, shortfall cost, hard */
    TINY_TABLES
};

enum { TINY_TEXT = 8192 };

struct tiny {
    int periods;
    int period_days; /* 90 */
    double discount_rate, terminal_years;
    bool railhead; /* true */
    bool makespan; /* the objective; false: npv */
    char text[TINY_TABLES][TINY_TEXT];
};

void tiny_init(struct tiny *tiny, int periods);
/* Adds a row; the line break is added too. */
void tiny_add(struct tiny *tiny, enum tiny_table table, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* NULL, with the findings on stderr, if the reader refuses the rows. */
struct ganger_problem *tiny_read(const struct tiny *tiny);
/* The same without a word: for rows drawn at random, which the reader may refuse. */
struct ganger_problem *tiny_try(const struct tiny *tiny);

/* What a random problem is drawn from. */
struct tiny_shape {
    int periods, works; /* at most so many, at least about half */
    int longest;        /* duration at most */
    bool rails;         /* with an unbuilt line of two or three segments, and works that build it */
    bool stages;  /* most works on one segment, many of them one after another by precedence */
    bool crowded; /* all works that are on a segment are on the same one */
};

/* A problem of 4 nodes, 3 to 6 links, 2 or 3 demands, two gangs, money and rails in windows, a
 * calendar with pauses, precedences and targets. Draws until the reader accepts one. */
struct ganger_problem *tiny_random(struct ganger_rng *rng, struct tiny_shape shape);

#endif
