# The parts of the page that `ganger report` writes, as C files in ganger_made_report: the files of
# solver/report/page/ in the order given here, D3 and its licence.
find_file(GANGER_D3 d3.min.js PATHS /usr/share/nodejs/d3/dist /usr/share/javascript/d3 NO_DEFAULT_PATH)
find_file(GANGER_D3_LICENCE copyright PATHS /usr/share/doc/node-d3 NO_DEFAULT_PATH)
if(NOT GANGER_D3 OR NOT GANGER_D3_LICENCE)
    message(FATAL_ERROR "d3.min.js and its licence are missing (Debian package node-d3): run "
                        "scripts/install_dependencies, or set GANGER_D3 and GANGER_D3_LICENCE")
endif()

set(page "${PROJECT_SOURCE_DIR}/solver/report/page")
set(page_styles colours page bar map gantt charts tables print)
set(page_scripts
    data
    words
    theme
    shared
    segments
    head
    credit
    timeline
    projection
    map
    map_hover
    legend
    details
    groups
    corridors
    gantt
    gantt_input
    charts
    gangs
    windows
    freight
    money
    tables
    prices
    left_out
    targets
    risk
    print
    start)
list(TRANSFORM page_styles REPLACE "(.+)" "${page}/\\1.css")
list(TRANSFORM page_scripts REPLACE "(.+)" "${page}/\\1.js")

set(ganger_made_report)
function(ganger_embed name element)
    cmake_parse_arguments(PARSE_ARGV 2 arg "SCOPE" "" "FILES")
    set(made "${PROJECT_BINARY_DIR}/page/${name}.c")
    list(JOIN arg_FILES "|" files)
    add_custom_command(
        OUTPUT "${made}"
        COMMAND
            "${CMAKE_COMMAND}" "-DOUT=${made}" "-DNAME=ganger_page_${name}" "-DELEMENT=${element}"
            "-DSCOPE=${arg_SCOPE}" "-DFILES=${files}" -P
            "${PROJECT_SOURCE_DIR}/scripts/cmake/embed_page.cmake"
        DEPENDS ${arg_FILES} "${PROJECT_SOURCE_DIR}/scripts/cmake/embed_page.cmake"
        VERBATIM)
    set(ganger_made_report ${ganger_made_report} "${made}" PARENT_SCOPE)
endfunction()
ganger_embed(template none FILES "${page}/page.html")
ganger_embed(style style FILES ${page_styles})
ganger_embed(library script FILES "${GANGER_D3}")
ganger_embed(script script SCOPE FILES ${page_scripts})
ganger_embed(licences none FILES "${GANGER_D3_LICENCE}")
