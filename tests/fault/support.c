/* fault/support.c - what the attacks share.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "suite.h"

enum {
    BODY_MAX = 4096
};

bool fault_is_long(void)
{
    return getenv("WEFT_LONG") != NULL;
}

uint32_t fault_random(uint64_t *seed, uint32_t n)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963);
    return (uint32_t)(*seed >> 33) % n;
}

weft_reply *fault_create(weft_session *session, const char *key,
                         const char *format, ...)
{
    weft_how how = { NULL, key };
    char body[BODY_MAX];
    va_list args;

    va_start(args, format);
    vsnprintf(body, sizeof body, format, args);
    va_end(args);
    return weft_run(weft_document_create(session, body, strlen(body), &how));
}

weft_reply *fault_patch(weft_session *session, int64_t id, const char *if_match,
                        const char *format, ...)
{
    weft_how how = { if_match, NULL };
    char body[BODY_MAX];
    va_list args;

    va_start(args, format);
    vsnprintf(body, sizeof body, format, args);
    va_end(args);
    return weft_run(weft_document_patch(session, id, body, strlen(body), &how));
}

weft_reply *fault_act(weft_session *session, int64_t id, const char *action,
                      const char *key)
{
    weft_how how = { NULL, key };

    return weft_run(weft_document_act(session, id, action, NULL, 0, &how));
}

int64_t fault_count(struct test_engine *t, weft_session *session,
                    const char *form)
{
    weft_param params[] = { { "count", "true" },
                            { "limit", "1" },
                            { "form", form } };
    struct wf_json *list = test_ok(t, weft_document_list(session, params, 3));
    int64_t total = -1;

    ck_assert(wf_json_to_int(wf_json_get(list, "total"), &total));
    return total;
}

int fault_events(struct test_engine *t, int64_t id, const char *kind)
{
    weft_param params[] = { { "limit", "200" } };
    struct wf_json *events = wf_json_get(
        test_ok(t, weft_document_history(t->system, id, params, 1)), "items");
    int n = 0;

    for (size_t i = 0; i < wf_json_len(events); i++)
        n += strcmp(test_text(events->u.array.at[i], "kind"), kind) == 0;
    return n;
}

void fault_verify(struct test_engine *t)
{
    weft_reply *reply = weft_verify(t->system);

    ck_assert_msg(!weft_reply_error(reply), "%s", weft_reply_body(reply, NULL));
    weft_reply_free(reply);
}
