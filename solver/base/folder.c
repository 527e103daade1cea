#include "base/folder.h"

#include "base/file.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static ganger_status failed(const char *path, struct ganger_findings *findings)
{
    return ganger_findings_add(findings, GANGER_STATUS_OUTPUT_FAILED, path, 0, NULL,
                               "cannot be written: %s", strerror(errno));
}

/* The next name of a folder that is not the folder itself or the one above; NULL at the end or on error. */
static const char *next_name(DIR *folder)
{
    struct dirent *entry = readdir(folder);
    while (entry != NULL && (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)) {
        entry = readdir(folder);
    }
    return entry != NULL ? entry->d_name : NULL;
}

void ganger_folder_discard(const char *aside)
{
    /* Not through a link: what it leads to is somebody else's. */
    int file = aside != NULL ? open(aside, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) : -1;
    DIR *folder = file >= 0 ? fdopendir(file) : NULL;
    if (folder == NULL) {
        if (file >= 0) {
            close(file);
        }
        return;
    }
    const char *name = NULL;
    while ((name = next_name(folder)) != NULL) {
        unlinkat(dirfd(folder), name, 0);
    }
    closedir(folder);
    rmdir(aside);
}

ganger_status ganger_folder_aside(const char *path, char **aside, struct ganger_findings *findings)
{
    *aside = NULL;
    if (asprintf(aside, "%s.tmp.%ld", path, (long)getpid()) < 0) {
        *aside = NULL;
        return ganger_findings_out_of_memory(findings);
    }
    /* A process that died may have had our number. */
    ganger_folder_discard(*aside);
    if (mkdir(*aside, 0777) != 0) {
        ganger_status status = failed(path, findings);
        free(*aside);
        *aside = NULL;
        return status;
    }
    return GANGER_STATUS_OK;
}

static bool sync_files(const char *path)
{
    DIR *folder = opendir(path);
    bool done = folder != NULL;
    const char *name = NULL;
    while (done && (name = next_name(folder)) != NULL) {
        char *file = NULL;
        done = asprintf(&file, "%s/%s", path, name) >= 0 && ganger_file_sync(file, O_RDWR) == 0;
        free(file);
    }
    if (folder != NULL) {
        int problem = errno;
        closedir(folder);
        errno = problem;
    }
    return done && (ganger_file_sync(path, O_RDONLY | O_DIRECTORY) == 0 || errno == EINVAL);
}

/* Where two names cannot be exchanged at once: the old folder steps aside, and back if need be. */
static bool step_aside(const char *aside, const char *path)
{
    char *old = NULL;
    bool done = asprintf(&old, "%s.old", aside) >= 0;
    if (!done) {
        return false;
    }
    done = rename(path, old) == 0;
    if (done && rename(aside, path) != 0) {
        int problem = errno;
        rename(old, path);
        errno = problem;
        done = false;
    } else if (done) {
        ganger_folder_discard(old);
    }
    free(old);
    return done;
}

static bool put_in_place(const char *aside, const char *path, bool replace)
{
    /* rename() takes the place of nothing or of an empty folder only. */
    if (rename(aside, path) == 0) {
        return true;
    }
    if (!replace || (errno != ENOTEMPTY && errno != EEXIST)) {
        return false;
    }
    if (renameat2(AT_FDCWD, aside, AT_FDCWD, path, RENAME_EXCHANGE) == 0) {
        ganger_folder_discard(aside);
        return true;
    }
    return (errno == EINVAL || errno == ENOSYS) && step_aside(aside, path);
}

ganger_status ganger_folder_commit(const char *aside, const char *path, bool replace,
                                   struct ganger_findings *findings)
{
    if (!sync_files(aside) || !put_in_place(aside, path, replace)) {
        ganger_status status = failed(path, findings);
        ganger_folder_discard(aside);
        return status;
    }
    if (ganger_file_sync_folder_of(path) != 0) {
        return ganger_findings_add(findings, GANGER_STATUS_OUTPUT_FAILED, path, 0, NULL,
                                   "is written, but its folder cannot be synced: %s",
                                   strerror(errno));
    }
    return GANGER_STATUS_OK;
}

bool ganger_folder_stranger(const char *path, bool (*known)(const char *name), char **found)
{
    *found = NULL;
    DIR *folder = opendir(path);
    if (folder == NULL) {
        return errno == ENOENT;
    }
    bool done = true;
    const char *name = NULL;
    while (done && *found == NULL && (name = next_name(folder)) != NULL) {
        if (!known(name)) {
            *found = strdup(name);
            done = *found != NULL;
        }
    }
    closedir(folder);
    return done;
}

char *ganger_folder_name(const char *path)
{
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/') {
        length--;
    }
    return strndup(path, length);
}

static bool no_name(const char *name)
{
    (void)name;
    return false;
}

ganger_status ganger_folder_check(const char *path, bool (*known)(const char *name),
                                  const char *what, struct ganger_findings *findings)
{
    struct stat about;
    char *name = NULL;
    ganger_status status = GANGER_STATUS_OK;
    if (lstat(path, &about) == 0 && !S_ISDIR(about.st_mode)) {
        return ganger_findings_add(findings, GANGER_STATUS_OUTPUT_FAILED, path, 0, NULL,
                                   "expected a folder or a free name, found something else");
    }
    if (!ganger_folder_stranger(path, known != NULL ? known : no_name, &name)) {
        status = failed(path, findings);
    } else if (name != NULL && known != NULL) {
        status = ganger_findings_add(findings, GANGER_STATUS_OUTPUT_FAILED, path, 0, NULL,
                                     "holds %s, which is no part of %s, and is not replaced", name,
                                     what);
    } else if (name != NULL) {
        status = ganger_findings_add(findings, GANGER_STATUS_OUTPUT_FAILED, path, 0, NULL,
                                     "is a folder that is not empty: it holds %s", name);
    }
    free(name);
    return status;
}
