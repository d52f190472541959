/* base/error.h - filling a weft_error, and the end of the process when memory
 * is out.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_BASE_ERROR_H
#define WF_BASE_ERROR_H

#include <stdbool.h>

#include <weft/error.h>

#include "base/macros.h"

/* Fills `err` and returns false, so that a failing function can end with
 * `return wf_fail(err, CODE, "…", …)`. `fmt` is English; where err->lang is
 * another language and base/messages.c knows `fmt`, its twin is used, with the
 * same arguments (which it may take in another order, "%2$s"). */
bool wf_fail(weft_error *err, weft_code code, const char *fmt, ...)
    WF_PRINTF(3, 4);

/* Copies what `from` says to `to`, keeping the language of `to`. False. */
bool wf_fail_as(weft_error *to, const weft_error *from);

/* Called when memory is out: writes a line to standard error and aborts. It is
 * a weak symbol, so that an embedder can link one of his own. Never returns to
 * its caller. */
_Noreturn void wf_oom(void);

#endif
