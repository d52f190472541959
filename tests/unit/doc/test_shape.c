/* unit/doc/test_shape.c - what people send becomes stored values, or findings
 * that say what is wrong.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"
#include "world.h"

static struct world w;

static void setup(void)
{
    world_open(&w);
    world_as(&w, "bob");
}

static void teardown(void)
{
    world_close(&w);
}

static bool patch(struct wf_doc *doc, const char *json,
                  const struct wf_writable *writable)
{
    w.findings.n = w.findings.n_errors = 0;
    return wf_shape_patch(&w.call, doc, world_json(&w, json), writable, &w.err);
}

/* What a value is stored as, or the code of its refusal; NULL shows what a
 * document without it holds. */
/* clang-format off */
static const struct sample {
    const char *field, *value, *stored, *code;
} samples[] = {
    { "name",     "'Plan'",       "\"Plan\"", NULL },
    { "name",     "'P'",          NULL, "length" },
    { "name",     "'12345678901'", NULL, "length" },
    { "name",     "'目标目标目标目标目标'",
                  "\"目标目标目标目标目标\"", NULL },
    { "name",     "'Cafe\\u0301'", "\"Café\"", NULL },
    { "name",     "5",            NULL, "type" },
    { "name",     "''",           "null", NULL },
    { "name",     "null",         "null", NULL },
    { "code",     "'AB'",         "\"AB\"", NULL },
    { "code",     "'abc'",        NULL, "pattern" },
    { "count",    "7.5",          "7.5", NULL },
    { "count",    "7.55",         NULL, "digits" },
    { "count",    "0.1",          "0.1", NULL },
    { "count",    "-1",           NULL, "range" },
    { "count",    "101",          NULL, "range" },
    { "count",    "'7'",          NULL, "type" },
    { "share",    "100",          "100", NULL },
    { "share",    "101",          NULL, "range" },
    { "cost",     "{'amount':1250,'currency':'CNY'}",
                  "{\"amount\":1250,\"currency\":\"CNY\"}", NULL },
    { "cost",     "{'amount':1250}",
                  "{\"amount\":1250,\"currency\":\"CNY\"}", NULL },
    { "cost",     "{'amount':1250,'currency':'EUR'}", NULL, "currency" },
    { "cost",     "{'amount':12.5,'currency':'CNY'}", NULL, "type" },
    { "cost",     "{'amount':100001}", NULL, "range" },
    { "cost",     "{'amount':1,'more':2}", NULL, "type" },
    { "cost",     "12.5",         NULL, "type" },
    { "urgent",   "true",         "true", NULL },
    { "urgent",   "'true'",       NULL, "type" },
    { "day",      "'2026-02-28'", "\"2026-02-28\"", NULL },
    { "day",      "'2026-02-29'", NULL, "type" },
    { "day",      "20260228",     NULL, "type" },
    { "moment",   "'2026-10-12T09:00:00+08:00'",
                  "\"2026-10-12T01:00:00.000Z\"", NULL },
    { "moment",   "'2026-10-12'", NULL, "type" },
    { "span",     "'4h'",         "\"4h\"", NULL },
    { "span",     "2",            "\"2h\"", NULL },
    { "span",     "'101h'",       NULL, "range" },
    { "span",     "'soon'",       NULL, "type" },
    { "colour",   "'red'",        "\"red\"", NULL },
    { "colour",   "'pink'",       NULL, "option" },
    { "colours",  "['red','blue']", "[\"red\",\"blue\"]", NULL },
    { "colours",  "['red','red']", NULL, "option" },
    { "colours",  "['red','blue','green']", NULL, "length" },
    { "colours",  "'red'",        NULL, "type" },
    { "colours",  "[]",           "null", NULL },
    { "mark",     "'mid'",        "\"mid\"", NULL },
    { "mark",     "3",            "\"mid\"", NULL },
    { "mark",     "2",            NULL, "option" },
    { "place",    "'north'",      "\"north\"", NULL },
    { "place",    "'west'",       NULL, "option" },
    { "owner",    "'nobody'",     NULL, "person" },
    { "owner",    "7",            NULL, "type" },
    { "above",    "'77'",         NULL, "link" },
    { "above",    "77",           NULL, "type" },
    { "mood",     "'🙂'",         "\"🙂\"", NULL },
    { "mood",     "'👩‍💻'",         "\"👩‍💻\"", NULL },
    { "mood",     "'🇨🇳'",         "\"🇨🇳\"", NULL },
    { "mood",     "'1️⃣'",         "\"1️⃣\"", NULL },
    { "mood",     "'🙂🙂'",        NULL, "type" },
    { "mood",     "'no'",         NULL, "type" },
    { "words",    "['a','b']",    "[\"a\",\"b\"]", NULL },
    { "words",    "['a',2]",      NULL, "type" },
    { "period",   "'2026-Q4'",    "\"2026-Q4\"", NULL },
    { "period",   "'2026-11'",    NULL, "type" },
    { "progress", "100",          "100", NULL },
    { "progress", "101",          NULL, "range" },
    { "progress", "'Two of three held.'", "\"Two of three held.\"", NULL },
    { "mail",     "'a@example.com'", "\"a@example.com\"", NULL },
    { "mail",     "'a@b@c.d'",    NULL, "type" },
    { "mail",     "'example.com'", NULL, "type" },
    { "site",     "'https://example.com/x'", "\"https://example.com/x\"",
                  NULL },
    { "site",     "'javascript:alert(1)'", NULL, "type" },
    { "site",     "'https://a b'", NULL, "type" },
    { "phone",    "'+86 10 5555 0100'", "\"+86 10 5555 0100\"", NULL },
    { "phone",    "'call me'",    NULL, "type" },
    { "memo",     "{'any':[1]}",  NULL, "readonly" },
    { "fixed",    "'x'",          NULL, "readonly" },
    { "total",    "5",            NULL, "derived" },
    { "nothing",  "5",            NULL, "unknown" },
    { "twice",    "5",            NULL, "unknown" },
    { "step",     "'done'",       NULL, "unknown" },
    { "lines",    "5",            NULL, "type" },
};
/* clang-format on */

