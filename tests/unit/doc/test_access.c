/* unit/doc/test_access.c - who sees what of a document, by every door: the
 * document itself, lists, filters, order, search, titles, tags, warnings.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"
#include "world.h"

static struct world w;
static struct wf_doc *bobs; /* a review of bob, in its step draft */

static void setup(void)
{
    world_open(&w);
    world_as(&w, "bob");
    bobs = world_make(&w, "review",
                      "{'name':'Hello world','secret':'psst','points':95}");
}

static void teardown(void)
{
    world_close(&w);
}

static struct wf_rights rights_of(const char *login)
{
    struct wf_rights rights;

    world_as(&w, login);
    ck_ok(&w, wf_access_decide(&w.call, bobs, &rights, &w.err));
    return rights;
}

static bool sees(const char *login, const char *field)
{
    struct wf_rights rights = rights_of(login);

    return wf_rights_see(&rights, bobs->form, wf_form_field(bobs->form, field));
}

START_TEST(grants_show_what_is_not_private)
{
    ck_assert(sees("ann", "points"));
    ck_assert(sees("ada", "points"));
    ck_assert(!sees("ann", "secret"));
}
END_TEST

START_TEST(private_fields_are_shown_by_name_only)
{
    ck_assert(sees("hana", "secret"));
    ck_assert(sees("hana", "name"));
    ck_assert(!sees("hana", "open"));
}
END_TEST

START_TEST(a_hide_wins_and_takes_what_is_computed_of_it)
{
    ck_assert(sees("bob", "name"));
    ck_assert(!sees("bob", "points"));
    ck_assert(!sees("bob", "bonus"));
    ck_assert(!sees("bob", "grade"));
}
END_TEST

START_TEST(a_hide_ends_with_its_condition)
{
    bobs->state = WF_DONE;

    ck_assert(sees("bob", "points"));
    ck_assert(sees("bob", "grade"));
}
END_TEST

START_TEST(nobody_else_sees_anything)
{
    ck_assert_uint_eq(rights_of("cid").rights, 0);
    ck_assert_uint_eq(rights_of("dan").rights, 0);
}
END_TEST

START_TEST(a_condition_opens_a_document_to_everybody)
{
    world_as(&w, NULL);
    world_patch(&w, bobs, "{'open':true}");
    world_save(&w, bobs);

    ck_assert(sees("dan", "name"));
    ck_assert(!sees("dan", "points"));
    ck_assert(world_lists(&w, "review", bobs->id));
}
END_TEST

START_TEST(work_in_hand_shows_the_document_and_what_it_names)
{
    bobs->step = wf_form_step(bobs->form, "rate");
    world_as(&w, NULL);
    world_save(&w, bobs);
    world_seat(&w, bobs, "dan");

    ck_assert(rights_of("dan").has_work);
    ck_assert(rights_of("dan").rights & WF_RIGHT_COMMENT);
    ck_assert(sees("dan", "points"));
    ck_assert(sees("dan", "secret")); /* the step edits it */
    ck_assert(world_lists(&w, "review", bobs->id));
}
END_TEST

START_TEST(a_hide_wins_over_work)
{
    world_seat(&w, bobs, "bob");

    ck_assert(!sees("bob", "points"));
}
END_TEST

START_TEST(the_engine_sees_all)
{
    ck_assert(sees(NULL, "secret"));
    ck_assert_uint_eq(rights_of(NULL).rights & WF_RIGHT_ADMINISTER,
                      WF_RIGHT_ADMINISTER);
}
END_TEST

START_TEST(what_is_not_visible_is_not_there_in_the_same_words)
{
    struct wf_doc *doc;
    struct wf_rights rights;
    weft_error hidden = WEFT_ERROR_INIT, absent = WEFT_ERROR_INIT;

    world_as(&w, "dan");
    ck_assert(!wf_doc_open(&w.call, bobs->id, &doc, &rights, &hidden));
    ck_assert(!wf_doc_open(&w.call, 42, &doc, &rights, &absent));

    ck_assert_int_eq(hidden.code, WEFT_E_NOTFOUND);
    ck_assert_int_eq(absent.code, WEFT_E_NOTFOUND);
    ck_assert_str_eq(absent.text, "There is no document 42.");
    ck_assert_str_eq(hidden.text,
                     wf_arena_printf(w.arena, "There is no document %lld.",
                                     (long long)bobs->id));
}
END_TEST

