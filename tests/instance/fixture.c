#include "instance/fixture.h"

#include "base/text.h"
#include "support/scratch.h"
#include <CUnit/CUnit.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct {
    const char *name, *content;
} files[] = {
    {"datapackage.json",
     "{\"name\": \"small\", \"title\": \"A small programme\",\n"
     " \"ganger\": {\"start_date\": \"2026-01-01\", \"period_days\": 10, \"periods\": 12,\n"
     "  \"discount_rate\": 0.1, \"terminal_years\": 5, \"objective\": \"npv\",\n"
     "  \"railhead\": true, \"currency\": \"USD\"},\n"
     " \"resources\": [\n"
     "  {\"name\": \"node\", \"path\": \"node.csv\"},\n"
     "  {\"name\": \"link\", \"path\": \"link.csv\"},\n"
     "  {\"name\": \"segment\", \"path\": \"segment.csv\"},\n"
     "  {\"name\": \"demand\", \"path\": \"demand.csv\"},\n"
     "  {\"name\": \"demand_profile\", \"path\": \"demand_profile.csv\"},\n"
     "  {\"name\": \"work\", \"path\": \"work.csv\"},\n"
     "  {\"name\": \"mode\", \"path\": \"mode.csv\"},\n"
     "  {\"name\": \"resource\", \"path\": \"resource.csv\"},\n"
     "  {\"name\": \"capacity\", \"path\": \"capacity.csv\"},\n"
     "  {\"name\": \"usage\", \"path\": \"usage.csv\"},\n"
     "  {\"name\": \"precedence\", \"path\": \"precedence.csv\"},\n"
     "  {\"name\": \"calendar\", \"path\": \"calendar.csv\"},\n"
     "  {\"name\": \"target\", \"path\": \"target.csv\"}]}\n"},
    {"node.csv", "node_id,name,x_coord,y_coord,railhead\n"
                 "a,Alpha,70,50,true\n"
                 "b,Beta,71,50,false\n"
                 "c,\"Gamma, east\",72,50.5,0\n"},
    {"link.csv", "link_id,from_node_id,to_node_id,directed,cost_per_tkm\n"
                 "ab,a,b,false,0.01\n"
                 "bc,b,c,false,0.02\n"},
    {"segment.csv", "segment_id,link_id,ref_node_id,start_lr,end_lr,capacity,decay,floor\n"
                    "ab2,ab,a,40,100,5,,\n"
                    "ab1,ab,a,0,40,5,0.05,0.7\n"
                    "bc1,bc,b,0,50.5,0,,\n"},
    {"demand.csv", "demand_id,origin,destination,commodity,value\n"
                   "coal,a,b,coal,10\n"
                   "ore,a,c,ore,20\n"},
    {"demand_profile.csv", "demand_id,from,mt_per_year\n"
                           "coal,2026-01-01,2\n"
                           "coal,2025-06-01,1\n"
                           "coal,2026-02-20,3\n"
                           "coal,8,2\n"
                           "ore,0,1.5\n"},
    {"work.csv", "work_id,name,kind,segment_id,km,gain,renews,earliest,deadline,due,tardiness_cost,"
                 "mandatory,calendar_id,project,fixed_start,fixed_mode\n"
                 "rep,\"Repair \"\"west\"\"\",repair,ab1,40,0,true,,,,,false,winter,P,,\n"
                 "bld,Build,build,bc1,50.5,4,false,2026-01-15,,2026-03-31,0.5,true,,P,,\n"
                 "open,,facility,,,,,,2026-04-10,,,true,,,,\n"
                 "fix,Loops,upgrade,ab2,60,1,,,,,,false,,,3,fast\n"},
    {"mode.csv", "work_id,mode_id,duration,cost,factor\n"
                 "bld,slow,4,10,1\n"
                 "rep,day,2,3,0.5\n"
                 "bld,fast,2,12.5,1\n"
                 "open,done,0,,\n"
                 "fix,slow,3,1,\n"
                 "fix,fast,2,2,0.5\n"
                 "rep,night,3,4,0.8\n"},
    {"resource.csv", "resource_id,name,kind,unit\n"
                     "gang,Gang,renewable,gang\n"
                     "rail,Rail,consumable,t\n"
                     "budget,Money,consumable,M USD\n"},
    {"capacity.csv", "resource_id,from,to,limit\n"
                     "gang,0,6,2\n"
                     "rail,0,12,1000\n"
                     "gang,6,12,3\n"
                     "budget,2026-01-01,2027-01-01,100\n"},
    {"usage.csv", "work_id,mode_id,resource_id,amount\n"
                  "rep,day,gang,1\n"
                  "bld,slow,gang,2\n"
                  "bld,slow,rail,500\n"
                  "bld,fast,gang,3\n"
                  "fix,fast,gang,1\n"
                  "rep,night,gang,1\n"
                  "rep,night,rail,0\n"
                  "bld,fast,rail,500\n"},
    {"precedence.csv", "predecessor,successor,type,lag\n"
                       "bld,open,FS,1\n"},
    {"calendar.csv", "calendar_id,from,to,productivity\n"
                     "winter,0,2,0\n"
                     "winter,2,3,50\n"},
    {"target.csv", "target_id,kind,by,km,shortfall_cost,hard\n"
                   "t1,build|upgrade,2026-06-30,80,2,\n"},
};
enum { FILES = sizeof files / sizeof *files };

