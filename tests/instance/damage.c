/* Packed files that are cut, changed or made up: findings, never a crash. */
#include "base/file.h"
#include "base/rng.h"
#include "instance/fixture.h"
#include "instance/packed.h"
#include "instance/suites.h"
#include "support/scratch.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A packed file in memory, and where to write damaged copies of it. */
struct pack {
    struct ganger_problem *problem;
    char *data;
    size_t size;
    char *folder, *path;
};

static struct pack make_pack(void)
{
    struct pack pack = {.problem = fixture_problem()};
    char folder[SCRATCH_PATH];
    scratch_folder(folder);
    pack.folder = strdup(folder);
    pack.path = fixture_path(folder, "p.h5");
    CU_ASSERT_EQUAL_FATAL(ganger_problem_pack(pack.problem, pack.path, NULL), GANGER_STATUS_OK);
    CU_ASSERT_EQUAL_FATAL(ganger_file_load(pack.path, pack.path, &pack.data, &pack.size, NULL),
                          GANGER_STATUS_OK);
    return pack;
}

static void clear_pack(struct pack *pack)
{
    ganger_problem_destroy(pack->problem);
    fixture_remove(pack->folder);
    free(pack->path);
    free(pack->data);
}

/* Makes the header vouch for whatever stands behind it. */
static void reseal(char *data, size_t size)
{
    char header[GANGER_PACKED_HEADER];
    ganger_packed_header(data + GANGER_PACKED_HEADER, size - GANGER_PACKED_HEADER, header);
    memcpy(data, header, sizeof header);
}

/* Reads `data` as a file. Findings, without the name of the file, go to *text. */
static ganger_status read_bytes(const struct pack *pack, const char *data, size_t size,
                                struct ganger_problem **problem, char **text)
{
    struct ganger_findings findings;
    ganger_findings_init(&findings);
    fixture_put(pack->path, data, size);
    ganger_status status = ganger_problem_read(pack->path, problem, &findings);
    char *lines = fixture_lines(&findings);
    size_t prefix = strlen(pack->path);
    *text = strdup(strncmp(lines, pack->path, prefix) == 0 ? lines + prefix : lines);
    free(lines);
    ganger_findings_clear(&findings);
    return status;
}

static void a_cut_file_is_refused(void)
{
    struct pack pack = make_pack();
    for (size_t size = 0; size < pack.size; size += size < 600 ? 1 : 89) {
        struct ganger_problem *problem = NULL;
        char *text = NULL;
        CU_ASSERT_EQUAL(read_bytes(&pack, pack.data, size, &problem, &text),
                        GANGER_STATUS_INPUT_INVALID);
        CU_ASSERT_PTR_NULL(problem);
        CU_ASSERT_STRING_EQUAL(
            text, size < 15 ? ": is neither the folder of a data package, nor its "
                              "datapackage.json, nor a packed instance, nor a project in PSPLIB, "
                              "Patterson or MPLIB form"
                  : size < GANGER_PACKED_HEADER
                      ? ": is not an instance packed by this program"
                      : ": is damaged or was changed after it was packed: pack the instance again");
        free(text);
    }
    clear_pack(&pack);
}

static void any_changed_byte_is_seen(void)
{
    struct pack pack = make_pack();
    struct ganger_rng rng;
    ganger_rng_init(&rng, 3, 0, 0);
    for (int i = 0; i < 2000; i++) {
        size_t at = i < (int)GANGER_PACKED_HEADER
                        ? (size_t)i
                        : (size_t)ganger_rng_below(&rng, (int32_t)pack.size);
        char bit = (char)(1 << ganger_rng_below(&rng, 8));
        struct ganger_problem *problem = NULL;
        char *text = NULL;
        pack.data[at] ^= bit;
        CU_ASSERT_EQUAL(read_bytes(&pack, pack.data, pack.size, &problem, &text),
                        GANGER_STATUS_INPUT_INVALID);
        CU_ASSERT_STRING_NOT_EQUAL(text, "");
        pack.data[at] ^= bit;
        ganger_problem_destroy(problem);
        free(text);
    }
    clear_pack(&pack);
}

/* Where the values of the columns lie in the file: only those, since the structure around them is HDF5's. */
struct place {
    const void *values;
    size_t size;
};

