/*
 * The command line: one table of commands and one of options. The tables make the struct, the
 * parser with its range checks, --help, the manual page and the completion of shells.
 */
#ifndef GANGER_CLI_OPTIONS_H
#define GANGER_CLI_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

/* name, function, arguments, least and most number of arguments, what it does */
// clang-format off
#define GANGER_CLI_COMMANDS(X)                                                                     \
    X(SOLVE, solve, "INSTANCE -o FILE", 1, 1,                                                      \
      "Plan the works of an instance: which, when and in which mode.")                             \
    X(CHECK, check, "[INSTANCE [PLAN]]", 0, 2,                                                     \
      "Verify every rule, the value and the bound of a plan from the two files alone. Without a "  \
      "plan: whether the instance is one, and what is wrong with it.")                             \
    X(INFO, info, "INSTANCE", 1, 1,                                                                \
      "Say what is in an instance.")                                                               \
    X(EXPLAIN, explain, "INSTANCE [PLAN]", 1, 2,                                                   \
      "Say why a plan is as it is: what gangs, money and line are worth, what binds, what is left " \
      "out, and why works are where they are. Without a plan: why the instance has none.")         \
    X(RISK, risk, "INSTANCE PLAN", 2, 2,                                                           \
      "Say how far a plan bears works that take longer and winters that last longer: when targets " \
      "are reached, how probable it is to be in time, and which works decide it. Costs stay as planned, and " \
      "money that is left at the end of a year does not lapse.")                                   \
    X(EXPORT, export, "INSTANCE [PLAN] -o OUT", 1, 2,                                              \
      "Write a plan for other programs: as CSV tables in the folder OUT, as a map or as a project in the file " \
      "OUT. Without a plan: write the instance for other solvers, as a mixed-integer programme.")  \
    X(IMPORT, import, "INSTANCE WORKS.csv -o FILE", 2, 2,                                          \
      "Make a plan of a table of starts and modes, such as export writes or another program: every rule is " \
      "checked, freight and value are worked out.")                                                \
    X(REPORT, report, "INSTANCE PLAN -o FILE", 2, 2,                                               \
      "Write a plan as one page of HTML: a map over time, works, gangs, money, freight and prices.") \
    X(DIFF, diff, "INSTANCE PLAN_A [INSTANCE_B] PLAN_B", 3, 4,                                     \
      "Say what changes from one plan to another: value, km by year, works added, dropped, moved " \
      "or done in another mode.")                                                                  \
    X(INIT, init, "FOLDER", 1, 1,                                                                  \
      "Make a small instance to begin with, and a README that says what each column is.")          \
    X(BATCH, batch, "SCENARIOS INSTANCE -o OUT", 2, 2,                                             \
      "Solve every scenario of a table, side by side, into the folder OUT, and compare their "     \
      "plans. What is there already is not solved again.")                                         \
    X(PACK, pack, "INSTANCE -o FILE", 1, 1,                                                        \
      "Write an instance as one HDF5 file, the fast form of large ones.")                          \
    X(GENERATE, generate, "-o OUT", 0, 0,                                                          \
      "Make up the railway of a country and its programme, the same from the same seed: one HDF5 " \
      "file if OUT ends in .h5, else the folder of a data package.")                               \
    X(MAN, man, "", 0, 0,                                                                          \
      "Print the manual page: ganger man | man -l -")                                              \
    X(COMPLETION, completion, "bash|zsh|fish", 1, 1,                                               \
      "Print what makes a shell complete commands, options and files: source <(ganger completion bash)")

/*
 * field, long name, short name or 0, type, default, low, high, group, commands, argument, help
 *
 * A real value v must have low < v <= high, an integer or an amount (real) low <= v <= high; a default outside of that
 * means "not given". A list has a path or id for each time it is given. A choice is the position of
 * the value in `argument`.
 */
