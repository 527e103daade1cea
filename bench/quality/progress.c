#include "quality/progress.h"

#include "cli/message.h"
#include "quality/table.h"

#include <math.h>
#include <stdio.h>
#include <unistd.h>

void quality_progress_open(struct quality_progress *progress, int total)
{
    *progress = (struct quality_progress){.live = isatty(STDERR_FILENO) == 1, .total = total};
}

static void wipe(struct quality_progress *progress)
{
    if (progress->width > 0) {
        fprintf(stderr, "\r%*s\r", progress->width, "");
        progress->width = 0;
    }
}

static void draw(struct quality_progress *progress, const struct quality_record *record)
{
    char line[79], gap[40] = ""; /* one column is left free: a full line would wrap */
    if (progress->gaps > 0) {
        snprintf(gap, sizeof gap, "mean gap %.3f %%  ", progress->gap_sum / progress->gaps);
    }
    snprintf(line, sizeof line, "%d/%d  failed %d  %s%s/%s %g (%.2f s)", progress->done,
             progress->total, progress->failed, gap, record->set, record->instance,
             record->answer.value, record->answer.wall_s);
    quality_text_clean(line);
    wipe(progress);
    progress->width = fprintf(stderr, "%s", line);
    fflush(stderr);
}

void quality_progress_step(struct quality_progress *progress, const struct quality_record *record)
{
    double gap = quality_record_gap(record);
    progress->done++;
    if (!isnan(gap)) {
        progress->gap_sum += gap;
        progress->gaps++;
    }
    if (record->answer.failed) {
        progress->failed++;
        wipe(progress);
        ganger_cli_error("%s/%s failed: %s", record->set, record->instance, record->answer.message);
    }
    if (progress->live) {
        draw(progress, record);
    }
}

void quality_progress_close(struct quality_progress *progress)
{
    wipe(progress);
}
