#include <ganger/ganger.h>

const char *ganger_outcome_name(ganger_outcome outcome)
{
    switch (outcome) {
    case GANGER_OUTCOME_OPTIMAL:
        return "optimal";
    case GANGER_OUTCOME_FEASIBLE:
        return "feasible";
    case GANGER_OUTCOME_INFEASIBLE:
        return "infeasible";
    case GANGER_OUTCOME_LIMIT:
        return "limit";
    }
    return "unknown";
}