char *fixture_path(const char *folder, const char *name)
{
    char *path = NULL;
    CU_ASSERT_FATAL(asprintf(&path, "%s/%s", folder, name) > 0);
    return path;
}

void fixture_put(const char *path, const void *data, size_t size)
{
    FILE *file = fopen(path, "wb");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    CU_ASSERT_EQUAL(fwrite(data, 1, size, file), size);
    fclose(file);
}

/* The content with one change made; freed by the caller. NULL: the file is to go. */
static char *changed(char *content, const struct fixture_change *change)
{
    char *result = NULL;
    if (change->find == NULL) {
        result = change->replace != NULL ? strdup(change->replace) : NULL;
    } else {
        char *at = strstr(content, change->find);
        CU_ASSERT_PTR_NOT_NULL_FATAL(at);
        CU_ASSERT_FATAL(asprintf(&result, "%.*s%s%s", (int)(at - content), content, change->replace,
                                 at + strlen(change->find)) >= 0);
    }
    free(content);
    return result;
}

static char *make_folder(void)
{
    char folder[SCRATCH_PATH];
    scratch_folder(folder);
    char *copy = strdup(folder);
    CU_ASSERT_PTR_NOT_NULL_FATAL(copy);
    return copy;
}

char *fixture_write(const struct fixture_change *changes, int count)
{
    char *folder = make_folder();
    for (int i = 0; i < FILES; i++) {
        char *content = strdup(files[i].content);
        for (int c = 0; c < count && content != NULL; c++) {
            if (strcmp(changes[c].file, files[i].name) == 0) {
                content = changed(content, &changes[c]);
            }
        }
        if (content != NULL) {
            char *path = fixture_path(folder, files[i].name);
            fixture_put(path, content, strlen(content));
            free(path);
        }
        free(content);
    }
    return folder;
}

void fixture_remove(char *folder)
{
    DIR *list = opendir(folder);
    CU_ASSERT_PTR_NOT_NULL_FATAL(list);
    for (struct dirent *entry = readdir(list); entry != NULL; entry = readdir(list)) {
        if (entry->d_name[0] != '.') {
            char *path = fixture_path(folder, entry->d_name);
            unlink(path);
            free(path);
        }
    }
    closedir(list);
    CU_ASSERT_EQUAL(rmdir(folder), 0);
    free(folder);
}

char *fixture_lines(const struct ganger_findings *findings)
{
    struct ganger_text text;
    char line[1000];
    ganger_text_init(&text);
    for (int i = 0; i < findings->count; i++) {
        ganger_finding_format(&findings->list[i], line, sizeof line);
        ganger_text_format(&text, "%s%s", i > 0 ? "\n" : "", line);
    }
    char *lines = ganger_text_take(&text);
    CU_ASSERT_PTR_NOT_NULL_FATAL(lines);
    return lines;
}

ganger_status fixture_read(const struct fixture_change *changes, int count,
                           struct ganger_problem **problem, char **text)
{
    struct ganger_findings findings;
    char *folder = fixture_write(changes, count);
    ganger_findings_init(&findings);
    ganger_status status = ganger_problem_read(folder, problem, &findings);
    *text = fixture_lines(&findings);
    ganger_findings_clear(&findings);
    fixture_remove(folder);
    return status;
}

/* Takes a piece out of a text wherever it stands. */
static void remove_all(char *text, const char *piece)
{
    size_t length = strlen(piece);
    for (char *at = strstr(text, piece); at != NULL; at = strstr(at, piece)) {
        memmove(at, at + length, strlen(at + length) + 1);
    }
}

ganger_status fixture_read_file(const char *name, const char *data, size_t size,
                                struct ganger_problem **problem, char **text)
{
    struct ganger_findings findings;
    char *folder = make_folder();
    char *path = fixture_path(folder, name), *prefix = fixture_path(folder, "");
    fixture_put(path, data, size);
    ganger_findings_init(&findings);
    ganger_status status = ganger_problem_read(path, problem, &findings);
    *text = fixture_lines(&findings);
    remove_all(*text, prefix);
    ganger_findings_clear(&findings);
    unlink(path);
    rmdir(folder);
    free(path);
    free(prefix);
    free(folder);
    return status;
}

struct ganger_problem *fixture_problem(void)
{
    struct ganger_problem *problem = NULL;
    char *text = NULL;
    ganger_status status = fixture_read(NULL, 0, &problem, &text);
    CU_ASSERT_STRING_EQUAL(text, "");
    free(text);
    CU_ASSERT_EQUAL_FATAL(status, GANGER_STATUS_OK);
    return problem;
}
