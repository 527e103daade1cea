ganger_add_suites(api unit:solve)
