ganger_add_suites(risk unit:statistics unit:draw property:replay unit:samples unit:plan determinism:threads)
