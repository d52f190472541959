/* store/heap.c - memory of what outlives every arena: stores, connections,
 * prepared statements.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/driver.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"

void *wf_heap_new(size_t size)
{
    void *memory = calloc(1, size);

    if (!memory)
        wf_oom();
    return memory;
}

char *wf_heap_printf(const char *fmt, ...)
{
    va_list args;
    char *text;
    int len;

    va_start(args, fmt);
    len = vasprintf(&text, fmt, args);
    va_end(args);
    if (len < 0)
        wf_oom();
    return text;
}
