#include "quality/instances.h"

#include "cli/message.h"
#include "quality/memory.h"

#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), end_length = strlen(end);
    return length >= end_length && strcmp(text + length - end_length, end) == 0;
}

static int may_be_instance(const struct dirent *entry)
{
    const char *name = entry->d_name;
    return name[0] != '.' && !ends_with(name, ".md") && !ends_with(name, ".csv") &&
           !ends_with(name, ".json");
}

static bool is_instance(const char *path)
{
    struct stat file;
    char *descriptor = quality_format("%s/datapackage.json", path);
    bool is = stat(path, &file) == 0 &&
              (S_ISREG(file.st_mode) || (S_ISDIR(file.st_mode) && stat(descriptor, &file) == 0));
    free(descriptor);
    return is;
}

static void take(struct quality_instances *instances, struct quality_instance instance)
{
    if (instances->count == instances->room) {
        instances->room = 2 * instances->room + 256;
        instances->list =
            quality_reallocate(instances->list, (size_t)instances->room, sizeof *instances->list);
    }
    instances->list[instances->count++] = instance;
}

/* The last part of the folder's real path, so that "." has a name too; NULL if it has none. */
static char *set_name(const char *folder)
{
    char *real = realpath(folder, NULL);
    char *name = real != NULL ? quality_copy(strrchr(real, '/') + 1) : NULL;
    free(real);
    return name;
}

static int add_entries(struct quality_instances *instances, const char *folder, const char *set,
                       uint64_t every)
{
    struct dirent **entries;
    int found = 0, count = scandir(folder, &entries, may_be_instance, versionsort);
    for (int i = 0; i < count; i++) {
        char *path =
            quality_format("%s%s%s", folder, ends_with(folder, "/") ? "" : "/", entries[i]->d_name);
        if (is_instance(path) && (uint64_t)found++ % every == 0) {
            take(instances, (struct quality_instance){path, quality_copy(set),
                                                      quality_copy(entries[i]->d_name)});
        } else {
            free(path);
        }
        free(entries[i]);
    }
    if (count >= 0) {
        free(entries);
    }
    return count < 0 ? count : found;
}

static bool has_set(const struct quality_instances *instances, const char *set)
{
    for (int i = 0; i < instances->count; i++) {
        if (strcmp(instances->list[i].set, set) == 0) {
            return true;
        }
    }
    return false;
}

static bool add_folder(struct quality_instances *instances, const char *folder, uint64_t every)
{
    char *set = set_name(folder);
    bool good = false;
    int found = -1;
    if (set != NULL && has_set(instances, set)) {
        ganger_cli_error("%s: a folder named \"%s\" was given before: names tell sets apart",
                         folder, set);
        goto out;
    }
    if (set != NULL) {
        found = add_entries(instances, folder, set, every);
    }
    if (found < 0) {
        ganger_cli_error("%s: expected a folder of instances: %s", folder, strerror(errno));
    } else if (found == 0) {
        ganger_cli_error("%s: no instance in this folder", folder);
    }
    good = found > 0;
out:
    free(set);
    return good;
}

static bool fits(const char *pattern, const struct quality_instance *instance)
{
    char *names[] = {quality_copy(instance->name), quality_copy(instance->name),
                     quality_format("%s/%s", instance->set, instance->name),
                     quality_format("%s/%s", instance->set, instance->name)};
    bool fit = false;
    for (int i = 0; i < 4; i++) {
        char *dot = strrchr(names[i], '.');
        if (i % 2 == 1 && dot != NULL) {
            *dot = '\0';
        }
        fit = fit || fnmatch(pattern, names[i], FNM_PATHNAME) == 0;
        free(names[i]);
    }
    return fit;
}

static bool mark_pattern(const struct quality_instances *instances, const char *pattern, bool *kept)
{
    bool any = false;
    for (int i = 0; i < instances->count; i++) {
        bool fit = fits(pattern, &instances->list[i]);
        kept[i] = kept[i] || fit;
        any = any || fit;
    }
    if (!any) {
        ganger_cli_error("--only: expected names or patterns of instances, found \"%s\", which "
                         "fits none",
                         pattern);
    }
    return any;
}

static void clear_one(struct quality_instance *instance)
{
    free(instance->path);
    free(instance->set);
    free(instance->name);
}

static void drop_unmarked(struct quality_instances *instances, const bool *kept)
{
    int count = 0;
    for (int i = 0; i < instances->count; i++) {
        if (kept[i]) {
            instances->list[count++] = instances->list[i];
        } else {
            clear_one(&instances->list[i]);
        }
    }
    instances->count = count;
}

static bool choose(struct quality_instances *instances, const char *only)
{
    bool *kept = quality_allocate((size_t)instances->count, sizeof *kept), good = true;
    char *patterns = quality_copy(only), *rest = patterns;
    for (char *pattern; good && (pattern = strsep(&rest, ",")) != NULL;) {
        good = mark_pattern(instances, pattern, kept);
    }
    if (good) {
        drop_unmarked(instances, kept);
    }
    free(patterns);
    free(kept);
    return good;
}

bool quality_instances_find(struct quality_instances *instances, char *const *folders, int count,
                            const struct quality_choice *choice, bool *bad_argument)
{
    *instances = (struct quality_instances){0};
    *bad_argument = false;
    for (int i = 0; i < count; i++) {
        if (!add_folder(instances, folders[i], choice->every)) {
            return false;
        }
    }
    *bad_argument = choice->only != NULL && !choose(instances, choice->only);
    return !*bad_argument;
}

void quality_instances_clear(struct quality_instances *instances)
{
    for (int i = 0; i < instances->count; i++) {
        clear_one(&instances->list[i]);
    }
    free(instances->list);
    *instances = (struct quality_instances){0};
}
