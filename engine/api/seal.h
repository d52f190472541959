/* api/seal.h - seals of the history, made each hour and at the end.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_API_SEAL_H
#define WF_API_SEAL_H

#include "api/command.h"

/* A command of the engine that makes one if there is news; {"seal"}. */
weft_command *wf_seal_command(weft_engine *engine);

/* Writes a seal that was made and committed to the log, if it was. */
void wf_seal_tell(weft_engine *engine, const weft_reply *reply);

#endif
