/* api/test_title.c - a document is called in the language of whoever reads it,
 * wherever they read of it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "suite.h"
#include "support/engine.h"

static const char xml[] =
    "<form xmlns='urn:weft:1' id='trip' label='出差' title='去{place}出差'>"
    "<t xml:lang='en' label='Trip' title='Trip to {place}'/>"
    "<fields><field id='place' type='text'/></fields>"
    "<workflow start='draft'><step id='draft' by='creator' edit='*'>"
    "<action id='submit' to='check'/></step>"
    "<approval id='check' approved='done' rejected='draft'>"
    "<level id='lead' by='manager(creator)' nobody='admin'/></approval>"
    "<end id='done'/></workflow><access><create by='everyone'/>"
    "<grant to='everyone' rights='read'/></access></form>";

static struct test_engine t;
static weft_session *en, *zh;
static int64_t trip;

static weft_session *session_of(const char *login, const char *lang)
{
    weft_error err = WEFT_ERROR_INIT;
    weft_session *session;

    ck_assert(weft_session_as(t.engine, login, lang, &session, &err));
    return session;
}

static void setup(void)
{
    static const char body[] = "{\"form\":\"trip\",\"action\":\"submit\","
                               "\"data\":{\"place\":\"Xi'an\"}}";
    weft_session *ann;
    weft_reply *made;

    test_engine_open(&t);
    test_deploy(&t, "trip.form.xml", xml);
    ann = session_of("ann", "en");
    made = weft_run(weft_document_create(ann, body, strlen(body), NULL));
    trip = weft_reply_id(made);
    test_ok(&t, made);
    weft_session_free(ann);
    en = session_of("lead", "en");
    zh = session_of("lead", "zh-CN");
}

static void teardown(void)
{
    weft_session_free(en);
    weft_session_free(zh);
    test_engine_close(&t);
}

static const struct wf_json *first(const struct wf_json *list)
{
    const struct wf_json *items = wf_json_get(list, "items");

    ck_assert_uint_eq(wf_json_len(items), 1);
    return items->u.array.at[0];
}

static const char *in_work(weft_session *session)
{
    const struct wf_json *item =
        first(test_ok(&t, weft_work_list(session, NULL, 0)));

    return test_text(wf_json_get(item, "document"), "title");
}

static const char *in_list(weft_session *session)
{
    const weft_param form = { "form", "trip" };

    return test_text(first(test_ok(&t, weft_document_list(session, &form, 1))),
                     "title");
}

static const char *in_view(weft_session *session)
{
    return test_text(test_ok(&t, weft_document_get(session, trip)), "title");
}

START_TEST(everywhere_it_is_called_in_the_readers_language)
{
    ck_assert_str_eq(in_view(en), "Trip to Xi'an");
    ck_assert_str_eq(in_list(en), "Trip to Xi'an");
    ck_assert_str_eq(in_work(en), "Trip to Xi'an");
    ck_assert_str_eq(in_view(zh), "去Xi'an出差");
    ck_assert_str_eq(in_list(zh), "去Xi'an出差");
    ck_assert_str_eq(in_work(zh), "去Xi'an出差");
}
END_TEST

TCase *title_tests(void)
{
    TCase *tc = tcase_create("api/title");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, everywhere_it_is_called_in_the_readers_language);
    return tc;
}
