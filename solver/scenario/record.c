#include "scenario/record.h"

#include "base/file.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const ganger_outcome outcomes[] = {GANGER_OUTCOME_OPTIMAL, GANGER_OUTCOME_FEASIBLE,
                                          GANGER_OUTCOME_INFEASIBLE, GANGER_OUTCOME_LIMIT};
enum { OUTCOMES = sizeof outcomes / sizeof *outcomes };

char *ganger_record_text(const char *sha256, const struct ganger_options *options)
{
    char *text = NULL;
    int length = asprintf(&text,
                          "instance %s\nprogram %s\ntime_limit_s %.17g\nticks %" PRId64
                          "\npace %" PRId64 "\nseed %" PRIu64 "\n",
                          sha256, GANGER_VERSION_STRING, options->time_limit_s, options->tick_limit,
                          options->pace, options->seed);
    return length >= 0 ? text : NULL;
}

static char *whole_text(const char *text, ganger_outcome outcome)
{
    char *whole = NULL;
    return asprintf(&whole, "%soutcome %s\n", text, ganger_outcome_name(outcome)) >= 0 ? whole
                                                                                       : NULL;
}

ganger_status ganger_record_write(const char *path, const char *text, ganger_outcome outcome,
                                  struct ganger_findings *findings)
{
    char *whole = whole_text(text, outcome), *aside = ganger_file_aside(path);
    ganger_status status = GANGER_STATUS_OK;
    if (!whole || !aside) {
        status = ganger_findings_out_of_memory(findings);
        goto out;
    }
    FILE *file = fopen(aside, "wxe");
    bool written = file && fputs(whole, file) >= 0;
    written = file && fclose(file) == 0 && written;
    if (!written) {
        status = ganger_findings_add(findings, GANGER_STATUS_OUTPUT_FAILED, path, 0, NULL,
                                     "cannot be written: %s", strerror(errno));
        ganger_file_discard(aside);
        goto out;
    }
    GANGER_TRY(ganger_file_commit(aside, path, findings));
out:
    free(whole);
    free(aside);
    return status;
}

bool ganger_record_holds(const char *path, const char *text, ganger_outcome *outcome)
{
    struct ganger_findings none;
    char *found = NULL;
    size_t size = 0;
    bool holds = false;
    ganger_findings_init(&none);
    if (ganger_file_load(path, path, &found, &size, &none) == GANGER_STATUS_OK) {
        for (int i = 0; i < OUTCOMES && !holds; i++) {
            char *whole = whole_text(text, outcomes[i]);
            holds = whole && strcmp(whole, found) == 0;
            *outcome = outcomes[i];
            free(whole);
        }
    }
    free(found);
    ganger_findings_clear(&none);
    return holds;
}
