ganger_add_suites(base unit:status unit:text unit:file unit:date unit:lookup unit:rng unit:block unit:fixed unit:bits)
