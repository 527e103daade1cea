ganger_add_suites(explain property:obstacles property:what_if unit:prices unit:plan property:conflict)
