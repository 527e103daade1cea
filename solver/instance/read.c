/* Reading an instance of any form: told apart by content, not by name. */
#include "instance/read.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <strings.h>

enum { PEEK = 512 };

/* The first bytes of a file, zeros where it is shorter. */
static void peek(const char *path, char bytes[PEEK])
{
    memset(bytes, 0, PEEK);
    FILE *file = fopen(path, "rbe");
    if (file != NULL) {
        size_t got = fread(bytes, 1, PEEK, file);
        (void)got;
        fclose(file);
    }
}

/* A number first (Patterson, MPLIB), a line of stars or a line of the header (PSPLIB). */
static bool is_classic(const char *text)
{
    static const char *const headers[] = {"***", "jobs", "projects", "file with basedata"};
    size_t sign = *text == '-' ? 1 : 0;
    bool classic = text[sign] >= '0' && text[sign] <= '9';
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        classic = classic || strncasecmp(text, headers[i], strlen(headers[i])) == 0;
    }
    return classic;
}

ganger_status ganger_problem_read(const char *path, struct ganger_problem **problem,
                                  struct ganger_findings *findings)
{
    static const char packed[] = "ganger instance", hdf5[] = "\x89HDF\r\n\x1a\n";
    struct stat about;
    char bytes[PEEK + 1] = ""; /* peek() fills PEEK, so that the text ends */
    *problem = NULL;
    if (stat(path, &about) != 0) {
        return ganger_findings_add(findings, GANGER_STATUS_INPUT_INVALID, path, 0, NULL,
                                   "cannot be read: %s", strerror(errno));
    }
    if (S_ISDIR(about.st_mode)) {
        return ganger_problem_read_package(path, problem, findings);
    }
    if (S_ISREG(about.st_mode)) {
        peek(path, bytes);
    }
    if (memcmp(bytes, packed, strlen(packed)) == 0 || memcmp(bytes, hdf5, strlen(hdf5)) == 0) {
        return ganger_problem_read_hdf5(path, problem, findings);
    }
    const char *text = bytes + (memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0);
    text += strspn(text, " \t\r\n\v\f");
    if (*text == '{') {
        return ganger_problem_read_package(path, problem, findings);
    }
    if (is_classic(text)) {
        return ganger_problem_read_classic(path, problem, findings);
    }
    return ganger_findings_add(findings, GANGER_STATUS_INPUT_INVALID, path, 0, NULL,
                               "is neither the folder of a data package, nor its datapackage.json, "
                               "nor a packed instance, nor a project in PSPLIB, Patterson or MPLIB "
                               "form");
}
