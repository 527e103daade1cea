#include "cli/number.h"
#include "kernels/kernels.h"

#include <argp.h>

enum { KEY_OUTPUT = 'o', KEY_OTHERS = 256 };
enum {
    KEY_ONLY = KEY_OTHERS,
    KEY_REPETITIONS,
    KEY_SECONDS,
    KEY_ITERATIONS,
    KEY_LIST,
    KEY_MARKDOWN
};

static const struct argp_option list[] = {
    {"only", KEY_ONLY, "LIST", 0, "Names or patterns, as \"cuts/*,lp/resolve\" (default all)", 0},
    {"repetitions", KEY_REPETITIONS, "N", 0, "Measure each kernel so often (default 9)", 0},
    {"seconds", KEY_SECONDS, "S", 0, "Time of each kernel and repetition (default 0.05)", 0},
    {"iterations", KEY_ITERATIONS, "N", 0, "So many iterations a repetition instead", 0},
    {"list", KEY_LIST, NULL, 0, "Print the names of the kernels that this processor can run", 0},
    {"output", KEY_OUTPUT, "FILE", 0, "Write the results to FILE (JSON)", 0},
    {"markdown", KEY_MARKDOWN, NULL, 0, "Print the table as markdown", 0},
    {0}};

static void take_integer(struct argp_state *state, const char *name, const char *text,
                         uint64_t *value)
{
    struct ganger_cli_range range = {1, 1000000};
    char expected[96];
    if (!ganger_cli_integer_read(text, range, value)) {
        ganger_cli_integer_expected(range, expected, sizeof expected);
        argp_error(state, "--%s: expected %s, found \"%s\"", name, expected, text);
    }
}

static error_t take(int key, char *text, struct argp_state *state)
{
    struct kernel_options *options = state->input;
    switch (key) {
    case KEY_ONLY:
        options->only = text;
        return 0;
    case KEY_REPETITIONS:
        take_integer(state, "repetitions", text, &options->repetitions);
        return 0;
    case KEY_ITERATIONS:
        take_integer(state, "iterations", text, &options->iterations);
        return 0;
    case KEY_SECONDS:
        if (!ganger_cli_real_read(text, (struct ganger_cli_range){0, 3600}, &options->seconds)) {
            argp_error(state, "--seconds: expected a number > 0, found \"%s\"", text);
        }
        return 0;
    case KEY_LIST:
        options->list = true;
        return 0;
    case KEY_OUTPUT:
        options->output = text;
        return 0;
    case KEY_MARKDOWN:
        options->markdown = true;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

void kernel_options_parse(int argc, char **argv, struct kernel_options *options)
{
    static char name[] = "ganger-micro kernels";
    struct argp argp = {.options = list,
                        .parser = take,
                        .doc = "Measures pieces of the program, each alone on data of its own."};
    argp_err_exit_status = GANGER_CLI_EXIT_USAGE;
    *options = (struct kernel_options){.repetitions = 9, .seconds = 0.05};
    argv[0] = name;
    argp_parse(&argp, argc, argv, 0, NULL, options);
}
