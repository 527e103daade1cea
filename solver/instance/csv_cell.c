#include "instance/csv_cell.h"

#include <csv.h>
#include <string.h>

static bool needs_quotes(const char *text)
{
    size_t length = strlen(text);
    return length > 0 && (text[0] == ' ' || text[0] == '\t' || text[length - 1] == ' ' ||
                          text[length - 1] == '\t' || strpbrk(text, ",\"\r\n") != NULL);
}

bool ganger_csv_put_cell(FILE *file, const char *text)
{
    return needs_quotes(text) ? csv_fwrite(file, text, strlen(text)) == 0 : fputs(text, file) >= 0;
}
