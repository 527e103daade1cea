/*
 * Parsing of the command line with argp, from the tables in options.h.
 *
 * There are two stages, each an argp of its own: `ganger [OPTION...] COMMAND`, which stops at the
 * command, and `ganger COMMAND [OPTION...] ARGUMENT...`. argp's own --help is switched off, because
 * it would end the program without looking whether the text could be written.
 */
#include "cli/options.h"

#include "cli/exit.h"
#include "cli/message.h"
#include "cli/number.h"

#include <argp.h>
#include <ganger/ganger.h>
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum option_type {
    OPTION_FLAG,
    OPTION_PATH,
    OPTION_REAL,
    OPTION_AMOUNT,
    OPTION_INTEGER,
    OPTION_CHOICE,
    OPTION_LIST
};

enum option_group {
    GROUP_FILES = 1,
    GROUP_COUNTRY,
    GROUP_LIMITS,
    GROUP_SEARCH,
    GROUP_RANDOM,
    GROUP_OUTPUT,
    GROUP_HELP,
    GROUPS
};

static const char *const group_titles[GROUPS] = {
    [GROUP_FILES] = "Files:",   [GROUP_COUNTRY] = "Country:", [GROUP_LIMITS] = "Limits:",
    [GROUP_SEARCH] = "Search:", [GROUP_RANDOM] = "Chance:",   [GROUP_OUTPUT] = "Output:",
    [GROUP_HELP] = "Help:",
};

#define ON(name) (1u << GANGER_CLI_COMMAND_##name)
#define EVERYWHERE (~0u)

struct option_entry {
    const char *name;
    int short_key; /* or 0 */
    enum option_type type;
    size_t offset; /* of its field in struct ganger_cli_options */
    struct ganger_cli_range range;
    enum option_group group;
    unsigned commands;
    const char *argument;
    const char *help;
};

static const struct option_entry entries[] = {
#define ENTRY(field, name, key, type, value, low, high, group, commands, argument, help)           \
    {name,        key,           OPTION_##type, offsetof(struct ganger_cli_options, field),        \
     {low, high}, GROUP_##group, commands,      argument,                                          \
     help},
    GANGER_CLI_OPTIONS(ENTRY)
#undef ENTRY
};

static const struct ganger_cli_options defaults = {.command = GANGER_CLI_COMMAND_NONE,
#define DEFAULT(field, name, key, type, value, ...) .field = value,
                                                   GANGER_CLI_OPTIONS(DEFAULT)
#undef DEFAULT
};