#define GANGER_CLI_OPTIONS(X)                                                                      \
    X(output, "output", 'o', PATH, NULL, 0, 0, FILES,                                              \
      ON(SOLVE) | ON(BATCH) | ON(PACK) | ON(GENERATE) | ON(EXPORT) | ON(IMPORT) | ON(REPORT), "FILE", \
      "Write the result to FILE; it appears complete or not at all")                               \
    X(samples_file, "output", 'o', PATH, NULL, 0, 0, FILES, ON(RISK), "FILE.csv",                  \
      "Write the samples as a table too, a row each")                                              \
    X(replan, "replan", 0, PATH, NULL, 0, 0, FILES, ON(SOLVE), "PLAN",                             \
      "Begin with an earlier plan, of this instance or another version of it, and change as few "  \
      "works as pays")                                                                             \
    X(freeze_before, "freeze-before", 0, PATH, NULL, 0, 0, FILES, ON(SOLVE), "DATE",               \
      "With --replan: works that start before DATE in that plan stay, nothing else starts before " \
      "it")                                                                                        \
    X(stability, "stability", 0, AMOUNT, -1, 0, 1000000, FILES, ON(SOLVE), "W",                    \
      "With --replan: what each work costs, M USD, that is moved, done in another mode or left "   \
      "out; 0 if not given")                                                                       \
    X(force, "force", 0, FLAG, false, 0, 0, FILES, ON(GENERATE) | ON(EXPORT), NULL,                \
      "Replace a folder that holds what this command writes and nothing else")                     \
    X(bom, "bom", 0, FLAG, false, 0, 0, FILES, ON(EXPORT), NULL,                                   \
      "Begin tables with the mark (U+FEFF) by which Excel knows UTF-8")                            \
    X(format, "format", 'f', CHOICE, 0, 0, 0, FILES, ON(EXPORT), "csv|geojson|geojson-links|mspdi|mps", \
      "Tables (csv, if nothing is said), works on a map (geojson), links by year (geojson-links), " \
      "Microsoft Project XML (mspdi), or, of an instance, a mixed-integer programme (mps)")        \
    X(risk, "risk", 0, PATH, NULL, 0, 0, FILES, ON(REPORT), "FILE",                                \
      "Show the risk of the plan too: what ganger risk printed as JSON")                           \
    X(works, "works", 0, INTEGER, 1000, 20, 1000000, COUNTRY, ON(GENERATE), "N",                   \
      "Works to choose from")                                                                      \
    X(links, "links", 0, INTEGER, 0, 10, 2000000, COUNTRY, ON(GENERATE), "N",                      \
      "Links of the network (otherwise a fifth of the works)")                                     \
    X(periods, "periods", 0, INTEGER, 365, 52, 2600, COUNTRY, ON(GENERATE), "N",                   \
      "Weeks of the programme")                                                                    \
    X(name, "name", 0, PATH, NULL, 0, 0, COUNTRY, ON(GENERATE), "NAME",                            \
      "Name of the instance (otherwise from works and seed)")                                      \
    X(time_limit_s, "time-limit", 't', REAL, 0, 0, 1000000000, LIMITS, ON(SOLVE) | ON(BATCH) | ON(IMPORT), "SECONDS", \
      "Stop after this much wall time (solve: 60 if no limit is given; import: one step of the bound)") \
    X(ticks, "ticks", 'n', INTEGER, 0, 1, INT64_MAX, LIMITS, ON(SOLVE) | ON(BATCH) | ON(IMPORT), "N", \
      "Stop after this much counted work: the same plan on every machine")                         \
    X(pace, "pace", 0, INTEGER, 0, 1, INT64_MAX, LIMITS, ON(SOLVE) | ON(BATCH), "N",               \
      "Plan the search for this much counted work; --ticks and --pace of a solve that "            \
      "--time-limit ended repeat it")                                                              \
    X(sampling_threads, "threads", 'j', INTEGER, 0, 1, 1024, RANDOM, ON(RISK), "N",                \
      "Use N threads (otherwise all that this process may use); the result stays the same")        \
    X(threads, "threads", 'j', INTEGER, 0, 1, 1024, SEARCH, ON(SOLVE) | ON(BATCH) | ON(IMPORT), "N", \
      "Use N threads (otherwise all that this process may use); more are faster, and the plan of " \
      "--ticks stays the same")                                                                    \
    X(islands, "islands", 0, INTEGER, 0, 1, 256, SEARCH, ON(SOLVE) | ON(BATCH), "N",               \
      "Search N plans side by side (otherwise up to 8), on as many threads at most: give as many " \
      "as there are threads, if there are more than 8; each N has a plan of its own")              \
    X(seed, "seed", 's', INTEGER, 0, 0, UINT64_MAX, RANDOM, ON(SOLVE) | ON(GENERATE) | ON(RISK) | ON(BATCH), "N", \
      "Seed of the random numbers")                                                                \
    X(samples, "samples", 0, INTEGER, 1000, 1, 1000000, RANDOM, ON(RISK), "N",                     \
      "Carry the plan out so many times")                                                          \
    X(overruns, "overrun", 0, LIST, {0}, 0, 0, RANDOM, ON(RISK), "KIND=MEDIAN:P90",                \
      "Works of this kind (repair, build, upgrade, facility or all) take MEDIAN % longer or less in " \
      "half of all cases, P90 % or less in nine of ten; may be given several times")               \
    X(correlation_percent, "correlation", 0, INTEGER, 30, 0, 100, RANDOM, ON(RISK), "PERCENT",     \
      "Share of their luck that works of one gang have in common")                                 \
    X(winter_percent, "winter", 0, INTEGER, 10, 0, 100, RANDOM, ON(RISK), "PERCENT",               \
      "Standard deviation of the length of a winter")                                              \
    X(explained, "work", 'w', LIST, {0}, 0, 0, OUTPUT, ON(EXPLAIN), "ID",                          \
      "Explain this work too; may be given several times")                                         \
    X(rows, "rows", 0, INTEGER, 10, 1, 1000000, OUTPUT, ON(EXPLAIN) | ON(DIFF) | ON(RISK), "N",    \
      "Print the first N rows of each list; JSON has all")                                         \
    X(json, "json", 0, FLAG, false, 0, 0, OUTPUT, ON(SOLVE) | ON(CHECK) | ON(EXPLAIN) | ON(DIFF) | ON(RISK) | ON(BATCH) | ON(IMPORT), NULL, \
      "Print the result as one JSON object")                                                       \
    X(schema, "schema", 0, FLAG, false, 0, 0, OUTPUT, ON(CHECK), NULL,                             \
      "Print what tables and columns an instance may have, as a Frictionless data package; without " \
      "arguments")                                                                                 \
    X(statistics, "statistics", 0, FLAG, false, 0, 0, OUTPUT, ON(SOLVE), NULL,                     \
      "Say how each kind of move fared, and how it was judged")                                    \
    X(quiet, "quiet", 'q', FLAG, false, 0, 0, OUTPUT, ON(SOLVE) | ON(BATCH), NULL,                 \
      "Print errors only, and JSON if asked for")                                                  \
    X(color, "color", 0, CHOICE, GANGER_CLI_COLOR_AUTO, 0, 2, OUTPUT, ON(SOLVE),                   \
      "auto|always|never",                                                                         \
      "Colour in the log; auto: on a terminal, unless NO_COLOR is set")                            \
    X(help, "help", 'h', FLAG, false, 0, 0, HELP, EVERYWHERE, NULL, "Print this and end")          \
    X(usage, "usage", 0, FLAG, false, 0, 0, HELP, EVERYWHERE, NULL,                                \
      "Print a short reminder of the options and end")                                             \
    X(version, "version", 'V', FLAG, false, 0, 0, HELP, EVERYWHERE, NULL,                          \
      "Print the version and end")
