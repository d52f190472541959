/* connect/hearing.c - the table of who calls us, and what they share.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/hash.h"
#include "connect/hearing_parts.h"

enum {
    HOUR_MS = 3600 * 1000,
};

/* clang-format off */
static const struct {
    const char *kind;
    wf_hear_fn *hear;
    wf_answer_heard_fn *answer;
} vendors[] = {
    { "dingtalk", wf_hear_dingtalk, wf_answer_dingtalk },
    { "wecom",    wf_hear_wecom,    wf_answer_wecom    },
    { "feishu",   wf_hear_feishu,   wf_answer_feishu   },
};
/* clang-format on */

static size_t row_of(const struct wf_channel *channel)
{
    size_t i = 0;

    while (i < WF_COUNT(vendors) && !wf_streq(vendors[i].kind, channel->kind))
        i++;
    return i;
}

const char *wf_hear(struct wf_arena *arena, const struct wf_channel *channel,
                    const struct wf_came *came, int64_t now,
                    struct wf_heard *out)
{
    struct wf_hearing hearing = { arena, channel, came, now };
    size_t row = row_of(channel);

    *out = (struct wf_heard){ .kind = WF_HEARD_NOTHING };
    if (row == WF_COUNT(vendors))
        return "nobody calls by such a channel";
    return vendors[row].hear(&hearing, out);
}

struct wf_hear_answer wf_hear_answer(struct wf_arena *arena,
                                     const struct wf_channel *channel,
                                     const struct wf_heard *heard,
                                     const struct wf_hear_result *result,
                                     int64_t now)
{
    struct wf_hearing hearing = { arena, channel, NULL, now };
    size_t row = row_of(channel);

    if (row == WF_COUNT(vendors))
        return (struct wf_hear_answer){ "text/plain", { "", 0 } };
    return vendors[row].answer(&hearing, heard, result);
}

/* --- What they share */

const char *wf_hearing_config(const struct wf_hearing *hearing,
                              const char *name)
{
    return wf_json_str(wf_json_get(hearing->channel->config, name));
}

const char *wf_hearing_secret(const struct wf_hearing *hearing,
                              const char *name)
{
    return wf_json_str(wf_json_get(hearing->channel->secrets, name));
}

const char *wf_hearing_query(const struct wf_hearing *hearing, const char *name)
{
    return hearing->came->query(hearing->came->self, name);
}

const char *wf_hearing_header(const struct wf_hearing *hearing,
                              const char *name)
{
    return hearing->came->header(hearing->came->self, name);
}

bool wf_hearing_same(const char *a, const char *b)
{
    return a && b && strlen(a) == strlen(b) && wf_secret_equal(a, b, strlen(a));
}

bool wf_hearing_is_timely(const struct wf_hearing *hearing, const char *text,
                          int64_t unit)
{
    int64_t at;

    if (!text || !wf_str_to_int(wf_str_of(text), &at) || at < 0
        || at > INT64_MAX / unit)
        return false;
    at *= unit;
    return at >= hearing->now - HOUR_MS && at <= hearing->now + HOUR_MS;
}

const struct wf_json *wf_hearing_json(const struct wf_hearing *hearing,
                                      struct wf_str text)
{
    static const struct wf_json_limits limits = WF_JSON_LIMITS;
    weft_error broken = WEFT_ERROR_INIT;
    struct wf_json *json;

    return wf_json_parse(hearing->arena, text.at, text.len, &limits, &json,
                         &broken)
                   && wf_json_is(json, WF_JSON_OBJECT)
               ? json
               : NULL;
}

const char *wf_hearing_open(const struct wf_hearing *hearing,
                            const struct wf_envelope *envelope, int64_t unit,
                            const char *text, struct wf_str *out,
                            const char **once)
{
    struct wf_stamp stamp = { wf_hearing_query(hearing, "timestamp"),
                              wf_hearing_query(hearing, "nonce") };
    const char *given = wf_hearing_query(hearing, "msg_signature");

    if (!given)
        given = wf_hearing_query(hearing, "signature");
    if (!envelope->token || !envelope->key || !envelope->receiver)
        return "the channel is not set up for it";
    if (!text || !given || !stamp.timestamp || !stamp.nonce)
        return "parts are missing";
    if (!wf_hearing_same(
            given, wf_envelope_sign(hearing->arena, envelope, &stamp, text)))
        return "signature";
    if (!wf_hearing_is_timely(hearing, stamp.timestamp, unit))
        return "time";
    *once = given;
    return wf_envelope_open(hearing->arena, envelope, text, out);
}
