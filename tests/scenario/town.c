#include "scenario/town.h"

#include "support/scratch.h"
#include "support/test.h"
#include "support/tiny.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct ganger_problem *town(void)
{
    struct tiny t;
    tiny_init(&t, 12);
    t.period_days = 30;
    tiny_add(&t, TINY_NODE, "n0,false");
    tiny_add(&t, TINY_NODE, "n1,false");
    tiny_add(&t, TINY_LINK, "l0,n0,n1,false,0");
    tiny_add(&t, TINY_SEGMENT, "q0,l0,n0,0,10,5,0.2,0.5\nq1,l0,n0,10,20,5,0.2,0.5");
    tiny_add(&t, TINY_DEMAND, "d0,n0,n1,10\nd1,n1,n0,20");
    tiny_add(&t, TINY_PROFILE, "d0,0,3\nd0,6,4\nd1,0,1");
    tiny_add(&t, TINY_WORK, "v,repair,q0,10,0,true,,,,,false,,,");
    tiny_add(&t, TINY_WORK, "w,repair,q1,10,0,true,,,,,false,c,,");
    tiny_add(&t, TINY_WORK, "m,facility,,0,0,false,,,,,true,,,");
    tiny_add(&t, TINY_MODE, "v,a,3,6,1\nw,a,3,6,1\nm,reached,0,0,1");
    tiny_add(&t, TINY_RESOURCE, "gang,renewable\nbudget,consumable");
    tiny_add(&t, TINY_CAPACITY, "gang,0,6,1\ngang,6,12,2\nbudget,0,6,10\nbudget,6,12,20");
    tiny_add(&t, TINY_USAGE, "v,a,gang,1\nw,a,gang,1");
    tiny_add(&t, TINY_PRECEDENCE, "v,m,FS,0");
    tiny_add(&t, TINY_CALENDAR, "c,10,12,0");
    tiny_add(&t, TINY_TARGET, "km,repair,12,20,5,false");
    struct ganger_problem *problem = tiny_read(&t);
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    return problem;
}

struct ganger_problem *town_vary(const char *rows, struct ganger_findings *findings)
{
    struct ganger_problem *base = town(), *made = NULL;
    char path[SCRATCH_PATH];
    scratch_file(path);
    FILE *file = fopen(path, "w");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    fprintf(file, "scenario,change,id,from,to,value,elasticity,share\n%s\n", rows);
    fclose(file);
    ganger_status status = ganger_problem_vary(base, path, "s", &made, findings);
    CU_ASSERT_EQUAL(status == GANGER_STATUS_OK, made != NULL);
    unlink(path);
    ganger_problem_destroy(base);
    return made;
}
