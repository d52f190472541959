/* connect/hearing_parts.h - what the vendors' ways of calling share, for them
 * alone.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_CONNECT_HEARING_PARTS_H
#define WF_CONNECT_HEARING_PARTS_H

#include "base/json.h"
#include "connect/envelope.h"
#include "connect/hearing.h"

/* One call in the hands of its vendor. */
struct wf_hearing {
    struct wf_arena *arena;
    const struct wf_channel *channel;
    const struct wf_came *came;
    int64_t now;
};
typedef const char *wf_hear_fn(const struct wf_hearing *hearing,
                               struct wf_heard *out);
/* `came` is NULL here. */
typedef struct wf_hear_answer wf_answer_heard_fn(
    const struct wf_hearing *hearing, const struct wf_heard *heard,
    const struct wf_hear_result *result);

extern wf_hear_fn wf_hear_dingtalk, wf_hear_wecom, wf_hear_feishu;
extern wf_answer_heard_fn wf_answer_dingtalk, wf_answer_wecom, wf_answer_feishu;

/* A text of its configuration, of its secrets; NULL: absent. */
const char *wf_hearing_config(const struct wf_hearing *hearing,
                              const char *name);
const char *wf_hearing_secret(const struct wf_hearing *hearing,
                              const char *name);
const char *wf_hearing_query(const struct wf_hearing *hearing,
                             const char *name);
const char *wf_hearing_header(const struct wf_hearing *hearing,
                              const char *name);

/* In the same time whatever they are; false where one is NULL. */
bool wf_hearing_same(const char *a, const char *b);

/* Whether `text` is a time of `unit` ms each that is at most an hour away. */
bool wf_hearing_is_timely(const struct wf_hearing *hearing, const char *text,
                          int64_t unit);

/* An object; NULL: it is none. */
const struct wf_json *wf_hearing_json(const struct wf_hearing *hearing,
                                      struct wf_str text);

/* The text behind an envelope's stamp and signature in the query: checked, then
 * opened. Returns what is wrong; *once as of wf_heard. */
const char *wf_hearing_open(const struct wf_hearing *hearing,
                            const struct wf_envelope *envelope, int64_t unit,
                            const char *text, struct wf_str *out,
                            const char **once);

#endif
