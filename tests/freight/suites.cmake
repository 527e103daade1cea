ganger_add_suites(freight property:graph unit:hand property:value property:cuts property:capacity
                  property:max_flow property:carry property:detours)
