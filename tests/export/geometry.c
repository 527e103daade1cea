/* Lines on the map: what is read, what is refused, and where a line is cut. */
#include "export/geometry.h"
#include "export/suites.h"

#include <math.h>
#include <string.h>

/* A problem of one link between (10, 0) and (20, 0), all that the geometry looks at. */
static ganger_status read_line(const char *wkt, struct ganger_geometry *line,
                               struct ganger_findings *findings)
{
    double x[] = {10, 20}, y[] = {0, 0};
    int32_t from = 0, to = 1;
    char text[256], *geometry = text;
    strcpy(text, wkt);
    struct ganger_problem problem = {
        .nodes = {.count = 2, .x = x, .y = y},
        .links = {.count = 1, .from = &from, .to = &to, .geometry = &geometry}};
    return ganger_geometry_of_link(&problem, 0, line, findings);
}

static void reads(void)
{
    static const char *const lines[] = {
        "LINESTRING (10 0, 15 0, 20 0)", "linestring(10 0,15 0,20 0)",
        "  LineString\n( 1e1   0 ,\t15.0 -0 , 20 0 )  ", "LINESTRING Z (10 0 5, 15 0 6, 20 0 7)",
        "LINESTRING ZM (10 0 5 1, 15 0 6 1, 20 0 7 1)"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct ganger_geometry line;
        CU_ASSERT_EQUAL_FATAL(read_line(lines[i], &line, NULL), GANGER_STATUS_OK);
        CU_ASSERT_EQUAL_FATAL(line.count, 3);
        CU_ASSERT_EQUAL(line.lon[1], 15);
        CU_ASSERT_EQUAL(line.lat[1], 0);
        /* Along the equator a degree is a degree. */
        CU_ASSERT_DOUBLE_EQUAL(line.along[2], 10 * acos(-1) / 180, 1e-12);
        ganger_geometry_clear(&line);
    }
    struct ganger_geometry straight;
    CU_ASSERT_EQUAL_FATAL(read_line("", &straight, NULL), GANGER_STATUS_OK);
    CU_ASSERT_EQUAL(straight.count, 2);
    CU_ASSERT_EQUAL(straight.lon[0], 10);
    CU_ASSERT_EQUAL(straight.lon[1], 20);
    ganger_geometry_clear(&straight);
}

static void refuses(void)
{
    static const char *const wrong[] = {"POINT (10 0)",
                                        "LINESTRING",
                                        "LINESTRING ()",
                                        "LINESTRING (10 0)",
                                        "LINESTRING (10 0, 20)",
                                        "LINESTRING (10 0, 20 0",
                                        "LINESTRING (10 0, 20 0) x",
                                        "LINESTRING (10 0, 20 0, )",
                                        "LINESTRING (10 0, 200 0)",
                                        "LINESTRING (10 0, 20 91)",
                                        "LINESTRING (10 0, nan 0)",
                                        "MULTILINESTRING ((10 0, 20 0))",
                                        "LINESTRING EMPTY",
                                        "LINESTRING (10 0 1 2 3, 20 0 1 2 3)"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct ganger_geometry line;
        struct ganger_findings findings;
        ganger_findings_init(&findings);
        CU_ASSERT_EQUAL(read_line(wrong[i], &line, &findings), GANGER_STATUS_INPUT_INVALID);
        CU_ASSERT_EQUAL_FATAL(findings.count, 1);
        CU_ASSERT_STRING_EQUAL(findings.list[0].file, "link.csv");
        CU_ASSERT_EQUAL(findings.list[0].line, 2);
        CU_ASSERT_STRING_EQUAL(findings.list[0].column, "geometry");
        ganger_findings_clear(&findings);
        ganger_geometry_clear(&line);
    }
}

static void check_piece(const struct ganger_geometry *line, double from, double to,
                        const double *lons, int count)
{
    struct ganger_geometry piece;
    CU_ASSERT_FATAL(ganger_geometry_cut(line, from, to, &piece));
    CU_ASSERT_EQUAL_FATAL(piece.count, count);
    for (int i = 0; i < count; i++) {
        CU_ASSERT_DOUBLE_EQUAL(piece.lon[i], lons[i], 1e-9);
        CU_ASSERT_DOUBLE_EQUAL(piece.lat[i], 0, 1e-12);
    }
    ganger_geometry_clear(&piece);
}

static void cuts(void)
{
    struct ganger_geometry line;
    CU_ASSERT_EQUAL_FATAL(read_line("LINESTRING (10 0, 12 0, 12 0, 20 0)", &line, NULL),
                          GANGER_STATUS_OK);
    check_piece(&line, 0, 1, (double[]){10, 12, 12, 20}, 4);
    check_piece(&line, 0, 0.1, (double[]){10, 11}, 2);
    check_piece(&line, 0.1, 0.5, (double[]){11, 12, 12, 15}, 4);
    check_piece(&line, 0.2, 0.5, (double[]){12, 15}, 2); /* a vertex is not said twice */
    check_piece(&line, 0.9, 1, (double[]){19, 20}, 2);
    ganger_geometry_clear(&line);
    /* Of a line without length every stretch is its place. */
    CU_ASSERT_EQUAL_FATAL(read_line("LINESTRING (10 0, 10 0)", &line, NULL), GANGER_STATUS_OK);
    check_piece(&line, 0.3, 0.6, (double[]){10, 10}, 2);
    ganger_geometry_clear(&line);
}

/* A stretch is as long as its share of the sphere says, not of degrees: on the way north degrees of longitude shrink. */
static void shares_of_the_sphere(void)
{
    struct ganger_geometry line, piece;
    CU_ASSERT_EQUAL_FATAL(read_line("LINESTRING (0 0, 0 60, 60 60)", &line, NULL),
                          GANGER_STATUS_OK);
    for (int i = 0; i < 4; i++) {
        CU_ASSERT_FATAL(ganger_geometry_cut(&line, 0.25 * i, 0.25 * i + 0.25, &piece));
        CU_ASSERT_DOUBLE_EQUAL(piece.along[piece.count - 1] / line.along[2], 0.25, 0.02);
        ganger_geometry_clear(&piece);
    }
    CU_ASSERT_FATAL(ganger_geometry_cut(&line, 0, 0.5, &piece));
    CU_ASSERT_DOUBLE_EQUAL(piece.lat[piece.count - 1], 0.5 * line.along[2] * 180 / acos(-1), 1e-9);
    ganger_geometry_clear(&piece);
    ganger_geometry_clear(&line);
}

static const struct ganger_test tests[] = {{"reads", reads},
                                           {"refuses", refuses},
                                           {"cuts", cuts},
                                           {"shares_of_the_sphere", shares_of_the_sphere},
                                           {NULL, NULL}};
const struct ganger_suite geometry_suite = {"geometry", "unit", tests};
