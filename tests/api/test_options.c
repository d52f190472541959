/* api/test_options.c - options that a function gives: shown to who edits, and
 * held to when something is chosen.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "suite.h"
#include "support/engine.h"

static const char xml[] =
    "<form xmlns='urn:weft:1' id='tint' label='Tint'><fields>"
    "<field id='warm' type='boolean'/>"
    "<field id='colour' type='choice' options='lua:colours' label='Colour'/>"
    "<items id='rows'><field id='shade' type='choices' options='lua:shades'"
    " label='Shade'/></items></fields>"
    "<workflow start='s'><step id='s' by='creator' edit='*'>"
    "<action id='e' to='done'/></step><end id='done'/></workflow>"
    "<access><create by='everyone'/><grant to='everyone' rights='read'/>"
    "</access><hooks src='tint.lua'/></form>";
static const char lua[] =
    "function colours(doc)\n"
    "  if doc.warm then return { 'red', { id = 'pink', label = 'Pink' } } end\n"
    "  return { 'blue' }\n"
    "end\n"
    "function shades() return { 'dark', 'light' } end\n";

static struct test_engine t;
static weft_session *ann, *bob;

static void deploy(const char *hooks)
{
    const weft_file files[] = { { "tint.form.xml", xml, sizeof xml - 1 },
                                { "tint.lua", hooks, strlen(hooks) } };
    weft_deploy what = { files, 2, NULL, NULL, NULL };

    test_ok(&t, weft_run(weft_deploy_run(t.system, &what)));
}

static void setup(void)
{
    test_engine_open(&t);
    deploy(lua);
    ann = test_session(&t, "ann");
    bob = test_session(&t, "bob");
}

static void teardown(void)
{
    weft_session_free(ann);
    weft_session_free(bob);
    test_engine_close(&t);
}

static weft_reply *make(const char *data)
{
    const char *body =
        wf_arena_printf(t.arena, "{\"form\":\"tint\",\"data\":%s}", data);

    return weft_run(weft_document_create(ann, body, strlen(body), NULL));
}

static weft_reply *change(int64_t id, const char *data)
{
    const char *body = wf_arena_printf(t.arena, "{\"data\":%s}", data);

    return weft_run(weft_document_patch(ann, id, body, strlen(body), NULL));
}

static const char *options_of(const struct wf_json *body, const char *field)
{
    return wf_json_dump(t.arena,
                        wf_json_get(wf_json_get(body, "options"), field));
}

START_TEST(what_may_be_chosen_is_told_to_who_edits)
{
    weft_reply *made = make("{\"warm\":true}");
    int64_t id = weft_reply_id(made);
    const struct wf_json *doc = test_ok(&t, made);

    ck_assert_str_eq(options_of(doc, "colour"),
                     "[{\"id\":\"red\",\"label\":\"red\"},"
                     "{\"id\":\"pink\",\"label\":\"Pink\"}]");
    ck_assert_str_eq(options_of(doc, "rows.shade"),
                     "[{\"id\":\"dark\",\"label\":\"dark\"},"
                     "{\"id\":\"light\",\"label\":\"light\"}]");
    ck_assert_ptr_null(
        wf_json_get(test_ok(&t, weft_document_get(bob, id)), "options"));
}
END_TEST

START_TEST(what_is_none_of_them_is_refused_where_it_is_chosen)
{
    weft_reply *made = make("{\"warm\":true,\"colour\":\"pink\"}");
    int64_t id = weft_reply_id(made);
    const struct wf_json *found;

    test_ok(&t, made);
    found = test_refused(&t, make("{\"warm\":true,\"colour\":\"blue\"}"),
                         WEFT_E_INVALID);
    ck_assert_str_eq(test_text(found->u.array.at[0], "code"), "option");
    ck_assert_str_eq(test_text(found->u.array.at[0], "field"), "colour");
    found = test_refused(&t,
                         change(id, "{\"rows\":[{\"shade\":[\"dark\"]},"
                                    "{\"shade\":[\"light\",\"odd\"]}]}"),
                         WEFT_E_INVALID);
    ck_assert_str_eq(test_text(found->u.array.at[0], "field"), "rows[2].shade");
    /* what was chosen stays chosen while nothing else is */
    test_ok(&t, change(id, "{\"warm\":false}"));
}
END_TEST

