/*
 * One thread at a time where a library is not made for several: HDF5 knows files in memory by their names, so that two
 * threads that open one of the same name would share it.
 */
#ifndef GANGER_BASE_EXCLUSIVE_H
#define GANGER_BASE_EXCLUSIVE_H

/* Waits until no other thread is between these two. Not to be nested. */
void ganger_exclusive_begin(void);
void ganger_exclusive_end(void);

#endif
