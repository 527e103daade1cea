/* The list of kernels, and what they share. */
#include "kernels/kernel.h"

#include <stdlib.h>
#include <xxhash.h>

const struct kernel kernels[] = {
    {"calibrate/alu", "a step", kernel_alu_create, kernel_alu_run, free, NULL},
    {"calibrate/memory", "a step", kernel_memory_create, kernel_memory_run, free, NULL},
    {"cuts/evaluate", "a boundary", kernel_cuts_create, kernel_cuts_evaluate_run,
     kernel_cuts_destroy, NULL},
    {"cuts/least", "a link's change", kernel_cuts_create, kernel_cuts_least_run,
     kernel_cuts_destroy, NULL},
    {"cuts/shift", "a link's change", kernel_cuts_create, kernel_cuts_shift_run,
     kernel_cuts_destroy, NULL},
    {"generate/network", "a work", kernel_alu_create, kernel_generate_run, free, NULL},
    {"load/packed", "a work", kernel_load_packed_create, kernel_load_run, kernel_files_destroy,
     NULL},
    {"load/tables", "a work", kernel_load_tables_create, kernel_load_run, kernel_files_destroy,
     NULL},
    {"lp/resolve", "a solve", kernel_lp_create, kernel_lp_run, kernel_lp_destroy, NULL},
    {"paths/dijkstra", "an arc looked at", kernel_paths_create, kernel_paths_run,
     kernel_paths_destroy, NULL},
    {"resources/place", "a placement", kernel_starts_create, kernel_place_run,
     kernel_starts_destroy, NULL},
    {"resources/starts", "a mode", kernel_starts_create, kernel_starts_run, kernel_starts_destroy,
     NULL},
    {"serial/avx2", "a schedule", kernel_serial_avx2_create, kernel_serial_run,
     kernel_serial_destroy, kernel_serial_has_avx2},
    {"serial/avx512", "a schedule", kernel_serial_avx512_create, kernel_serial_run,
     kernel_serial_destroy, kernel_serial_has_avx512},
    {"serial/portable", "a schedule", kernel_serial_portable_create, kernel_serial_run,
     kernel_serial_destroy, NULL},
    {"write/packed", "a work", kernel_pack_create, kernel_pack_run, kernel_files_destroy, NULL},
    {"write/plan", "a work", kernel_plan_create, kernel_plan_run, kernel_files_destroy, NULL},
    {0}};

void kernel_digest(struct kernel_tally *tally, const void *data, size_t size)
{
    tally->digest = XXH3_64bits_withSeed(data, size, tally->digest);
}
