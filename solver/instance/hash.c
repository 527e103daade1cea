/*
 * The SHA-256 of an instance: over every given part in schema order, so that CSV dialect, spelling of dates,
 * line ends and the packed form do not matter, and any change of meaning does.
 *
 * Canonical form: strings with their NUL, integers as 64-bit and reals as IEEE binary64, little-endian; -0 as
 * 0. Each table is preceded by its name and number of rows, each column by its name.
 */
#include "instance/schema.h"

#include <nettle/sha2.h>
#include <stdio.h>
#include <string.h>

static void put_text(struct sha256_ctx *hash, const char *text)
{
    sha256_update(hash, strlen(text) + 1, (const uint8_t *)text);
}

static void put_word(struct sha256_ctx *hash, uint64_t word)
{
    uint8_t bytes[8];
    for (int i = 0; i < 8; i++) {
        bytes[i] = (uint8_t)(word >> (8 * i));
    }
    sha256_update(hash, sizeof bytes, bytes);
}

static void put_real(struct sha256_ctx *hash, double value)
{
    uint64_t word = 0;
    if (value != 0) {
        memcpy(&word, &value, sizeof word);
    }
    put_word(hash, word);
}

static void put_cell(struct sha256_ctx *hash, enum ganger_column_type type, const void *array,
                     int32_t row)
{
    switch (type) {
    case GANGER_COLUMN_ID:
    case GANGER_COLUMN_TEXT:
        put_text(hash, ((char *const *)array)[row]);
        break;
    case GANGER_COLUMN_REAL:
        put_real(hash, ((const double *)array)[row]);
        break;
    case GANGER_COLUMN_BOOL:
        put_word(hash, ((const bool *)array)[row] ? 1 : 0);
        break;
    case GANGER_COLUMN_CHOICE:
        put_word(hash, ((const uint8_t *)array)[row]);
        break;
    case GANGER_COLUMN_CHOICES:
        put_word(hash, ((const uint32_t *)array)[row]);
        break;
    case GANGER_COLUMN_INTEGER:
    case GANGER_COLUMN_REFERENCE:
    case GANGER_COLUMN_TIME:
        put_word(hash, (uint64_t)(int64_t)((const int32_t *)array)[row]);
        break;
    }
}

static void put_table(struct sha256_ctx *hash, const struct ganger_problem *problem,
                      enum ganger_table_index index)
{
    const struct ganger_table *table = &ganger_tables[index];
    int32_t rows = ganger_table_count(problem, index);
    put_text(hash, table->name);
    put_word(hash, (uint64_t)rows);
    for (int c = 0; c < table->column_count; c++) {
        const struct ganger_column *column = &table->columns[c];
        if (!ganger_column_kept(column)) {
            continue;
        }
        const void *array = ganger_column_view(problem, column);
        put_text(hash, ganger_column_packed_name(column));
        for (int32_t row = 0; row < rows; row++) {
            put_cell(hash, column->type, array, row);
        }
    }
}

void ganger_problem_hash(const struct ganger_problem *problem, char hex[65])
{
    struct sha256_ctx hash;
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_init(&hash);
    put_text(&hash, "ganger instance 1");
    put_text(&hash, problem->name);
    put_text(&hash, problem->title);
    put_text(&hash, problem->currency);
    put_word(&hash, (uint64_t)problem->objective);
    put_word(&hash, problem->railhead ? 1 : 0);
    put_word(&hash, (uint64_t)problem->time.periods);
    put_word(&hash, (uint64_t)problem->time.period_days);
    put_word(&hash, (uint64_t)problem->time.start_day);
    put_real(&hash, problem->time.discount_rate);
    put_real(&hash, problem->time.terminal_years);
    for (int table = 0; table < GANGER_TABLES; table++) {
        put_table(&hash, problem, (enum ganger_table_index)table);
    }
    sha256_digest(&hash, sizeof digest, digest);
    for (int i = 0; i < SHA256_DIGEST_SIZE; i++) {
        sprintf(hex + 2 * i, "%02x", digest[i]);
    }
}
