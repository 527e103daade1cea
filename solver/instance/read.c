/* Reading an instance of any form: told apart by content, not by name. */
#include "instance/read.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* The first bytes of a file, zeros where it is shorter. */
static void peek(const char *path, char bytes[16])
{
    memset(bytes, 0, 16);
    FILE *file = fopen(path, "rbe");
    if (file != NULL) {
        size_t got = fread(bytes, 1, 16, file);
        (void)got;
        fclose(file);
    }
}

ganger_status ganger_problem_read(const char *path, struct ganger_problem **problem,
                                  struct ganger_findings *findings)
{
    static const char packed[] = "ganger instance", hdf5[] = "\x89HDF\r\n\x1a\n";
    struct stat about;
    char bytes[17] = ""; /* peek() fills 16, so that the text ends */
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
    if (text[strspn(text, " \t\r\n")] == '{') {
        return ganger_problem_read_package(path, problem, findings);
    }
    return ganger_findings_add(findings, GANGER_STATUS_INPUT_INVALID, path, 0, NULL,
                               "is neither the folder of a data package, nor its datapackage.json, "
                               "nor a packed instance");
}
