/* api/adjust.h - who may adjust what, for asking and for looking once more.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_API_ADJUST_H
#define WF_API_ADJUST_H

#include "api/turn.h"
#include "def/adjust.h"

/* Fills in the rules that call->me has on with->form: of whoever may deploy its
 * package all of them. */
WF_MUST_CHECK bool wf_adjust_rules(struct wf_call *call,
                                   struct wf_adjusting *with, weft_error *err);

#endif
