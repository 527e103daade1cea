#include "makespan/fill_beam.h"

#include "base/block.h"

#include <stdlib.h>
#include <string.h>

static void place(const struct ganger_fill_beam *b, struct ganger_fill_row *row, int32_t *cells,
                  int32_t renewables)
{
    row->start = cells;
    row->mode = row->start + b->works;
    row->waste = row->mode + b->works;
    row->need = row->waste + renewables;
}

static bool allocate(struct ganger_fill_beam *b, size_t rows, size_t ring, int32_t renewables)
{
    size_t cells = (size_t)b->cells;
    int32_t *cell = NULL;
    struct ganger_block_piece pieces[] = {
        {&b->rows, rows * sizeof *b->rows},
        {&b->places, rows * sizeof *b->places},
        {&b->moment, ring * sizeof *b->moment},
        {&cell, (rows + 2) * cells * sizeof *cell},
    };
    free(b->block);
    b->room = 0;
    b->block = ganger_block_create(pieces, sizeof pieces / sizeof *pieces);
    if (!b->block) {
        return false;
    }
    b->room = rows;
    for (size_t i = 0; i < rows; i++) {
        place(b, &b->rows[i], cell + i * cells, renewables);
    }
    place(b, &b->hand, cell + rows * cells, renewables);
    place(b, &b->child, cell + (rows + 1) * cells, renewables);
    return true;
}

bool ganger_fill_beam_reset(struct ganger_fill_beam *beam,
                            const struct ganger_makespan_model *model, int32_t width,
                            int32_t longest)
{
    struct ganger_fill_beam *b = beam;
    size_t ring = (size_t)longest + 1, rows = ring * (size_t)width;
    int32_t renewables = model->problem->resources.renewables;
    b->works = model->works;
    b->cells = 2 * model->works + renewables + model->consumables;
    b->width = width;
    b->ring = longest + 1;
    if (b->room < rows && !allocate(b, rows, ring, renewables)) {
        return false;
    }
    for (size_t i = 0; i < ring; i++) {
        b->moment[i] = (struct ganger_fill_moment){0, b->places + i * (size_t)width};
    }
    for (size_t i = 0; i < rows; i++) {
        b->places[i] = &b->rows[i];
    }
    return true;
}

void ganger_fill_beam_clear(struct ganger_fill_beam *beam)
{
    free(beam->block);
    *beam = (struct ganger_fill_beam){0};
}

struct ganger_fill_moment *ganger_fill_beam_at(const struct ganger_fill_beam *beam, int32_t time)
{
    return &beam->moment[time % beam->ring];
}

void ganger_fill_beam_copy(const struct ganger_fill_beam *beam, struct ganger_fill_row *to,
                           const struct ganger_fill_row *from)
{
    memcpy(to->start, from->start, (size_t)beam->cells * sizeof *to->start);
    to->started = from->started;
    to->loss = from->loss;
    to->hash = from->hash;
    to->score = from->score;
}

static void sink(struct ganger_fill_moment *m)
{
    struct ganger_fill_row *row = m->row[0];
    int32_t at = 0;
    for (int32_t next; (next = 2 * at + 1) < m->count; at = next) {
        next += next + 1 < m->count && m->row[next + 1]->score > m->row[next]->score;
        if (m->row[next]->score <= row->score) {
            break;
        }
        m->row[at] = m->row[next];
    }
    m->row[at] = row;
}

static void rise(struct ganger_fill_moment *m, int32_t at)
{
    struct ganger_fill_row *row = m->row[at];
    for (int32_t above; at > 0 && m->row[above = (at - 1) / 2]->score < row->score; at = above) {
        m->row[at] = m->row[above];
    }
    m->row[at] = row;
}

bool ganger_fill_beam_keep(struct ganger_fill_beam *beam, int32_t time,
                           const struct ganger_fill_row *row)
{
    struct ganger_fill_moment *m = ganger_fill_beam_at(beam, time);
    for (int32_t i = 0; i < m->count; i++) {
        if (m->row[i]->hash == row->hash) {
            return false;
        }
    }
    if (m->count < beam->width) {
        ganger_fill_beam_copy(beam, m->row[m->count++], row);
        rise(m, m->count - 1);
    } else if (row->score < m->row[0]->score) {
        ganger_fill_beam_copy(beam, m->row[0], row);
        sink(m);
    }
    return true;
}
