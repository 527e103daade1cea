/* What the parts of an instance mean together. The reader has made sure that each cell is in range. */
#include "instance/validate.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

long ganger_validation_line(const struct ganger_validation *v, const char *table, int32_t row)
{
    return v->locator != NULL && v->locator->line != NULL
               ? v->locator->line(v->locator->context, table, row)
               : 0;
}

void ganger_validation_refuse(const struct ganger_validation *v, const char *table, int32_t row,
                              const char *column, const char *format, ...)
{
    char *message = NULL;
    va_list arguments;
    va_start(arguments, format);
    if (vasprintf(&message, format, arguments) < 0) {
        message = NULL;
    }
    va_end(arguments);
    const char *file = v->locator != NULL && v->locator->file != NULL
                           ? v->locator->file(v->locator->context, table)
                           : table;
    ganger_findings_add(v->findings, GANGER_STATUS_INPUT_INVALID, file,
                        ganger_validation_line(v, table, row), column, "%s",
                        message != NULL ? message : "out of memory");
    free(message);
}

int32_t ganger_problem_find_budget(const struct ganger_problem *problem)
{
    for (int32_t i = 0; i < problem->resources.count; i++) {
        if (strcmp(problem->resources.id[i], "budget") == 0) {
            return i;
        }
    }
    return GANGER_NONE;
}

ganger_status ganger_problem_validate(const struct ganger_problem *problem,
                                      const struct ganger_locator *locator,
                                      struct ganger_findings *findings)
{
    struct ganger_findings own;
    ganger_findings_init(&own);
    const struct ganger_validation v = {problem, locator, &own};
    ganger_status status = GANGER_STATUS_OK;
    if (!ganger_validate_network(&v) || !ganger_validate_resources(&v) ||
        !ganger_validate_works(&v) || !ganger_validate_precedences(&v)) {
        status = ganger_findings_out_of_memory(&own);
    } else if (own.total > 0) {
        status = GANGER_STATUS_INPUT_INVALID;
    }
    ganger_findings_move(&own, findings);
    return status;
}
