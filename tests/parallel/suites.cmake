ganger_add_suites(parallel determinism:loop unit:threads)
