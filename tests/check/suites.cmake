ganger_add_suites(check property:bound)
