ganger_add_suites(search unit:trial property:moves property:optimum determinism:threads determinism:run)
