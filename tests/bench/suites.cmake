ganger_add_suites(
    bench
    unit:statistics
    unit:table
    unit:summary
    unit:pairs
    unit:reference
    unit:result
    unit:pool)

# Scripts as in tests/cli; the program that they run is the harness.
file(GLOB bench_scripts CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/tests/bench/*.test")
foreach(script IN LISTS bench_scripts)
    get_filename_component(name "${script}" NAME_WE)
    file(MAKE_DIRECTORY "${PROJECT_BINARY_DIR}/tests/bench/${name}")
    ganger_register(
        bench.${name} cli
        LABELS bench
        WORKING_DIRECTORY "${PROJECT_BINARY_DIR}/tests/bench/${name}"
        ENVIRONMENT "GANGER=$<TARGET_FILE:ganger_quality_program>"
                    "MICRO=$<TARGET_FILE:ganger_micro_program>"
                    "ARCMAINT=$<TARGET_FILE:ganger_arcmaint_program>"
        COMMAND "${script}")
endforeach()
