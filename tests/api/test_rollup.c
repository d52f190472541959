/* api/test_rollup.c - values that documents take from others, up the tree.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <string.h>

#include "suite.h"
#include "support/engine.h"

static struct test_engine t;
static weft_session *ann;

/* A tree of parts with weights: what is entered in a leaf, or what its
 * children come to. */
static const char branch_xml[] =
    "<form xmlns='urn:weft:1' id='branch' label='Branch' parent='parent'>"
    "<fields>"
    "<field id='name' type='text' label='Name'/>"
    "<field id='parent' type='link' form='branch' label='Under'/>"
    "<field id='method' type='choice' label='Method' default='weighted'>"
    "<option id='weighted'/><option id='manual'/><option id='min'/></field>"
    "<field id='weight' type='number' label='Weight'/>"
    "<field id='progress' type='progress' label='Progress'/>"
    "<field id='leaves' type='number' label='Leaves'/>"
    "<field id='twice' type='number' label='Twice' formula='progress * 2'/>"
    "<rollup field='progress' fn='manual' when=\"method == 'manual'\"/>"
    "<rollup field='progress' of='branch' via='parent' fn='min'"
    " value='progress' absent='drop' when=\"method == 'min'\"/>"
    "<rollup field='progress' of='branch' via='parent' fn='weighted'"
    " value='progress' weight='weight' absent='drop'"
    " where=\"name ~= 'aside'\"/>"
    "<rollup field='leaves' of='branch' via='parent' fn='count'/>"
    "</fields>"
    "<rules><rule field='leaves' when='leaves &gt; 3' on='always'"
    " message='At most three.'/></rules>"
    "<workflow start='open'><step id='open' label='Open' by='creator'"
    " edit='*'><action id='drop' label='Drop' to='gone'/></step>"
    "<end id='gone' label='Gone' state='void'/></workflow>"
    "<access><create by='everyone'/>"
    "<grant to='everyone' rights='read edit'/></access></form>";

/* Lines by person and period, and a sheet that takes them. */
static const char line_xml[] =
    "<form xmlns='urn:weft:1' id='entry' label='Entry'><fields>"
    "<field id='who' type='person' label='Who' index='true'/>"
    "<field id='month' type='period' unit='month' label='Month'"
    " index='true'/>"
    "<items id='rows' label='Rows'>"
    "<field id='points' type='number' label='Points'/></items></fields>"
    "<workflow start='open'><step id='open' label='Open' by='creator'"
    " edit='*'><action id='close' label='Close' to='closed'/></step>"
    "<end id='closed' label='Closed'/></workflow>"
    "<access><create by='everyone'/>"
    "<grant to='everyone' rights='read'/></access></form>";
static const char sheet_xml[] =
    "<form xmlns='urn:weft:1' id='sheet' label='Sheet'><fields>"
    "<field id='who' type='person' label='Who'/>"
    "<field id='month' type='period' unit='month' label='Month'/>"
    "<field id='least' type='number' label='Least'/>"
    "<field id='points' type='number' label='Points'/>"
    "<field id='closed' type='number' label='Closed'/>"
    "<field id='before' type='number' label='Before'/>"
    "<field id='last' type='number' label='Last'/>"
    "<field id='full' type='percent' label='Full'/>"
    "<rollup field='points' of='entry.rows' match='who month' fn='sum'"
    " value='points' where='points &gt;= (doc.least or 0)'/>"
    "<rollup field='closed' of='entry' match='who month' fn='count'"
    " state='done'/>"
    "<rollup field='before' of='entry.rows' match='who month:prev' fn='sum'"
    " value='points'/>"
    "<rollup field='last' of='entry' match='who month' fn='latest'"
    " value='sum(rows.points)'/>"
    "<rollup field='full' of='entry.rows' match='who month' fn='share'"
    " value='points &gt;= 5'/>"
    "</fields>"
    "<workflow start='open'><step id='open' label='Open' by='creator'"
    " edit='*'><action id='end' label='End' to='ended'/></step>"
    "<end id='ended' label='Ended'/></workflow>"
    "<access><create by='everyone'/>"
    "<grant to='everyone' rights='read'/></access></form>";

static void setup(void)
{
    test_engine_open(&t);
    ann = test_session(&t, "ann");
    test_deploy(&t, "branch.form.xml", branch_xml);
    test_deploy(&t, "entry.form.xml", line_xml);
    test_deploy(&t, "sheet.form.xml", sheet_xml);
}

static void teardown(void)
{
    struct wf_json *sound = test_ok(&t, weft_verify(t.system));

    ck_assert_uint_eq(wf_json_len(wf_json_get(sound, "findings")), 0);
    weft_session_free(ann);
    test_engine_close(&t);
}

static weft_reply *create(const char *form, const char *data)
{
    const char *body =
        wf_arena_printf(t.arena, "{\"form\":\"%s\",\"data\":%s}", form, data);

    t.now += 1000;
    return weft_run(weft_document_create(ann, body, strlen(body), NULL));
}

