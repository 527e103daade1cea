#include "instance/suites.h"

const struct ganger_suite *const ganger_suites[] = {
    &package_suite,      &bad_suite,   &seal_suite,    &pack_suite,        &damage_suite,
    &describe_suite,     &write_suite, &classic_suite, &classic_bad_suite, &classic_damage_suite,
    &table_schema_suite, NULL};
