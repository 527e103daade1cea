/* Reading an instance of any form: told apart by content, not by name. */
#include "instance/read.h"

ganger_status ganger_problem_read(const char *path, struct ganger_problem **problem,
                                  struct ganger_findings *findings)
{
    return ganger_problem_read_package(path, problem, findings);
}
