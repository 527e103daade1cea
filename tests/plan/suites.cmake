ganger_add_suites(plan unit:file property:hostile determinism:repeat unit:report)
