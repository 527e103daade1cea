/*
 * Two stages, as in the program: `ganger-quality COMMAND`, then the command with its own options.
 */
#include "quality/options.h"

#include "cli/exit.h"
#include "cli/message.h"
#include "cli/number.h"
#include "quality/memory.h"

#include <argp.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum option_type {
    OPTION_FLAG,
    OPTION_TEXT,
    OPTION_SECONDS,
    OPTION_PERCENT,
    OPTION_INTEGER,
    OPTION_CURVE
};

struct entry {
    const char *name;
    int short_key; /* or 0 */
    enum option_type type;
    size_t offset; /* of its field in struct quality_options */
    struct ganger_cli_range range;
    unsigned commands;
    const char *argument, *help;
};

#define ON(name) (1u << QUALITY_COMMAND_##name)
#define AT(field) offsetof(struct quality_options, field)

static const struct entry entries[] = {
    {"reference",
     'r',
     OPTION_TEXT,
     AT(reference),
     {0, 0},
     ON(RUN),
     "FILE",
     "CSV table of best known values and of other solvers' results"},
    {"output",
     'o',
     OPTION_TEXT,
     AT(output),
     {0, 0},
     ON(RUN),
     "FILE",
     "Write the results to FILE (JSON); it appears complete or not at all"},
    {"time-limit",
     't',
     OPTION_SECONDS,
     AT(time_limit_s),
     {0, 1000000000},
     ON(RUN),
     "SECONDS",
     "Stop each solve after this much wall time (10 if no limit is given)"},
    {"ticks",
     'n',
     OPTION_INTEGER,
     AT(ticks),
     {1, INT64_MAX},
     ON(RUN),
     "N",
     "Stop each solve after this much counted work"},
    {"schedules",
     'S',
     OPTION_INTEGER,
     AT(schedules),
     {1, INT64_MAX},
     ON(RUN),
     "N",
     "Stop each solve after so many full schedules"},
    {"threads",
     'j',
     OPTION_INTEGER,
     AT(threads),
     {1, 1024},
     ON(RUN),
     "N",
     "Threads of each solve (default 1)"},
    {"jobs",
     'k',
     OPTION_INTEGER,
     AT(jobs),
     {1, 1024},
     ON(RUN),
     "K",
     "Instances solved side by side (default 1)"},
    {"every",
     'e',
     OPTION_INTEGER,
     AT(every),
     {1, INT32_MAX},
     ON(RUN),
     "N",
     "Take every N-th instance of each folder, from the first on"},
    {"only",
     'O',
     OPTION_TEXT,
     AT(only),
     {0, 0},
     ON(RUN),
     "LIST",
     "Take the instances of this list: names or patterns, with commas between"},
    {"seed",
     's',
     OPTION_INTEGER,
     AT(seed),
     {0, UINT64_MAX},
     ON(RUN),
     "N",
     "Seed of the random numbers (default 0)"},
    {"curve",
     'c',
     OPTION_CURVE,
     AT(curve),
     {0, 0},
     ON(RUN),
     "TIMES",
     "Times in seconds, with commas between, at which to note the best value so far"},
    {"watchdog",
     'w',
     OPTION_SECONDS,
     AT(watchdog_s),
     {0, 1000000000},
     ON(RUN),
     "SECONDS",
     "Kill what has not ended by then (default: twice the time limit and 10 s; 3600 without one)"},
    {"gate",
     'g',
     OPTION_PERCENT,
     AT(gate),
     {0, 1000},
     ON(COMPARE),
     "POINTS",
     "End with 1 if in any set B's mean gap exceeds A's by more percentage points than this, or B "
     "has no value where A has one"},
    {"worst",
     'W',
     OPTION_INTEGER,
     AT(worst),
     {0, INT32_MAX},
     ON(COMPARE),
     "N",
     "List so many of the worst regressions (default 10)"},
    {"markdown",
     'm',
     OPTION_FLAG,
     AT(markdown),
     {0, 0},
     ON(RUN) | ON(COMPARE) | ON(SHOW),
     NULL,
     "Print tables as markdown"},
};

struct command {
    const char *name, *arguments;
    int least, most;
    const char *help;
};

static const struct command commands[] = {
    [QUALITY_COMMAND_RUN] = {"run", "FOLDER... -o FILE", 1, INT32_MAX,
                             "Solve the instances of folders, each in a process of its own."},
    [QUALITY_COMMAND_COMPARE] = {"compare", "A B", 2, 2,
                                 "Compare two results, instance by instance."},
    [QUALITY_COMMAND_SHOW] = {"show", "RESULT", 1, 1, "Print the tables of a result."},
};