START_TEST(a_value_is_stored_in_its_shape_or_refused_with_a_code)
{
    const struct sample *s = &samples[_i];
    static const struct wf_writable all = { 0 };
    struct wf_doc *doc = wf_doc_new(&w.call, world_form(&w, "sheet"));
    bool done = patch(
        doc, wf_arena_printf(w.arena, "{'%s':%s}", s->field, s->value), &all);

    if (s->code) {
        ck_assert(!done);
        ck_assert_int_eq(w.err.code, WEFT_E_INVALID);
        ck_assert_str_eq(world_code(&w, s->field), s->code);
        ck_assert_uint_eq(wf_json_len(doc->data), 0);
    } else {
        struct wf_json *stored = wf_json_get(doc->data, s->field);

        ck_ok(&w, done);
        ck_assert_str_eq(stored ? wf_json_dump(w.arena, stored) : "null",
                         s->stored);
    }
}
END_TEST

START_TEST(people_are_found_by_login_id_or_object)
{
    static const struct wf_writable all = { 0 };
    wf_id ann = world_id(&w, "ann");
    struct wf_doc *doc = wf_doc_new(&w.call, world_form(&w, "sheet"));
    const char *json = wf_arena_printf(
        w.arena, "{'owner':{'login':'ann'},'friends':['%lld',{'id':'%lld'}]}",
        (long long)ann, (long long)world_id(&w, "cid"));

    ck_ok(&w, patch(doc, json, &all));

    ck_assert_str_eq(wf_json_str(wf_json_get(doc->data, "owner")),
                     wf_arena_printf(w.arena, "%lld", (long long)ann));
    ck_assert_uint_eq(wf_json_len(wf_json_get(doc->data, "friends")), 2);
}
END_TEST

START_TEST(the_same_person_twice_is_once_too_often)
{
    static const struct wf_writable all = { 0 };
    struct wf_doc *doc = wf_doc_new(&w.call, world_form(&w, "sheet"));
    const char *json = wf_arena_printf(w.arena, "{'friends':['ann','%lld']}",
                                       (long long)world_id(&w, "ann"));

    ck_assert(!patch(doc, json, &all));

    ck_assert_str_eq(world_code(&w, "friends"), "option");
}
END_TEST

START_TEST(a_link_leads_only_to_what_its_writer_sees)
{
    static const struct wf_writable all = { 0 };
    struct wf_doc *theirs, *mine;
    const char *json;

    world_as(&w, "dan");
    theirs = world_make(&w, "sheet", "{'name':'Dans'}");
    world_as(&w, "bob");
    mine = world_make(&w, "sheet", "{'name':'Bobs'}");
    json = wf_arena_printf(w.arena, "{'above':'%lld'}", (long long)theirs->id);

    ck_assert(!patch(mine, json, &all));
    ck_assert_str_eq(world_code(&w, "above"), "link");

    world_as(&w, NULL);
    ck_ok(&w, patch(mine, json, &all));
    world_as(&w, "bob");
    ck_ok(&w, patch(mine, json, &all)); /* sent back */
}
END_TEST

