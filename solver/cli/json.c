#include "cli/json.h"

#include <inttypes.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* An object under construction; once something fails, it stays failed. */
struct writer {
    json_t *object;
    bool failed;
};

static struct writer writer_open(void)
{
    json_t *object = json_object();
    return (struct writer){object, object == NULL};
}

/* Takes the value, even on failure. */
static void put(struct writer *writer, const char *name, json_t *value)
{
    writer->failed |= json_object_set_new(writer->object, name, value) != 0;
}

static void put_real(struct writer *writer, const char *name, double value)
{
    put(writer, name, isfinite(value) ? json_real(value) : json_null());
}

static void put_integer(struct writer *writer, const char *name, int64_t value)
{
    put(writer, name, json_integer(value));
}

/* A file name need not be UTF-8, JSON must be: other bytes are shown as '?'. */
static json_t *text_value(const char *text)
{
    json_t *value = text != NULL ? json_string(text) : json_null();
    char *copy = value == NULL ? strdup(text) : NULL;
    if (copy != NULL) {
        for (char *c = copy; *c != '\0'; c++) {
            *c = (unsigned char)*c < 0x80 ? *c : '?';
        }
        value = json_string(copy);
        free(copy);
    }
    return value;
}

/* Integers of JSON end at 2^63 - 1 here; larger seeds are strings rather than rounded. */
static json_t *seed_value(uint64_t seed)
{
    char text[24];
    if (seed <= INT64_MAX) {
        return json_integer((json_int_t)seed);
    }
    snprintf(text, sizeof text, "%" PRIu64, seed);
    return json_string(text);
}

static void put_terms(struct writer *writer, const struct ganger_terms *terms)
{
    struct writer inner = writer_open();
    put_real(&inner, "traffic", terms->traffic);
    put_real(&inner, "terminal", terms->terminal);
    put_real(&inner, "cost", terms->cost);
    put_real(&inner, "tardiness", terms->tardiness);
    put_real(&inner, "shortfall", terms->shortfall);
    put_real(&inner, "changes", terms->changes);
    put(writer, "terms", inner.object);
    writer->failed |= inner.failed;
}

/* Of a plan made from an earlier one only. */
static void put_replan(struct writer *writer, const struct ganger_replan_summary *replan,
                       double value_without)
{
    struct writer inner = writer_open();
    put_real(&inner, "value_without_changes", value_without);
    put_real(&inner, "change_cost", replan->change_cost);
    put_integer(&inner, "not_before", replan->not_before);
    put_integer(&inner, "works", replan->works);
    put_integer(&inner, "held", replan->held);
    put_integer(&inner, "moved", replan->moved);
    put_integer(&inner, "mode_changed", replan->mode_changed);
    put_integer(&inner, "dropped", replan->dropped);
    put_integer(&inner, "unknown", replan->unknown);
    put_integer(&inner, "misfits", replan->misfits);
    put(writer, "replan", inner.object);
    writer->failed |= inner.failed;
}

static void put_km(struct writer *writer, double repair, double build, double upgrade)
{
    struct writer inner = writer_open();
    put_real(&inner, "repair", repair);
    put_real(&inner, "build", build);
    put_real(&inner, "upgrade", upgrade);
    put(writer, "km", inner.object);
    writer->failed |= inner.failed;
}

static void put_findings(struct writer *writer, const struct ganger_findings *findings)
{
    json_t *list = json_array();
    for (int i = 0; i < findings->count; i++) {
        char text[4096];
        ganger_finding_format(&findings->list[i], text, sizeof text);
        writer->failed |= json_array_append_new(list, text_value(text)) != 0;
    }
    put(writer, "findings", list);
    put_integer(writer, "findings_total", findings->total);
}

/* Jansson escapes the control characters of ASCII; a terminal obeys DEL and U+0080 to U+009F too. */
static void print_shown(const char *tree)
{
    for (const char *c = tree; *c != '\0'; c++) {
        unsigned char first = (unsigned char)c[0], second = (unsigned char)c[1];
        if (first == 0xc2 && second >= 0x80 && second <= 0x9f) {
            printf("\\u%04x", second);
            c++;
        } else if (first == 0x7f) {
            printf("\\u%04x", first);
        } else {
            putchar(*c);
        }
    }
    putchar('\n');
}

/* Prints and frees the object. */
static bool writer_close(struct writer *writer)
{
    char *tree = writer->failed
                     ? NULL
                     : json_dumps(writer->object, JSON_INDENT(2) | JSON_REAL_PRECISION(17));
    bool done = tree != NULL;
    if (done) {
        print_shown(tree);
    }
    free(tree);
    json_decref(writer->object);
    return done;
}

