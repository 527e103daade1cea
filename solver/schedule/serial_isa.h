/* The compiled variants of what runs over cells; used inside this folder, by tests and by benchmarks. */
#ifndef GANGER_SCHEDULE_SERIAL_ISA_H
#define GANGER_SCHEDULE_SERIAL_ISA_H

#include "schedule/lanes.h"
#include "schedule/serial.h"

#if defined(__x86_64__)
#define GANGER_SERIAL_X86
ganger_serial_run ganger_serial_run_avx512, ganger_serial_run_avx2;
ganger_serial_advance_lanes ganger_serial_advance_avx512, ganger_serial_advance_avx2;
ganger_serial_begin_lane ganger_serial_begin_avx512, ganger_serial_begin_avx2;
ganger_lanes_crowd ganger_lanes_crowd_avx512, ganger_lanes_crowd_avx2;
#endif
ganger_serial_run ganger_serial_run_portable;
ganger_serial_advance_lanes ganger_serial_advance_portable;
ganger_serial_begin_lane ganger_serial_begin_portable;
ganger_lanes_crowd ganger_lanes_crowd_portable;

#endif
