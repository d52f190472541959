/* http/page_places.h - the bar of places beside each page: the engine's own,
 * and between them those of packages.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HTTP_PAGE_PLACES_H
#define HTTP_PAGE_PLACES_H

#include "base/json.h"
#include "http/request.h"

/* Appends the bar for whoever asks. `me` is the answer of "/me"; `waiting` is
 * how much waits in the inbox, 0 where nobody has looked. */
void http_page_places(struct http_request *req, const struct wf_json *me,
                      size_t waiting, struct wf_buf *out);

#endif
