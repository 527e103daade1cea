#include "check/bench.h"

#include <stdarg.h>
#include <stdio.h>

static void add_finding(struct ganger_bench *bench, const char *column, const char *format,
                        va_list arguments)
{
    char text[512];
    vsnprintf(text, sizeof text, format, arguments);
    long line = bench->line && bench->at != GANGER_NONE ? bench->line[bench->at] : 0;
    ganger_findings_add(bench->findings, GANGER_STATUS_REFUSED, bench->name, line, column, "%s",
                        text);
}

void ganger_bench_breach(struct ganger_bench *bench, const char *column, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add_finding(bench, column, format, arguments);
    va_end(arguments);
    bench->breaches++;
}

void ganger_bench_lie(struct ganger_bench *bench, const char *column, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add_finding(bench, column, format, arguments);
    va_end(arguments);
    bench->lies++;
}

double ganger_bench_real(ganger_wide x)
{
    return ganger_wide_to(x, GANGER_UNIT_BITS, GANGER_DOWN);
}

ganger_wide ganger_bench_tolerance(ganger_wide x)
{
    return ((ganger_wide)1 << (GANGER_UNIT_BITS - 20)) + ((x < 0 ? -x : x) >> 30);
}

bool ganger_bench_near(double stored, ganger_wide right)
{
    bool lost = false;
    ganger_wide x = ganger_wide_from(stored, GANGER_UNIT_BITS, GANGER_DOWN, &lost);
    ganger_wide off = ganger_wide_subtract(x, right, &lost);
    return !lost && (off < 0 ? -off : off) <= ganger_bench_tolerance(right);
}
