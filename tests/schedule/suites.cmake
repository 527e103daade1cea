ganger_add_suites(schedule unit:times unit:use unit:order unit:rails unit:diagnose property:random unit:lanes
                  property:serial)
