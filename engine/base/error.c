/* base/error.c - filling a weft_error, the table of its codes, and the end of
 * the process when memory is out.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/messages.h"
#include "base/text.h"

enum {
    EXIT_DONE,
    EXIT_REFUSED,
    EXIT_WRONG_USE,
    EXIT_NOT_FOUND
};

/* clang-format off */
static const struct code {
    const char *name;
    int http;
    int exit;
} codes[] = {
    [WEFT_OK]            = { "ok",          200, EXIT_DONE      },
    [WEFT_E_MALFORMED]   = { "malformed",   400, EXIT_REFUSED   },
    [WEFT_E_SIGNED_OUT]  = { "signed-out",  401, EXIT_REFUSED   },
    [WEFT_E_DENIED]      = { "forbidden",   403, EXIT_REFUSED   },
    [WEFT_E_NOTFOUND]    = { "not-found",   404, EXIT_NOT_FOUND },
    [WEFT_E_CONFLICT]    = { "conflict",    409, EXIT_REFUSED   },
    [WEFT_E_STALE]       = { "stale",       412, EXIT_REFUSED   },
    [WEFT_E_TOO_LARGE]   = { "too-large",   413, EXIT_REFUSED   },
    [WEFT_E_UNSUPPORTED] = { "unsupported", 415, EXIT_REFUSED   },
    [WEFT_E_INVALID]     = { "invalid",     422, EXIT_REFUSED   },
    [WEFT_E_LIMITED]     = { "limited",     429, EXIT_REFUSED   },
    [WEFT_E_SCRIPT]      = { "script",      422, EXIT_REFUSED   },
    [WEFT_E_BUSY]        = { "busy",        503, EXIT_REFUSED   },
    [WEFT_E_STORE]       = { "store",       500, EXIT_REFUSED   },
    [WEFT_E_FULL]        = { "full",        507, EXIT_REFUSED   },
    [WEFT_E_INTERNAL]    = { "internal",    500, EXIT_REFUSED   },
};
/* clang-format on */

static_assert(WF_COUNT(codes) == WEFT_N_CODES, "each code has its row");

/* A number that is no code is our own mistake, and reads as such. */
static const struct code *row_of(weft_code code)
{
    return (unsigned)code < WEFT_N_CODES ? &codes[code]
                                         : &codes[WEFT_E_INTERNAL];
}

const char *weft_code_name(weft_code code)
{
    return row_of(code)->name;
}

int weft_code_http(weft_code code)
{
    return row_of(code)->http;
}

int weft_code_exit(weft_code code)
{
    return row_of(code)->exit;
}

bool wf_fail(weft_error *err, weft_code code, const char *fmt, ...)
{
    va_list args;
    int len;

    err->code = code;
    err->retry_after_s = 0;
    va_start(args, fmt);
    len = vsnprintf(err->text, sizeof err->text, wf_message(err->lang, fmt),
                    args);
    va_end(args);
    if (len < 0)
        err->text[0] = '\0';
    else if ((size_t)len >= sizeof err->text)
        err->text[wf_utf8_cut(err->text, sizeof err->text - 1,
                              sizeof err->text - 1)] = '\0';
    return false;
}

bool wf_fail_as(weft_error *to, const weft_error *from)
{
    to->code = from->code;
    to->retry_after_s = from->retry_after_s;
    memmove(to->text, from->text, sizeof to->text);
    return false;
}

/* Nothing that is called here may need memory. */
__attribute__((weak)) _Noreturn void wf_oom(void)
{
    static const char line[] = "{\"level\":\"error\",\"event\":\"memory\","
                               "\"text\":\"Out of memory.\"}\n";

    if (write(STDERR_FILENO, line, sizeof line - 1) < 0)
        abort();
    abort();
}
