/* api/test_unseen.c - what somebody does not see of a document, they do not
 * write either: neither as it is made nor later, and no answer tells whether
 * the field is there.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "suite.h"
#include "support/engine.h"

static const char xml[] =
    "<form xmlns='urn:weft:1' id='vendor' label='Vendor' subject='owner'>"
    "<fields><field id='owner' type='person' default='me'/>"
    "<field id='title' type='text'/>"
    "<field id='secret' type='number' private='true'/>"
    "<field id='turnover' type='number'/>"
    "<items id='sites'><field id='town' type='text'/>"
    "<field id='rent' type='number' private='true'/></items></fields>"
    "<workflow start='draft'><step id='draft' by='creator' edit='*'>"
    "<action id='end' to='done'/></step><end id='done'/></workflow>"
    "<access><create by='everyone'/><grant to='owner' rights='read'/>"
    "<grant to='person(boss)' rights='read edit'"
    " fields='owner title turnover secret sites.town sites.rent'/>"
    "<hide from='owner' fields='turnover'/></access></form>";

static struct test_engine t;
static weft_session *ann, *boss;

static void setup(void)
{
    test_engine_open(&t);
    test_deploy(&t, "vendor.form.xml", xml);
    ann = test_session(&t, "ann");
    boss = test_session(&t, "boss");
}

static void teardown(void)
{
    weft_session_free(ann);
    weft_session_free(boss);
    test_engine_close(&t);
}

static weft_reply *make(weft_session *session, const char *data)
{
    const char *body =
        wf_arena_printf(t.arena, "{\"form\":\"vendor\",\"data\":%s}", data);

    return weft_run(weft_document_create(session, body, strlen(body), NULL));
}

/* The findings of the refusal say what they say of a field that is not there,
 * whose name has as many letters. */
static void is_unknown(weft_session *session, const char *data,
                       const char *name, const char *nobody)
{
    const char *other = strstr(data, name);
    const char *with = wf_arena_printf(t.arena, "%.*s%s%s", (int)(other - data),
                                       data, nobody, other + strlen(name));
    struct wf_json *one = test_refused(&t, make(session, data), WEFT_E_INVALID);
    struct wf_json *two = test_refused(&t, make(session, with), WEFT_E_INVALID);
    const char *said = wf_json_dump(t.arena, one);
    const char *same = wf_json_dump(t.arena, two);

    ck_assert_ptr_nonnull(strstr(said, "\"unknown\""));
    ck_assert_uint_eq(strlen(said), strlen(same));
}

START_TEST(what_a_maker_does_not_see_they_cannot_fill_in)
{
    is_unknown(ann, "{\"title\":\"A\",\"secret\":7}", "secret", "nobody");
    is_unknown(ann, "{\"title\":\"A\",\"secret\":\"seven\"}", "secret",
               "nobody");
    is_unknown(ann, "{\"title\":\"A\",\"turnover\":7}", "turnover", "nobodies");
    is_unknown(ann, "{\"sites\":[{\"town\":\"X\",\"rent\":7}]}", "rent",
               "none");
    test_ok(&t, make(ann, "{\"title\":\"A\",\"sites\":[{\"town\":\"X\"}]}"));
}
END_TEST

START_TEST(who_sees_it_fills_it_in)
{
    test_ok(&t, make(boss, "{\"title\":\"B\",\"secret\":7,"
                           "\"sites\":[{\"town\":\"X\",\"rent\":9}]}"));
}
END_TEST

/* It is theirs only with what is filled in. */
START_TEST(whose_it_becomes_decides)
{
    const struct wf_json *ann_is;
    const char *data;

    ann_is = test_ok(&t, weft_me(ann));
    data = wf_arena_printf(t.arena, "{\"owner\":\"%s\",\"turnover\":7}",
                           test_text(ann_is, "id"));
    test_ok(&t, make(boss, data));
    is_unknown(ann, data, "turnover", "nobodies");
}
END_TEST

static bool is_told(weft_session *session, int64_t id, const char *field)
{
    const struct wf_json *items = wf_json_get(
        test_ok(&t, weft_document_history(session, id, NULL, 0)), "items");
    const char *all = wf_json_dump(t.arena, items);

    return strstr(all, wf_arena_printf(t.arena, "\"field\":\"%s\"", field));
}

/* By the rights of the last version that had it. */
START_TEST(what_a_migration_lost_is_told_to_who_saw_it)
{
    const char *body = "{\"to\":2}";
    const char *after = wf_arena_printf(
        t.arena,
        "%.*s</fields><workflow start='draft'><step id='draft' by='creator'"
        " edit='*'><action id='end' to='done'/></step><end id='done'/>"
        "</workflow><access><create by='everyone'/><grant to='owner,"
        " person(boss)' rights='read'/></access></form>",
        (int)(strstr(xml, "<field id='turnover'") - xml), xml);
    const char *me = test_text(test_ok(&t, weft_me(ann)), "id");
    weft_reply *made = make(boss, wf_arena_printf(t.arena,
                                                  "{\"owner\":\"%s\","
                                                  "\"title\":\"T\","
                                                  "\"turnover\":7}",
                                                  me));
    int64_t id = weft_reply_id(made);

    test_ok(&t, made);
    test_deploy(&t, "vendor.form.xml", after);
    test_ok(&t, weft_run(
                    weft_form_migrate(t.system, "vendor", body, strlen(body))));

    ck_assert(is_told(ann, id, "title"));
    ck_assert(!is_told(ann, id, "turnover"));
    ck_assert(is_told(boss, id, "turnover"));
}
END_TEST

TCase *unseen_tests(void)
{
    TCase *tc = tcase_create("api/unseen");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, what_a_maker_does_not_see_they_cannot_fill_in);
    tcase_add_test(tc, who_sees_it_fills_it_in);
    tcase_add_test(tc, whose_it_becomes_decides);
    tcase_add_test(tc, what_a_migration_lost_is_told_to_who_saw_it);
    return tc;
}
