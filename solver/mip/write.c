/* The programme as a free MPS file: names, sections and their order are in README.md. */
#include "base/file.h"
#include "base/locale.h"
#include "instance/cell_text.h"
#include "mip/programme.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void put_name(FILE *file, struct ganger_mip_name name)
{
    fputs(name.kind, file);
    for (int i = 0; i < 3 && name.number[i] != GANGER_NONE; i++) {
        fprintf(file, "_%d", name.number[i]);
    }
}

static void put_real(FILE *file, double value)
{
    char text[GANGER_CELL_TEXT];
    fprintf(file, " %s\n", ganger_real_text(value, text));
}

/* A text within a line of comment. */
static void put_remark(FILE *file, const char *text)
{
    for (; *text; text++) {
        fputc(iscntrl((unsigned char)*text) ? ' ' : *text, file);
    }
}

static void put_head(const struct ganger_mip_programme *x, FILE *file)
{
    const struct ganger_problem *p = x->problem;
    fputs("* ganger ", file);
    put_remark(file, p->name);
    fprintf(file, "\n* sha256 %s\n* %s\n", p->sha256,
            p->objective == GANGER_OBJECTIVE_NPV ? "minimise: the value, negated"
                                                 : "minimise: the makespan");
    for (int32_t w = 0; w < p->works.count; w++) {
        fprintf(file, "* work %d ", w);
        put_remark(file, p->works.id[w]);
        for (int32_t m = p->works.first_mode[w]; m < p->works.first_mode[w + 1]; m++) {
            fprintf(file, ", mode %d ", m - p->works.first_mode[w]);
            put_remark(file, p->modes.id[m]);
        }
        fputc('\n', file);
    }
    fputs("NAME ganger\n", file);
}

static void put_rows(const struct ganger_mip *mip, FILE *file)
{
    fputs("ROWS\n N cost\n", file);
    for (int32_t r = 0; r < mip->rows; r++) {
        fputs(mip->row[r].equal ? " E " : " L ", file);
        put_name(file, mip->row[r].name);
        fputc('\n', file);
    }
}

static void put_marker(FILE *file, bool integer)
{
    fprintf(file, " MARKER 'MARKER' '%s'\n", integer ? "INTORG" : "INTEND");
}

/* A column without any entry has its cost, though it be 0: it is named here first. */
static void put_columns(const struct ganger_mip *mip, FILE *file)
{
    int64_t next = 0;
    bool integer = false;
    fputs("COLUMNS\n", file);
    for (int32_t c = 0; c < mip->columns; c++) {
        const struct ganger_mip_column *column = &mip->column[c];
        if (column->integer != integer) {
            integer = column->integer;
            put_marker(file, integer);
        }
        bool empty = next == mip->entries || mip->entry[next].column != c;
        if (empty || column->cost > 0 || column->cost < 0) {
            fputc(' ', file);
            put_name(file, column->name);
            fputs(" cost", file);
            put_real(file, column->cost);
        }
        for (; next < mip->entries && mip->entry[next].column == c; next++) {
            fputc(' ', file);
            put_name(file, column->name);
            fputc(' ', file);
            put_name(file, mip->row[mip->entry[next].row].name);
            put_real(file, mip->entry[next].value);
        }
    }
    if (integer) {
        put_marker(file, false);
    }
}

static void put_limits(const struct ganger_mip *mip, FILE *file)
{
    fputs("RHS\n", file);
    for (int32_t r = 0; r < mip->rows; r++) {
        if (mip->row[r].limit > 0 || mip->row[r].limit < 0) {
            fputs(" limit ", file);
            put_name(file, mip->row[r].name);
            put_real(file, mip->row[r].limit);
        }
    }
    fputs("BOUNDS\n", file);
    for (int32_t c = 0; c < mip->columns; c++) {
        const struct ganger_mip_column *column = &mip->column[c];
        if (isfinite(column->upper)) {
            /* Readers differ on an upper bound of 0. */
            fputs(column->upper > 0 ? " UP upper " : " FX upper ", file);
            put_name(file, column->name);
            put_real(file, column->upper);
        }
    }
    fputs("ENDATA\n", file);
}

/* False, with errno. */
static bool put_file(const struct ganger_mip_programme *x, const char *path)
{
    FILE *file = fopen(path, "wbxe");
    if (!file) {
        return false;
    }
    put_head(x, file);
    put_rows(&x->mip, file);
    put_columns(&x->mip, file);
    put_limits(&x->mip, file);
    bool written = !ferror(file);
    return fclose(file) == 0 && written;
}

static ganger_status write_aside(const struct ganger_mip_programme *x, const char *path,
                                 struct ganger_findings *findings)
{
    char *aside = ganger_file_aside(path);
    if (!aside) {
        return ganger_findings_out_of_memory(findings);
    }
    ganger_status status;
    if (put_file(x, aside)) {
        status = ganger_file_commit(aside, path, findings);
    } else {
        status = ganger_findings_add(findings, GANGER_STATUS_OUTPUT_FAILED, path, 0, NULL,
                                     "cannot be written: %s", strerror(errno));
        ganger_file_discard(aside);
    }
    free(aside);
    return status;
}

ganger_status ganger_problem_write_mps(const struct ganger_problem *problem, const char *path,
                                       struct ganger_findings *findings)
{
    struct ganger_mip_programme programme;
    struct ganger_locale locale;
    if (!ganger_locale_enter(&locale)) {
        return ganger_findings_out_of_memory(findings);
    }
    ganger_status status = ganger_mip_programme_init(&programme, problem)
                               ? write_aside(&programme, path, findings)
                               : ganger_findings_out_of_memory(findings);
    ganger_mip_programme_clear(&programme);
    ganger_locale_leave(&locale);
    return status;
}
