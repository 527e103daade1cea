# Flags of the project's own targets, through the interface target ganger_flags.
set(CMAKE_C_STANDARD 17)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS ON)
set(CMAKE_C_VISIBILITY_PRESET hidden)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

add_library(ganger_flags INTERFACE)
target_compile_definitions(ganger_flags INTERFACE _GNU_SOURCE)
# A fused multiply-add rounds once where two operations round twice: results would depend on the compiler
# and the processor. For the same reason -ffast-math has no place here.
target_compile_options(ganger_flags INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow
                                              -ffp-contract=off)
if(GANGER_WERROR)
    target_compile_options(ganger_flags INTERFACE -Werror)
endif()
if(GANGER_NATIVE)
    target_compile_options(ganger_flags INTERFACE -march=native)
endif()
if(GANGER_SANITIZE)
    target_compile_options(
        ganger_flags INTERFACE -fsanitize=${GANGER_SANITIZE} -fno-sanitize-recover=all
                               -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${GANGER_SANITIZE})
endif()
