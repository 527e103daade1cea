#include "support/new_lines.h"

#include "support/tiny.h"

struct ganger_problem *new_lines(int periods)
{
    struct tiny t;
    tiny_init(&t, 20);
    for (int v = 0; v < 5; v++) {
        tiny_add(&t, TINY_NODE, "n%d,false", v);
    }
    tiny_add(&t, TINY_LINK, "old,n0,n1,false,0.01");
    tiny_add(&t, TINY_LINK, "west,n1,n2,false,0.01");
    tiny_add(&t, TINY_LINK, "east,n2,n3,false,0.01");
    tiny_add(&t, TINY_LINK, "branch,n2,n4,false,0.01");
    tiny_add(&t, TINY_SEGMENT, "o,old,n0,0,10,10,0,1");
    for (int i = 0; i < 3; i++) {
        tiny_add(&t, TINY_SEGMENT, "w%d,west,n1,%d,%d,0,0,1", i, 10 * i, 10 * i + 10);
    }
    tiny_add(&t, TINY_SEGMENT, "e0,east,n2,0,10,0,0,1");
    tiny_add(&t, TINY_SEGMENT, "b0,branch,n2,0,10,0,0,1");
    tiny_add(&t, TINY_DEMAND, "d,n0,n3,5");
    tiny_add(&t, TINY_PROFILE, "d,0,3");
    static const char *const segments[NEW_LINE_WORKS] = {"w0", "w1", "w2", "e0", "b0"};
    for (int i = 0; i < NEW_LINE_WORKS; i++) {
        tiny_add(&t, TINY_WORK, "%s,build,%s,10,5,,,,,,false,,,", segments[i], segments[i]);
        tiny_add(&t, TINY_MODE, "%s,m,%d,0,0", segments[i], periods);
    }
    return tiny_read(&t);
}
