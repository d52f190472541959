/* unit/doc/test_rules.c - what a document must meet, and what is asked of it
 * now.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"
#include "world.h"

static struct world w;
static struct wf_doc *doc;

static void setup(void)
{
    world_open(&w);
    world_as(&w, "bob");
    doc = world_make(&w, "sheet",
                     "{'name':'Plan','lines':[{'what':'a','weight':100}]}");
}

static void teardown(void)
{
    world_close(&w);
}

static size_t n_missing(const char *patch, const char *step)
{
    const struct wf_step *at = wf_form_step(doc->form, step);

    world_patch(&w, doc, patch);
    w.findings.n = w.findings.n_errors = 0;
    ck_ok(&w, wf_complete_check(&w.call, doc, &at->edit, &at->require, &w.err));
    return w.findings.n_errors;
}

START_TEST(a_complete_document_lacks_nothing)
{
    ck_assert_uint_eq(n_missing("{}", "draft"), 0);
}
END_TEST

START_TEST(a_step_asks_for_required_fields_that_it_may_edit)
{
    ck_assert_uint_eq(n_missing("{'name':null}", "draft"), 1);
    ck_assert_str_eq(world_code(&w, "name"), "required");
    ck_assert_str_eq(w.findings.at[0].message,
                     "Name is missing: fill it in first.");
    ck_assert_uint_eq(n_missing("{}", "next"), 0);
}
END_TEST

START_TEST(required_cells_are_asked_for_row_by_row)
{
    ck_assert_uint_eq(
        n_missing("{'lines':[{'what':'a','weight':50},{'weight':50}]}",
                  "draft"),
        1);
    ck_assert_str_eq(world_code(&w, "lines[2].what"), "required");
}
END_TEST

START_TEST(conditions_ask_and_hide)
{
    ck_assert_uint_eq(n_missing("{'urgent':true}", "draft"), 2);
    ck_assert_str_eq(world_code(&w, "reason"), "required");
    ck_assert_str_eq(world_code(&w, "extra"), "required");
    ck_assert_uint_eq(n_missing("{'urgent':false}", "draft"), 0);
}
END_TEST

START_TEST(a_table_has_a_least_number_of_rows)
{
    ck_assert_uint_eq(n_missing("{'lines':null}", "draft"), 1);
    ck_assert_str_eq(world_code(&w, "lines"), "length");
}
END_TEST

START_TEST(weights_add_up)
{
    ck_assert_uint_eq(
        n_missing("{'lines':[{'what':'a','weight':33.3},{'what':'b',"
                  "'weight':33.3},{'what':'c','weight':33.4}]}",
                  "draft"),
        0);
    ck_assert_uint_eq(
        n_missing("{'lines':[{'what':'a','weight':99.9}]}", "draft"), 1);
    ck_assert_str_eq(world_code(&w, "lines.weight"), "total");
    ck_assert_str_eq(w.findings.at[0].message,
                     "Weight must total 100 over all rows, and totals 99.9: "
                     "change some of them.");
}
END_TEST

START_TEST(an_error_stops_actions_and_on_save_also_saves)
{
    ck_assert_uint_eq(n_missing("{'count':13}", "draft"), 1);
    ck_assert_str_eq(world_code(&w, "count"), "rule");
    w.findings.n = w.findings.n_errors = 0;
    ck_ok(&w, wf_rules_check(&w.call, doc, true, &w.err));
    ck_assert_uint_eq(w.findings.n, 0);

    world_patch(&w, doc, "{'count':14}");
    ck_ok(&w, wf_rules_check(&w.call, doc, true, &w.err));
    ck_assert_str_eq(w.findings.at[0].message, "Never 14.");
}
END_TEST

/* Before its approval the owner does not see the grade. */
static const char TOLD[] =
    "<form xmlns='urn:weft:1' id='told' label='Told' subject='owner'><fields>"
    "<field id='owner' type='person' default='me'/>"
    "<field id='n' type='number'/><field id='grade' type='text'/></fields>"
    "<rules><rule field='n' when='n &gt; 5' message='{owner.login}有{n}个'>"
    "<t xml:lang='en' message='{owner.login}: {n} {{of 5}} {grade}'/></rule>"
    "<rule field='n' when='n &gt; 9' message='Plain.'/></rules>"
    "<workflow start='draft'><step id='draft' by='owner' edit='*'>"
    "<action id='go' to='done'/></step><end id='done'/></workflow>"
    "<access><grant to='owner' rights='read'/>"
    "<hide fields='grade' from='owner'/></access></form>";

