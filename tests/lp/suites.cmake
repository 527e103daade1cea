ganger_add_suites(lp unit:optimum determinism:repeat)
