/*
 * ganger init: a small instance to begin with.
 */
#include "cli/commands.h"
#include "cli/message.h"

#include <ganger/ganger.h>

enum ganger_cli_exit ganger_cli_init(const struct ganger_cli_options *options)
{
    struct ganger_findings findings;
    ganger_findings_init(&findings);
    ganger_status status = ganger_template_write(options->arguments[0], &findings);
    enum ganger_cli_exit code =
        status == GANGER_STATUS_OK ? GANGER_CLI_EXIT_OK : ganger_cli_fail(status, &findings);
    ganger_findings_clear(&findings);
    return code;
}