START_TEST(a_document_cannot_hang_under_itself)
{
    static const struct wf_writable all = { 0 };
    struct wf_doc *top = world_make(&w, "sheet", "{'name':'Top'}"), *leaf = top;

    for (int i = 0; i < 3; i++)
        leaf = world_make(&w, "sheet",
                          wf_arena_printf(w.arena,
                                          "{'name':'Leaf','above':'%lld'}",
                                          (long long)leaf->id));

    ck_assert(!patch(
        top, wf_arena_printf(w.arena, "{'above':'%lld'}", (long long)leaf->id),
        &all));
    ck_assert_str_eq(world_code(&w, "above"), "link");
    ck_assert(!patch(
        top, wf_arena_printf(w.arena, "{'above':'%lld'}", (long long)top->id),
        &all));
    ck_ok(&w, patch(leaf,
                    wf_arena_printf(w.arena, "{'above':'%lld'}",
                                    (long long)top->id),
                    &all));
}
END_TEST

START_TEST(all_findings_are_told_at_once_and_nothing_is_changed)
{
    static const struct wf_writable all = { 0 };
    struct wf_doc *doc = world_make(&w, "sheet", "{'name':'Plan','count':1}");

    ck_assert(!patch(doc, "{'name':'P','count':500,'colour':'red'}", &all));

    ck_assert_uint_eq(w.findings.n, 2);
    ck_assert_double_eq(wf_json_num(wf_json_get(doc->data, "count"), 0), 1);
    ck_assert_ptr_null(wf_json_get(doc->data, "colour"));
}
END_TEST

START_TEST(only_the_fields_of_the_step_are_open)
{
    const struct wf_step *step = wf_form_step(world_form(&w, "sheet"), "next");
    const struct wf_writable writable = { .edit = &step->edit };
    struct wf_doc *doc = world_make(&w, "sheet", "{'name':'Plan'}");

    ck_ok(&w, patch(doc, "{'notes':'yes'}", &writable));
    ck_assert(!patch(doc, "{'name':'Goal'}", &writable));
    ck_assert_str_eq(world_code(&w, "name"), "locked");
}
END_TEST

static bool sees_no_name(void *self, const struct wf_field *field)
{
    (void)self;
    return !wf_streq(field->path, "name") && !wf_streq(field->path, "total");
}

START_TEST(a_field_that_is_not_seen_answers_like_one_that_is_not_there)
{
    const struct wf_writable writable = { .may_see = sees_no_name };
    struct wf_doc *doc = world_make(&w, "sheet", "{'name':'Plan'}");

    ck_assert(!patch(doc, "{'name':'Goal','total':1,'nothing':1}", &writable));

    ck_assert_str_eq(world_code(&w, "name"), "unknown");
    ck_assert_str_eq(world_code(&w, "total"), "unknown");
    ck_assert_str_eq(world_code(&w, "nothing"), "unknown");
}
END_TEST

START_TEST(a_condition_makes_a_field_read_only)
{
    static const struct wf_writable all = { 0 };
    struct wf_doc *doc = world_make(&w, "sheet", "{'name':'Plan'}");

    ck_ok(&w, patch(doc, "{'closed':'x'}", &all));
    world_patch(&w, doc, "{'urgent':true}");
    ck_assert(!patch(doc, "{'closed':'y'}", &all));
    ck_assert_str_eq(world_code(&w, "closed"), "readonly");
}
END_TEST

START_TEST(a_condition_is_judged_as_the_document_would_stand)
{
    static const struct wf_writable all = { 0 };
    struct wf_doc *doc = world_make(&w, "sheet", "{'name':'Plan'}");

    ck_assert(!patch(doc, "{'closed':'x','urgent':true}", &all));
    ck_assert_str_eq(world_code(&w, "closed"), "readonly");
    ck_assert_ptr_null(wf_json_get(doc->data, "urgent"));
    ck_ok(&w, patch(doc, "{'closed':'x'}", &all));
    ck_ok(&w, patch(doc, "{'urgent':true}", &all));
    ck_ok(&w, patch(doc, "{'closed':'y','urgent':false}", &all));
    ck_assert_str_eq(wf_json_str(wf_json_get(doc->data, "closed")), "y");
}
END_TEST