static int64_t made(const char *form, const char *data)
{
    weft_reply *reply = create(form, data);
    int64_t id = weft_reply_id(reply);

    test_ok(&t, reply);
    return id;
}

static int64_t branch(int64_t parent, const char *data)
{
    const char *under =
        parent ? wf_arena_printf(t.arena, "\"parent\":\"%" PRId64 "\",", parent)
               : "";

    return made("branch", wf_arena_printf(t.arena, "{%s%s}", under, data));
}

static weft_reply *patch(int64_t id, const char *data)
{
    const char *body = wf_arena_printf(t.arena, "{\"data\":%s}", data);

    return weft_run(weft_document_patch(ann, id, body, strlen(body), NULL));
}

static struct wf_json *document(int64_t id)
{
    return test_ok(&t, weft_document_get(ann, id));
}

static double value(int64_t id, const char *field)
{
    return wf_json_num(wf_json_get(wf_json_get(document(id), "data"), field),
                       -1);
}

START_TEST(a_change_climbs_to_the_top)
{
    int64_t top = branch(0, "\"name\":\"top\"");
    int64_t middle = branch(top, "\"name\":\"middle\",\"weight\":1");
    int64_t a = branch(middle, "\"weight\":3,\"progress\":40");
    int64_t b = branch(middle, "\"weight\":1,\"progress\":80");

    ck_assert_double_eq(value(middle, "progress"), 50);
    ck_assert_double_eq(value(top, "progress"), 50);
    test_ok(&t, patch(a, "{\"progress\":80}"));
    ck_assert_double_eq(value(middle, "progress"), 80);
    ck_assert_double_eq(value(top, "progress"), 80);
    ck_assert_double_eq(value(top, "twice"), 160);
    test_ok(&t, patch(b, "{\"progress\":null}"));
    ck_assert_double_eq(value(top, "progress"), 80);
}
END_TEST

START_TEST(who_follows_has_no_event_and_is_not_stale)
{
    int64_t top = branch(0, "\"name\":\"top\"");
    int64_t leaf = branch(top, "\"weight\":1,\"progress\":10");
    weft_reply *read = weft_document_get(ann, top);
    weft_how how = { wf_arena_printf(t.arena, "\"%s\"", weft_reply_etag(read)),
                     NULL };
    static const char body[] = "{\"data\":{\"name\":\"tip\"}}";
    struct wf_json *before = test_ok(&t, weft_document_get(ann, top));

    test_ok(&t, patch(leaf, "{\"progress\":90}"));
    struct wf_json *after = test_ok(
        &t, weft_run(weft_document_patch(ann, top, body, strlen(body), &how)));

    weft_reply_free(read);
    ck_assert_str_eq(test_text(before, "updated"),
                     test_text(before, "created"));
    ck_assert_double_eq(wf_json_num(wf_json_get(after, "progress"), -1), 90);
    ck_assert_uint_eq(
        wf_json_len(wf_json_get(
            test_ok(&t, weft_document_history(ann, top, NULL, 0)), "items")),
        2);
}
END_TEST

START_TEST(the_first_rollup_whose_condition_holds_counts)
{
    int64_t top = branch(0, "\"progress\":33");

    ck_assert_double_eq(value(top, "progress"), 33);
    branch(top, "\"weight\":1,\"progress\":20");
    branch(top, "\"weight\":1,\"progress\":60");
    ck_assert_double_eq(value(top, "progress"), 40);
    test_ok(&t, patch(top, "{\"method\":\"min\"}"));
    ck_assert_double_eq(value(top, "progress"), 20);
    test_ok(&t, patch(top, "{\"method\":\"manual\"}"));
    ck_assert_double_eq(value(top, "progress"), 33);
    test_ok(&t, patch(top, "{\"progress\":70}"));
    ck_assert_double_eq(value(top, "progress"), 70);
}
END_TEST

START_TEST(nobody_writes_what_parts_give)
{
    int64_t top = branch(0, "\"name\":\"top\"");

    branch(top, "\"weight\":1,\"progress\":20");
    struct wf_json *found =
        test_refused(&t, patch(top, "{\"progress\":99}"), WEFT_E_INVALID);

    ck_assert_str_eq(test_text(found->u.array.at[0], "code"), "derived");
}
END_TEST

START_TEST(nothing_hangs_under_itself)
{
    int64_t top = branch(0, "\"name\":\"top\"");
    int64_t middle = branch(top, "\"weight\":1");
    int64_t leaf = branch(middle, "\"weight\":1,\"progress\":5");

    test_refused(&t,
                 patch(top, wf_arena_printf(
                                t.arena, "{\"parent\":\"%" PRId64 "\"}", leaf)),
                 WEFT_E_INVALID);
    test_refused(&t,
                 patch(top, wf_arena_printf(
                                t.arena, "{\"parent\":\"%" PRId64 "\"}", top)),
                 WEFT_E_INVALID);
    ck_assert_double_eq(value(top, "progress"), 5);
}
END_TEST

