/* api/test_smart.c - warnings of forms with smart="true": what they are about,
 * and to whom they are told.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "suite.h"
#include "support/engine.h"

static struct test_engine t;
static weft_session *ann, *lead;

static const char aim_xml[] =
    "<form xmlns='urn:weft:1' id='aim' label='Aim' subject='owner'"
    " parent='under' smart='true' title='{what}'><fields>"
    "<field id='owner' type='person' label='Owner'/>"
    "<field id='what' type='text' label='What'/>"
    "<field id='under' type='link' form='aim' label='Under'/>"
    "<field id='weight' type='number' label='Weight' default='1'/>"
    "<field id='target' type='number' label='Target'/>"
    "<field id='due' type='date' label='Due'/></fields>"
    "<workflow start='open'><step id='open' label='Open' by='creator' edit='*'>"
    "<action id='end' label='End' to='done'/></step>"
    "<end id='done' label='Done'/></workflow>"
    "<access><create by='everyone'/><grant to='creator' rights='read'/>"
    "<grant to='everyone' rights='read'/>"
    "<hide fields='target due' from='person(lead)'/></access></form>";

static void setup(void)
{
    test_engine_open(&t);
    ann = test_session(&t, "ann");
    lead = test_session(&t, "lead");
    test_deploy(&t, "aim.form.xml", aim_xml);
}

static void teardown(void)
{
    weft_session_free(ann);
    weft_session_free(lead);
    test_engine_close(&t);
}

static int64_t aim(const char *data)
{
    const char *body =
        wf_arena_printf(t.arena, "{\"form\":\"aim\",\"data\":%s}", data);
    weft_reply *reply =
        weft_run(weft_document_create(ann, body, strlen(body), NULL));
    int64_t id = weft_reply_id(reply);

    test_ok(&t, reply);
    return id;
}

/* The fields that are warned of, by blanks. */
static const char *warned(weft_session *session, int64_t id)
{
    const struct wf_json *warnings =
        wf_json_get(test_ok(&t, weft_document_get(session, id)), "warnings");
    const char *all = "";

    for (size_t i = 0; i < wf_json_len(warnings); i++) {
        const struct wf_json *one = warnings->u.array.at[i];

        ck_assert_str_eq(test_text(one, "code"), "smart");
        all = wf_arena_printf(t.arena, "%s%s ", all, test_text(one, "field"));
    }
    return all;
}

START_TEST(what_is_missing_is_said_at_its_field)
{
    ck_assert_str_eq(warned(ann, aim("{\"what\":\"Improve\"}")),
                     "what target owner under due ");
}
END_TEST

START_TEST(a_vague_word_needs_a_number)
{
    int64_t vague = aim("{\"what\":\"Improve the quality of service\"}");
    int64_t exact = aim("{\"what\":\"Improve quality from 80 to 95\"}");

    ck_assert_str_eq(warned(ann, vague), "what target owner under due ");
    ck_assert_str_eq(warned(ann, exact), "owner under due ");
}
END_TEST

START_TEST(what_says_it_all_has_no_warning)
{
    int64_t top = aim("{\"what\":\"Win the market in the east\"}");
    int64_t id = aim(wf_arena_printf(
        t.arena,
        "{\"what\":\"\xe5\x8d\x8e\xe4\xb8\x9c\xe6\x96\xb0\xe7\xad\xbe\xe5\x90"
        "\x88\xe5\x90\x8c\",\"owner\":\"ann\",\"target\":5,\"under\":\"%lld\","
        "\"due\":\"2026-12-31\"}",
        (long long)top));

    ck_assert_str_eq(warned(ann, id), "");
}
END_TEST

START_TEST(a_reader_is_warned_of_what_they_see)
{
    ck_assert_str_eq(warned(lead, aim("{\"what\":\"Improve\"}")),
                     "what owner under ");
}
END_TEST

START_TEST(what_has_ended_has_no_warnings)
{
    int64_t id = aim("{\"what\":\"Improve\"}");

    test_ok(&t, weft_run(weft_document_act(ann, id, "end", "{}", 2, NULL)));

    ck_assert_str_eq(warned(ann, id), "");
}
END_TEST

TCase *smart_tests(void)
{
    TCase *tc = tcase_create("smart");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, what_is_missing_is_said_at_its_field);
    tcase_add_test(tc, a_vague_word_needs_a_number);
    tcase_add_test(tc, what_says_it_all_has_no_warning);
    tcase_add_test(tc, a_reader_is_warned_of_what_they_see);
    tcase_add_test(tc, what_has_ended_has_no_warnings);
    return tc;
}
