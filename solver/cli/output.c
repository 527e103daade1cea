#include "cli/output.h"

#include "cli/message.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void ganger_cli_streams_guard(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) == -1 && errno == EBADF) {
            /* Open for the wrong direction, so that using it is an error as before. open() takes
             * the lowest free number, which is fd. */
            open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
        }
    }
}

bool ganger_cli_stdout_close(void)
{
    bool lost = ferror(stdout) != 0;
    /* A stream that was closed from the start is no loss if nothing was written to it. */
    bool failed = fclose(stdout) != 0;
    int error = errno;
    if (!lost && !failed) {
        return true;
    }
    if (lost && !failed) {
        ganger_cli_error("standard output could not be written");
    } else {
        ganger_cli_error("standard output could not be written: %s", strerror(error));
    }
    return false;
}

/* The folder that path lies in, as a new string; NULL if memory is short. */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL) {
        return strdup(".");
    }
    return strndup(path, slash == path ? 1 : (size_t)(slash - path));
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), end_length = strlen(end);
    return length >= end_length && strcmp(text + length - end_length, end) == 0;
}

/* True if the file at path is the instance, or a table or descriptor below its folder. */
static bool belongs_to(const char *path, const char *instance)
{
    struct stat file, given;
    if (stat(path, &file) != 0 || stat(instance, &given) != 0) {
        return false;
    }
    if (file.st_dev == given.st_dev && file.st_ino == given.st_ino) {
        return true;
    }
    if (!ends_with(path, ".csv") && !ends_with(path, ".json")) {
        return false;
    }
    bool inside = false;
    char *folder = S_ISDIR(given.st_mode) ? strdup(instance) : folder_of(instance);
    char *real_folder = folder != NULL ? realpath(folder, NULL) : NULL;
    char *real_path = realpath(path, NULL);
    if (real_folder != NULL && real_path != NULL) {
        size_t length = strlen(real_folder);
        inside = strncmp(real_folder, real_path, length) == 0 &&
                 (real_path[length] == '/' || length == 1);
    }
    free(folder);
    free(real_folder);
    free(real_path);
    return inside;
}

/* Access rights do not tell everything (a read-only disk, a quota, a long name), so one is tried:
 * beside the path and with a longer name, as the plan itself will be written aside and renamed. */
static bool place_takes_files(const char *path)
{
    char *probe = NULL;
    int fd = -1;
    if (asprintf(&probe, "%s.XXXXXX", path) == -1) {
        ganger_cli_error("out of memory");
        return false;
    }
    fd = mkstemp(probe);
    if (fd == -1) {
        ganger_cli_error("%s: no file can be written there: %s", path, strerror(errno));
    } else {
        close(fd);
        unlink(probe);
    }
    free(probe);
    return fd != -1;
}

bool ganger_cli_output_check(const char *path, const char *instance)
{
    struct stat file;
    if (ends_with(path, "/")) {
        ganger_cli_error("%s: expected the name of a file to write, found a folder", path);
        return false;
    }
    if (stat(path, &file) == 0) {
        if (S_ISDIR(file.st_mode)) {
            ganger_cli_error("%s: expected a file to write, found a folder", path);
            return false;
        }
        if (!S_ISREG(file.st_mode)) { /* renaming onto /dev/null would replace it */
            ganger_cli_error("%s: expected a regular file or a free name", path);
            return false;
        }
        if (access(path, W_OK) != 0) {
            ganger_cli_error("%s: the file cannot be written: %s", path, strerror(errno));
            return false;
        }
        if (instance != NULL && belongs_to(path, instance)) {
            ganger_cli_error("%s: belongs to the instance, which is never overwritten", path);
            return false;
        }
    }
    return place_takes_files(path);
}
