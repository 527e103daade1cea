ganger_add_suites(mip unit:makespan property:optimum property:plan)
