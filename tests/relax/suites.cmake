ganger_add_suites(relax property:bound unit:infeasible)
