/* weft/connector.h - connectors: what is fetched from other systems, and how
 * it goes. For administrators.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WEFT_CONNECTOR_H
#define WEFT_CONNECTOR_H

#include <weft/session.h>

#ifdef __cplusplus
extern "C" {
#endif

/* {"items":[{"id","label","channel","metric","form","due","fetched","rows",
 * "failures","problem"}]}: those that are deployed, and how the last time
 * went. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_connector_list(weft_session *session);

/* Fetches now, past its time: {"rows","made","changed","problem"}. It may take
 * as long as the other system does. Errors: WEFT_E_NOTFOUND. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_connector_run(weft_session *session,
                                                        const char *id);

#ifdef __cplusplus
}
#endif

#endif
