/*
 * Small projects as the classic formats write them.
 */
#ifndef GANGER_TESTS_INSTANCE_CLASSIC_TEXT_H
#define GANGER_TESTS_INSTANCE_CLASSIC_TEXT_H

/* Four jobs, two renewables. */
static const char patterson_text[] = "4 2\n"
                                     "3 2\n"
                                     "0 0 0 2 2 3\n"
                                     "5 2 0 1 4\n"
                                     "7 1 2 1 4\n"
                                     "0 0 0 0\n";

/* Two projects of three jobs each, the second released in period 4; job 1:2 must also come before 2:2. */
static const char mplib_text[] = "  2\n"
                                 "   2\n"
                                 "   5   4\n"
                                 "\n"
                                 "  3    0\n"
                                 "   1   1\n"
                                 "\n"
                                 "   0   0   0   1 1:2\n"
                                 "   9   5   1   2 1:3 2:2\n"
                                 "   0   0   0   0\n"
                                 "\n"
                                 "  3    4\n"
                                 "   1   0\n"
                                 "\n"
                                 "   0   0   0   1 2:2\n"
                                 "   6   3   0   1 2:3\n"
                                 "   0   0   0   0\n";

#define STARS "************************************************************************\n"

/* PSPLIB's own dialect: one project released in period 2, jobs of several modes. */
static const char psplib_text[] =
    STARS "file with basedata            : small.bas\n"
          "initial value random generator: 28123\n" STARS "projects                      :  1\n"
          "jobs (incl. supersource/sink ):  4\n"
          "horizon                       :  30\n"
          "RESOURCES\n"
          "  - renewable                 :  1   R\n"
          "  - nonrenewable              :  2   N\n"
          "  - doubly constrained        :  0   D\n" STARS "PROJECT INFORMATION:\n"
          "pronr.  #jobs rel.date duedate tardcost  MPM-Time\n"
          "    1      2      2       14       26       14\n" STARS "PRECEDENCE RELATIONS:\n"
          "jobnr.    #modes  #successors   successors\n"
          "   1        1          2           2   3\n"
          "   2        2          1           4\n"
          "   3        1          1           4\n"
          "   4        1          0\n" STARS "REQUESTS/DURATIONS:\n"
          "jobnr. mode duration  R 1  N 1  N 2\n"
          "------------------------------------------------------------------------\n"
          "  1      1     0       0    0    0\n"
          "  2      1     3       6    9    0\n"
          "         2     8       2    0    8\n"
          "  3      1     4       0    2    5\n"
          "  4      1     0       0    0    0\n" STARS "RESOURCEAVAILABILITIES:\n"
          "  R 1  N 1  N 2\n"
          "    6   10   13\n" STARS;

/* The same project in MMLIB's dialect, which has no release date. */
static const char mmlib_text[] =
    "jobs  (incl. supersource/sink ):\t4\n"
    "RESOURCES\n"
    "- renewable                 : 1 R\n"
    "- nonrenewable              : 2 N\n"
    "- doubly constrained        : 0 D\n" STARS "PRECEDENCE RELATIONS:\n"
    "jobnr.    #modes  #successors   successors\n"
    "1\t1\t2\t\t2 3 \n"
    "2\t2\t1\t\t4 \n"
    "3\t1\t1\t\t4 \n"
    "4\t1\t0\t\t\n" STARS "REQUESTS/DURATIONS\n"
    "jobnr.\tmode\tdur\tR1\tN1\tN2\t\n"
    "------------------------------------------------------------------------\n"
    "1\t1\t0\t0\t0\t0\t\n"
    "2\t1\t3\t6\t9\t0\t\n"
    "\t2\t8\t2\t0\t8\t\n"
    "3\t1\t4\t0\t2\t5\t\n"
    "4\t1\t0\t0\t0\t0\t\n" STARS "\n RESOURCE AVAILABILITIES \n"
    "\tR 1\tN 1\tN 2\n"
    "\t6\t10\t13\n\n" STARS;

#endif
