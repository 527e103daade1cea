/* ganger-quality show: the tables of a result that was written before. */
#include "quality/commands.h"
#include "quality/report.h"

enum ganger_cli_exit quality_show(const struct quality_options *options)
{
    struct quality_result result;
    bool good = quality_result_read(&result, options->arguments[0]);
    if (good) {
        quality_report_print(&result, options->markdown, stdout);
    }
    quality_result_clear(&result);
    return good ? GANGER_CLI_EXIT_OK : GANGER_CLI_EXIT_INPUT;
}
