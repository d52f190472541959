/* connect/curl_parts.h - the door that whatever libcurl asks goes through, for
 * this layer alone.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_CONNECT_CURL_PARTS_H
#define WF_CONNECT_CURL_PARTS_H

#include <stdbool.h>

#include <curl/curl.h>

struct wf_door {
    bool inside;   /* addresses of one's own network will do */
    bool kept_out; /* the address was none of everybody's */
};

/* Time limits, no proxy, no signals, certificates checked, and the address that
 * is connected to. `door` must last as long as `curl`. */
CURLcode wf_door_set_up(CURL *curl, struct wf_door *door);

#endif