START_TEST(a_function_that_gives_no_list_is_told_of)
{
    deploy("function colours() return 7 end\n"
           "function shades() return {} end\n");
    test_refused(&t, make("{\"colour\":\"red\"}"), WEFT_E_INVALID);
    test_refused(&t, make("{\"rows\":[{\"shade\":[\"dark\"]}]}"),
                 WEFT_E_INVALID);
}
END_TEST

/* --- Documents as options */

static const char shop_xml[] =
    "<form xmlns='urn:weft:1' id='shop' label='Shop' title='Shop {name}'>"
    "<fields><field id='name' type='text' label='Name'/></fields>"
    "<workflow start='s'><step id='s' by='creator' edit='*'>"
    "<action id='close' to='gone'/></step><end id='gone' state='void'/>"
    "</workflow><access><create by='everyone'/>"
    "<grant to='everyone' rights='read'/></access></form>";
static const char trip_xml[] =
    "<form xmlns='urn:weft:1' id='trip' label='Trip'"
    " title='To {where}, {also}; {after}'><fields>"
    "<field id='where' type='choice' options='shop' label='Where'/>"
    "<field id='also' type='choices' options='shop' label='Also'/>"
    "<field id='after' type='link' form='trip' label='After'/></fields>"
    "<workflow start='s'><step id='s' by='creator' edit='*'>"
    "<action id='e' to='done'/></step><end id='done'/></workflow>"
    "<access><create by='everyone'/><grant to='creator' rights='read'/>"
    "</access></form>";

static int64_t made(weft_session *who, const char *form, const char *data)
{
    const char *body =
        wf_arena_printf(t.arena, "{\"form\":\"%s\",\"data\":%s}", form, data);
    weft_reply *reply =
        weft_run(weft_document_create(who, body, strlen(body), NULL));
    int64_t id = weft_reply_id(reply);

    test_ok(&t, reply);
    return id;
}

static const char *title_of(int64_t id)
{
    return test_text(test_ok(&t, weft_document_get(t.system, id)), "title");
}

START_TEST(documents_that_were_chosen_stand_in_titles_by_their_own)
{
    long long a, b;
    int64_t first, second;

    test_deploy(&t, "shop.form.xml", shop_xml);
    test_deploy(&t, "trip.form.xml", trip_xml);
    a = made(ann, "shop", "{\"name\":\"East\"}");
    b = made(ann, "shop", "{\"name\":\"West\"}");
    first = made(ann, "trip",
                 wf_arena_printf(t.arena,
                                 "{\"where\":\"%lld\",\"also\":[\"%lld\","
                                 "\"%lld\"]}",
                                 a, a, b));
    second = made(
        ann, "trip",
        wf_arena_printf(t.arena, "{\"after\":\"%lld\"}", (long long)first));

    ck_assert_str_eq(title_of(first), "To Shop East, Shop East, Shop West");
    ck_assert_str_eq(title_of(second),
                     "To; To Shop East, Shop East, Shop West");
}
END_TEST

START_TEST(a_document_that_was_given_up_is_no_option)
{
    long long shop;
    int64_t trip;

    test_deploy(&t, "shop.form.xml", shop_xml);
    test_deploy(&t, "trip.form.xml", trip_xml);
    shop = made(ann, "shop", "{\"name\":\"East\"}");
    trip = made(ann, "trip",
                wf_arena_printf(t.arena, "{\"where\":\"%lld\"}", shop));
    test_ok(&t, weft_run(weft_document_act(ann, shop, "close", NULL, 0, NULL)));

    test_refused(
        &t,
        change(trip, wf_arena_printf(t.arena, "{\"also\":[\"%lld\"]}", shop)),
        WEFT_E_INVALID);
    test_ok(&t, change(trip, wf_arena_printf(t.arena, "{\"where\":\"%lld\"}",
                                             shop))); /* it stood there */
}
END_TEST

TCase *options_tests(void)
{
    TCase *tc = tcase_create("api/options");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, what_may_be_chosen_is_told_to_who_edits);
    tcase_add_test(tc, what_is_none_of_them_is_refused_where_it_is_chosen);
    tcase_add_test(tc, a_function_that_gives_no_list_is_told_of);
    tcase_add_test(tc, documents_that_were_chosen_stand_in_titles_by_their_own);
    tcase_add_test(tc, a_document_that_was_given_up_is_no_option);
    return tc;
}
