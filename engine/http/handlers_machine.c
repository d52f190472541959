/* http/handlers_machine.c - what machines ask: is it alive, is it ready, how
 * much does it do, what can it do.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/handlers.h"

#include "base/error.h"
#include "http/metrics.h"

static void say(struct http_request *req, const char *status)
{
    struct wf_buf text = WF_BUF_INIT(req->arena);

    wf_buf_printf(&text, "{\"status\":\"%s\"}", status);
    http_result_text(req, NULL, &text);
}

void http_machine_health(struct http_request *req)
{
    say(req, "alive");
}

void http_machine_ready(struct http_request *req)
{
    weft_error *err = &req->result.error;

    if (atomic_load(&req->site->draining))
        wf_fail(err, WEFT_E_BUSY,
                "Weft is shutting down. Try again in a moment.");
    else if (weft_engine_is_ready(req->site->engine, err))
        say(req, "ready");
}

void http_machine_metrics(struct http_request *req)
{
    struct wf_buf text = WF_BUF_INIT(req->arena);

    http_metrics_write(req->site, &text);
    http_result_text(req, "text/plain; version=0.0.4; charset=utf-8", &text);
}

void http_machine_openapi(struct http_request *req)
{
    struct wf_buf text = WF_BUF_INIT(req->arena);

    http_openapi_write(req->arena, &text);
    http_result_text(req, NULL, &text);
}
