/* http/metrics.h - figures of the server, as Prometheus reads them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HTTP_METRICS_H
#define HTTP_METRICS_H

#include "http/route.h"

struct http_metrics;

struct http_metrics *http_metrics_new(void);
void http_metrics_free(struct http_metrics *metrics);

/* Counts an answer. `route` NULL: there was no such page. */
void http_metrics_count(struct http_metrics *metrics,
                        const struct http_route *route, int status, int64_t ms);

/* Writes all of them, those of the engine too (text format 0.0.4). */
void http_metrics_write(const struct http_site *site, struct wf_buf *out);

#endif
