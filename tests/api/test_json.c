/* api/test_json.c - bodies that strangers send.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "suite.h"
#include "support/engine.h"

static struct test_engine t;
static weft_session *ann;

static void setup(void)
{
    test_engine_open(&t);
    ann = test_session(&t, "ann");
}

static void teardown(void)
{
    weft_session_free(ann);
    test_engine_close(&t);
}

static weft_reply *create(const char *body, size_t len)
{
    return weft_run(weft_document_create(ann, body, len, NULL));
}

static const struct hostile {
    const char *body;
    weft_code code;
} bodies[] = {
    { "", WEFT_E_MALFORMED },
    { "null", WEFT_E_MALFORMED },
    { "[]", WEFT_E_MALFORMED },
    { "{", WEFT_E_MALFORMED },
    { "{\"form\":\"note\"", WEFT_E_MALFORMED },
    { "{\"form\":\"note\",\"form\":\"note\"}", WEFT_E_MALFORMED },
    { "{\"form\":\"no\\u0000te\"}", WEFT_E_MALFORMED },
    { "{\"form\":\"\xff\"}", WEFT_E_MALFORMED },
    { "{}", WEFT_E_INVALID },
    { "{\"form\":7}", WEFT_E_INVALID },
    { "{\"form\":null}", WEFT_E_INVALID },
    { "{\"form\":\"note\",\"data\":[]}", WEFT_E_INVALID },
    { "{\"form\":\"note\",\"data\":\"x\"}", WEFT_E_INVALID },
    { "{\"form\":\"note\",\"colour\":1}", WEFT_E_INVALID },
    { "{\"form\":\"note\",\"parent\":\"-1\"}", WEFT_E_INVALID },
    { "{\"form\":\"note\",\"parent\":\"77\"}", WEFT_E_INVALID },
    { "{\"form\":\"note\",\"data\":{\"creator\":\"x\"}}", WEFT_E_INVALID },
    { "{\"form\":\"note\",\"data\":{\"double\":9}}", WEFT_E_INVALID },
    { "{\"form\":\"note\",\"data\":{\"amount\":\"9\"}}", WEFT_E_INVALID },
    { "{\"form\":\"absent\"}", WEFT_E_NOTFOUND },
    { "{\"form\":\"' OR 1=1 --\"}", WEFT_E_NOTFOUND },
};

START_TEST(a_hostile_body_is_refused_by_kind)
{
    for (size_t i = 0; i < WF_COUNT(bodies); i++)
        test_refused(&t, create(bodies[i].body, strlen(bodies[i].body)),
                     bodies[i].code);
}
END_TEST

START_TEST(deep_and_wide_bodies_meet_their_limits)
{
    char deep[4096];
    size_t n = 2000;

    memset(deep, '[', n);
    memset(deep + n, ']', n);
    test_refused(&t, create(deep, 2 * n), WEFT_E_TOO_LARGE);
}
END_TEST

START_TEST(what_does_not_fit_is_named)
{
    static const char body[] = "{\"form\":\"note\",\"colour\":1,\"data\":7}";
    struct wf_json *findings =
        test_refused(&t, create(body, strlen(body)), WEFT_E_INVALID);

    ck_assert_uint_eq(wf_json_len(findings), 2);
    ck_assert_str_eq(test_text(findings->u.array.at[0], "field"), "colour");
    ck_assert_str_eq(test_text(findings->u.array.at[0], "code"), "unknown");
    ck_assert_str_eq(test_text(findings->u.array.at[1], "code"), "type");
}
END_TEST

START_TEST(a_refused_document_leaves_nothing)
{
    static const char body[] = "{\"form\":\"note\",\"data\":{\"amount\":-1}}";

    test_refused(&t, create(body, strlen(body)), WEFT_E_INVALID);

    struct wf_json *list = test_ok(&t, weft_document_list(ann, NULL, 0));

    ck_assert_uint_eq(wf_json_len(wf_json_get(list, "items")), 0);
}
END_TEST

START_TEST(a_comment_has_a_length)
{
    static char long_text[5000];
    int64_t id = test_note(&t, ann, "A");
    const char *body;

    memset(long_text, 'x', sizeof long_text - 1);
    body = wf_arena_printf(t.arena, "{\"comment\":\"%s\"}", long_text);

    test_refused(&t,
                 weft_run(weft_document_act(ann, id, "submit", body,
                                            strlen(body), NULL)),
                 WEFT_E_INVALID);
}
END_TEST

TCase *json_tests(void)
{
    TCase *tc = tcase_create("api/json");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_hostile_body_is_refused_by_kind);
    tcase_add_test(tc, deep_and_wide_bodies_meet_their_limits);
    tcase_add_test(tc, what_does_not_fit_is_named);
    tcase_add_test(tc, a_refused_document_leaves_nothing);
    tcase_add_test(tc, a_comment_has_a_length);
    return tc;
}
