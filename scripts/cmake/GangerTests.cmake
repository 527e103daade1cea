# Tests: one CUnit executable a module, one CTest test a suite; see tests/README.md.
pkg_check_modules(CUNIT QUIET IMPORTED_TARGET cunit)
if(NOT CUNIT_FOUND)
    if(GANGER_TESTS STREQUAL "AUTO")
        message(STATUS "CUnit is not installed: building without tests")
        return()
    endif()
    message(FATAL_ERROR "the tests need CUnit: run scripts/install_dependencies test, or set GANGER_TESTS=OFF")
endif()
enable_testing()

set(ganger_test_environment)
if(GANGER_SANITIZE MATCHES "thread")
    # Without the OMPT tool, ThreadSanitizer does not see OpenMP's barriers and reports races that are none.
    get_filename_component(openmp_dir "${OpenMP_omp_LIBRARY}" REALPATH)
    get_filename_component(openmp_dir "${openmp_dir}" DIRECTORY)
    file(GLOB llvm_dirs /usr/lib/llvm-*/lib)
    find_library(GANGER_ARCHER archer HINTS "${openmp_dir}" PATHS ${llvm_dirs} REQUIRED)
    list(APPEND ganger_test_environment "OMP_TOOL_LIBRARIES=${GANGER_ARCHER}")
endif()

# ganger_register(NAME LABEL [extra labels] COMMAND ...): a CTest test with what all tests share. Its time limit only ends what
# hangs: on a machine with twenty times more to do than it can, a test of seconds takes ten minutes.
function(ganger_register name label)
    cmake_parse_arguments(PARSE_ARGV 2 arg "" "WORKING_DIRECTORY" "LABELS;ENVIRONMENT;COMMAND")
    if(NOT label MATCHES "^(unit|property|determinism|oom|fuzz-replay|cli|slow)$")
        message(FATAL_ERROR "test ${name}: unknown label ${label}")
    endif()
    if(NOT arg_WORKING_DIRECTORY)
        set(arg_WORKING_DIRECTORY "${PROJECT_BINARY_DIR}")
    endif()
    add_test(NAME ${name} COMMAND ${arg_COMMAND} WORKING_DIRECTORY "${arg_WORKING_DIRECTORY}")
    set(environment "GANGER_SOURCE=${PROJECT_SOURCE_DIR}" ${ganger_test_environment} ${arg_ENVIRONMENT})
    set_tests_properties(${name} PROPERTIES LABELS "${label};${arg_LABELS}" TIMEOUT 1800
                                            ENVIRONMENT "${environment}")
    if(label MATCHES "^(determinism|slow)$")
        set_tests_properties(${name} PROPERTIES PROCESSORS 2)
    endif()
endfunction()

# ganger_add_suites(MODULE LABEL:SUITE...): called by tests/MODULE/suites.cmake, the same list as suites.c.
function(ganger_add_suites module)
    foreach(entry IN LISTS ARGN)
        if(NOT entry MATCHES "^([a-z-]+):([A-Za-z0-9_-]+)$")
            message(FATAL_ERROR "tests/${module}/suites.cmake: '${entry}' is not label:suite")
        endif()
        set(label ${CMAKE_MATCH_1})
        set(suite ${CMAKE_MATCH_2})
        ganger_register(${module}.${suite} ${label} LABELS ${module} COMMAND test_${module} --suite ${suite}
                        ENVIRONMENT "TMPDIR=${PROJECT_BINARY_DIR}/tests/scratch")
    endforeach()
    # A suite missing from either list would silently not run.
    ganger_register(${module}.registered unit COMMAND test_${module} --expect ${ARGN})
endfunction()