// clang-format on

#define GANGER_CLI_COMMAND_NAME(name, ...) GANGER_CLI_COMMAND_##name,
enum ganger_cli_command {
    GANGER_CLI_COMMANDS(GANGER_CLI_COMMAND_NAME)
        GANGER_CLI_COMMAND_NONE /* help or version was asked for, and has been printed */
};
#undef GANGER_CLI_COMMAND_NAME

enum { GANGER_CLI_ARGUMENTS_MAX = 4, GANGER_CLI_LIST_MAX = 64 };

/* The values of an option that may be given several times. */
struct ganger_cli_list {
    int count;
    const char *value[GANGER_CLI_LIST_MAX];
};

/* In the order of the option's argument column. */
enum ganger_cli_color { GANGER_CLI_COLOR_AUTO, GANGER_CLI_COLOR_ALWAYS, GANGER_CLI_COLOR_NEVER };

#define GANGER_CLI_FLAG_TYPE bool
#define GANGER_CLI_PATH_TYPE const char *
#define GANGER_CLI_REAL_TYPE double
#define GANGER_CLI_AMOUNT_TYPE double
#define GANGER_CLI_INTEGER_TYPE uint64_t
#define GANGER_CLI_CHOICE_TYPE int
#define GANGER_CLI_LIST_TYPE struct ganger_cli_list
#define GANGER_CLI_FIELD(field, name, key, type, ...) GANGER_CLI_##type##_TYPE field;
/* Strings are borrowed from argv. */
struct ganger_cli_options {
    enum ganger_cli_command command;
    const char *arguments[GANGER_CLI_ARGUMENTS_MAX]; /* INSTANCE, then plans or NULL */
    GANGER_CLI_OPTIONS(GANGER_CLI_FIELD)
};
#undef GANGER_CLI_FIELD

/* The tables as documents show them. */
struct ganger_cli_command_words {
    const char *name, *arguments;
    unsigned least, most; /* number of arguments */
    const char *help;
};
enum { GANGER_CLI_HELP_SIZE = 384 };
struct ganger_cli_option_words {
    const char *name;
    char short_key;       /* or 0 */
    bool everywhere;      /* an option of every command, and of none */
    const char *argument; /* "FILE", "auto|always|never"; NULL: takes none */
    char help[GANGER_CLI_HELP_SIZE];
};
/* What an INSTANCE may be. */
extern const char ganger_cli_instance_words[];
const struct ganger_cli_command_words *ganger_cli_command_words(enum ganger_cli_command command);
/* The option of a command (NONE: those of all) at `place`, in the order of --help; false after the last. */
bool ganger_cli_option_words(enum ganger_cli_command command, int place,
                             struct ganger_cli_option_words *words);

/* Fills options from argv. Prints what --help, --version and the like ask for. Ends the program
 * with exit code 2 and a message when the command line is wrong. */
void ganger_cli_options_parse(int argc, char **argv, struct ganger_cli_options *options);

#endif
