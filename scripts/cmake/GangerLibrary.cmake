# One object library a floor, so that a floor sees only the third-party headers it is entitled to; from
# these the static and the shared library, and the program on top.
include(GenerateExportHeader)

set(GANGER_GENERATED "${PROJECT_BINARY_DIR}/include")
configure_file("${PROJECT_SOURCE_DIR}/scripts/cmake/version.h.in" "${GANGER_GENERATED}/ganger/version.h" @ONLY)

set(GANGER_FLOORS base parallel instance generate cp schedule makespan lp freight relax search throughput mip plan
    check explain export risk report api scenario)
set(ganger_uses_all PkgConfig::XXHASH PkgConfig::NETTLE)
set(ganger_uses_base Random123::Random123)
set(ganger_uses_parallel OpenMP::OpenMP_C)
set(ganger_uses_instance HDF5Serial::HDF5 LibCSV::LibCSV PkgConfig::JANSSON)
set(ganger_uses_lp GLPK::GLPK)
set(ganger_uses_check PkgConfig::MPFR)
set(ganger_uses_plan HDF5Serial::HDF5 LibCSV::LibCSV PkgConfig::JANSSON)
set(ganger_uses_explain PkgConfig::JANSSON)
set(ganger_uses_risk PkgConfig::JANSSON)
set(ganger_uses_export PkgConfig::JANSSON PkgConfig::LIBXML2)
set(ganger_uses_report PkgConfig::JANSSON)
set(ganger_uses_scenario PkgConfig::JANSSON)
set(GANGER_LINKED OpenMP::OpenMP_C GLPK::GLPK HDF5Serial::HDF5 LibCSV::LibCSV PkgConfig::JANSSON
    PkgConfig::XXHASH PkgConfig::NETTLE PkgConfig::MPFR PkgConfig::LIBXML2 m)

add_library(ganger_includes INTERFACE)
target_include_directories(
    ganger_includes INTERFACE "${PROJECT_SOURCE_DIR}/solver" "${PROJECT_SOURCE_DIR}/include" "${GANGER_GENERATED}")

include(GangerPage)
set(ganger_objects)
foreach(floor IN LISTS GANGER_FLOORS)
    file(GLOB sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/solver/${floor}/*.c")
    if(sources)
        add_library(ganger_${floor} OBJECT ${sources} ${ganger_made_${floor}})
        target_compile_definitions(ganger_${floor} PRIVATE ganger_EXPORTS)
        target_link_libraries(ganger_${floor} PRIVATE ganger_flags ganger_includes ${ganger_uses_all}
                                                      ${ganger_uses_${floor}})
        list(APPEND ganger_objects $<TARGET_OBJECTS:ganger_${floor}>)
    endif()
endforeach()

# Serial generation is compiled once for each instruction set and chosen when the program runs.
if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|amd64)$")
    set_source_files_properties(
        "${PROJECT_SOURCE_DIR}/solver/schedule/serial_avx512.c"
        PROPERTIES COMPILE_OPTIONS "-mavx512f;-mavx512bw;-mavx512vl;-mbmi;-mbmi2;$<$<C_COMPILER_ID:GNU>:-mno-stv>")
    set_source_files_properties("${PROJECT_SOURCE_DIR}/solver/schedule/serial_avx2.c"
                                PROPERTIES COMPILE_OPTIONS "-mavx2;-mbmi;-mbmi2")
endif()

add_library(ganger_static STATIC ${ganger_objects})
add_library(ganger SHARED ${ganger_objects})
add_library(ganger::ganger ALIAS ganger)
add_library(ganger::ganger_static ALIAS ganger_static)
generate_export_header(ganger BASE_NAME GANGER EXPORT_FILE_NAME "${GANGER_GENERATED}/ganger/export.h")
set_target_properties(ganger PROPERTIES VERSION ${PROJECT_VERSION}
                                        SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
set_target_properties(ganger_static PROPERTIES OUTPUT_NAME ganger)
foreach(library ganger ganger_static)
    set_target_properties(${library} PROPERTIES LINKER_LANGUAGE C)
    target_link_libraries(${library} PRIVATE ${GANGER_LINKED})
    target_include_directories(
        ${library} INTERFACE "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>"
                             "$<BUILD_INTERFACE:${GANGER_GENERATED}>"
                             "$<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>")
endforeach()
target_compile_definitions(ganger_static INTERFACE GANGER_STATIC_DEFINE)

# The program without its main is a library, for its tests. It sees the public header only.
file(GLOB cli_sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/solver/cli/*.c")
set(cli_main "${PROJECT_SOURCE_DIR}/solver/cli/main.c")
list(REMOVE_ITEM cli_sources "${cli_main}")
if(cli_sources)
    add_library(ganger_cli STATIC ${cli_sources})
    target_include_directories(ganger_cli PUBLIC "${PROJECT_SOURCE_DIR}/solver")
    target_link_libraries(
        ganger_cli
        PUBLIC ganger_static
        PRIVATE ganger_flags PkgConfig::JANSSON m)
endif()
if(EXISTS "${cli_main}")
    add_executable(ganger_program "${cli_main}")
    set_target_properties(ganger_program PROPERTIES OUTPUT_NAME ganger)
    target_include_directories(ganger_program PRIVATE "${PROJECT_SOURCE_DIR}/solver")
    target_link_libraries(ganger_program PRIVATE ganger_flags $<TARGET_NAME_IF_EXISTS:ganger_cli> ganger_static)
endif()
