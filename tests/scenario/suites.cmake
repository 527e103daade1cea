ganger_add_suites(scenario unit:changes unit:wrong)