static int list_places(const struct ganger_problem *p, struct place *places)
{
    const struct place list[] = {
        {p->links.cost_per_tkm, 2 * sizeof(double)},
        {p->segments.start_km, 3 * sizeof(double)},
        {p->segments.end_km, 3 * sizeof(double)},
        {p->segments.decay, 3 * sizeof(double)},
        {p->demands.profile_from, 5 * sizeof(int32_t)},
        {p->demands.profile_mtpa, 5 * sizeof(double)},
        {p->resources.row_from, 4 * sizeof(int32_t)},
        {p->resources.row_to, 4 * sizeof(int32_t)},
        {p->resources.row_limit, 4 * sizeof(double)},
        {p->works.segment, 4 * sizeof(int32_t)},
        {p->works.km, 4 * sizeof(double)},
        {p->works.deadline, 4 * sizeof(int32_t)},
        {p->works.due, 4 * sizeof(int32_t)},
        {p->works.fixed_start, 4 * sizeof(int32_t)},
        {p->works.fixed_mode, 4 * sizeof(int32_t)},
        {p->modes.work, 7 * sizeof(int32_t)},
        {p->modes.duration, 7 * sizeof(int32_t)},
        {p->modes.cost, 7 * sizeof(double)},
        {p->modes.factor, 7 * sizeof(double)},
        {p->modes.use_mode, 7 * sizeof(int32_t)},
        {p->modes.use_resource, 7 * sizeof(int32_t)},
        {p->modes.use_amount, 7 * sizeof(int32_t)},
        {"rep\0bld\0open\0fix", 17},
        {"day\0night\0slow\0fast\0done\0slow\0fast", 34},
        {"gang\0rail\0budget", 17},
        {"ab2\0ab1\0bc1", 12},
    };
    memcpy(places, list, sizeof list);
    return (int)(sizeof list / sizeof *list);
}

/* With a checksum that fits, every value reaches the checks. What passes is the instance unchanged. */
static void sealed_changes_are_found(void)
{
    struct pack pack = make_pack();
    struct ganger_rng rng;
    struct place places[64];
    int count = list_places(pack.problem, places);
    ganger_rng_init(&rng, 4, 0, 0);
    char *copy = malloc(pack.size);
    CU_ASSERT_PTR_NOT_NULL_FATAL(copy);
    for (int i = 0; i < 100 * count; i++) {
        const struct place *place = &places[i % count];
        struct ganger_problem *problem = NULL;
        char *text = NULL;
        memcpy(copy, pack.data, pack.size);
        char *at = memmem(copy, pack.size, place->values, place->size);
        CU_ASSERT_PTR_NOT_NULL_FATAL(at);
        for (int32_t flips = 1 + ganger_rng_below(&rng, 3); flips > 0; flips--) {
            at[ganger_rng_below(&rng, (int32_t)place->size)] = (char)ganger_rng_word(&rng);
        }
        bool same = memcmp(copy, pack.data, pack.size) == 0;
        reseal(copy, pack.size);
        ganger_status status = read_bytes(&pack, copy, pack.size, &problem, &text);
        bool right = (status == (same ? GANGER_STATUS_OK : GANGER_STATUS_INPUT_INVALID)) &&
                     (*text == '\0') == same && (problem != NULL) == same;
        if (!right) {
            fprintf(stderr, "\nplace %d: status %d: %s\n", i % count, (int)status, text);
        }
        ganger_problem_destroy(problem);
        free(text);
        CU_ASSERT_FATAL(right);
    }
    free(copy);
    clear_pack(&pack);
}

#define BYTES(text) (text), sizeof(text) - 1

