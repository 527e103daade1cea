# What the library is built on. Used by the build and, unchanged, by the installed package for consumers of
# the static library.
if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES AND PROJECT_NAME STREQUAL "ganger")
    set(CMAKE_BUILD_TYPE Release CACHE STRING "Kind of build" FORCE)
endif()
find_package(OpenMP REQUIRED COMPONENTS C)
find_package(GLPK REQUIRED)
find_package(HDF5Serial REQUIRED)
find_package(LibCSV REQUIRED)
find_package(Random123 REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(JANSSON REQUIRED IMPORTED_TARGET jansson)
pkg_check_modules(XXHASH REQUIRED IMPORTED_TARGET libxxhash)
pkg_check_modules(NETTLE REQUIRED IMPORTED_TARGET nettle)