START_TEST(what_is_typed_is_kept_field_by_field)
{
    static const struct wf_writable each = { .each = true };
    struct wf_doc *doc = world_make(&w, "sheet", "{'name':'Plan'}");

    ck_ok(&w, patch(doc, "{'closed':'x','urgent':true,'count':500,'code':'AB'}",
                    &each));

    ck_assert_str_eq(world_code(&w, "closed"), "readonly");
    ck_assert_str_eq(world_code(&w, "count"), "range");
    ck_assert_ptr_null(wf_json_get(doc->data, "closed"));
    ck_assert_str_eq(wf_json_str(wf_json_get(doc->data, "code")), "AB");
}
END_TEST

START_TEST(hooks_write_what_is_read_only_but_nothing_derived)
{
    static const struct wf_writable hook = { .hook = true };
    struct wf_doc *doc = world_make(&w, "sheet", "{'name':'Plan'}");

    ck_ok(&w, patch(doc, "{'fixed':'x','memo':{'a':[1]}}", &hook));
    ck_assert(!patch(doc, "{'total':5}", &hook));
    ck_assert_str_eq(world_code(&w, "total"), "derived");
}
END_TEST

START_TEST(money_is_merged_member_by_member)
{
    static const struct wf_writable all = { 0 };
    struct wf_doc *doc = world_make(&w, "sheet",
                                    "{'name':'Plan','cost':"
                                    "{'amount':5}}");

    ck_ok(&w, patch(doc, "{'cost':{'amount':9}}", &all));

    ck_assert_str_eq(wf_json_dump(w.arena, wf_json_get(doc->data, "cost")),
                     "{\"amount\":9,\"currency\":\"CNY\"}");
}
END_TEST

START_TEST(data_that_is_no_object_is_malformed)
{
    static const struct wf_writable all = { 0 };
    struct wf_doc *doc = wf_doc_new(&w.call, world_form(&w, "sheet"));

    ck_assert(!patch(doc, "[]", &all));
    ck_assert_int_eq(w.err.code, WEFT_E_MALFORMED);
}
END_TEST

START_TEST(messages_name_the_label_and_say_what_to_do)
{
    static const struct wf_writable all = { 0 };
    struct wf_doc *doc = wf_doc_new(&w.call, world_form(&w, "sheet"));

    ck_assert(!patch(doc, "{'name':'P'}", &all));
    ck_assert_str_eq(w.findings.at[0].message,
                     "Name needs at least 2 characters and has 1: say more.");
}
END_TEST

START_TEST(a_new_document_begins_with_its_defaults)
{
    struct wf_doc *doc = wf_doc_new(&w.call, world_form(&w, "sheet"));

    ck_ok(&w, wf_shape_defaults(&w.call, doc, &w.err));

    ck_assert_str_eq(
        wf_json_str(wf_json_get(doc->data, "owner")),
        wf_arena_printf(w.arena, "%lld", (long long)world_id(&w, "bob")));
    ck_assert_uint_eq(wf_json_len(doc->data), 1);
}
END_TEST

TCase *shape_tests(void)
{
    TCase *tc = tcase_create("doc/shape");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc,
                        a_value_is_stored_in_its_shape_or_refused_with_a_code,
                        0, (int)WF_COUNT(samples));
    tcase_add_test(tc, people_are_found_by_login_id_or_object);
    tcase_add_test(tc, the_same_person_twice_is_once_too_often);
    tcase_add_test(tc, a_link_leads_only_to_what_its_writer_sees);
    tcase_add_test(tc, a_document_cannot_hang_under_itself);
    tcase_add_test(tc, all_findings_are_told_at_once_and_nothing_is_changed);
    tcase_add_test(tc, only_the_fields_of_the_step_are_open);
    tcase_add_test(tc,
                   a_field_that_is_not_seen_answers_like_one_that_is_not_there);
    tcase_add_test(tc, a_condition_makes_a_field_read_only);
    tcase_add_test(tc, a_condition_is_judged_as_the_document_would_stand);
    tcase_add_test(tc, what_is_typed_is_kept_field_by_field);
    tcase_add_test(tc, hooks_write_what_is_read_only_but_nothing_derived);
    tcase_add_test(tc, money_is_merged_member_by_member);
    tcase_add_test(tc, data_that_is_no_object_is_malformed);
    tcase_add_test(tc, messages_name_the_label_and_say_what_to_do);
    tcase_add_test(tc, a_new_document_begins_with_its_defaults);
    return tc;
}
