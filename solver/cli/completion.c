/*
 * ganger completion: what makes a shell complete commands, options, choices and files, from the tables of options.h.
 */
#include "cli/commands.h"
#include "cli/message.h"

#include <stdio.h>
#include <string.h>

enum { COMMANDS = GANGER_CLI_COMMAND_NONE };

static const struct ganger_cli_command_words *command_at(int i)
{
    return ganger_cli_command_words((enum ganger_cli_command)i);
}

static bool option_at(int command, int place, struct ganger_cli_option_words *option)
{
    return ganger_cli_option_words((enum ganger_cli_command)command, place, option);
}

/* "a|b|c", and not a word like FILE. */
static bool is_choice(const char *argument)
{
    return strchr(argument, '|') != NULL;
}

static bool is_file(const char *argument)
{
    return strncmp(argument, "FILE", 4) == 0;
}

static bool takes_files(const struct ganger_cli_command_words *command)
{
    return command->most > 0 && !is_choice(command->arguments);
}

/* Prints a list like "a|b|c" with spaces. */
static void put_choices(const char *list)
{
    for (const char *c = list; *c != '\0'; c++) {
        putchar(*c == '|' ? ' ' : *c);
    }
}

/* Prints a text without what quotes and descriptions of the shells would take for their own. */
static void put_plain(const char *text)
{
    for (const char *c = text; *c != '\0'; c++) {
        if (strchr("'\\[]:`$", *c) == NULL) {
            putchar(*c);
        }
    }
}

static void put_command_names(void)
{
    for (int i = 0; i < COMMANDS; i++) {
        printf("%s ", command_at(i)->name);
    }
    printf("help");
}

static void put_option_names(int command)
{
    struct ganger_cli_option_words option;
    for (int i = 0; option_at(command, i, &option); i++) {
        printf(" --%s", option.name);
        if (option.short_key != 0) {
            printf(" -%c", option.short_key);
        }
    }
}

/* ---- bash ------------------------------------------------------------------------------------- */

/* A branch for each option of a command that takes a value. */
static void bash_values(int command)
{
    const char *name = command_at(command)->name;
    struct ganger_cli_option_words option;
    for (int i = 0; option_at(command, i, &option); i++) {
        if (option.argument == NULL) {
            continue;
        }
        printf("        '%s --%s'", name, option.name);
        if (option.short_key != 0) {
            printf(" | '%s -%c'", name, option.short_key);
        }
        printf(") ");
        if (is_choice(option.argument)) {
            printf("_ganger_words '");
            put_choices(option.argument);
            printf("'; ");
        } else if (is_file(option.argument)) {
            printf("_ganger_files; ");
        }
        printf("return ;;\n");
    }
}

/* A branch for each command: its options, and what its arguments may be. */
static void bash_command(int i)
{
    const struct ganger_cli_command_words *command = command_at(i);
    printf("        '%s') ", command->name);
    if (takes_files(command)) {
        printf("[[ $current == -* ]] || { _ganger_files; return; }; ");
    }
    printf("_ganger_words '");
    if (command->most > 0 && is_choice(command->arguments)) {
        put_choices(command->arguments);
    }
    put_option_names(i);
    printf("' ;;\n");
}

static void bash_print(void)
{
    fputs("# Completion of ganger for bash, made by: ganger completion bash\n"
          "_ganger_words() {\n"
          "    mapfile -t COMPREPLY < <(compgen -W \"$1\" -- \"$current\")\n"
          "}\n"
          "_ganger_files() {\n"
          "    compopt -o filenames 2>/dev/null\n"
          "    mapfile -t COMPREPLY < <(compgen -f -- \"$current\")\n"
          "}\n"
          "_ganger() {\n"
          "    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}\n"
          "    local command='' i\n"
          "    COMPREPLY=()\n"
          "    # \"--option=value\" comes as three words.\n"
          "    if [[ $current == '=' ]]; then\n"
          "        current=''\n"
          "    elif [[ $before == '=' ]]; then\n"
          "        before=${COMP_WORDS[COMP_CWORD - 2]}\n"
          "    fi\n"
          "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
          "        if [[ ${COMP_WORDS[i]} != -* ]]; then\n"
          "            command=${COMP_WORDS[i]}\n"
          "            break\n"
          "        fi\n"
          "    done\n"
          "    case \"$command $before\" in\n",
          stdout);
    for (int i = 0; i < COMMANDS; i++) {
        bash_values(i);
    }
    printf("    esac\n    case $command in\n        '') _ganger_words '");
    put_command_names();
    put_option_names(COMMANDS);
    printf("' ;;\n        help) _ganger_words '");
    put_command_names();
    printf("' ;;\n");
    for (int i = 0; i < COMMANDS; i++) {
        bash_command(i);
    }
    printf("    esac\n}\ncomplete -F _ganger ganger\n");
}