static const char *told_in(const char *lang, const char *login)
{
    const struct wf_step *step = wf_form_step(world_form(&w, "told"), "draft");
    struct wf_doc *told;

    world_as(&w, "bob");
    told = world_make(&w, "told", "{'n':7,'grade':'A'}");
    world_as(&w, login);
    w.call.lang = lang;
    ck_ok(&w, wf_complete_check(&w.call, told, &step->edit, &step->require,
                                &w.err));
    ck_assert_uint_eq(w.findings.n_errors, 1);
    return w.findings.at[0].message;
}

START_TEST(a_message_is_filled_in_for_its_reader)
{
    world_deploy(&w, "told.form.xml", TOLD);

    ck_assert_str_eq(told_in("en", "bob"), "bob: 7 {of 5}");
    ck_assert_str_eq(told_in("zh-CN", "bob"), "bob有7个");
    ck_assert_str_eq(told_in("en", NULL), "bob: 7 {of 5} A");
}
END_TEST

START_TEST(a_warning_stops_nothing_and_is_seen_at_each_reading)
{
    ck_assert_uint_eq(n_missing("{'count':60}", "draft"), 0);
    ck_ok(&w, wf_rules_check(&w.call, doc, false, &w.err));
    ck_assert_uint_eq(w.findings.n_errors, 0);
    ck_assert_str_eq(w.findings.at[0].message, "That is much.");
}
END_TEST

static bool holds(const struct wf_json *list, const char *text)
{
    for (size_t i = 0; i < wf_json_len(list); i++)
        if (wf_streq(wf_json_str(list->u.array.at[i]), text))
            return true;
    return false;
}

START_TEST(a_live_form_is_told_what_is_shown_and_asked_now)
{
    struct wf_json *visible, *required;

    ck_ok(&w, wf_fields_now(&w.call, doc, &visible, &required, &w.err));
    ck_assert(holds(visible, "name") && holds(required, "name"));
    ck_assert(holds(visible, "lines[1].what"));
    ck_assert(!holds(visible, "extra") && !holds(required, "extra"));
    ck_assert(!holds(required, "reason"));

    world_patch(&w, doc, "{'urgent':true}");
    ck_ok(&w, wf_fields_now(&w.call, doc, &visible, &required, &w.err));
    ck_assert(holds(visible, "extra") && holds(required, "extra"));
    ck_assert(holds(required, "reason"));
}
END_TEST

START_TEST(formulas_follow_their_fields)
{
    world_patch(&w, doc,
                "{'lines':[{'what':'a','price':2},{'what':'b','price':3}]}");

    ck_assert_double_eq(wf_json_num(wf_json_get(doc->data, "total"), 0), 10);
    ck_assert_double_eq(wf_json_num(wf_json_get(doc->data, "score"), 0), 11);
}
END_TEST

START_TEST(formulas_stop_at_the_end_of_their_budget)
{
    w.units = 3;

    ck_assert(!wf_derive(&w.call, doc, &w.err));
    ck_assert_int_eq(w.err.code, WEFT_E_SCRIPT);
}
END_TEST

TCase *rules_tests(void)
{
    TCase *tc = tcase_create("doc/rules");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_complete_document_lacks_nothing);
    tcase_add_test(tc, a_step_asks_for_required_fields_that_it_may_edit);
    tcase_add_test(tc, required_cells_are_asked_for_row_by_row);
    tcase_add_test(tc, conditions_ask_and_hide);
    tcase_add_test(tc, a_table_has_a_least_number_of_rows);
    tcase_add_test(tc, weights_add_up);
    tcase_add_test(tc, an_error_stops_actions_and_on_save_also_saves);
    tcase_add_test(tc, a_message_is_filled_in_for_its_reader);
    tcase_add_test(tc, a_warning_stops_nothing_and_is_seen_at_each_reading);
    tcase_add_test(tc, a_live_form_is_told_what_is_shown_and_asked_now);
    tcase_add_test(tc, formulas_follow_their_fields);
    tcase_add_test(tc, formulas_stop_at_the_end_of_their_budget);
    return tc;
}
