/* api/connector.h - connectors at work: fetched outside of any transaction,
 * made into points or documents by the commands that anybody would use.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_API_CONNECTOR_H
#define WF_API_CONNECTOR_H

#include "api/engine.h"
#include "base/json.h"
#include "def/connector.h"

/* When the next one is due, in ms; 0: there is none. */
WF_MUST_CHECK bool wf_connectors_next(weft_engine *engine, int64_t *due,
                                      weft_error *err);

/* Runs what is due by `to`, that of the future at its own time; *any, *fired as
 * of wf_rounds. */
WF_MUST_CHECK bool wf_connectors_fire(weft_engine *engine, int64_t to,
                                      bool *any, int64_t *fired,
                                      weft_error *err);

/* The rows in `body`, as objects of what the maps say: a member that a row does
 * not have is absent. Errors: WEFT_E_MALFORMED it is not what was expected;
 * WEFT_E_TOO_LARGE over 10,000 rows. */
WF_MUST_CHECK bool wf_connector_rows(struct wf_arena *arena,
                                     const struct wf_connector *connector,
                                     struct wf_str body, struct wf_json **out,
                                     weft_error *err);

#endif
