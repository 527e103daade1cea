#include "micro/options.h"

#include "cli/exit.h"
#include "cli/number.h"
#include "quality/memory.h"

#include <argp.h>
#include <ganger/ganger.h>
#include <stdlib.h>
#include <string.h>

enum { KEY_OUTPUT = 'o', KEY_THREADS = 'j', KEY_SEED = 's', KEY_OTHERS = 256 };
enum {
    KEY_REPETITIONS = KEY_OTHERS,
    KEY_SECONDS,
    KEY_LISTS,
    KEY_EVERY,
    KEY_GENERATE,
    KEY_MARKDOWN
};

static const struct argp_option list[] = {
    {"threads", KEY_THREADS, "LIST", 0, "Numbers of threads, ascending from 1 (default 1)", 0},
    {"repetitions", KEY_REPETITIONS, "N", 0, "Measure each cell so often (default 5)", 0},
    {"seconds", KEY_SECONDS, "S", 0, "Time of each cell and repetition (default 0.2)", 0},
    {"lists", KEY_LISTS, "N", 0, "Lists of each instance, in fours (default 16)", 0},
    {"every", KEY_EVERY, "N", 0, "Take every N-th instance of each folder (default 1)", 0},
    {"generate", KEY_GENERATE, "WORKS", 0, "Measure an instance of so many works, from the seed",
     0},
    {"seed", KEY_SEED, "N", 0, "Seed of lists and of the generated instance (default 0)", 0},
    {"output", KEY_OUTPUT, "FILE", 0, "Write the results to FILE (JSON)", 0},
    {"markdown", KEY_MARKDOWN, NULL, 0, "Print tables as markdown", 0},
    {0}};

static bool threads_read(const char *text, struct micro_options *options)
{
    char *copy = quality_copy(text), *rest = copy;
    bool good = true;
    options->thread_counts = 0;
    for (char *number; good && (number = strsep(&rest, ",")) != NULL;) {
        int count = options->thread_counts;
        uint64_t least = count == 0 ? 1 : (uint64_t)options->threads[count - 1] + 1, value = 0;
        good = count < MICRO_THREADS_MAX &&
               ganger_cli_integer_read(number, (struct ganger_cli_range){least, 1024}, &value) &&
               (count > 0 || value == 1);
        if (good) {
            options->threads[options->thread_counts++] = (int)value;
        }
    }
    free(copy);
    return good;
}

static void take_integer(struct argp_state *state, const char *name, const char *text,
                         struct ganger_cli_range range, uint64_t *value)
{
    char expected[96];
    if (!ganger_cli_integer_read(text, range, value)) {
        ganger_cli_integer_expected(range, expected, sizeof expected);
        argp_error(state, "--%s: expected %s, found \"%s\"", name, expected, text);
    }
}

static void check(struct argp_state *state, const struct micro_options *options)
{
    if (options->argument_count == 0 && options->generated == 0) {
        argp_error(state, "expected INSTANCE... or --generate");
    }
    if (options->lists % 4 != 0) {
        argp_error(state, "--lists: expected a multiple of 4, found \"%d\"", (int)options->lists);
    }
}

static error_t take(int key, char *text, struct argp_state *state)
{
    struct micro_options *options = state->input;
    struct ganger_cli_range seconds = {0, 3600};
    switch (key) {
    case KEY_THREADS:
        if (!threads_read(text, options)) {
            argp_error(state,
                       "--threads: expected ascending integers with commas between, the first 1, "
                       "found \"%s\"",
                       text);
        }
        return 0;
    case KEY_REPETITIONS:
        take_integer(state, "repetitions", text, (struct ganger_cli_range){1, 1000},
                     &options->repetitions);
        return 0;
    case KEY_LISTS:
        take_integer(state, "lists", text, (struct ganger_cli_range){4, 1024}, &options->lists);
        return 0;
    case KEY_EVERY:
        take_integer(state, "every", text, (struct ganger_cli_range){1, INT32_MAX},
                     &options->every);
        return 0;
    case KEY_GENERATE:
        take_integer(state, "generate", text, (struct ganger_cli_range){1, 200000},
                     &options->generated);
        return 0;
    case KEY_SEED:
        take_integer(state, "seed", text, (struct ganger_cli_range){0, INT64_MAX}, &options->seed);
        return 0;
    case KEY_SECONDS:
        if (!ganger_cli_real_read(text, seconds, &options->seconds)) {
            argp_error(state, "--seconds: expected a number > 0, found \"%s\"", text);
        }
        return 0;
    case KEY_OUTPUT:
        options->output = text;
        return 0;
    case KEY_MARKDOWN:
        options->markdown = true;
        return 0;
    case ARGP_KEY_ARGS:
        options->arguments = state->argv + state->next;
        options->argument_count = state->argc - state->next;
        return 0;
    case ARGP_KEY_END:
        check(state, options);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

void micro_options_parse(int argc, char **argv, struct micro_options *options)
{
    static char name[] = "ganger-micro";
    struct argp argp = {.options = list,
                        .parser = take,
                        .args_doc = "[INSTANCE...]",
                        .doc = "Measures how fast schedules are generated from lists, for the "
                               "instances of folders and files. \"ganger-micro kernels\" measures "
                               "other pieces of the program: see \"ganger-micro kernels --help\"."};
    argp_err_exit_status = GANGER_CLI_EXIT_USAGE;
    argp_program_version = "ganger-micro " GANGER_VERSION_STRING;
    *options = (struct micro_options){.thread_counts = 1,
                                      .threads = {1},
                                      .repetitions = 5,
                                      .lists = 16,
                                      .every = 1,
                                      .seconds = 0.2};
    if (argc > 0) {
        argv[0] = name;
    }
    argp_parse(&argp, argc, argv, 0, NULL, options);
}