START_TEST(nobody_at_all_sees_nothing)
{
    struct wf_rights rights;

    world_as(&w, NULL);
    w.call.system = false;
    ck_ok(&w, wf_access_decide(&w.call, bobs, &rights, &w.err));

    ck_assert_uint_eq(rights.rights, 0);
    ck_assert(!world_lists(&w, NULL, bobs->id));
}
END_TEST

/* --- Other doors to a hidden field */

START_TEST(a_title_tells_nothing_of_what_is_hidden)
{
    const struct wf_json *view, *item;
    const struct wf_list_query all = { .form = "review", .limit = 50 };

    ck_assert_str_eq(bobs->title, "Hello world A");
    world_as(&w, "bob");
    view = world_view(&w, bobs->id);
    item = wf_json_get(world_list(&w, &all), "items")->u.array.at[0];

    ck_assert_str_eq(wf_json_str(wf_json_get(view, "title")), "Hello world");
    ck_assert_str_eq(wf_json_str(wf_json_get(item, "title")), "Hello world");
    world_as(&w, "ann");
    item = wf_json_get(world_list(&w, &all), "items")->u.array.at[0];
    ck_assert_str_eq(wf_json_str(wf_json_get(item, "title")), "Hello world A");
}
END_TEST

START_TEST(a_score_tells_nothing_of_what_is_hidden)
{
    const struct wf_list_query all = { .form = "review", .limit = 50 };
    const struct wf_json *item;

    world_as(&w, "bob");
    item = wf_json_get(world_list(&w, &all), "items")->u.array.at[0];

    ck_assert(wf_json_is(wf_json_get(world_view(&w, bobs->id), "score"),
                         WF_JSON_NULL));
    ck_assert(wf_json_is(wf_json_get(item, "score"), WF_JSON_NULL));
    world_as(&w, "ann");
    item = wf_json_get(world_list(&w, &all), "items")->u.array.at[0];
    ck_assert_double_eq(wf_json_num(wf_json_get(item, "score"), 0), 95);
}
END_TEST

static size_t n_filtered(const char *field, const char *op, const char *value)
{
    const struct wf_filter filter = { field, op, value };
    const struct wf_list_query query = {
        .form = "review", .filters = &filter, .n_filters = 1, .limit = 50
    };

    return wf_json_len(wf_json_get(world_list(&w, &query), "items"));
}

START_TEST(a_filter_finds_nothing_by_what_is_hidden)
{
    world_as(&w, "dan");
    world_make(&w, "review", "{'name':'Other','points':10}");
    world_as(&w, "ann");
    ck_assert_uint_eq(n_filtered("points", "gte", "90"), 1);

    world_as(&w, "bob");
    ck_assert_uint_eq(n_filtered("name", NULL, "Hello world"), 1);
    ck_assert_uint_eq(n_filtered("score", "gte", "0"), 0);
    ck_assert_uint_eq(n_filtered("score", "ne", "1"), 0);
}
END_TEST

START_TEST(hidden_and_absent_fields_answer_alike)
{
    static const char *const names[] = { "secret", "points", "bonus", "grade",
                                         "nothing" };
    struct wf_buf text = WF_BUF_INIT(w.arena);
    struct wf_json_writer out = WF_JSON_WRITER_INIT(&text);

    world_as(&w, "bob");
    for (size_t i = 0; i < WF_COUNT(names); i++) {
        const struct wf_filter filter = { names[i], NULL, "1" };
        const struct wf_list_query filtered = {
            .form = "review", .filters = &filter, .n_filters = 1, .limit = 50
        };
        const struct wf_list_query sorted = { .form = "review",
                                              .sort = names[i],
                                              .limit = 50 };

        ck_assert(!wf_list_documents(&w.call, &filtered, &out, &w.err));
        ck_assert_int_eq(w.err.code, WEFT_E_MALFORMED);
        ck_assert(!wf_list_documents(&w.call, &sorted, &out, &w.err));
        ck_assert_int_eq(w.err.code, WEFT_E_MALFORMED);
    }
}
END_TEST

static size_t n_found(const char *search)
{
    const struct wf_list_query query = { .form = "review",
                                         .search = search,
                                         .limit = 50 };

    return wf_json_len(wf_json_get(world_list(&w, &query), "items"));
}

