/* Wall time from a clock that never jumps. */
#ifndef GANGER_BASE_CLOCK_H
#define GANGER_BASE_CLOCK_H

/* Seconds since an arbitrary fixed moment. */
double ganger_clock_now_s(void);

#endif
