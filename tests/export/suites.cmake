ganger_add_suites(export unit:table unit:geometry unit:project)