START_TEST(a_search_finds_nothing_by_what_is_hidden)
{
    world_as(&w, "bob");
    ck_assert_uint_eq(n_found("hello"), 1);
    ck_assert_uint_eq(n_found("psst"), 0);
    world_as(&w, "hana");
    ck_assert_uint_eq(n_found("psst"), 1);
    world_as(&w, "dan");
    ck_assert_uint_eq(n_found("hello"), 0);
    ck_assert_uint_eq(n_found("\" OR 1 --"), 0);
}
END_TEST

START_TEST(a_warning_tells_nothing_of_what_is_hidden)
{
    world_as(&w, "bob");
    ck_assert_uint_eq(
        wf_json_len(wf_json_get(world_view(&w, bobs->id), "warnings")), 0);
    world_as(&w, "ann");
    ck_assert_uint_eq(
        wf_json_len(wf_json_get(world_view(&w, bobs->id), "warnings")), 1);
}
END_TEST

static const char *tag(const char *login)
{
    struct wf_buf text = WF_BUF_INIT(w.arena);
    struct wf_json_writer out = WF_JSON_WRITER_INIT(&text);
    char *made = wf_arena_alloc(w.arena, WF_ETAG_TEXT);
    struct wf_rights rights = rights_of(login);

    ck_ok(&w, wf_view_doc(&w.call, bobs, &rights, NULL, &out, &w.err));
    wf_etag_write(bobs, &rights, wf_buf_text(&text), text.len, made);
    return made;
}

START_TEST(a_tag_tells_nothing_of_what_is_hidden)
{
    const char *bob = tag("bob"), *ann = tag("ann");

    world_as(&w, NULL);
    world_patch(&w, bobs, "{'secret':'other','points':20}");
    bobs->revision++;

    ck_assert_str_eq(tag("bob"), bob);
    ck_assert_str_ne(tag("ann"), ann);
}
END_TEST

START_TEST(a_tag_of_an_older_edit_does_not_match)
{
    const char *before = tag("ann");
    struct wf_rights rights = rights_of("ann");

    ck_assert(wf_etag_matches_edit(wf_arena_printf(w.arena, "W/\"%s\"", before),
                                   bobs, &rights));
    ck_assert(wf_etag_matches_edit("*", bobs, &rights));
    ck_assert(!wf_etag_matches_edit("\"x\"", bobs, &rights));

    world_as(&w, NULL);
    world_patch(&w, bobs, "{'name':'Changed'}");
    ck_assert(!wf_etag_matches_edit(before, bobs, &rights));
}
END_TEST

START_TEST(data_hold_only_what_is_seen)
{
    const struct wf_json *data;

    world_as(&w, "bob");
    data = wf_json_get(world_view(&w, bobs->id), "data");

    ck_assert_ptr_nonnull(wf_json_get(data, "name"));
    ck_assert_ptr_null(wf_json_get(data, "secret"));
    ck_assert_ptr_null(wf_json_get(data, "points"));
    ck_assert_ptr_null(wf_json_get(data, "grade"));
}
END_TEST

/* --- Forms */

START_TEST(forms_are_seen_by_whoever_may_use_them)
{
    bool may;

    world_as(&w, "dan");
    ck_ok(&w, wf_access_may_create(&w.call, world_form(&w, "review"), &may,
                                   &w.err));
    ck_assert(may);
    ck_ok(&w, wf_access_may_derive(&w.call, world_form(&w, "review"), &may,
                                   &w.err));
    ck_assert(!may);
    ck_ok(&w, wf_access_may_deploy(&w.call,
                                   wf_registry_package(w.registry, "office"),
                                   &may, &w.err));
    ck_assert(!may);
    world_as(&w, "ada");
    ck_ok(&w, wf_access_may_deploy(&w.call,
                                   wf_registry_package(w.registry, "office"),
                                   &may, &w.err));
    ck_assert(may);
}
END_TEST

static const char CLOSED[] =
    "<form xmlns='urn:weft:1' id='closed' label='Closed' subject='owner'>"
    "<fields><field id='owner' type='person' default='me'/></fields>"
    "<workflow start='draft'><step id='draft' by='owner' edit='*'>"
    "<action id='go' to='done'/></step><end id='done'/></workflow>"
    "<access><create by='role(hr)'/><grant to='owner' rights='read'/></access>"
    "</form>";

