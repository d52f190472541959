/* http/metrics.c - figures of the server, as Prometheus reads them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/metrics.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/error.h"
#include "http/peer.h"

enum {
    N_CLASSES = 5
};

static const int64_t bounds_ms[] = { 1,   2,   5,   10,   25,   50,
                                     100, 250, 500, 1000, 2500, 10000 };

struct http_metrics {
    atomic_uint_fast64_t durations[WF_COUNT(bounds_ms) + 1];
    atomic_uint_fast64_t total_ms;
    size_t n_routes;
    atomic_uint_fast64_t answers[][N_CLASSES]; /* the last: no route */
};

struct http_metrics *http_metrics_new(void)
{
    size_t n = http_route_count();
    struct http_metrics *metrics =
        calloc(1, sizeof *metrics + (n + 1) * sizeof metrics->answers[0]);

    if (!metrics)
        wf_oom();
    metrics->n_routes = n;
    return metrics;
}

void http_metrics_free(struct http_metrics *metrics)
{
    free(metrics);
}

void http_metrics_count(struct http_metrics *metrics,
                        const struct http_route *route, int status, int64_t ms)
{
    size_t row = route ? http_route_index(route) : metrics->n_routes;
    size_t bucket = 0;

    while (bucket < WF_COUNT(bounds_ms) && ms > bounds_ms[bucket])
        bucket++;
    atomic_fetch_add(&metrics->answers[row][status / 100 - 1], 1);
    atomic_fetch_add(&metrics->durations[bucket], 1);
    atomic_fetch_add(&metrics->total_ms, (uint64_t)ms);
}

/* --- Writing */

static void head(struct wf_buf *out, const char *name, const char *type,
                 const char *help)
{
    wf_buf_printf(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void write_row(const struct http_metrics *metrics, size_t row,
                      struct wf_buf *out)
{
    const struct http_route *route = http_route_at(row);

    for (size_t i = 0; i < N_CLASSES; i++) {
        uint64_t n = atomic_load(&metrics->answers[row][i]);

        if (n > 0)
            wf_buf_printf(out,
                          "weft_http_requests_total{method=\"%s\",route=\"%s\","
                          "class=\"%zuxx\"} %" PRIu64 "\n",
                          route ? http_method_name(route->method) : "",
                          route ? route->pattern : "", i + 1, n);
    }
}

static void write_durations(const struct http_metrics *metrics,
                            struct wf_buf *out)
{
    static const char name[] = "weft_http_duration_seconds";
    uint64_t n = 0;

    head(out, name, "histogram", "Time from the headers to the answer.");
    for (size_t i = 0; i < WF_COUNT(bounds_ms); i++) {
        n += atomic_load(&metrics->durations[i]);
        wf_buf_printf(out, "%s_bucket{le=\"%g\"} %" PRIu64 "\n", name,
                      (double)bounds_ms[i] / 1000, n);
    }
    n += atomic_load(&metrics->durations[WF_COUNT(bounds_ms)]);
    wf_buf_printf(out, "%s_bucket{le=\"+Inf\"} %" PRIu64 "\n", name, n);
    wf_buf_printf(out, "%s_sum %g\n%s_count %" PRIu64 "\n", name,
                  (double)atomic_load(&metrics->total_ms) / 1000, name, n);
}

static void write_one(struct wf_buf *out, const char *name, const char *type,
                      const char *help, double value)
{
    head(out, name, type, help);
    wf_buf_printf(out, "%s %.15g\n", name, value);
}

static void write_engine(weft_engine *engine, struct wf_buf *out)
{
    weft_stats stats;

    weft_engine_stats(engine, &stats);
    write_one(out, "weft_commands_total", "counter", "Commands that were run.",
              (double)stats.commands);
    write_one(out, "weft_batches_total", "counter", "Commits that they shared.",
              (double)stats.batches);
    write_one(out, "weft_repeats_total", "counter",
              "Runs of a command again, as another was in its way.",
              (double)stats.again);
    write_one(out, "weft_refused_total", "counter",
              "Commands that met a full queue.", (double)stats.refused);
    write_one(out, "weft_commit_seconds_total", "counter",
              "Time that commits took.", (double)stats.commit_us / 1e6);
    write_one(out, "weft_queue_commands", "gauge",
              "Commands that wait for the writer.", (double)stats.waiting);
}

void http_metrics_write(const struct http_site *site, struct wf_buf *out)
{
    const struct http_metrics *metrics = site->metrics;

    head(out, "weft_http_requests_total", "counter",
         "Answers by route and class of status.");
    for (size_t row = 0; row <= metrics->n_routes; row++)
        write_row(metrics, row, out);
    write_durations(metrics, out);
    write_one(out, "weft_http_active_requests", "gauge",
              "Requests that are being answered.",
              (double)atomic_load(&site->n_active));
    write_one(out, "weft_http_connections", "gauge", "Open connections.",
              (double)http_peers_count(site->peers));
    write_engine(site->engine, out);
}
