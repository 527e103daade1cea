#include "instance/csv.h"

#include "base/file.h"
#include "base/text.h"
#include <csv.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { HEADER_MAX = 4096, COLUMNS_MAX = 64 };

struct parse {
    struct ganger_csv *csv;
    const struct ganger_csv_request *request;
    struct ganger_findings *findings;
    ganger_status status;
    struct csv_parser parser;
    int32_t row_capacity;
    bool header_done, header_bad;
    int cell;           /* in the current row */
    int width;          /* of the header */
    int to[HEADER_MAX]; /* column asked for at each place of the header, -1: none */
    const char *row[COLUMNS_MAX];
    char *end; /* of the text used so far */
    long line, row_line;
};

static void refuse(struct parse *parse, ganger_status status)
{
    if (parse->status == GANGER_STATUS_OK) {
        parse->status = status;
    }
}

static const char *keep_text(struct parse *parse, const char *bytes, size_t length)
{
    /* The cells and their terminators are never longer than the file: each cell ends in a separator. */
    char *text = parse->end;
    memcpy(text, bytes, length);
    text[length] = '\0';
    parse->end += length + 1;
    return text;
}

static void header_cell(struct parse *parse, const char *name)
{
    const struct ganger_csv_request *request = parse->request;
    parse->to[parse->cell] = -1;
    for (int c = 0; c < request->columns; c++) {
        if (strcmp(name, request->names[c]) != 0) {
            continue;
        }
        if (parse->csv->present[c]) {
            refuse(parse,
                   ganger_findings_add(parse->findings, GANGER_STATUS_INPUT_INVALID, request->shown,
                                       parse->row_line, name, "the header has this column twice"));
        }
        parse->csv->present[c] = true;
        parse->to[parse->cell] = c;
    }
}

static void on_cell(void *bytes, size_t length, void *context)
{
    struct parse *parse = context;
    if (parse->cell < HEADER_MAX && (!parse->header_done || parse->cell < parse->width)) {
        if (!parse->header_done) {
            header_cell(parse, keep_text(parse, bytes, length));
        } else if (parse->to[parse->cell] >= 0) {
            parse->row[parse->to[parse->cell]] = keep_text(parse, bytes, length);
        }
    }
    parse->cell++;
}

/* How surely an unknown column `name` is meant to be `wanted`. A required column that is missing may be any
 * near one; an optional one only if there is hardly a doubt, since tables may have columns of their own. */
static bool is_near(const char *name, const char *wanted, bool required)
{
    size_t length = strlen(wanted);
    if (strcasecmp(name, wanted) == 0 ||
        (strncmp(name, wanted, length) == 0 && strcmp(name + length, "s") == 0)) {
        return true;
    }
    int edits = ganger_text_edits(name, wanted);
    return required ? edits <= 2 : edits <= 1 && length >= 6;
}

/* The first unknown column that seems to be the missing column `c`, or NULL. */
static const char *near_header(const struct parse *parse, int c)
{
    const char *name = parse->csv->text;
    for (int i = 0; i < parse->width; i++) {
        if (parse->to[i] < 0 &&
            is_near(name, parse->request->names[c], parse->request->required[c])) {
            return name;
        }
        name += strlen(name) + 1;
    }
    return NULL;
}

/* An optional column under a slightly wrong name would be dropped without a word, so that is refused. */
static void missing_column(struct parse *parse, int c)
{
    const struct ganger_csv_request *request = parse->request;
    const char *name = request->names[c];
    const char *near = near_header(parse, c);
    char quoted[GANGER_TEXT_QUOTED] = "";
    if (!request->required[c] && near == NULL) {
        return;
    }
    if (near == NULL) {
        refuse(parse,
               ganger_findings_add(parse->findings, GANGER_STATUS_INPUT_INVALID, request->shown,
                                   parse->row_line, name, "the header lacks this column"));
        return;
    }
    refuse(parse,
           ganger_findings_add(parse->findings, GANGER_STATUS_INPUT_INVALID, request->shown,
                               parse->row_line, name, "the header lacks this column, but has %s",
                               ganger_text_quote(near, quoted)));
}

static void end_header(struct parse *parse)
{
    const struct ganger_csv_request *request = parse->request;
    parse->header_done = true;
    parse->width = parse->cell;
    if (parse->width > HEADER_MAX) {
        refuse(parse,
               ganger_findings_add(parse->findings, GANGER_STATUS_INPUT_INVALID, request->shown,
                                   parse->row_line, NULL, "more than %d columns", HEADER_MAX));
        return;
    }
    for (int c = 0; c < request->columns; c++) {
        if (!parse->csv->present[c]) {
            missing_column(parse, c);
        }
    }
}

static bool grow(struct parse *parse)
{
    struct ganger_csv *csv = parse->csv;
    if (csv->rows < parse->row_capacity) {
        return true;
    }
    int64_t capacity = 2 * (int64_t)parse->row_capacity + 1024;
    if (capacity > INT32_MAX - 2) {
        return false;
    }
    const char **cells =
        realloc(csv->cells, (size_t)capacity * (size_t)csv->columns * sizeof *cells);
    if (cells == NULL) {
        return false;
    }
    csv->cells = cells;
    long *lines = realloc(csv->lines, (size_t)capacity * sizeof *lines);
    if (lines == NULL) {
        return false;
    }
    csv->lines = lines;
    parse->row_capacity = (int32_t)capacity;
    return true;
}

