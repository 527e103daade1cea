#include "base/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void ganger_findings_init(struct ganger_findings *findings)
{
    memset(findings, 0, sizeof *findings);
}

void ganger_findings_clear(struct ganger_findings *findings)
{
    if (findings == NULL) {
        return;
    }
    for (int i = 0; i < findings->count; i++) {
        free(findings->list[i].file);
        free(findings->list[i].column);
        free(findings->list[i].message);
    }
    ganger_findings_init(findings);
}

static const char *or_empty(const char *text)
{
    return text != NULL ? text : "";
}

int ganger_finding_format(const struct ganger_finding *finding, char *buffer, size_t size)
{
    const char *file = or_empty(finding->file);
    const char *column = or_empty(finding->column);
    const char *message = or_empty(finding->message);
    char line[32] = "";
    if (finding->line > 0) {
        snprintf(line, sizeof line, ":%ld", finding->line);
    }
    if (*file == '\0') {
        return snprintf(buffer, size, "%s", message);
    }
    return snprintf(buffer, size, "%s%s%s%s: %s", file, line, *column != '\0' ? ":" : "", column,
                    message);
}

ganger_status ganger_findings_add(struct ganger_findings *findings, ganger_status status,
                                  const char *file, long line, const char *column,
                                  const char *format, ...)
{
    if (findings == NULL) {
        return status;
    }
    findings->total++;
    if (!ganger_findings_have_room(findings)) {
        return status;
    }
    /* A copy that fails is left NULL and shown as nothing: the status still tells the caller. */
    struct ganger_finding *finding = &findings->list[findings->count++];
    finding->status = status;
    finding->line = line;
    finding->file = strdup(or_empty(file));
    finding->column = strdup(or_empty(column));
    va_list arguments;
    va_start(arguments, format);
    if (vasprintf(&finding->message, format, arguments) < 0) {
        finding->message = NULL;
    }
    va_end(arguments);
    return status;
}

bool ganger_findings_have_room(const struct ganger_findings *findings)
{
    return findings != NULL && findings->count < GANGER_FINDINGS_MAX;
}

void ganger_findings_move(struct ganger_findings *from, struct ganger_findings *to)
{
    if (to != NULL) {
        to->total += from->total - from->count;
        for (int i = 0; i < from->count; i++) {
            to->total++;
            if (to->count < GANGER_FINDINGS_MAX) {
                to->list[to->count++] = from->list[i];
                memset(&from->list[i], 0, sizeof from->list[i]);
            }
        }
    }
    ganger_findings_clear(from);
}

ganger_status ganger_findings_out_of_memory(struct ganger_findings *findings)
{
    return ganger_findings_add(findings, GANGER_STATUS_OUT_OF_MEMORY, "", 0, NULL, "out of memory");
}
