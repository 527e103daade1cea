#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Reads up to size bytes; the number read, or -1. */
static ssize_t read_all(int file, char *data, size_t size)
{
    size_t done = 0;
    while (done < size) {
        ssize_t got = read(file, data + done, size - done);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return -1;
        }
        if (got == 0) {
            break;
        }
        done += (size_t)got;
    }
    return (ssize_t)done;
}

ganger_status ganger_file_load(const char *path, const char *shown, char **data, size_t *size,
                               struct ganger_findings *findings)
{
    ganger_status status = GANGER_STATUS_OK;
    struct stat about;
    *data = NULL;
    *size = 0;
    /* Non-blocking, so that a pipe put in a file's place is refused instead of waited for. */
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0 || fstat(file, &about) != 0) {
        status = ganger_findings_add(findings, GANGER_STATUS_INPUT_INVALID, shown, 0, NULL,
                                     "cannot be read: %s", strerror(errno));
        goto out;
    }
    if (!S_ISREG(about.st_mode)) {
        status = ganger_findings_add(findings, GANGER_STATUS_INPUT_INVALID, shown, 0, NULL,
                                     "is not a file");
        goto out;
    }
    *data = malloc((size_t)about.st_size + 1);
    if (*data == NULL) {
        status = ganger_findings_out_of_memory(findings);
        goto out;
    }
    ssize_t got = read_all(file, *data, (size_t)about.st_size);
    if (got < 0) {
        status = ganger_findings_add(findings, GANGER_STATUS_INPUT_INVALID, shown, 0, NULL,
                                     "cannot be read: %s", strerror(errno));
        goto out;
    }
    *size = (size_t)got;
    (*data)[*size] = '\0';
out:
    if (file >= 0) {
        close(file);
    }
    if (status != GANGER_STATUS_OK) {
        free(*data);
        *data = NULL;
    }
    return status;
}

char *ganger_file_aside(const char *path)
{
    char *aside = NULL;
    if (asprintf(&aside, "%s.tmp.%ld", path, (long)getpid()) < 0) {
        return NULL;
    }
    /* A process that died may have had our number. */
    unlink(aside);
    return aside;
}

int ganger_file_sync(const char *path, int flags)
{
    int file = open(path, flags | O_CLOEXEC);
    if (file < 0) {
        return -1;
    }
    int result = fsync(file);
    int problem = errno;
    close(file);
    errno = problem;
    return result;
}

int ganger_file_sync_folder_of(const char *path)
{
    char *folder = strdup(path);
    if (folder == NULL) {
        return -1;
    }
    char *slash = strrchr(folder, '/');
    if (slash == NULL) {
        strcpy(folder, ".");
    } else {
        slash[slash == folder ? 1 : 0] = '\0';
    }
    int result = ganger_file_sync(folder, O_RDONLY | O_DIRECTORY);
    /* Some file systems cannot sync a folder; the rename stands all the same. */
    if (result != 0 && errno == EINVAL) {
        result = 0;
    }
    free(folder);
    return result;
}

ganger_status ganger_file_commit(const char *aside, const char *path,
                                 struct ganger_findings *findings)
{
    if (ganger_file_sync(aside, O_RDWR) != 0 || rename(aside, path) != 0) {
        int problem = errno;
        unlink(aside);
        return ganger_findings_add(findings, GANGER_STATUS_OUTPUT_FAILED, path, 0, NULL,
                                   "cannot be written: %s", strerror(problem));
    }
    if (ganger_file_sync_folder_of(path) != 0) {
        return ganger_findings_add(findings, GANGER_STATUS_OUTPUT_FAILED, path, 0, NULL,
                                   "is written, but its folder cannot be synced: %s",
                                   strerror(errno));
    }
    return GANGER_STATUS_OK;
}

void ganger_file_discard(const char *aside)
{
    if (aside != NULL) {
        unlink(aside);
    }
}

ganger_status ganger_file_write(const char *path, bool (*fill)(FILE *file, void *context),
                                void *context, struct ganger_findings *findings)
{
    char *aside = ganger_file_aside(path);
    if (aside == NULL) {
        return ganger_findings_out_of_memory(findings);
    }
    ganger_status status = GANGER_STATUS_OUTPUT_FAILED;
    FILE *file = fopen(aside, "wbxe");
    bool done = file != NULL && fill(file, context);
    done = (file == NULL || fclose(file) == 0) && done;
    if (done) {
        status = ganger_file_commit(aside, path, findings);
    } else {
        ganger_findings_add(findings, status, path, 0, NULL, "cannot be written: %s",
                            strerror(errno));
        ganger_file_discard(aside);
    }
    free(aside);
    return status;
}

const char *ganger_file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}
