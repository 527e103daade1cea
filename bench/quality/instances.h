/*
 * The instances to measure: the files of the folders given, and the data packages in them.
 */
#ifndef GANGER_BENCH_QUALITY_INSTANCES_H
#define GANGER_BENCH_QUALITY_INSTANCES_H

#include <stdbool.h>
#include <stdint.h>

struct quality_instance {
    char *path, *set, *name; /* set: name of the folder */
};

struct quality_instances {
    int count, room;
    struct quality_instance *list;
};

/* Which instances of the folders to take. */
struct quality_choice {
    uint64_t every; /* each so-manieth of a folder, in the order of names with numbers as numbers */
    const char
        *only; /* "a,b*,set/c": names or patterns, with or without the file's ending; NULL: all */
};

/* Hidden files, *.md, *.csv and *.json are no instances. False, with a message and in *bad_argument whether
 * the choice is to blame, if a folder cannot be read or has no instance, two folders have one name, or a
 * pattern fits nothing. Clear in either case. */
bool quality_instances_find(struct quality_instances *instances, char *const *folders, int count,
                            const struct quality_choice *choice, bool *bad_argument);
void quality_instances_clear(struct quality_instances *instances);

#endif
