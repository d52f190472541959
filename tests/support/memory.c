/* support/memory.c - where a store goes that a test does not keep.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "support/memory.h"

#include <stdio.h>
#include <stdlib.h>

bool test_is_pg(void)
{
    const char *url = getenv("WEFT_TEST_PG");

    return url && *url; /* an empty one would be a file of an odd name */
}

const char *test_memory_url(void)
{
    static char url[512];

    if (!test_is_pg())
        return "sqlite::memory:";
    snprintf(url, sizeof url, "scratch+%s", getenv("WEFT_TEST_PG"));
    return url;
}