static void end_row(struct parse *parse)
{
    struct ganger_csv *csv = parse->csv;
    if (parse->cell != parse->width) {
        refuse(parse, ganger_findings_add(parse->findings, GANGER_STATUS_INPUT_INVALID,
                                          parse->request->shown, parse->row_line, NULL,
                                          "expected %d cells, as in the header, found %d",
                                          parse->width, parse->cell));
        return;
    }
    if (!grow(parse)) {
        refuse(parse, ganger_findings_out_of_memory(parse->findings));
        return;
    }
    memcpy(csv->cells + (int64_t)csv->rows * csv->columns, parse->row,
           (size_t)csv->columns * sizeof *csv->cells);
    csv->lines[csv->rows++] = parse->row_line;
}

static void on_row(int terminator, void *context)
{
    struct parse *parse = context;
    (void)terminator;
    if (!parse->header_done) {
        end_header(parse);
        parse->header_bad = parse->status != GANGER_STATUS_OK;
    } else if (!parse->header_bad) {
        end_row(parse);
    }
    parse->cell = 0;
}

/* libcsv does not count lines, so it is fed one at a time; a row may take several. */
static void parse_lines(struct parse *parse, const char *data, size_t size)
{
    const char *end = data + size;
    while (data < end) {
        const char *stop = data;
        while (stop < end && *stop != '\n' && *stop != '\r') {
            stop++;
        }
        if (stop < end) {
            stop += stop[0] == '\r' && stop + 1 < end && stop[1] == '\n' ? 2 : 1;
        }
        parse->line++;
        if (parse->parser.pstate == 0) {
            parse->row_line = parse->line;
        }
        size_t length = (size_t)(stop - data);
        if (csv_parse(&parse->parser, data, length, on_cell, on_row, parse) != length) {
            goto broken;
        }
        data = stop;
    }
    if (csv_fini(&parse->parser, on_cell, on_row, parse) == 0) {
        return;
    }
broken:
    if (csv_error(&parse->parser) != CSV_EPARSE) {
        refuse(parse, ganger_findings_out_of_memory(parse->findings));
        return;
    }
    refuse(parse,
           ganger_findings_add(parse->findings, GANGER_STATUS_INPUT_INVALID, parse->request->shown,
                               parse->row_line, NULL,
                               "a quote that is not closed, or stands inside a cell: a cell with "
                               "quotes is written \"like \"\"this\"\"\""));
}

/* The line of byte `where`. */
static long line_at(const char *data, size_t where)
{
    long line = 1;
    for (size_t i = 0; i < where; i++) {
        line += data[i] == '\n' || (data[i] == '\r' && data[i + 1] != '\n');
    }
    return line;
}

static ganger_status check_bytes(const struct ganger_csv_request *request, const char *data,
                                 size_t size, struct ganger_findings *findings)
{
    size_t where = 0;
    if (ganger_text_is_utf8(data, size, &where)) {
        return GANGER_STATUS_OK;
    }
    const char *hint =
        data[where] == '\0' ? "save the table as UTF-8 text" : "save the table as UTF-8";
    return ganger_findings_add(findings, GANGER_STATUS_INPUT_INVALID, request->shown,
                               line_at(data, where), NULL, "byte 0x%02x is not UTF-8 text: %s",
                               (unsigned)(unsigned char)data[where], hint);
}

static bool prepare(struct parse *parse, size_t size)
{
    struct ganger_csv *csv = parse->csv;
    csv->columns = parse->request->columns;
    csv->text = malloc(size + 2);
    csv->present = calloc((size_t)csv->columns, sizeof *csv->present);
    if (csv->text == NULL || csv->present == NULL || !grow(parse)) {
        return false;
    }
    parse->end = csv->text;
    for (int c = 0; c < csv->columns; c++) {
        parse->row[c] = "";
    }
    return true;
}

ganger_status ganger_csv_read(struct ganger_csv *csv, const struct ganger_csv_request *request,
                              struct ganger_findings *findings)
{
    ganger_status status = GANGER_STATUS_OK;
    char *data = NULL;
    size_t size = 0;
    struct parse *parse = calloc(1, sizeof *parse);
    memset(csv, 0, sizeof *csv);
    if (parse == NULL ||
        csv_init(&parse->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL) != 0) {
        free(parse);
        return ganger_findings_out_of_memory(findings);
    }
    csv_set_delim(&parse->parser, (unsigned char)request->delimiter);
    parse->csv = csv;
    parse->request = request;
    parse->findings = findings;
    GANGER_TRY(ganger_file_load(request->path, request->shown, &data, &size, findings));
    GANGER_TRY(check_bytes(request, data, size, findings));
    if (!prepare(parse, size)) {
        status = ganger_findings_out_of_memory(findings);
        goto out;
    }
    size_t mark = size >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    parse_lines(parse, data + mark, size - mark);
    status = parse->status;
    if (status == GANGER_STATUS_OK && !parse->header_done) {
        status = ganger_findings_add(findings, GANGER_STATUS_INPUT_INVALID, request->shown, 0, NULL,
                                     "is empty: expected a header row");
    }
out:
    csv_free(&parse->parser);
    free(parse);
    free(data);
    if (status != GANGER_STATUS_OK) {
        ganger_csv_clear(csv);
    }
    return status;
}

void ganger_csv_clear(struct ganger_csv *csv)
{
    free(csv->cells);
    free(csv->lines);
    free(csv->present);
    free(csv->text);
    memset(csv, 0, sizeof *csv);
}
