#include "support/scratch.h"

#include "support/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void name(char path[SCRATCH_PATH])
{
    const char *under = getenv("TMPDIR");
    int length = snprintf(path, SCRATCH_PATH, "%s/ganger-test-XXXXXX",
                          under != NULL && under[0] != '\0' ? under : P_tmpdir);
    CU_ASSERT_FATAL(length > 0 && length < SCRATCH_PATH);
}

void scratch_folder(char path[SCRATCH_PATH])
{
    name(path);
    CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(path));
}

void scratch_file(char path[SCRATCH_PATH])
{
    name(path);
    int file = mkstemp(path);
    CU_ASSERT_FATAL(file >= 0);
    close(file);
}
