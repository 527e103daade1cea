ganger_add_suites(cp unit:models property:best property:clauses determinism:repeat oom:memory)