/* One value changed by someone who knows the format. */
static void made_up_values_are_found(void)
{
    static const int32_t segments[] = {1, 2, -1, 0}, no_segments[] = {9, 2, -1, 0};
    static const int32_t durations[] = {2, 3, 4, 2, 0, 3, 2}, negative[] = {-2, 3, 4, 2, 0, 3, 2};
    static const int32_t grouped[] = {0, 0, 1, 1, 2, 3, 3}, mixed[] = {0, 1, 0, 1, 2, 3, 3};
    static const int32_t froms[] = {0, 0, 6, 0}, later[] = {7, 0, 6, 0};
    static const double costs[] = {3, 4, 10, 12.5}, other[] = {3, 4, 10, 12};
    const double no_number[] = {3, 4, 10, (double)NAN};
    const struct {
        const void *find;
        size_t size;
        const void *replace;
        const char *expected;
    } cases[] = {
        {segments, sizeof segments, no_segments, ":work/segment: row 0: 9 is out of range"},
        {durations, sizeof durations, negative, ":mode/duration: row 0: -2 is out of range"},
        {grouped, sizeof grouped, mixed, ":mode/work: the modes are not grouped by work"},
        {froms, sizeof froms, later, ":capacity/to: a row ends before it begins"},
        {costs, sizeof costs, other,
         ":sha256: is not that of the instance: pack the instance again"},
        {costs, sizeof costs, no_number, ":mode/cost: row 3: nan is out of range"},
        {BYTES("rep\0bld\0open\0fix"), "rep\0rep\0open\0fix",
         ":work/work_id.utf8: row 1: \"rep\" is there twice"},
        {BYTES("rep\0bld\0open\0fix"), "rep\0\0ld\0open\0fix",
         ":work/work_id.utf8: row 1: expected a text that is not empty"},
        {BYTES("rep\0bld\0open\0fix"), "rep\0bl\xff\0open\0fix",
         ":work/work_id.utf8: row 1: expected a text that is not empty"},
        {BYTES("day\0night\0slow\0fast"), "day\0night\0fast\0fast",
         ":mode/mode_id: a work has two modes of one id"},
        {BYTES("gang\0rail\0budget\0"), "gang\0rail\0budgetx",
         ":resource/resource_id.utf8: is not a list of texts"},
        {BYTES("2026-01-01"), "2026-13-01", ":start_date: expected a date"},
        {BYTES("npv"), "npw", ":objective: expected npv or makespan"},
    };
    struct pack pack = make_pack();
    char *copy = malloc(pack.size);
    CU_ASSERT_PTR_NOT_NULL_FATAL(copy);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ganger_problem *problem = NULL;
        char *text = NULL;
        memcpy(copy, pack.data, pack.size);
        char *at = memmem(copy, pack.size, cases[i].find, cases[i].size);
        CU_ASSERT_PTR_NOT_NULL_FATAL(at);
        memcpy(at, cases[i].replace, cases[i].size);
        reseal(copy, pack.size);
        CU_ASSERT_EQUAL(read_bytes(&pack, copy, pack.size, &problem, &text),
                        GANGER_STATUS_INPUT_INVALID);
        char *end = strchr(text, '\n');
        if (end != NULL) {
            *end = '\0'; /* what follows is an echo of the first */
        }
        if (strcmp(text, cases[i].expected) != 0) {
            fprintf(stderr, "\ncase %zu\nexpected: %s\nfound:    %s\n", i, cases[i].expected, text);
            CU_FAIL("the findings differ");
        }
        ganger_problem_destroy(problem);
        free(text);
    }
    free(copy);
    clear_pack(&pack);
}

static void other_files_are_refused(void)
{
    struct pack pack = make_pack();
    struct ganger_problem *problem = NULL;
    char *text = NULL;
    /* HDF5, but without our header. */
    read_bytes(&pack, pack.data + GANGER_PACKED_HEADER, pack.size - GANGER_PACKED_HEADER, &problem,
               &text);
    CU_ASSERT_STRING_EQUAL(text, ": is not an instance packed by this program");
    free(text);
    /* Our header with something else behind it. */
    memset(pack.data + GANGER_PACKED_HEADER, 'x', pack.size - GANGER_PACKED_HEADER);
    reseal(pack.data, pack.size);
    CU_ASSERT_EQUAL(read_bytes(&pack, pack.data, pack.size, &problem, &text),
                    GANGER_STATUS_INPUT_INVALID);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, ": cannot be read: HDF5 says "));
    free(text);
    /* A header of a later version. */
    pack.data[strlen("ganger instance ")] = '2';
    CU_ASSERT_EQUAL(read_bytes(&pack, pack.data, pack.size, &problem, &text),
                    GANGER_STATUS_INPUT_INVALID);
    CU_ASSERT_STRING_EQUAL(
        text, ": was packed by another version of this program: pack the instance again");
    free(text);
    CU_ASSERT_PTR_NULL(problem);
    clear_pack(&pack);
}

static const struct ganger_test tests[] = {
    {"a cut file is refused", a_cut_file_is_refused},
    {"any changed byte is seen", any_changed_byte_is_seen},
    {"sealed changes are found", sealed_changes_are_found},
    {"made-up values are found", made_up_values_are_found},
    {"other files are refused", other_files_are_refused},
    {NULL, NULL},
};
const struct ganger_suite damage_suite = {"damage", "fuzz-replay", tests};
