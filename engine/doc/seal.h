/* doc/seal.h - seals: the heads of all lanes of the history at one moment, to
 * be kept where who can write the store cannot.
 *
 * A chain that is made wholly anew, heads and all, holds in itself; only a seal
 * of before shows it. A seal is one line of text, "weft-seal LANE:N:HASH …",
 * that may stand anywhere in a log.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_SEAL_H
#define WF_DOC_SEAL_H

#include "org/call.h"

/* Takes the heads and appends the seal to the history as an event of its own.
 * With `if_news`, NULL in `*out`: nothing has happened since the last one. */
WF_MUST_CHECK bool wf_seal_make(struct wf_call *call, bool if_news,
                                const char **out, weft_error *err);

/* Compares the history with every seal that `text` has; each that does not
 * hold is a finding. Errors: WEFT_E_MALFORMED there is none in it. */
WF_MUST_CHECK bool wf_seal_verify(struct wf_call *call, const char *text,
                                  size_t len, weft_error *err);

#endif
