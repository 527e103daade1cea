ganger_add_suites(
    instance unit:package unit:bad unit:seal unit:pack fuzz-replay:damage unit:describe unit:write unit:classic
    unit:classic_bad fuzz-replay:classic_damage unit:table_schema)
