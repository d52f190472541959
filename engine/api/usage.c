/* api/usage.c - how much is used, for administrators.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/report.h>

#include "api/turn.h"
#include "base/date.h"
#include "base/error.h"
#include "report/usage.h"

enum {
    DAYS_USUAL = 30,
    DAYS_MAX = 366
};

struct question {
    const weft_param *params;
    size_t n;
};

static bool read_day(const struct question *asked, const char *name,
                     int32_t *out, weft_error *err)
{
    for (size_t i = 0; i < asked->n; i++)
        if (wf_streq(asked->params[i].name, name)
            && !wf_date_parse(wf_str_of(asked->params[i].value), out))
            return wf_fail(err, WEFT_E_MALFORMED,
                           "\"%.100s\" is no day; write it as 2026-10-31.",
                           asked->params[i].value);
    return true;
}

static bool list(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct question *asked = with;
    int32_t to = (int32_t)(turn->call.now / (24 * 60 * 60 * 1000)) + 1, from;
    const char *form = NULL;

    if (!wf_turn_administers(turn, err) || !read_day(asked, "to", &to, err))
        return false;
    from = to - DAYS_USUAL;
    if (!read_day(asked, "from", &from, err))
        return false;
    for (size_t i = 0; i < asked->n; i++)
        if (wf_streq(asked->params[i].name, "form"))
            form = asked->params[i].value;
    if (to - from > DAYS_MAX)
        return wf_fail(err, WEFT_E_MALFORMED,
                       "At most %d days are told at once.", DAYS_MAX);
    return wf_usage_list(&turn->call, from, to, form, &turn->out, err);
}

weft_reply *weft_usage_list(weft_session *session, const weft_param *params,
                            size_t n)
{
    const struct question question = { params, n };

    return wf_question(session, WEFT_SCOPE_READ, list, &question);
}
