ganger_add_suites(report unit:column unit:data unit:page unit:risk)
