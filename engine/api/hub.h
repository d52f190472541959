/* api/hub.h - the hub of event streams.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_API_HUB_H
#define WF_API_HUB_H

#include "api/engine.h"

struct wf_hub;

/* Its thread begins with the first stream. */
struct wf_hub *wf_hub_new(weft_engine *engine);

/* Ends all streams and the thread, which asks the store no more. NULL allowed.
 */
void wf_hub_stop(struct wf_hub *hub);
void wf_hub_free(struct wf_hub *hub);

/* Something was committed. From any thread; costs nothing where nobody
 * listens. NULL allowed. */
void wf_hub_wake(struct wf_hub *hub);

#endif
