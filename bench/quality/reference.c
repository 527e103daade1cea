#include "quality/reference.h"

#include "cli/message.h"
#include "quality/memory.h"

#include <csv.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { COLUMNS_MAX = 64, CHUNK = 65536 };

enum column_kind {
    COLUMN_SKIPPED,
    COLUMN_SET,
    COLUMN_INSTANCE,
    COLUMN_BEST,
    COLUMN_BOUND,
    COLUMN_RIVAL
};

struct parse {
    struct quality_reference *reference;
    const char *path;
    bool failed, header_done;
    long line; /* of the current row; a reference has no line breaks within cells */
    int cell, width, room;
    enum column_kind kinds[COLUMNS_MAX];
    int rivals[COLUMNS_MAX]; /* which rival a column is */
    char *names[COLUMNS_MAX];
    struct quality_reference_row row;
};

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), end_length = strlen(end);
    return length >= end_length && strcmp(text + length - end_length, end) == 0;
}

static enum column_kind column_kind(const char *name)
{
    return strcmp(name, "set") == 0                      ? COLUMN_SET
           : strcmp(name, "instance") == 0               ? COLUMN_INSTANCE
           : strcmp(name, "best_known") == 0             ? COLUMN_BEST
           : ends_with(name, "_lower_bound")             ? COLUMN_BOUND
           : ends_with(name, "_time_s") || *name == '\0' ? COLUMN_SKIPPED
                                                         : COLUMN_RIVAL;
}

/* One message is enough: what follows a mistake is seldom news. */
static void fail(struct parse *parse, const char *column, const char *expected, const char *found)
{
    if (!parse->failed) {
        ganger_cli_error("%s:%ld%s%s: expected %s, found \"%s\"", parse->path, parse->line,
                         column[0] != '\0' ? ":" : "", column, expected, found);
    }
    parse->failed = true;
}

static void header_cell(struct parse *parse, const char *name)
{
    struct quality_reference *reference = parse->reference;
    if (parse->cell == COLUMNS_MAX) {
        fail(parse, "", "at most 64 columns", name);
        return;
    }
    enum column_kind kind = column_kind(name);
    if (kind == COLUMN_RIVAL && reference->rivals == QUALITY_RIVALS_MAX) {
        fail(parse, "", "at most 4 columns of other solvers", name);
        return;
    }
    if (kind == COLUMN_RIVAL) {
        parse->rivals[parse->cell] = reference->rivals;
        reference->rival_names[reference->rivals++] = quality_copy(name);
    }
    parse->kinds[parse->cell] = kind;
    parse->names[parse->cell] = quality_copy(name);
    parse->width = parse->cell + 1;
}

static double read_makespan(struct parse *parse, const char *text)
{
    char *end;
    double value = strtod(text, &end);
    if (text[0] == '\0' || strcasecmp(text, "inf") == 0) {
        return NAN;
    }
    if (*end != '\0' || !isfinite(value) || value <= 0) {
        fail(parse, parse->names[parse->cell], "a number > 0 or nothing", text);
    }
    return value;
}

static void row_cell(struct parse *parse, const char *text)
{
    struct quality_reference_row *row = &parse->row;
    if (parse->cell >= parse->width) {
        return; /* the row's end tells */
    }
    switch (parse->kinds[parse->cell]) {
    case COLUMN_SET:
        row->set = quality_copy(text);
        break;
    case COLUMN_INSTANCE:
        row->instance = quality_copy(text);
        break;
    case COLUMN_BEST:
        row->best_known = read_makespan(parse, text);
        break;
    case COLUMN_BOUND:
        row->lower_bound = fmax(row->lower_bound, read_makespan(parse, text));
        break;
    case COLUMN_RIVAL:
        row->rivals[parse->rivals[parse->cell]] = read_makespan(parse, text);
        break;
    case COLUMN_SKIPPED:
        break;
    }
}

static void on_cell(void *bytes, size_t length, void *context)
{
    struct parse *parse = context;
    char *text = malloc(length + 1); /* the cell has no end of its own */
    if (text == NULL) {
        quality_out_of_memory();
    }
    if (length > 0) {
        memcpy(text, bytes, length);
    }
    text[length] = '\0';
    if (parse->failed) {
        /* nothing more to learn */
    } else if (parse->header_done) {
        row_cell(parse, text);
    } else {
        header_cell(parse, text);
    }
    parse->cell++;
    free(text);
}

static void row_start(struct parse *parse)
{
    parse->cell = 0;
    parse->line++;
    parse->row =
        (struct quality_reference_row){.line = parse->line, .best_known = NAN, .lower_bound = NAN};
    for (int i = 0; i < QUALITY_RIVALS_MAX; i++) {
        parse->row.rivals[i] = NAN;
    }
}