START_TEST(a_form_of_others_is_not_seen_until_one_has_a_document_of_it)
{
    bool may;

    world_deploy(&w, "closed.form.xml", CLOSED);
    world_as(&w, "hana");
    ck_ok(&w, wf_access_may_see_form(&w.call, world_form(&w, "closed"), &may,
                                     &w.err));
    ck_assert(may);
    world_as(&w, "dan");
    ck_ok(&w, wf_access_may_see_form(&w.call, world_form(&w, "closed"), &may,
                                     &w.err));
    ck_assert(!may);
    world_make(&w, "closed", "{}");
    ck_ok(&w, wf_access_may_see_form(&w.call, world_form(&w, "closed"), &may,
                                     &w.err));
    ck_assert(may);
}
END_TEST

static const char PLAN[] =
    "<form xmlns='urn:weft:1' id='plan' label='Plan' subject='owner'>"
    "<fields><field id='owner' type='person' default='me'/>"
    "<items id='goals'><field id='title' type='text'/>"
    "<field id='target' type='number'/></items></fields>"
    "<workflow start='draft'><step id='draft' by='owner' edit='*'>"
    "<action id='go' to='done'/></step><end id='done'/></workflow>"
    "<access><create by='everyone'/>"
    "<grant to='everyone' rights='read' fields='goals.title'/></access>"
    "</form>";

START_TEST(a_grant_of_a_column_shows_its_rows_and_no_other_column)
{
    world_deploy(&w, "plan.form.xml", PLAN);
    world_as(&w, "bob");
    bobs = world_make(&w, "plan", "{'goals':[{'title':'A','target':5}]}");

    ck_assert(sees("dan", "goals"));
    ck_assert(sees("dan", "goals.title"));
    ck_assert(!sees("dan", "goals.target"));
    ck_assert(!sees("dan", "owner"));
}
END_TEST

START_TEST(a_list_shows_of_a_document_what_its_own_page_shows)
{
    const struct wf_list_query query = { .form = "review",
                                         .fields = "name secret points bonus",
                                         .limit = 50 };
    static const char *const who[] = { "bob", "ann", "hana" };

    for (size_t i = 0; i < WF_COUNT(who); i++) {
        const struct wf_json *item, *data;

        world_as(&w, who[i]);
        item = wf_json_get(world_list(&w, &query), "items")->u.array.at[0];
        data = wf_json_get(item, "data");
        for (size_t k = 0; k < wf_json_len(data); k++)
            ck_assert(sees(who[i], data->u.object.at[k].key.at));
        ck_assert_int_eq(wf_json_get(data, "secret") != NULL,
                         sees(who[i], "secret"));
        ck_assert_int_eq(wf_json_get(data, "points") != NULL,
                         sees(who[i], "points"));
    }
}
END_TEST

TCase *access_tests(void)
{
    TCase *tc = tcase_create("doc/access");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, grants_show_what_is_not_private);
    tcase_add_test(tc, a_grant_of_a_column_shows_its_rows_and_no_other_column);
    tcase_add_test(tc, private_fields_are_shown_by_name_only);
    tcase_add_test(tc, a_hide_wins_and_takes_what_is_computed_of_it);
    tcase_add_test(tc, a_hide_ends_with_its_condition);
    tcase_add_test(tc, nobody_else_sees_anything);
    tcase_add_test(tc, a_condition_opens_a_document_to_everybody);
    tcase_add_test(tc, work_in_hand_shows_the_document_and_what_it_names);
    tcase_add_test(tc, a_hide_wins_over_work);
    tcase_add_test(tc, the_engine_sees_all);
    tcase_add_test(tc, what_is_not_visible_is_not_there_in_the_same_words);
    tcase_add_test(tc, nobody_at_all_sees_nothing);
    tcase_add_test(tc, a_title_tells_nothing_of_what_is_hidden);
    tcase_add_test(tc, a_score_tells_nothing_of_what_is_hidden);
    tcase_add_test(tc, a_filter_finds_nothing_by_what_is_hidden);
    tcase_add_test(tc, hidden_and_absent_fields_answer_alike);
    tcase_add_test(tc, a_search_finds_nothing_by_what_is_hidden);
    tcase_add_test(tc, a_warning_tells_nothing_of_what_is_hidden);
    tcase_add_test(tc, a_tag_tells_nothing_of_what_is_hidden);
    tcase_add_test(tc, a_tag_of_an_older_edit_does_not_match);
    tcase_add_test(tc, data_hold_only_what_is_seen);
    tcase_add_test(tc, forms_are_seen_by_whoever_may_use_them);
    tcase_add_test(tc,
                   a_form_of_others_is_not_seen_until_one_has_a_document_of_it);
    tcase_add_test(tc, a_list_shows_of_a_document_what_its_own_page_shows);
    return tc;
}