START_TEST(what_goes_elsewhere_or_void_counts_there_no_more)
{
    int64_t a = branch(0, "\"name\":\"a\""), b = branch(0, "\"name\":\"b\"");
    int64_t one = branch(a, "\"weight\":1,\"progress\":10");
    int64_t two = branch(a, "\"weight\":1,\"progress\":30");

    test_ok(&t, patch(two, wf_arena_printf(t.arena,
                                           "{\"parent\":\"%" PRId64 "\"}", b)));
    ck_assert_double_eq(value(a, "progress"), 10);
    ck_assert_double_eq(value(b, "progress"), 30);
    weft_reply_free(
        weft_run(weft_document_act(ann, one, "drop", NULL, 0, NULL)));
    ck_assert_double_eq(value(a, "leaves"), 0);
    ck_assert_double_eq(value(a, "progress"), -1);
    weft_reply_free(weft_run(weft_document_delete(t.system, two, NULL)));
    ck_assert_double_eq(value(b, "leaves"), 0);
}
END_TEST

START_TEST(a_rule_may_stop_a_change_elsewhere)
{
    int64_t top = branch(0, "\"name\":\"top\"");

    for (int i = 0; i < 3; i++)
        branch(top, "\"weight\":1");
    test_refused(
        &t,
        create("branch",
               wf_arena_printf(t.arena, "{\"parent\":\"%" PRId64 "\"}", top)),
        WEFT_E_INVALID);
    ck_assert_double_eq(value(top, "leaves"), 3);
}
END_TEST

START_TEST(fields_that_match_tie_as_well)
{
    int64_t early = made("entry", "{\"who\":\"ann\",\"month\":\"2026-10\","
                                  "\"rows\":[{\"points\":7}]}");
    int64_t sheet = made("sheet", "{\"who\":\"ann\",\"month\":\"2026-11\"}");
    int64_t entry = made("entry", "{\"who\":\"ann\",\"month\":\"2026-11\","
                                  "\"rows\":[{\"points\":2},{\"points\":6}]}");

    (void)early;
    made("entry", "{\"who\":\"bob\",\"month\":\"2026-11\","
                  "\"rows\":[{\"points\":100}]}");
    ck_assert_double_eq(value(sheet, "points"), 8);
    ck_assert_double_eq(value(sheet, "before"), 7);
    ck_assert_double_eq(value(sheet, "last"), 8);
    ck_assert_double_eq(value(sheet, "full"), 50);
    ck_assert_double_eq(value(sheet, "closed"), 0);
    test_ok(&t, patch(sheet, "{\"least\":3}"));
    ck_assert_double_eq(value(sheet, "points"), 6);
    test_ok(&t,
            weft_run(weft_document_act(ann, entry, "close", NULL, 0, NULL)));
    ck_assert_double_eq(value(sheet, "closed"), 1);
    test_ok(&t, patch(sheet, "{\"month\":\"2026-12\"}"));
    ck_assert_double_eq(value(sheet, "points"), 0);
    ck_assert_double_eq(value(sheet, "before"), 8);
}
END_TEST

START_TEST(thousands_of_changes_leave_no_crumbs)
{
    int64_t top = branch(0, "\"name\":\"top\"");
    int64_t a = branch(top, "\"weight\":0.1,\"progress\":0.3");

    branch(top, "\"weight\":0.2,\"progress\":99.9");
    for (int i = 1; i < 200; i++) {
        const char *data = wf_arena_printf(
            t.arena, "{\"weight\":%d.%03d,\"progress\":%d.%02d}", i * 7 % 90,
            i * 37 % 1000, i % 100, i * 13 % 100);

        weft_reply_free(patch(a, data));
    }
    test_ok(&t, patch(a, "{\"weight\":0.1,\"progress\":0.3}"));
    ck_assert_double_eq(value(top, "progress"), 66.7);
}
END_TEST

TCase *rollup_tests(void)
{
    TCase *tc = tcase_create("api/rollup");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_change_climbs_to_the_top);
    tcase_add_test(tc, who_follows_has_no_event_and_is_not_stale);
    tcase_add_test(tc, the_first_rollup_whose_condition_holds_counts);
    tcase_add_test(tc, nobody_writes_what_parts_give);
    tcase_add_test(tc, nothing_hangs_under_itself);
    tcase_add_test(tc, what_goes_elsewhere_or_void_counts_there_no_more);
    tcase_add_test(tc, a_rule_may_stop_a_change_elsewhere);
    tcase_add_test(tc, fields_that_match_tie_as_well);
    tcase_add_test(tc, thousands_of_changes_leave_no_crumbs);
    return tc;
}
