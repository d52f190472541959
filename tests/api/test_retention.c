/* api/test_retention.c - documents that have ended long ago lose their words,
 * or go, and totals and the chain of the history stay.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "suite.h"
#include "support/engine.h"

#define DAY INT64_C(86400000)
#define WORDS "xyzzyplugh"

/* A form whose documents end by themselves; `more` are its other fields. */
#define FORM(id, more, retention)                                              \
    "<form xmlns='urn:weft:1' id='" id "' label='Form'><fields>"               \
    "<field id='words' type='text' label='Words' index='true'/>"               \
    "<field id='amount' type='number' label='Amount' index='true'/>"           \
    "<field id='hold' type='boolean' label='Hold'/>" more                      \
    "</fields><workflow start='draft'>"                                        \
    "<step id='draft' label='Draft' by='creator' edit='*'>"                    \
    "<action id='go' label='Go' to='done'/></step>"                            \
    "<end id='done' label='Done'/></workflow><access>"                         \
    "<create by='everyone'/><grant to='creator' rights='read comment'/>"       \
    "<grant to='manager(creator)' rights='read'/></access>" retention          \
    "</form>"

static const char MEMO[] =
    FORM("memo", "", "<retention keep='1y' unless='hold'/>");
static const char SCRAP[] =
    FORM("scrap",
         "<field id='up' type='link' form='scrap' label='Up'/>"
         "<field id='into' type='link' form='total' label='Into'/>",
         "<retention keep='30d' then='erase'/>");

static struct test_engine t;
static weft_session *ann, *root;

static void setup(void)
{
    test_engine_open(&t);
    test_deploy(&t, "memo.form.xml", MEMO);
    test_deploy(&t, "total.form.xml", FORM("total", "", ""));
    test_deploy(&t, "scrap.form.xml", SCRAP);
    ann = test_session(&t, "ann");
    root = test_session(&t, "root");
}

static void teardown(void)
{
    weft_session_free(ann);
    weft_session_free(root);
    test_engine_close(&t);
}

static int64_t make(const char *form, const char *data)
{
    const char *body =
        wf_arena_printf(t.arena, "{\"form\":\"%s\",\"data\":%s}", form, data);
    weft_reply *reply =
        weft_run(weft_document_create(ann, body, strlen(body), NULL));
    int64_t id = weft_reply_id(reply);

    test_ok(&t, reply);
    return id;
}

static void end(int64_t id)
{
    test_ok(&t, weft_run(weft_document_act(ann, id, "go", "", 0, NULL)));
}

static void say(int64_t id)
{
    static const char body[] = "{\"text\":\"" WORDS "\"}";

    test_ok(&t,
            weft_run(weft_document_comment(ann, id, body, strlen(body), NULL)));
}

/* So many days go by, and what is due is done. */
static void pass(int days)
{
    weft_error err = WEFT_ERROR_INIT;
    int64_t fired;

    t.now += days * DAY;
    ck_assert_msg(weft_engine_tick(t.engine, t.now, &fired, &err), "%s",
                  err.text);
}

/* All that is told of a document: itself, its talk, its history. */
static const char *all_of(int64_t id)
{
    weft_reply *replies[] = { weft_document_get(ann, id),
                              weft_document_comments(ann, id, NULL, 0),
                              weft_document_history(ann, id, NULL, 0) };
    const char *all = "";

    for (size_t i = 0; i < sizeof replies / sizeof replies[0]; i++) {
        size_t len;

        all = wf_arena_printf(t.arena, "%s%s", all,
                              weft_reply_body(replies[i], &len));
        weft_reply_free(replies[i]);
    }
    return all;
}

static struct wf_json *report(const char *form)
{
    return wf_json_get(test_ok(&t, weft_retention(root, form)), "items")
        ->u.array.at[0];
}

static double count(const char *form, const char *what)
{
    return wf_json_num(wf_json_get(report(form), what), -1);
}

START_TEST(what_ended_long_ago_loses_its_words)
{
    int64_t id = make("memo", "{\"words\":\"" WORDS "\",\"amount\":7}");

    say(id);
    end(id);
    pass(300);
    ck_assert_ptr_nonnull(strstr(all_of(id), WORDS));
    ck_assert_double_eq(count("memo", "reduce"), 0);

    t.now += 100 * DAY;
    ck_assert_double_eq(count("memo", "reduce"), 1);
    ck_assert_uint_eq(wf_json_len(wf_json_get(report("memo"), "documents")), 1);
    ck_assert_ptr_nonnull(strstr(all_of(id), WORDS)); /* it is only told */
    pass(1);
    ck_assert_ptr_null(strstr(all_of(id), WORDS));
    ck_assert_ptr_nonnull(strstr(all_of(id), "\"amount\":7"));
    ck_assert_ptr_nonnull(strstr(all_of(id), "\"retention\""));
    ck_assert_double_eq(count("memo", "reduce"), 0);
    test_ok(&t, weft_verify(root));
    pass(400); /* and once */
    ck_assert_double_eq(count("memo", "reduce"), 0);
}
END_TEST