enum {
    ENTRIES = sizeof entries / sizeof *entries,
    COMMANDS = sizeof commands / sizeof *commands,
    KEY_BASE = 256,
    EXPECTED_SIZE = 96
};

static const char *const program = "ganger-quality";
static const char afterword[] = "\vExit codes:\n"
                                "  0\tdone, even if single instances failed: the tables name them\n"
                                "  1\tcompare --gate: B is worse; or a bug, or memory ran out\n"
                                "  2\twrong command, option or argument\n"
                                "  3\ta folder, reference or result is unreadable or wrong\n"
                                "  7\ta file or standard output could not be written\n";

static void entry_expected(const struct entry *entry, char *text, size_t size)
{
    if (entry->type == OPTION_SECONDS) {
        ganger_cli_real_expected(entry->range, text, size);
    } else if (entry->type == OPTION_INTEGER) {
        ganger_cli_integer_expected(entry->range, text, size);
    } else if (entry->type == OPTION_PERCENT) {
        snprintf(text, size, "a number in 0..1000");
    } else if (entry->type == OPTION_CURVE) {
        snprintf(text, size, "at most %d ascending numbers > 0 with commas between",
                 QUALITY_CURVE_MAX);
    } else {
        snprintf(text, size, "%s", entry->argument);
    }
}

bool quality_curve_read(const char *text, struct quality_curve *curve)
{
    char *copy = quality_copy(text), *rest = copy;
    bool good = true;
    curve->count = 0;
    for (char *time; good && (time = strsep(&rest, ",")) != NULL;) {
        double s = 0, before = curve->count > 0 ? curve->s[curve->count - 1] : 0;
        good = curve->count < QUALITY_CURVE_MAX &&
               ganger_cli_real_read(time, (struct ganger_cli_range){0, 1000000000}, &s) &&
               s > before;
        if (good) {
            curve->s[curve->count++] = s;
        }
    }
    free(copy);
    return good;
}

static bool percent_read(const char *text, struct ganger_cli_range range, double *value)
{
    uint64_t zero; /* the range of reals leaves its low end out */
    if (ganger_cli_integer_read(text, (struct ganger_cli_range){0, 0}, &zero)) {
        *value = 0;
        return true;
    }
    return ganger_cli_real_read(text, range, value);
}

static bool entry_read(const struct entry *entry, char *text, void *field)
{
    switch (entry->type) {
    case OPTION_FLAG:
        *(bool *)field = true;
        return true;
    case OPTION_TEXT:
        *(const char **)field = text;
        return text[0] != '\0';
    case OPTION_SECONDS:
        return ganger_cli_real_read(text, entry->range, field);
    case OPTION_PERCENT:
        return percent_read(text, entry->range, field);
    case OPTION_INTEGER:
        return ganger_cli_integer_read(text, entry->range, field);
    case OPTION_CURVE:
        return quality_curve_read(text, field);
    }
    return false;
}

static int entry_key(const struct entry *entry)
{
    return KEY_BASE + (int)(entry - entries);
}

static bool entry_applies(const struct entry *entry, enum quality_command command)
{
    return (entry->commands & (1u << command)) != 0;
}

static error_t take_option(int key, char *text, struct argp_state *state)
{
    struct quality_options *options = state->input;
    for (const struct entry *entry = entries; entry < entries + ENTRIES; entry++) {
        if ((entry_key(entry) != key && entry->short_key != key) ||
            !entry_applies(entry, options->command)) {
            continue;
        }
        char expected[EXPECTED_SIZE];
        if (!entry_read(entry, text, (char *)options + entry->offset)) {
            entry_expected(entry, expected, sizeof expected);
            argp_error(state, "--%s: expected %s, found \"%s\"", entry->name, expected, text);
        }
        return 0;
    }
    return ARGP_ERR_UNKNOWN;
}

static void check_complete(struct argp_state *state)
{
    const struct quality_options *options = state->input;
    const struct command *command = &commands[options->command];
    if (options->argument_count < command->least || options->argument_count > command->most) {
        argp_error(state, "expected %s, found %d argument%s", command->arguments,
                   options->argument_count, options->argument_count == 1 ? "" : "s");
    }
    if (options->command == QUALITY_COMMAND_RUN && options->output == NULL) {
        argp_error(state, "--output (-o) is missing: expected the file to write");
    }
    if (options->every > 1 && options->only != NULL) {
        argp_error(state, "--every and --only: expected one of them");
    }
}

