#include "quality/context.h"

#include "quality/json.h"
#include "quality/memory.h"

#include <ganger/ganger.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

static json_t *date_now(void)
{
    char text[40];
    time_t now = time(NULL);
    struct tm local;
    localtime_r(&now, &local);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S%z", &local);
    return quality_json_text(text);
}

/* 0 if the system does not tell. */
static int64_t mhz_per_cpu(void)
{
    char line[256];
    double mhz = 0;
    FILE *file = fopen("/proc/cpuinfo", "r");
    while (file != NULL && mhz <= 0 && fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, "cpu MHz", 7) == 0 && strchr(line, ':') != NULL) {
            mhz = strtod(strchr(line, ':') + 1, NULL);
        }
    }
    if (file != NULL) {
        fclose(file);
    }
    return (int64_t)(mhz + 0.5);
}

static json_t *load_now(void)
{
    double load[3];
    json_t *list = json_array();
    int count = getloadavg(load, 3);
    for (int i = 0; i < count; i++) {
        quality_json_append(list, json_real(load[i]));
    }
    return list;
}

/* Integers of JSON end at 2^63 - 1 here; larger seeds are strings rather than rounded. */
static json_t *seed_value(uint64_t seed)
{
    char text[24];
    if (seed <= INT64_MAX) {
        return json_integer((json_int_t)seed);
    }
    snprintf(text, sizeof text, "%" PRIu64, seed);
    return json_string(text);
}

static void put_limit(json_t *object, const char *name, uint64_t limit)
{
    if (limit > 0) {
        quality_json_integer(object, name, (int64_t)limit);
    }
}

static json_t *options_value(const struct quality_options *options)
{
    json_t *object = json_object();
    if (options->time_limit_s > 0) {
        quality_json_real(object, "time_limit_s", options->time_limit_s);
    }
    put_limit(object, "ticks", options->ticks);
    put_limit(object, "schedules", options->schedules);
    quality_json_integer(object, "threads", (int64_t)options->threads);
    quality_json_integer(object, "jobs", (int64_t)options->jobs);
    quality_json_set(object, "seed", seed_value(options->seed));
    if (options->every > 1) {
        quality_json_integer(object, "every", (int64_t)options->every);
    }
    if (options->only != NULL) {
        quality_json_set(object, "only", quality_json_text(options->only));
    }
    return object;
}

json_t *quality_context_make(const struct quality_options *options, const char *command_line)
{
    json_t *context = json_object(), *times = json_array();
    bool optimised = strcasecmp(GANGER_BENCH_BUILD_TYPE, "debug") != 0;
    for (int i = 0; i < options->curve.count; i++) {
        quality_json_append(times, json_real(options->curve.s[i]));
    }
    quality_json_set(context, "date", date_now());
    quality_json_integer(context, "num_cpus", sysconf(_SC_NPROCESSORS_ONLN));
    quality_json_integer(context, "mhz_per_cpu", mhz_per_cpu());
    quality_json_set(context, "load_avg", load_now());
    quality_json_set(context, "library_build_type", json_string(optimised ? "release" : "debug"));
    quality_json_set(context, "build_type", json_string(GANGER_BENCH_BUILD_TYPE));
    quality_json_set(context, "ganger_version", json_string(GANGER_VERSION_STRING));
    quality_json_set(context, "command_line", quality_json_text(command_line));
    quality_json_set(context, "options", options_value(options));
    quality_json_set(context, "curve_s", times);
    return context;
}

static bool is_plain(const char *text)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "-_./,=+:@%";
    return *text != '\0' && text[strspn(text, plain)] == '\0';
}

char *quality_command_line(int argc, char **argv)
{
    char *line = quality_copy("ganger-quality");
    for (int i = 1; i < argc; i++) {
        const char *quote = is_plain(argv[i]) ? "" : "'";
        char *longer = quality_format("%s %s%s%s", line, quote, argv[i], quote);
        free(line);
        line = longer;
    }
    return line;
}