/* ---- zsh -------------------------------------------------------------------------------------- */

static void zsh_option(const struct ganger_cli_option_words *option)
{
    const char *sign = option->argument != NULL ? "=" : "";
    if (option->short_key != 0) {
        printf(" \\\n            '(-%c --%s)'{-%c%s,--%s%s}'[", option->short_key, option->name,
               option->short_key, option->argument != NULL ? "+" : "", option->name, sign);
    } else {
        printf(" \\\n            '*--%s%s[", option->name, sign);
    }
    put_plain(option->help);
    printf("]");
    if (option->argument != NULL) {
        printf(":value:");
        if (is_choice(option->argument)) {
            printf("(");
            put_choices(option->argument);
            printf(")");
        } else if (is_file(option->argument)) {
            printf("_files");
        }
    }
    printf("'");
}

static void zsh_command(int i)
{
    const struct ganger_cli_command_words *command = command_at(i);
    struct ganger_cli_option_words option;
    printf("        %s) _arguments", command->name);
    for (int k = 0; option_at(i, k, &option); k++) {
        zsh_option(&option);
    }
    if (takes_files(command)) {
        printf(" \\\n            '*:argument:_files'");
    } else if (command->most > 0) {
        printf(" \\\n            ':argument:(");
        put_choices(command->arguments);
        printf(")'");
    }
    printf(" ;;\n");
}

static void zsh_print(void)
{
    printf("#compdef ganger\n# Completion of ganger for zsh, made by: ganger completion zsh\n"
           "_ganger() {\n    local -a commands\n    commands=(\n");
    for (int i = 0; i < COMMANDS; i++) {
        printf("        '%s:", command_at(i)->name);
        put_plain(command_at(i)->help);
        printf("'\n");
    }
    printf("        'help:Explain a command.'\n    )\n"
           "    if (( CURRENT == 2 )); then\n        _describe command commands\n        return\n"
           "    fi\n    shift words\n    (( CURRENT-- ))\n    case $words[1] in\n"
           "        help) _describe command commands ;;\n");
    for (int i = 0; i < COMMANDS; i++) {
        zsh_command(i);
    }
    printf("    esac\n}\n"
           "if [[ $funcstack[1] == _ganger ]]; then\n    _ganger \"$@\"\nelse\n"
           "    compdef _ganger ganger\nfi\n");
}

/* ---- fish ------------------------------------------------------------------------------------- */

static void fish_option(const char *command, const struct ganger_cli_option_words *option)
{
    printf("complete -c ganger -n '__fish_seen_subcommand_from %s' -l %s", command, option->name);
    if (option->short_key != 0) {
        printf(" -s %c", option->short_key);
    }
    if (option->argument != NULL && is_choice(option->argument)) {
        printf(" -x -a '");
        put_choices(option->argument);
        printf("'");
    } else if (option->argument != NULL) {
        printf("%s", is_file(option->argument) ? " -r -F" : " -x");
    }
    printf(" -d '");
    put_plain(option->help);
    printf("'\n");
}

static void fish_command(int i)
{
    const struct ganger_cli_command_words *command = command_at(i);
    struct ganger_cli_option_words option;
    printf("complete -c ganger -n __fish_use_subcommand -a %s -d '", command->name);
    put_plain(command->help);
    printf("'\n");
    for (int k = 0; option_at(i, k, &option); k++) {
        fish_option(command->name, &option);
    }
    if (takes_files(command)) {
        printf("complete -c ganger -n '__fish_seen_subcommand_from %s' -F\n", command->name);
    } else if (command->most > 0) {
        printf("complete -c ganger -n '__fish_seen_subcommand_from %s' -a '", command->name);
        put_choices(command->arguments);
        printf("'\n");
    }
}

static void fish_print(void)
{
    printf("# Completion of ganger for fish, made by: ganger completion fish\n"
           "complete -c ganger -f\n");
    for (int i = 0; i < COMMANDS; i++) {
        fish_command(i);
    }
    printf("complete -c ganger -n __fish_use_subcommand -a help -d 'Explain a command.'\n"
           "complete -c ganger -n '__fish_seen_subcommand_from help' -a '");
    put_command_names();
    printf("'\n");
}

enum ganger_cli_exit ganger_cli_completion(const struct ganger_cli_options *options)
{
    static const struct {
        const char *name;
        void (*print)(void);
    } shells[] = {{"bash", bash_print}, {"zsh", zsh_print}, {"fish", fish_print}};
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++) {
        if (strcmp(options->arguments[0], shells[i].name) == 0) {
            shells[i].print();
            return GANGER_CLI_EXIT_OK;
        }
    }
    ganger_cli_error("unknown shell \"%s\": expected %s", options->arguments[0],
                     command_at(GANGER_CLI_COMMAND_COMPLETION)->arguments);
    return GANGER_CLI_EXIT_USAGE;
}