# Scratch files of the suites lie in the build folder, where nobody else tidies up or fills the disk.
file(MAKE_DIRECTORY "${PROJECT_BINARY_DIR}/tests/scratch")
file(GLOB module_files CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/tests/*/suites.c")
file(GLOB support CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/tests/support/*.c")
foreach(module_file IN LISTS module_files)
    get_filename_component(module_dir "${module_file}" DIRECTORY)
    get_filename_component(module "${module_dir}" NAME)
    if(module STREQUAL "bench" AND NOT GANGER_BENCH)
        continue()
    endif()
    file(GLOB sources CONFIGURE_DEPENDS "${module_dir}/*.c")
    add_executable(test_${module} ${sources} ${support})
    target_include_directories(test_${module} PRIVATE "${PROJECT_SOURCE_DIR}/tests")
    target_link_libraries(test_${module} PRIVATE ganger_flags ganger_includes ganger_static PkgConfig::CUNIT m)
    target_compile_definitions(test_${module} PRIVATE GANGER_STATIC_DEFINE
                                                      GANGER_SOURCE="${PROJECT_SOURCE_DIR}")
    if(module STREQUAL "check")
        target_link_libraries(test_${module} PRIVATE PkgConfig::MPFR)
    elseif(module STREQUAL "mip")
        target_link_libraries(test_${module} PRIVATE GLPK::GLPK)
    elseif(module STREQUAL "export")
        target_link_libraries(test_${module} PRIVATE PkgConfig::LIBXML2)
    elseif(module STREQUAL "cli")
        target_link_libraries(test_${module} PRIVATE ganger_cli)
    elseif(module STREQUAL "bench")
        target_link_libraries(test_${module} PRIVATE ganger_quality)
    endif()
    if(EXISTS "${module_dir}/suites.cmake")
        include("${module_dir}/suites.cmake")
    else()
        message(WARNING "tests/${module}/suites.cmake is missing: its suites run as one test")
        ganger_register(${module}.all unit LABELS ${module} COMMAND test_${module})
    endif()
endforeach()

# Scripts in tests/cli/*.test each run in a folder of their own. One that cannot run here ends with 77.
set(slow_scripts report_large replan_large)
file(GLOB scripts CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/tests/cli/*.test")
if(TARGET ganger_program)
    foreach(script IN LISTS scripts)
        get_filename_component(name "${script}" NAME_WE)
        file(MAKE_DIRECTORY "${PROJECT_BINARY_DIR}/tests/cli/${name}")
        set(label cli)
        if(name IN_LIST slow_scripts)
            set(label slow)
        endif()
        ganger_register(
            cli.${name} ${label}
            WORKING_DIRECTORY "${PROJECT_BINARY_DIR}/tests/cli/${name}"
            ENVIRONMENT "GANGER=$<TARGET_FILE:ganger_program>"
            COMMAND "${script}")
        set_tests_properties(cli.${name} PROPERTIES SKIP_RETURN_CODE 77)
    endforeach()
endif()

# What no unit test can see: the order of the floors, and the installed library from outside.
set(header_compiler
    "${CMAKE_C_COMPILER}" -std=gnu17 -D_GNU_SOURCE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror
    "-I${GANGER_GENERATED}")
foreach(dependency GLPK_INCLUDE_DIR HDF5Serial_PC_INCLUDE_DIRS Random123_INCLUDE_DIR LIBXML2_INCLUDE_DIRS)
    foreach(dir IN LISTS ${dependency})
        list(APPEND header_compiler -isystem "${dir}")
    endforeach()
endforeach()
set(check_layers "${PROJECT_SOURCE_DIR}/scripts/check_layers")
ganger_register(layers unit COMMAND "${check_layers}" -- ${header_compiler})
ganger_register(layers.self-test unit COMMAND "${check_layers}" --self-test -- "${CMAKE_C_COMPILER}")
if(NOT GANGER_SANITIZE AND NOT CMAKE_C_FLAGS)
    ganger_register(
        consumer cli
        ENVIRONMENT "CC=${CMAKE_C_COMPILER}"
        COMMAND "${PROJECT_SOURCE_DIR}/tests/consumer/run.sh" "${PROJECT_BINARY_DIR}" "${PROJECT_VERSION}")
endif()
