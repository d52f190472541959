/* api/sender.h - letters sent outward: leased in one command, sent outside of
 * any, their end written in another. What is cut off in between is sent again
 * once its lease has ended, with the same key.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_API_SENDER_H
#define WF_API_SENDER_H

#include "api/engine.h"

struct wf_rounds;
extern const struct wf_rounds wf_sender_rounds;

/* Sends what is due by `to` (ms), until nothing is left; what lies in the
 * future of the engine's clock at its own time. */
WF_MUST_CHECK bool wf_sender_fire(weft_engine *engine, int64_t to,
                                  weft_error *err);

#endif
