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

/* Asks ann about a note of boss's, whose title says more than she may see. */
static const char remark_xml[] =
    "<form xmlns='urn:weft:1' id='remark' label='Remark' subject='whom'"
    " title='{open} {closed}'><fields><field id='whom' type='person'/>"
    "<field id='open' type='text'/><field id='closed' type='text'/></fields>"
    "<workflow start='draft'><step id='draft' by='creator' edit='*'>"
    "<action id='ask' to='asked'/></step>"
    "<step id='asked' label='Asked' by='whom' within='2d'>"
    "<action id='end' to='done'/></step>"
    "<end id='done' label='Done' tell='whom'/></workflow>"
    "<access><create by='everyone'/>"
    "<grant to='whom, creator' rights='read'/>"
    "<hide from='whom' fields='closed'/></access></form>";

static struct test_engine t;
static weft_session *ann, *boss;

static void setup(void)
{
    test_engine_open(&t);
    test_deploy(&t, "vendor.form.xml", xml);
    test_deploy(&t, "remark.form.xml", remark_xml);
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

static int64_t remark(void)
{
    const char *body = wf_arena_printf(
        t.arena,
        "{\"form\":\"remark\",\"data\":{\"whom\":\"%s\",\"open\":\"plain\","
        "\"closed\":\"SECRET\"},\"action\":\"ask\"}",
        test_text(test_ok(&t, weft_me(ann)), "id"));
    weft_reply *reply =
        weft_run(weft_document_create(boss, body, strlen(body), NULL));
    int64_t id = weft_reply_id(reply);

    test_ok(&t, reply);
    return id;
}

static bool tells(weft_reply *reply, const char *what)
{
    return strstr(wf_json_dump(t.arena, test_ok(&t, reply)), what);
}

/* Where somebody is asked and told as on its page. */
START_TEST(a_title_says_nowhere_what_its_reader_does_not_see)
{
    int64_t id = remark();

    ck_assert(tells(weft_document_get(boss, id), "plain SECRET"));
    ck_assert(!tells(weft_document_get(ann, id), "SECRET"));
    ck_assert(tells(weft_work_list(ann, NULL, 0), "plain"));
    ck_assert(!tells(weft_work_list(ann, NULL, 0), "SECRET"));
    test_ok(&t, weft_run(weft_document_act(boss, id, "urge", "", 0, NULL)));
    ck_assert(tells(weft_notification_list(ann, NULL, 0), "plain"));
    ck_assert(!tells(weft_notification_list(ann, NULL, 0), "SECRET"));
}
END_TEST

/* Nobody gives away what somebody is not to see. */
START_TEST(a_copy_shows_nothing_that_is_hidden_from_anybody)
{
    static const char to_bob[] = "{\"people\":[\"bob\"]}";
    weft_session *bob = test_session(&t, "bob");
    int64_t id = remark();

    test_refused(&t, weft_document_get(bob, id), WEFT_E_NOTFOUND);
    test_ok(&t, weft_run(weft_document_act(ann, id, "cc", to_bob,
                                           strlen(to_bob), NULL)));
    ck_assert(tells(weft_document_get(bob, id), "plain"));
    ck_assert(!tells(weft_document_get(bob, id), "SECRET"));
    ck_assert(!tells(weft_notification_list(bob, NULL, 0), "SECRET"));
    ck_assert(!tells(weft_document_list(bob, NULL, 0), "SECRET"));
    weft_session_free(bob);
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
    tcase_add_test(tc, a_title_says_nowhere_what_its_reader_does_not_see);
    tcase_add_test(tc, a_copy_shows_nothing_that_is_hidden_from_anybody);
    return tc;
}
