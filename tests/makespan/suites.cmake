ganger_add_suites(makespan unit:model property:chains unit:modes property:optimum unit:limits determinism:repeat property:breeder property:breeding property:window property:polish determinism:stages)
