/*
 * The page: the template with data, styles and scripts put in.
 *
 * The parts are files of page/ and the D3 library, which the build embeds (scripts/cmake/GangerPage.cmake). A policy in the
 * page's head allows its own styles and scripts, by their hashes, and nothing else: no network, no other script.
 */
#ifndef GANGER_REPORT_PAGE_H
#define GANGER_REPORT_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* An embedded file, or several one after the other. */
struct ganger_page_part {
    const unsigned char *text;
    size_t size;
};

extern const struct ganger_page_part ganger_page_template, ganger_page_style, ganger_page_library,
    ganger_page_script, ganger_page_licences;

/* Writes the page; `data` is JSON. False, with errno, if anything was not written, or for want of memory. */
bool ganger_page_write(FILE *file, const char *title, const char *data);

#endif
