/* Life of an instance's credits. */
#include "instance/credit.h"

#include <stdlib.h>
#include <string.h>

const char *const ganger_credit_names[GANGER_CREDIT_PARTS] = {"attribution", "licenses", "sources"};

const char *ganger_credit_text(const struct ganger_problem *problem, enum ganger_credit_part part)
{
    return problem->credit[part] != NULL ? problem->credit[part] : "";
}

bool ganger_credit_copy(struct ganger_problem *to, const struct ganger_problem *from)
{
    bool ready = true;
    for (int i = 0; i < GANGER_CREDIT_PARTS; i++) {
        if (from->credit[i] != NULL) {
            to->credit[i] = strdup(from->credit[i]);
            ready = ready && to->credit[i] != NULL;
        }
    }
    return ready;
}

bool ganger_credit_equal(const struct ganger_problem *a, const struct ganger_problem *b)
{
    bool equal = true;
    for (int i = 0; i < GANGER_CREDIT_PARTS; i++) {
        enum ganger_credit_part part = (enum ganger_credit_part)i;
        equal = equal && strcmp(ganger_credit_text(a, part), ganger_credit_text(b, part)) == 0;
    }
    return equal;
}

void ganger_credit_release(struct ganger_problem *problem)
{
    for (int i = 0; i < GANGER_CREDIT_PARTS; i++) {
        free(problem->credit[i]);
        problem->credit[i] = NULL;
    }
}
