ganger_add_suites(throughput property:state property:run determinism:repeat property:hull property:network)
