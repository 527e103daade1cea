ganger_add_suites(relax property:bound property:columns unit:infeasible property:orders
                  property:closures property:energies property:passing)
