/*
 * ganger man: the manual page, from the tables of options.h and exit.h.
 *
 * Its source is roff with the macros of man(7). A hyphen that is typed is "\-"; a line must not begin with a dot or
 * an apostrophe.
 */
#include "cli/commands.h"

#include <ganger/ganger.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void put_character(char c, bool begins)
{
    if (c == '-' || c == '\\') {
        printf("\\%c", c == '-' ? '-' : 'e');
    } else {
        printf("%s%c", begins && (c == '.' || c == '\'') ? "\\&" : "", c);
    }
}

/* Prints a text, broken between words as linters want it. */
static void put(const char *text)
{
    const int width = 70; /* and room for what escapes add */
    int column = 0;
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == ' ' && column + (int)strcspn(c + 1, " ") >= width) {
            putchar('\n');
            column = 0;
        } else {
            put_character(*c, column == 0);
            column++;
        }
    }
}

static void put_line(const char *text)
{
    put(text);
    putchar('\n');
}

/* Prints a macro with one argument in quotes. */
static void put_macro(const char *macro, const char *text)
{
    printf("%s \"", macro);
    put(text);
    printf("\"\n");
}

/* The day of building, or of SOURCE_DATE_EPOCH. */
static void put_head(void)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    time_t now = epoch != NULL ? (time_t)strtoll(epoch, NULL, 10) : time(NULL);
    struct tm day;
    char date[32] = "";
    if (gmtime_r(&now, &day) != NULL) {
        strftime(date, sizeof date, "%Y-%m-%d", &day);
    }
    printf(".TH GANGER 1 %s \"ganger " GANGER_VERSION_STRING "\" \"User Commands\"\n", date);
    printf(".SH NAME\nganger \\- plan a national railway programme\n");
}

static void put_synopsis(void)
{
    printf(".SH SYNOPSIS\n");
    for (int i = 0; i < GANGER_CLI_COMMAND_NONE; i++) {
        const struct ganger_cli_command_words *command =
            ganger_cli_command_words((enum ganger_cli_command)i);
        printf("%s.B ganger %s\n", i > 0 ? ".br\n" : "", command->name);
        printf("[\\fIOPTION\\fR...]%s", command->arguments[0] != '\0' ? " " : "");
        put_line(command->arguments);
    }
    printf(".br\n.B ganger help\n[\\fICOMMAND\\fR]\n");
}

static void put_description(void)
{
    printf(".SH DESCRIPTION\n");
    put_line(
        "ganger plans which lines of a railway to repair, build or upgrade, when, in which "
        "possessions and with which gangs and money, so that the programme is done by its date "
        "and the most freight value keeps moving. Every plan comes with a bound that proves how "
        "far from the best possible it can be, and is verified before it is written.");
    printf(".PP\n");
    put_line(ganger_cli_instance_words);
    printf(".PP\n");
    put_line("PLAN is a file that solve has written: HDF5 that netCDF-4 readers open too. Results "
             "go to standard output, messages to standard error; files appear complete or not at "
             "all.");
}

static void put_option(const struct ganger_cli_option_words *option)
{
    printf(".TP\n");
    if (option->short_key != 0) {
        printf("\\fB\\-%c\\fR, ", option->short_key);
    }
    printf("\\fB\\-\\-");
    put(option->name);
    printf("\\fR");
    if (option->argument != NULL) {
        printf("=\\fI");
        put(option->argument);
        printf("\\fR");
    }
    printf("\n");
    put(option->help);
    printf(".\n");
}

/* The options of one command, or those that all have. */
static void put_options(enum ganger_cli_command command, bool everywhere)
{
    struct ganger_cli_option_words option;
    for (int i = 0; ganger_cli_option_words(command, i, &option); i++) {
        if (option.everywhere == everywhere) {
            put_option(&option);
        }
    }
}

static void put_commands(void)
{
    printf(".SH COMMANDS\n");
    for (int i = 0; i < GANGER_CLI_COMMAND_NONE; i++) {
        const struct ganger_cli_command_words *command =
            ganger_cli_command_words((enum ganger_cli_command)i);
        put_macro(".SS", command->name);
        put_line(command->help);
        put_options((enum ganger_cli_command)i, false);
    }
    put_macro(".SS", "help");
    put_line("Explain a command.");
    printf(".SH OPTIONS\nEvery command has these.\n");
    put_options(GANGER_CLI_COMMAND_NONE, true);
}

static void put_exits(void)
{
    static const struct {
        int code;
        const char *meaning;
    } exits[] = {
#define EXIT(name, code, meaning) {code, meaning},
        GANGER_CLI_EXITS(EXIT)
#undef EXIT
    };
    printf(".SH EXIT STATUS\n");
    for (size_t i = 0; i < sizeof exits / sizeof *exits; i++) {
        printf(".TP\n.B %d\n", exits[i].code);
        put(exits[i].meaning);
        printf(".\n");
    }
}

static void put_environment(void)
{
    static const char *const variables[][2] = {
        {"OMP_NUM_THREADS", "Threads to use where --threads does not say it; what the machine, "
                            "affinity and the quota of a container allow is never exceeded then."},
        {"NO_COLOR", "If set and not empty: no colour in the log."},
        {"SOURCE_DATE_EPOCH", "Seconds since 1970 that stand for the time of writing in a plan and "
                              "in this page."},
        {"HDF5_USE_FILE_LOCKING", "FALSE where a network file system cannot lock files."}};
    printf(".SH ENVIRONMENT\n");
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        printf(".TP\n.B %s\n", variables[i][0]);
        put_line(variables[i][1]);
    }
}

static void put_examples(void)
{
    static const char *const examples[] = {
        "ganger solve instances/kazakhstan-2030 -o plan.h5 --time-limit 60",
        "ganger check instances/kazakhstan-2030 plan.h5",
        "ganger explain instances/kazakhstan-2030 plan.h5 --work R-L001-01",
        "ganger risk instances/kazakhstan-2030 plan.h5 --samples 1000",
        "ganger export instances/kazakhstan-2030 plan.h5 -o tables"};
    printf(".SH EXAMPLES\n.nf\n");
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        put_line(examples[i]);
    }
    printf(".fi\n");
}

enum ganger_cli_exit ganger_cli_man(const struct ganger_cli_options *options)
{
    (void)options;
    put_head();
    put_synopsis();
    put_description();
    put_commands();
    put_exits();
    put_environment();
    put_examples();
    return GANGER_CLI_EXIT_OK;
}