static error_t parse_key(int key, char *text, struct argp_state *state)
{
    struct quality_options *options = state->input;
    switch (key) {
    case ARGP_KEY_ARGS: /* argp has moved them to the end of argv */
        options->arguments = state->argv + state->next;
        options->argument_count = state->argc - state->next;
        return 0;
    case ARGP_KEY_END:
        check_complete(state);
        return 0;
    case ARGP_KEY_ARG:
        return ARGP_ERR_UNKNOWN; /* asks for all at once */
    case ARGP_KEY_INIT:
    case ARGP_KEY_FINI:
    case ARGP_KEY_SUCCESS:
    case ARGP_KEY_ERROR:
    case ARGP_KEY_NO_ARGS:
        return 0;
    default:
        return take_option(key, text, state);
    }
}

static void command_parse(int argc, char **argv, struct quality_options *options)
{
    struct argp_option list[ENTRIES + 1] = {{0}};
    char title[EXPECTED_SIZE], doc[sizeof afterword + EXPECTED_SIZE];
    int count = 0;
    for (int i = 0; i < ENTRIES; i++) {
        const struct entry *entry = &entries[i];
        if (entry_applies(entry, options->command)) {
            list[count++] = (struct argp_option){.name = entry->name,
                                                 .key = entry->short_key != 0 ? entry->short_key
                                                                              : entry_key(entry),
                                                 .arg = entry->argument,
                                                 .doc = entry->help};
        }
    }
    const struct command *command = &commands[options->command];
    snprintf(title, sizeof title, "%s %s", program, command->name);
    snprintf(doc, sizeof doc, "%s%s", command->help, afterword);
    struct argp argp = {
        .options = list, .parser = parse_key, .args_doc = command->arguments, .doc = doc};
    argv[0] = title;
    argp_parse(&argp, argc, argv, 0, NULL, options);
}

/* The first stage stops at the command. */
static error_t find_command(int key, char *text, struct argp_state *state)
{
    int *at = state->input;
    (void)text;
    if (key == ARGP_KEY_ARG) {
        *at = state->next - 1;
        state->next = state->argc;
        return 0;
    }
    if (key == ARGP_KEY_NO_ARGS) {
        argp_error(state, "a command is missing: expected run, compare or show");
    }
    return ARGP_ERR_UNKNOWN;
}

static const struct argp_option command_list[] = {
    {.doc = "Commands:"},
    {.name = "run FOLDER... -o FILE",
     .flags = OPTION_DOC | OPTION_NO_USAGE,
     .doc = "Solve the instances of folders."},
    {.name = "compare A B", .flags = OPTION_DOC | OPTION_NO_USAGE, .doc = "Compare two results."},
    {.name = "show RESULT",
     .flags = OPTION_DOC | OPTION_NO_USAGE,
     .doc = "Print the tables of a result."},
    {0},
};

static enum quality_command command_named(const char *name)
{
    for (int i = 0; i < COMMANDS; i++) {
        if (strcmp(commands[i].name, name) == 0) {
            return (enum quality_command)i;
        }
    }
    ganger_cli_error("unknown command \"%s\": expected run, compare or show", name);
    exit(GANGER_CLI_EXIT_USAGE);
}

void quality_options_parse(int argc, char **argv, struct quality_options *options)
{
    static char name[] = "ganger-quality"; /* whatever path the program was started by */
    char *nothing[] = {name, NULL};
    struct argp argp = {.options = command_list,
                        .parser = find_command,
                        .args_doc = "COMMAND [ARGUMENT...]",
                        .doc = "Measures how good the schedules of benchmark instances are."};
    int at = 0;
    argp_err_exit_status = GANGER_CLI_EXIT_USAGE;
    argp_program_version = "ganger-quality " GANGER_VERSION_STRING;
    *options =
        (struct quality_options){.gate = NAN, .threads = 1, .jobs = 1, .every = 1, .worst = 10};
    argv = argc < 1 ? nothing : argv;
    argc = argc < 1 ? 1 : argc;
    argv[0] = name;
    argp_parse(&argp, argc, argv, ARGP_IN_ORDER, NULL, &at);
    options->command = command_named(argv[at]);
    command_parse(argc - at, argv + at, options);
}
