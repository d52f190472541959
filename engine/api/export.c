/* api/export.c - documents as a file.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/report.h>

#include "api/params.h"
#include "api/reads.h"
#include "api/turn.h"
#include "base/error.h"
#include "base/list.h"
#include "report/export.h"

struct question {
    const weft_param *params;
    size_t n;
};

/* Takes format and table out of the parameters; the rest finds documents. */
static bool read_params(struct wf_turn *turn, const struct question *asked,
                        struct wf_export *out, weft_error *err)
{
    weft_param *rest = WF_NEW_N(turn->call.arena, weft_param, asked->n);
    struct wf_params params;
    size_t n = 0;

    *out = (struct wf_export){ .format = WF_FORMAT_CSV };
    for (size_t i = 0; i < asked->n; i++) {
        const weft_param *param = &asked->params[i];

        if (wf_streq(param->name, "table"))
            out->table = param->value;
        else if (!wf_streq(param->name, "format"))
            rest[n++] = *param;
        else if (!wf_format_of(param->value, &out->format)
                 || out->format == WF_FORMAT_JSON)
            return wf_fail(err, WEFT_E_MALFORMED,
                           "The formats are csv, xlsx and xes.");
    }
    if (!wf_params_read(turn->call.arena, rest, n, WF_PARAMS_DOCUMENTS, &params,
                        err))
        return false;
    params.query.sort = NULL;
    params.query.fields = NULL;
    params.query.count = false;
    out->query = params.query;
    return true;
}

/* What a file shows has been looked at. */
struct shown {
    struct wf_arena *arena;
    wf_id *at;
    size_t n, cap;
};

static void add_shown(void *self, wf_id document)
{
    struct shown *shown = self;

    *WF_PUSH(shown->arena, shown) = document;
}

static bool export_documents(struct wf_turn *turn, const void *with,
                             weft_error *err)
{
    struct shown shown = { .arena = turn->call.arena };
    struct wf_export asked;

    if (!read_params(turn, with, &asked, err))
        return false;
    asked.shows = add_shown;
    asked.self = &shown;
    if (!wf_export_documents(&turn->call, &asked, &turn->body, err))
        return false;
    wf_reads_note_all(turn, shown.at, shown.n);
    return true;
}

weft_reply *weft_document_export(weft_session *session,
                                 const weft_param *params, size_t n)
{
    const struct question question = { params, n };

    return wf_question(session, WEFT_SCOPE_READ, export_documents, &question);
}