static void end_header(struct parse *parse)
{
    static const struct {
        enum column_kind kind;
        const char *name;
    } required[] = {
        {COLUMN_SET, "set"}, {COLUMN_INSTANCE, "instance"}, {COLUMN_BEST, "best_known"}};
    parse->header_done = true;
    for (size_t r = 0; r < sizeof required / sizeof *required && !parse->failed; r++) {
        int times = 0;
        for (int c = 0; c < parse->width; c++) {
            times += parse->kinds[c] == required[r].kind;
        }
        if (times != 1) {
            ganger_cli_error("%s:1:%s: expected this column once, found it %d times", parse->path,
                             required[r].name, times);
            parse->failed = true;
        }
    }
}

static void end_row(struct parse *parse)
{
    struct quality_reference *reference = parse->reference;
    if (parse->cell != parse->width && !parse->failed) {
        ganger_cli_error("%s:%ld: expected %d cells, as in the header, found %d", parse->path,
                         parse->line, parse->width, parse->cell);
        parse->failed = true;
    }
    if (parse->failed) {
        free(parse->row.set);
        free(parse->row.instance);
        return;
    }
    if (reference->rows == parse->room) {
        parse->room = 2 * parse->room + 256;
        reference->row =
            quality_reallocate(reference->row, (size_t)parse->room, sizeof *reference->row);
    }
    reference->row[reference->rows++] = parse->row;
}

static void on_row(int terminator, void *context)
{
    struct parse *parse = context;
    (void)terminator;
    if (parse->header_done) {
        end_row(parse);
    } else {
        end_header(parse);
    }
    row_start(parse);
}

static bool parse_stream(struct parse *parse, struct csv_parser *parser, FILE *file)
{
    char *chunk = quality_allocate(CHUNK, 1);
    size_t length;
    bool good = true;
    while (good && (length = fread(chunk, 1, CHUNK, file)) > 0) {
        good = csv_parse(parser, chunk, length, on_cell, on_row, parse) == length;
    }
    good = good && csv_fini(parser, on_cell, on_row, parse) == 0;
    if (!good && !parse->failed) {
        ganger_cli_error("%s:%ld: a quote that is not closed, or stands inside a cell", parse->path,
                         parse->line);
    } else if (ferror(file)) {
        ganger_cli_error("%s: %s", parse->path, strerror(errno));
        good = false;
    } else if (!parse->failed && !parse->header_done) {
        ganger_cli_error("%s: is empty: expected a header row", parse->path);
        good = false;
    }
    free(chunk);
    return good && !parse->failed;
}

static int by_name(const void *a, const void *b)
{
    const struct quality_reference_row *x = a, *y = b;
    int sets = strcmp(x->set, y->set);
    return sets != 0 ? sets : strcmp(x->instance, y->instance);
}

static bool check_twice(const struct quality_reference *reference, const char *path)
{
    for (int i = 1; i < reference->rows; i++) {
        const struct quality_reference_row *row = &reference->row[i];
        if (by_name(row - 1, row) == 0) {
            ganger_cli_error("%s: %s/%s stands there twice, in lines %ld and %ld", path, row->set,
                             row->instance, row[-1].line, row->line);
            return false;
        }
    }
    return true;
}

bool quality_reference_read(struct quality_reference *reference, const char *path)
{
    struct parse parse = {.reference = reference, .path = path};
    struct csv_parser parser;
    *reference = (struct quality_reference){0};
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        ganger_cli_error("%s: %s", path, strerror(errno));
        return false;
    }
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) {
        quality_out_of_memory();
    }
    row_start(&parse);
    bool good = parse_stream(&parse, &parser, file);
    for (int c = 0; c < parse.width; c++) {
        free(parse.names[c]);
    }
    free(parse.row.set); /* of a row that did not end */
    free(parse.row.instance);
    csv_free(&parser);
    fclose(file);
    if (good) {
        qsort(reference->row, (size_t)reference->rows, sizeof *reference->row, by_name);
        good = check_twice(reference, path);
    }
    return good;
}

void quality_reference_clear(struct quality_reference *reference)
{
    for (int i = 0; i < reference->rows; i++) {
        free(reference->row[i].set);
        free(reference->row[i].instance);
    }
    for (int i = 0; i < reference->rivals; i++) {
        free(reference->rival_names[i]);
    }
    free(reference->row);
    *reference = (struct quality_reference){0};
}

static const struct quality_reference_row *find(const struct quality_reference *reference,
                                                char *set, char *instance)
{
    struct quality_reference_row key = {.set = set, .instance = instance};
    return reference->rows == 0 ? NULL
                                : bsearch(&key, reference->row, (size_t)reference->rows,
                                          sizeof *reference->row, by_name);
}

bool quality_reference_apply(const struct quality_reference *reference,
                             struct quality_record *record)
{
    const struct quality_reference_row *row = find(reference, record->set, record->instance);
    char *bare = quality_copy(record->instance), *dot = strrchr(bare, '.');
    if (row == NULL && dot != NULL) {
        *dot = '\0';
        row = find(reference, record->set, bare);
    }
    free(bare);
    record->best_known = row != NULL ? row->best_known : NAN;
    record->lower_bound = row != NULL ? row->lower_bound : NAN;
    for (int i = 0; i < QUALITY_RIVALS_MAX; i++) {
        record->rivals[i] = row != NULL ? row->rivals[i] : NAN;
    }
    return row != NULL;
}
