ganger_add_suites(api unit:solve property:replan)
