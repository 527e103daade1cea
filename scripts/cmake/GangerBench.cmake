# bench/quality: the harness that measures solution quality. Never installed. Without its main it is a
# library, for its tests.
file(GLOB quality_sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/bench/quality/*.c")
set(quality_main "${PROJECT_SOURCE_DIR}/bench/quality/main.c")
list(REMOVE_ITEM quality_sources "${quality_main}")

add_library(ganger_quality STATIC ${quality_sources})
target_include_directories(ganger_quality PUBLIC "${PROJECT_SOURCE_DIR}/bench")
target_compile_definitions(ganger_quality PRIVATE GANGER_BENCH_BUILD_TYPE="$<CONFIG>")
target_link_libraries(
    ganger_quality
    PUBLIC ganger_cli ganger_static PkgConfig::JANSSON
    PRIVATE ganger_flags LibCSV::LibCSV m)

add_executable(ganger_quality_program "${quality_main}")
set_target_properties(ganger_quality_program PROPERTIES OUTPUT_NAME ganger-quality)
target_link_libraries(ganger_quality_program PRIVATE ganger_flags ganger_quality)

# bench/micro and bench/kernels: how fast schedules are generated, and other kernels. They read and write with
# what the harness has.
file(GLOB micro_sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/bench/micro/*.c"
     "${PROJECT_SOURCE_DIR}/bench/kernels/*.c")
add_executable(ganger_micro_program ${micro_sources})
set_target_properties(ganger_micro_program PROPERTIES OUTPUT_NAME ganger-micro)
target_link_libraries(ganger_micro_program PRIVATE ganger_flags ganger_includes ganger_quality
                                                   PkgConfig::XXHASH ${CMAKE_DL_LIBS} m)

# bench/allocations: counts the allocations of any program that it is loaded into. Sanitizers bring their own malloc.
if(NOT GANGER_SANITIZE)
    add_library(ganger_allocations MODULE "${PROJECT_SOURCE_DIR}/bench/allocations/count.c")
    target_link_libraries(ganger_allocations PRIVATE ganger_flags)
    set_target_properties(ganger_allocations PROPERTIES PREFIX "" OUTPUT_NAME ganger-allocations
                                                        C_VISIBILITY_PRESET default)
endif()

# bench/arcmaint: makes data packages of the arc maintenance benchmark.
file(GLOB arcmaint_sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/bench/arcmaint/*.c")
add_executable(ganger_arcmaint_program ${arcmaint_sources})
set_target_properties(ganger_arcmaint_program PROPERTIES OUTPUT_NAME ganger-arcmaint)
target_link_libraries(ganger_arcmaint_program PRIVATE ganger_flags ganger_quality)
