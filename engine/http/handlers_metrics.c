/* http/handlers_metrics.c - metrics: fed with points, and read.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/metric.h>

#include "http/handlers.h"

static const char *param(struct http_request *req, const char *name)
{
    return http_params_find(&req->target.params, name);
}

void http_metric_list(struct http_request *req)
{
    req->result.reply = weft_metric_list(req->session);
}

void http_metric_feed(struct http_request *req)
{
    req->result.command = weft_metric_feed(req->session, req->args[0],
                                           req->text.at, req->text.len);
}

void http_metric_import(struct http_request *req)
{
    bool check;

    if (http_request_flag(req, "check", &check))
        req->result.command = weft_metric_import(req->session, req->text.at,
                                                 req->text.len, check);
}

void http_metric_series(struct http_request *req)
{
    const weft_series series = {
        .metric = req->args[0],
        .subject = param(req, "subject"),
        .from = param(req, "from"),
        .to = param(req, "to"),
        .step = param(req, "step"),
        .fn = param(req, "fn"),
    };

    req->result.reply = weft_metric_series(req->session, &series);
}

void http_metric_episodes(struct http_request *req)
{
    req->result.reply =
        weft_metric_episodes(req->session, req->args[0], param(req, "subject"));
}
