ganger_add_suites(search unit:trial property:moves property:optimum property:sketch property:prospects determinism:threads determinism:run
                  property:large determinism:large-threads determinism:legs property:haulage)