static json_t *technique_value(const struct ganger_technique *t, bool *failed)
{
    struct writer inner = writer_open();
    put(&inner, "name", text_value(t->name));
    put(&inner, "judged_by", text_value(t->exact ? "exact" : "sketch"));
    put_integer(&inner, "tried", t->tried);
    put_integer(&inner, "judged", t->judged);
    put_integer(&inner, "accepted", t->accepted);
    put_real(&inner, "gain", t->gain);
    put_integer(&inner, "ticks", t->ticks);
    *failed |= inner.failed;
    return inner.object;
}

static void put_statistics(struct writer *writer, const struct ganger_statistics *s)
{
    struct writer inner = writer_open();
    json_t *list = json_array();
    for (int i = 0; i < s->techniques; i++) {
        json_t *row = technique_value(&s->technique[i], &inner.failed);
        inner.failed |= json_array_append_new(list, row) != 0;
    }
    put(&inner, "techniques", list);
    put_real(&inner, "sketching_s", s->sketching_s);
    put_real(&inner, "judging_s", s->judging_s);
    put_integer(&inner, "placements", s->placements);
    put_integer(&inner, "refused", s->refused);
    put_integer(&inner, "unchanged", s->unchanged);
    put_integer(&inner, "guessed", s->guessed);
    put_integer(&inner, "cached", s->cached);
    put_integer(&inner, "solved", s->solved);
    put(writer, "statistics", inner.object);
    writer->failed |= inner.failed;
}

bool ganger_cli_json_summary(const struct ganger_summary *summary,
                             const struct ganger_statistics *statistics, const char *instance,
                             const char *plan)
{
    struct writer writer = writer_open();
    struct ganger_summary s = *summary;
    if (plan == NULL) {
        const double none = NAN;
        s.value = s.gap_percent = s.first_value = s.first_time_s = none;
        s.terms = (struct ganger_terms){none, none, none, none, none, none};
        s.km_repaired = s.km_built = s.km_upgraded = none;
    }
    put(&writer, "status", text_value(ganger_outcome_name(s.outcome)));
    put_real(&writer, "value", s.value);
    put_real(&writer, "bound", s.bound);
    put_real(&writer, "gap_percent", s.gap_percent);
    put_terms(&writer, &s.terms);
    put_km(&writer, s.km_repaired, s.km_built, s.km_upgraded);
    put_real(&writer, "first_value", s.first_value);
    put_real(&writer, "first_time_s", s.first_time_s);
    put_integer(&writer, "works_done", s.works_done);
    put_integer(&writer, "works", s.works);
    put_integer(&writer, "ticks", s.ticks);
    put_integer(&writer, "pace", s.pace);
    put_integer(&writer, "rounds", s.rounds);
    put_real(&writer, "wall_s", s.wall_s);
    put_integer(&writer, "threads", s.threads);
    put_integer(&writer, "islands", s.islands);
    put(&writer, "seed", seed_value(s.seed));
    put(&writer, "instance", text_value(instance));
    put(&writer, "plan", text_value(plan));
    if (s.replan.replanned) {
        put_replan(&writer, &s.replan, s.value + s.terms.changes);
    }
    if (statistics != NULL) {
        put_statistics(&writer, statistics);
    }
    return writer_close(&writer);
}

bool ganger_cli_json_verdict(const struct ganger_verdict *verdict, const char *instance,
                             const char *plan, const struct ganger_findings *findings)
{
    struct writer writer = writer_open();
    put(&writer, "feasible", json_boolean(verdict->feasible));
    put_real(&writer, "value", verdict->value);
    put_real(&writer, "bound", verdict->bound);
    put_real(&writer, "gap_percent", verdict->gap_percent);
    put_terms(&writer, &verdict->terms);
    put_km(&writer, verdict->km_repaired, verdict->km_built, verdict->km_upgraded);
    put_integer(&writer, "works_done", verdict->works_done);
    put_integer(&writer, "works", verdict->works);
    put(&writer, "instance", text_value(instance));
    put(&writer, "plan", text_value(plan));
    if (verdict->replan.replanned) {
        put_replan(&writer, &verdict->replan, verdict->value + verdict->terms.changes);
    }
    put_findings(&writer, findings);
    return writer_close(&writer);
}

bool ganger_cli_json_validity(bool valid, const char *instance,
                              const struct ganger_findings *findings)
{
    struct writer writer = writer_open();
    put(&writer, "valid", json_boolean(valid));
    put(&writer, "instance", text_value(instance));
    put_findings(&writer, findings);
    return writer_close(&writer);
}