START_TEST(what_is_open_or_held_stays_whole)
{
    int64_t open = make("memo", "{\"words\":\"" WORDS "\"}");
    int64_t held = make("memo", "{\"words\":\"" WORDS "\",\"hold\":true}");

    end(held);
    pass(800);
    ck_assert_ptr_nonnull(strstr(all_of(open), WORDS));
    ck_assert_ptr_nonnull(strstr(all_of(held), WORDS));
    ck_assert_double_eq(count("memo", "stay"), 1);
    ck_assert_double_eq(count("memo", "reduce"), 0);
}
END_TEST

START_TEST(what_others_need_is_reduced_where_the_rest_goes)
{
    int64_t named = make("scrap", "{\"words\":\"" WORDS "\",\"amount\":1}");
    int64_t names = make("scrap", wf_arena_printf(t.arena,
                                                  "{\"words\":\"" WORDS
                                                  "\",\"up\":\"%lld\"}",
                                                  (long long)named));

    end(named);
    end(names);
    t.now += 31 * DAY;
    ck_assert_double_eq(count("scrap", "erase"), 1);
    ck_assert_double_eq(count("scrap", "reduce"), 1);
    pass(1);
    test_refused(&t, weft_document_get(ann, names), WEFT_E_NOTFOUND);
    ck_assert_ptr_null(strstr(all_of(named), WORDS));
    ck_assert_ptr_nonnull(strstr(all_of(named), "\"amount\":1"));
    test_ok(&t, weft_verify(root));
    pass(1); /* nobody names it any more */
    test_refused(&t, weft_document_get(ann, named), WEFT_E_NOTFOUND);
    test_ok(&t, weft_verify(root));
}
END_TEST

/* It is its values that are needed, not its form. */
START_TEST(what_gives_a_value_stays_and_what_could_goes)
{
    int64_t total, gives, alone;

    test_deploy(&t, "total.form.xml",
                FORM("total",
                     "<rollup field='amount' of='scrap' via='into' fn='sum'"
                     " value='amount'/>",
                     ""));
    total = make("total", "{}");
    gives = make("scrap",
                 wf_arena_printf(t.arena, "{\"amount\":3,\"into\":\"%lld\"}",
                                 (long long)total));
    alone = make("scrap", "{\"amount\":4}");
    end(gives);
    end(alone);
    pass(32);

    test_refused(&t, weft_document_get(ann, alone), WEFT_E_NOTFOUND);
    test_ok(&t, weft_document_get(ann, gives));
    ck_assert_ptr_nonnull(strstr(all_of(total), "\"amount\":3"));
    test_ok(&t, weft_verify(root));
}
END_TEST

/* More of them than go in one piece. */
START_TEST(all_of_a_night_go)
{
    int64_t ids[50];

    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        ids[i] = make("memo", "{\"words\":\"" WORDS "\"}");
        end(ids[i]);
    }
    pass(400);
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++)
        ck_assert_ptr_null(strstr(all_of(ids[i]), WORDS));
}
END_TEST

START_TEST(a_rule_that_is_gone_takes_nothing)
{
    int64_t id = make("memo", "{\"words\":\"" WORDS "\"}");

    end(id);
    test_deploy(&t, "memo.form.xml", FORM("memo", "", ""));
    pass(800);
    ck_assert_ptr_nonnull(strstr(all_of(id), WORDS));
}
END_TEST

START_TEST(who_answers_for_the_data_is_told_and_nobody_else)
{
    test_refused(&t, weft_retention(ann, NULL), WEFT_E_DENIED);
    ck_assert_uint_eq(wf_json_len(wf_json_get(
                          test_ok(&t, weft_retention(root, NULL)), "items")),
                      2);
}
END_TEST

START_TEST(a_time_that_is_none_does_not_compile)
{
    static const char *const keeps[] = { "",      "6",   "y",    "0d",
                                         "-1y",   "6 y", "1.5y", "9999999999d",
                                         "1201m", "2h" };

    for (size_t i = 0; i < sizeof keeps / sizeof keeps[0]; i++) {
        const char *xml = wf_arena_printf(
            t.arena, "%.*s<retention keep='%s'/></form>",
            (int)(strstr(MEMO, "<retention") - MEMO), MEMO, keeps[i]);
        weft_file file = { "memo.form.xml", xml, strlen(xml) };
        weft_deploy what = { &file, 1, NULL, NULL, NULL };

        test_refused(&t, weft_run(weft_deploy_run(root, &what)),
                     WEFT_E_INVALID);
    }
}
END_TEST

TCase *retention_tests(void)
{
    TCase *tc = tcase_create("api/retention");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, what_ended_long_ago_loses_its_words);
    tcase_add_test(tc, what_is_open_or_held_stays_whole);
    tcase_add_test(tc, what_others_need_is_reduced_where_the_rest_goes);
    tcase_add_test(tc, what_gives_a_value_stays_and_what_could_goes);
    tcase_add_test(tc, all_of_a_night_go);
    tcase_add_test(tc, a_rule_that_is_gone_takes_nothing);
    tcase_add_test(tc, who_answers_for_the_data_is_told_and_nobody_else);
    tcase_add_test(tc, a_time_that_is_none_does_not_compile);
    return tc;
}
