ganger_add_suites(check property:bound unit:rules unit:claims property:makespan property:exact
                  property:waits property:routes property:gates property:stages
                  property:planes property:trees property:energy
                  property:successor property:far)