static const struct ganger_cli_command_words commands[] = {
#define ENTRY(name, function, arguments, least, most, help)                                        \
    {#function, arguments, least, most, help},
    GANGER_CLI_COMMANDS(ENTRY)
#undef ENTRY
};

enum {
    ENTRIES = sizeof entries / sizeof *entries,
    KEY_BASE = 256, /* keys of options without a short name: beyond the characters */
    HELP_SIZE = GANGER_CLI_HELP_SIZE,
    EXPECTED_SIZE = 96
};

/* One stage of parsing; `command` is NONE in the first. */
struct stage {
    enum ganger_cli_command command;
    struct ganger_cli_options *options;
    int command_at; /* where in argv the first stage found the command, or 0 */
    unsigned arguments;
    const char *surplus; /* the first argument too many, or NULL */
    struct argp_option list[ENTRIES + GROUPS + 1];
    char help[ENTRIES][HELP_SIZE];
};

static int entry_key(const struct option_entry *entry)
{
    return entry->short_key != 0 ? entry->short_key : KEY_BASE + (int)(entry - entries);
}

static bool entry_applies(const struct option_entry *entry, enum ganger_cli_command command)
{
    return (entry->commands & (1u << command)) != 0;
}

static void entry_expected(const struct option_entry *entry, char *text, size_t size)
{
    if (entry->type == OPTION_REAL) {
        ganger_cli_real_expected(entry->range, text, size);
    } else if (entry->type == OPTION_AMOUNT) {
        ganger_cli_amount_expected(entry->range, text, size);
    } else if (entry->type == OPTION_INTEGER) {
        ganger_cli_integer_expected(entry->range, text, size);
    } else {
        snprintf(text, size, "%s", entry->argument);
    }
}

/* "HELP: an integer in 1..5 (default 3)". */
static void entry_describe(const struct option_entry *entry, char *text)
{
    const char *field = (const char *)&defaults + entry->offset;
    char expected[EXPECTED_SIZE], value[EXPECTED_SIZE] = "";
    entry_expected(entry, expected, sizeof expected);
    if (entry->type == OPTION_REAL) {
        double real;
        memcpy(&real, field, sizeof real);
        if (ganger_cli_real_within(real, entry->range)) {
            snprintf(value, sizeof value, " (default %g)", real);
        }
    } else if (entry->type == OPTION_INTEGER) {
        uint64_t integer;
        memcpy(&integer, field, sizeof integer);
        if (ganger_cli_integer_within(integer, entry->range)) {
            snprintf(value, sizeof value, " (default %" PRIu64 ")", integer);
        }
    } else if (entry->type != OPTION_AMOUNT) {
        expected[0] = '\0'; /* the argument's name says it all */
    }
    snprintf(text, HELP_SIZE, "%s%s%s%s", entry->help, expected[0] != '\0' ? ": " : "", expected,
             value);
}

const struct ganger_cli_command_words *ganger_cli_command_words(enum ganger_cli_command command)
{
    return &commands[command];
}

bool ganger_cli_option_words(enum ganger_cli_command command, int place,
                             struct ganger_cli_option_words *words)
{
    for (int group = 1; group < GROUPS; group++) {
        for (const struct option_entry *entry = entries; entry < entries + ENTRIES; entry++) {
            if ((int)entry->group == group && entry_applies(entry, command) && place-- == 0) {
                *words = (struct ganger_cli_option_words){
                    .name = entry->name,
                    .short_key = (char)entry->short_key,
                    .everywhere = entry->commands == EVERYWHERE,
                    .argument = entry->argument,
                };
                entry_describe(entry, words->help);
                return true;
            }
        }
    }
    return false;
}

static void stage_list_options(struct stage *stage)
{
    struct argp_option *next = stage->list;
    for (int group = 1; group < GROUPS; group++) {
        /* argp itself moves --help and --version to -1, the last of all. */
        int shown = group == GROUP_HELP ? -1 : group;
        bool titled = false;
        for (int i = 0; i < ENTRIES; i++) {
            const struct option_entry *entry = &entries[i];
            if ((int)entry->group != group || !entry_applies(entry, stage->command)) {
                continue;
            }
            if (!titled) {
                *next++ = (struct argp_option){.doc = group_titles[group], .group = shown};
                titled = true;
            }
            entry_describe(entry, stage->help[i]);
            *next++ = (struct argp_option){.name = entry->name,
                                           .key = entry_key(entry),
                                           .arg = entry->argument,
                                           .doc = stage->help[i],
                                           .group = shown};
        }
    }
    *next = (struct argp_option){0};
}

/* Position of text in a list like "auto|always|never", or -1. */
static int choice_position(const char *list, const char *text)
{
    size_t length = strlen(text);
    for (int position = 0;; position++) {
        size_t word = strcspn(list, "|");
        if (word == length && memcmp(list, text, word) == 0) {
            return position;
        }
        if (list[word] == '\0') {
            return -1;
        }
        list += word + 1;
    }
}

static bool list_add(struct ganger_cli_list *list, const char *text)
{
    if (text[0] == '\0' || list->count == GANGER_CLI_LIST_MAX) {
        return false;
    }
    list->value[list->count++] = text;
    return true;
}

static bool entry_read(const struct option_entry *entry, const char *text, void *field)
{
    switch (entry->type) {
    case OPTION_FLAG:
        *(bool *)field = true;
        return true;
    case OPTION_PATH:
        *(const char **)field = text;
        return text[0] != '\0';
    case OPTION_REAL:
        return ganger_cli_real_read(text, entry->range, field);
    case OPTION_AMOUNT:
        return ganger_cli_amount_read(text, entry->range, field);
    case OPTION_INTEGER:
        return ganger_cli_integer_read(text, entry->range, field);
    case OPTION_LIST:
        return list_add(field, text);
    case OPTION_CHOICE:
        *(int *)field = choice_position(entry->argument, text);
        return *(int *)field >= 0;
    }
    return false;
}

static error_t take_option(int key, char *text, struct argp_state *state)
{
    struct stage *stage = state->input;
    for (const struct option_entry *entry = entries; entry < entries + ENTRIES; entry++) {
        if (entry_key(entry) != key || !entry_applies(entry, stage->command)) {
            continue;
        }
        char expected[EXPECTED_SIZE];
        if (!entry_read(entry, text, (char *)stage->options + entry->offset)) {
            entry_expected(entry, expected, sizeof expected);
            argp_error(state, "--%s: expected %s, found \"%s\"", entry->name, expected, text);
        }
        return 0;
    }
    return ARGP_ERR_UNKNOWN;
}

static bool wants_text(const struct ganger_cli_options *options)
{
    return options->help || options->usage || options->version;
}

static void take_argument(char *text, struct argp_state *state)
{
    struct stage *stage = state->input;
    if (stage->command == GANGER_CLI_COMMAND_NONE) {
        stage->command_at = state->next - 1;
        state->next = state->argc; /* the rest belongs to the second stage */
    } else if (stage->arguments == commands[stage->command].most) {
        stage->surplus = stage->surplus != NULL ? stage->surplus : text;
    } else {
        stage->options->arguments[stage->arguments++] = text;
    }
}

/* Commands that take --output need it. */
static bool writes_output(enum ganger_cli_command command)
{
    const struct option_entry *entry = entries;
    while (entry->offset != offsetof(struct ganger_cli_options, output)) {
        entry++;
    }
    return entry_applies(entry, command);
}

static void check_complete(struct argp_state *state)
{
    const struct stage *stage = state->input;
    if (wants_text(stage->options)) {
        return;
    }
    if (stage->command == GANGER_CLI_COMMAND_NONE) {
        if (stage->command_at == 0) {
            argp_error(state, "a command is missing");
        }
    } else if (stage->surplus != NULL) {
        argp_error(state, "unexpected argument \"%s\": expected only %s", stage->surplus,
                   commands[stage->command].arguments);
    } else if (stage->arguments < commands[stage->command].least) {
        argp_error(state, "expected %s, found %u argument%s", commands[stage->command].arguments,
                   stage->arguments, stage->arguments == 1 ? "" : "s");
    } else if (stage->options->output == NULL && writes_output(stage->command)) {
        argp_error(state, "--output (-o) is missing: expected the file to write");
    }
}

static error_t parse_key(int key, char *text, struct argp_state *state)
{
    switch (key) {
    case ARGP_KEY_ARG:
        take_argument(text, state);
        return 0;
    case ARGP_KEY_END:
        check_complete(state);
        return 0;
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

/* Behind \v comes what --help says after the options. */
#define EXIT_LINE(name, code, meaning) "  " #code "\t" meaning "\n"
#define INSTANCE_WORDS                                                                             \
    "INSTANCE is a data package folder, its datapackage.json, a packed HDF5 file, or a project "   \
    "in "                                                                                          \
    "PSPLIB, Patterson or MPLIB form."
const char ganger_cli_instance_words[] = INSTANCE_WORDS;
static const char afterword[] = "\v" INSTANCE_WORDS "\n\nExit codes:\n" GANGER_CLI_EXITS(EXIT_LINE);
#undef INSTANCE_WORDS
#undef EXIT_LINE

static const struct argp_option command_list[] = {
#define LINE(constant, function, arguments, least, most, summary)                                  \
    {.name = #function, .flags = OPTION_DOC | OPTION_NO_USAGE, .doc = summary},
    {.doc = "Commands:"},
    GANGER_CLI_COMMANDS(LINE)
#undef LINE
        {.name = "help", .flags = OPTION_DOC | OPTION_NO_USAGE, .doc = "Explain a command."},
    {0}};

/* Runs one stage over argv, whose first element is the name that messages begin with. Returns where
 * the command stands, or 0. */
static int stage_run(enum ganger_cli_command command, int argc, char **argv,
                     struct ganger_cli_options *options)
{
    bool first = command == GANGER_CLI_COMMAND_NONE;
    struct stage stage = {.command = command, .options = options};
    char doc[sizeof afterword + HELP_SIZE];
    struct argp_child children[] = {{.argp = &(struct argp){.options = command_list}}, {0}};
    snprintf(doc, sizeof doc, "%s%s",
             first
                 ? "Plans a railway programme: which lines to repair, build or upgrade, when, and "
                   "with which gangs, so that most freight value flows."
                 : commands[command].help,
             afterword);
    stage_list_options(&stage);
    struct argp argp = {.options = stage.list,
                        .parser = parse_key,
                        .args_doc = first ? "COMMAND [ARGUMENT...]" : commands[command].arguments,
                        .doc = doc,
                        .children = first ? children : NULL};
    argp_parse(&argp, argc, argv, ARGP_NO_HELP | (first ? ARGP_IN_ORDER : 0), NULL, &stage);
    if (options->version) {
        puts("ganger " GANGER_VERSION_STRING);
    } else if (wants_text(options)) {
        argp_help(&argp, stdout,
                  options->help ? ARGP_HELP_STD_HELP & ~ARGP_HELP_EXIT_OK : ARGP_HELP_USAGE,
                  argv[0]);
    }
    return stage.command_at;
}

static enum ganger_cli_command command_named(const char *name)
{
    char expected[HELP_SIZE] = "";
    for (int i = 0; i < GANGER_CLI_COMMAND_NONE; i++) {
        if (strcmp(commands[i].name, name) == 0) {
            return (enum ganger_cli_command)i;
        }
        strcat(strcat(expected, commands[i].name), ", ");
    }
    ganger_cli_error("unknown command \"%s\": expected %sor help", name, expected);
    exit(GANGER_CLI_EXIT_USAGE);
}

/* Runs the second stage over a command and what follows it. */
static void command_run(int argc, char **argv, struct ganger_cli_options *options)
{
    options->command = command_named(argv[0]);
    char title[EXPECTED_SIZE];
    snprintf(title, sizeof title, "ganger %s", commands[options->command].name);
    argv[0] = title;
    stage_run(options->command, argc, argv, options);
}

/* `ganger help` is `ganger --help`, `ganger help COMMAND` is `ganger COMMAND --help`. */
static void help_run(int argc, char **argv, struct ganger_cli_options *options)
{
    char ganger[] = "ganger", help[] = "--help";
    if (argc > 2) {
        ganger_cli_error("unexpected argument \"%s\": expected help COMMAND", argv[2]);
        exit(GANGER_CLI_EXIT_USAGE);
    }
    char *rest[] = {argc == 2 ? argv[1] : ganger, help, NULL};
    if (argc == 2 && strcmp(argv[1], "help") != 0) {
        command_run(2, rest, options);
    } else {
        rest[0] = ganger;
        stage_run(GANGER_CLI_COMMAND_NONE, 2, rest, options);
    }
}

void ganger_cli_options_parse(int argc, char **argv, struct ganger_cli_options *options)
{
    char ganger[] = "ganger";
    char *nothing[] = {ganger, NULL};
    argp_err_exit_status = GANGER_CLI_EXIT_USAGE;
    *options = defaults;
    if (argc < 1) {
        argc = 1;
        argv = nothing;
    }
    argv[0] = ganger; /* messages begin with it, whatever path the program was started by */
    int at = stage_run(GANGER_CLI_COMMAND_NONE, argc, argv, options);
    if (!wants_text(options)) {
        if (strcmp(argv[at], "help") == 0) {
            help_run(argc - at, argv + at, options);
        } else {
            command_run(argc - at, argv + at, options);
        }
    }
    if (wants_text(options)) {
        options->command = GANGER_CLI_COMMAND_NONE;
    }
}
