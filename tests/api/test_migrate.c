/* api/test_migrate.c - running documents move to another version.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "suite.h"
#include "support/engine.h"

static struct test_engine t;
static weft_session *ann, *lead, *boss, *root;

static void setup(void)
{
    test_engine_open(&t);
    ann = test_session(&t, "ann");
    lead = test_session(&t, "lead");
    boss = test_session(&t, "boss");
    root = test_session(&t, "root");
}

static void teardown(void)
{
    weft_session_free(ann);
    weft_session_free(lead);
    weft_session_free(boss);
    weft_session_free(root);
    test_engine_close(&t);
}

/* The note with one text in the place of another, and a third of a fourth. */
static const char *edited(const char *xml, const char *old, const char *new)
{
    const char *at = strstr(xml, old);

    ck_assert_msg(at, "%s is not in the form", old);
    return wf_arena_printf(t.arena, "%.*s%s%s", (int)(at - xml), xml, new,
                           at + strlen(old));
}

static void deploy(const char *xml)
{
    test_deploy(&t, "note.form.xml", xml);
}

static int64_t note(const char *title, const char *amount)
{
    const char *body = wf_arena_printf(
        t.arena,
        "{\"form\":\"note\",\"data\":{\"title\":\"%s\",\"amount\":%s}}", title,
        amount);
    struct wf_json *made = test_ok(
        &t, weft_run(weft_document_create(ann, body, strlen(body), NULL)));
    int64_t id;

    ck_assert(
        wf_str_to_int(wf_str_of(test_text(made, "id")), &id)); /* of digits */
    return id;
}

static weft_reply *act(weft_session *session, int64_t id, const char *action)
{
    return weft_run(weft_document_act(session, id, action, NULL, 0, NULL));
}

static weft_reply *migrate(const char *body)
{
    return weft_run(weft_form_migrate(root, "note", body, strlen(body)));
}

static struct wf_json *doc(int64_t id)
{
    return test_ok(&t, weft_document_get(t.system, id));
}

static double number(const struct wf_json *json, const char *key)
{
    return wf_json_num(wf_json_get(json, key), -1);
}

static const struct wf_json *first(const struct wf_json *json, const char *key)
{
    const struct wf_json *list = wf_json_get(json, key);

    ck_assert_uint_ge(wf_json_len(list), 1);
    return list->u.array.at[0];
}

/* Who is asked now, "lead boss". */
static const char *waiting(int64_t id)
{
    const struct wf_json *chain =
        wf_json_get(test_ok(&t, weft_document_chain(t.system, id)), "chain");
    const char *names = "";

    for (size_t i = 0; i < wf_json_len(chain); i++) {
        const struct wf_json *seats =
            wf_json_get(chain->u.array.at[i], "seats");

        for (size_t k = 0; k < wf_json_len(seats); k++)
            if (wf_streq(test_text(seats->u.array.at[k], "state"), "open"))
                names = wf_arena_printf(
                    t.arena, "%s%s%s", names, names[0] ? " " : "",
                    test_text(wf_json_get(seats->u.array.at[k], "person"),
                              "login"));
    }
    return names;
}

static const struct wf_json *last_event(int64_t id)
{
    const struct wf_json *items = wf_json_get(
        test_ok(&t, weft_document_history(t.system, id, NULL, 0)), "items");

    ck_assert_uint_ge(wf_json_len(items), 1);
    return items->u.array.at[wf_json_len(items) - 1];
}

static void verify(void)
{
    test_ok(&t, weft_verify(t.system));
}

START_TEST(documents_move_and_their_values_are_worked_out_anew)
{
    int64_t id = note("A", "3");
    struct wf_json *answer;

    deploy(edited(test_note_xml, "(amount or 0) * 2", "(amount or 0) * 5"));
    answer = test_ok(&t, migrate("{\"to\":2,\"reason\":\"new sums\"}"));

    ck_assert_str_eq(test_text(answer, "state"), "done");
    ck_assert_double_eq(number(answer, "moved"), 1);
    ck_assert_double_eq(number(answer, "left"), 0);
    ck_assert_double_eq(number(doc(id), "version"), 2);
    ck_assert_double_eq(number(wf_json_get(doc(id), "data"), "double"), 15);
    ck_assert_str_eq(test_text(last_event(id), "kind"), "migrate");
    ck_assert_str_eq(test_text(last_event(id), "reason"), "version");
    ck_assert_str_eq(test_text(last_event(id), "comment"), "1 → 2: new sums");
    ck_assert_double_eq(number(first(last_event(id), "changes"), "to"), 15);
    verify();
}
END_TEST

START_TEST(a_trial_tells_and_changes_nothing)
{
    int64_t id = note("A", "3");
    struct wf_json *answer;

    deploy(edited(test_note_xml, "(amount or 0) * 2", "(amount or 0) * 5"));
    answer = test_ok(&t, weft_run(weft_form_migrate(
                             t.system, "note", "{\"to\":2,\"dry_run\":true}",
                             strlen("{\"to\":2,\"dry_run\":true}"))));

    ck_assert_double_eq(number(answer, "total"), 1);
    ck_assert_double_eq(number(answer, "moves"), 1);
    ck_assert_str_eq(
        test_text(wf_json_get(first(answer, "steps"), "to"), "step"), "draft");
    ck_assert_double_eq(
        number(first(first(answer, "documents"), "values"), "from"), 6);
    ck_assert_double_eq(
        number(first(first(answer, "documents"), "values"), "to"), 15);
    ck_assert_double_eq(number(doc(id), "version"), 1);
    ck_assert_double_eq(number(wf_json_get(doc(id), "data"), "double"), 6);
    ck_assert_str_eq(test_text(last_event(id), "kind"), "create");
}
END_TEST

START_TEST(a_trial_shows_only_what_one_may_see)
{
    struct wf_json *answer;

    note("A", "3");
    deploy(edited(test_note_xml, "label=\"Note\"", "label=\"Memo\""));
    answer = test_ok(&t, migrate("{\"to\":2,\"dry_run\":true}"));

    ck_assert_uint_eq(wf_json_len(wf_json_get(answer, "documents")), 0);
    ck_assert_double_eq(number(answer, "hidden"), 1);
    ck_assert_double_eq(number(answer, "moves"), 1);
}
END_TEST

START_TEST(what_has_no_place_any_more_is_lost_and_told)
{
    int64_t id = note("A", "3");
    const char *xml =
        edited(edited(test_note_xml,
                      "<field id=\"amount\" type=\"number\" label=\"Amount\" "
                      "min=\"0\"/>",
                      ""),
               " formula=\"(amount or 0) * 2\"", "");
    const char *body = "{\"to\":2,\"dry_run\":true}";
    const struct wf_json *answer;

    deploy(xml);
    answer = test_ok(
        &t, weft_run(weft_form_migrate(t.system, "note", body, strlen(body))));
    ck_assert_str_eq(test_text(first(answer, "fields"), "field"), "amount");
    ck_assert_str_eq(test_text(first(answer, "fields"), "change"), "lost");
    ck_assert_double_eq(
        number(first(first(answer, "documents"), "lost"), "value"), 3);
    test_ok(&t, migrate("{\"to\":2}"));
    ck_assert_ptr_null(wf_json_get(wf_json_get(doc(id), "data"), "amount"));
    ck_assert_str_eq(test_text(first(last_event(id), "changes"), "field"),
                     "amount");
    ck_assert_double_eq(number(first(last_event(id), "changes"), "from"), 3);
    verify();
}
END_TEST

START_TEST(a_field_may_change_its_type_and_its_name)
{
    int64_t id = note("A", "3");
    const struct wf_json *data;

    deploy(edited(edited(test_note_xml,
                         "<field id=\"amount\" type=\"number\" "
                         "label=\"Amount\" min=\"0\"/>",
                         "<field id=\"remark\" type=\"text\"/>"),
                  " formula=\"(amount or 0) * 2\"", ""));
    test_ok(&t, migrate("{\"to\":2,\"fields\":{\"amount\":\"remark\"}}"));
    data = wf_json_get(doc(id), "data");

    ck_assert_str_eq(test_text(data, "remark"), "3");
    ck_assert_ptr_null(wf_json_get(data, "amount"));
}
END_TEST

START_TEST(a_step_that_is_gone_refuses_until_the_designer_says_where_to)
{
    int64_t id = note("A", "3");
    const char *xml = edited(
        edited(edited(test_note_xml, "start=\"draft\"", "start=\"begin\""),
               "<step id=\"draft\"", "<step id=\"begin\""),
        "rejected=\"draft\"", "rejected=\"begin\"");
    struct wf_json *answer;

    deploy(xml);
    answer = test_ok(&t, migrate("{\"to\":2}"));
    ck_assert_str_eq(test_text(answer, "state"), "done");
    ck_assert_double_eq(number(answer, "refused"), 1);
    ck_assert_ptr_nonnull(
        strstr(test_text(first(answer, "refusals"), "text"), "draft"));
    ck_assert_double_eq(number(doc(id), "version"), 1);

    answer = test_ok(&t, migrate("{\"to\":2,\"steps\":{\"draft\":\"begin\"}}"));
    ck_assert_double_eq(number(answer, "moved"), 1);
    ck_assert_str_eq(test_text(doc(id), "step"), "begin");
    ck_assert_str_eq(waiting(id), "ann");
    test_ok(&t, act(ann, id, "submit"));
    ck_assert_str_eq(waiting(id), "lead");
    verify();
}
END_TEST

START_TEST(people_who_are_asked_stay_asked_where_the_work_is_the_same)
{
    int64_t id = note("A", "3");

    test_ok(&t, act(ann, id, "submit"));
    deploy(edited(test_note_xml, "label=\"Lead\"", "label=\"The lead\""));
    test_ok(&t, migrate("{\"to\":2}"));

    ck_assert_str_eq(waiting(id), "lead");
    ck_assert_str_eq(test_text(last_event(id), "kind"), "migrate");
    test_ok(&t, act(lead, id, "approve"));
    ck_assert_str_eq(test_text(doc(id), "state"), "done");
    verify();
}
END_TEST

START_TEST(a_level_that_asks_others_now_asks_them)
{
    int64_t id = note("A", "3");
    const struct wf_json *answer;

    test_ok(&t, act(ann, id, "submit"));
    deploy(edited(test_note_xml, "by=\"manager(creator)\"",
                  "by=\"manager(creator, 2)\""));
    answer = test_ok(&t, migrate("{\"to\":2,\"dry_run\":true}"));
    ck_assert_str_eq(test_text(first(answer, "steps"), "people"), "asked");
    test_ok(&t, migrate("{\"to\":2}"));

    ck_assert_str_eq(waiting(id), "boss");
    test_refused(&t, act(lead, id, "approve"), WEFT_E_NOTFOUND);
    test_ok(&t, act(boss, id, "approve"));
    ck_assert_str_eq(test_text(doc(id), "state"), "done");
    verify();
}
END_TEST

START_TEST(a_level_that_is_gone_goes_on_at_the_next_and_approvals_count)
{
    const char *two =
        edited(test_note_xml,
               "<level id=\"lead\" label=\"Lead\" by=\"manager(creator)\"/>",
               "<level id=\"lead\" by=\"manager(creator)\"/>"
               "<level id=\"head\" by=\"manager(creator, 2)\"/>");
    const char *other = edited(two,
                               "<level id=\"head\" by=\"manager(creator, "
                               "2)\"/>",
                               "<level id=\"last\" by=\"role(admin)\"/>");
    int64_t id;

    deploy(two);
    id = note("A", "3");
    test_ok(&t, act(ann, id, "submit"));
    test_ok(&t, act(lead, id, "approve"));
    deploy(other);
    test_ok(&t, migrate("{\"to\":3}"));

    ck_assert_str_eq(test_text(doc(id), "level"), "last");
    ck_assert_str_eq(waiting(id), "root");
    test_ok(&t, act(root, id, "approve"));
    ck_assert_str_eq(test_text(doc(id), "state"), "done");
    verify();
}
END_TEST

/* The note with levels lead, head and last, that everybody reads. */
static const char *with_levels(const char *attributes)
{
    const char *xml =
        edited(test_note_xml,
               "<level id=\"lead\" label=\"Lead\" by=\"manager(creator)\"/>",
               "<level id=\"lead\" by=\"manager(creator)\"/>"
               "<level id=\"head\" by=\"manager(creator, 2)\"/>"
               "<level id=\"last\" by=\"role(admin)\"/>");

    xml = edited(xml, "<grant to=\"creator\"", "<grant to=\"everyone\"");
    return edited(xml, "<approval ",
                  wf_arena_printf(t.arena, "<approval %s ", attributes));
}

static const char *without(const char *xml, const char *level)
{
    return edited(xml, level, "");
}

static weft_reply *act_with(weft_session *session, int64_t id,
                            const char *action, const char *body)
{
    return weft_run(
        weft_document_act(session, id, action, body, strlen(body), NULL));
}

START_TEST(an_approval_of_a_level_that_is_gone_cannot_be_withdrawn)
{
    const char *xml = with_levels("");
    int64_t id;

    deploy(xml);
    id = note("A", "3");
    test_ok(&t, act(ann, id, "submit"));
    test_ok(&t, act(lead, id, "approve"));
    deploy(without(xml, "<level id=\"lead\" by=\"manager(creator)\"/>"));
    test_ok(&t, migrate("{\"to\":3}"));

    ck_assert_str_eq(waiting(id), "boss");
    test_refused(&t, act(lead, id, "withdraw"), WEFT_E_CONFLICT);
    test_refused(&t, act(ann, id, "withdraw"), WEFT_E_CONFLICT);
    ck_assert_str_eq(waiting(id), "boss");
    verify();
}
END_TEST

START_TEST(nobody_returns_to_a_level_that_is_gone)
{
    const char *xml = with_levels("return=\"any\"");
    int64_t id;

    deploy(xml);
    id = note("A", "3");
    test_ok(&t, act(ann, id, "submit"));
    test_ok(&t, act(lead, id, "approve"));
    deploy(without(xml, "<level id=\"lead\" by=\"manager(creator)\"/>"));
    test_ok(&t, migrate("{\"to\":3}"));

    test_refused(&t, act_with(boss, id, "return", "{\"to\":\"lead\"}"),
                 WEFT_E_INVALID);
    ck_assert_str_eq(waiting(id), "boss");
    test_ok(&t, act(boss, id, "return"));
    ck_assert_str_eq(test_text(doc(id), "step"), "draft");
    verify();
}
END_TEST

START_TEST(a_return_goes_on_at_the_next_where_its_level_is_gone)
{
    const char *xml = with_levels("return=\"any\" resume=\"here\"");
    int64_t id;

    deploy(xml);
    id = note("A", "3");
    test_ok(&t, act(ann, id, "submit"));
    test_ok(&t, act(lead, id, "approve"));
    test_ok(&t, act_with(boss, id, "return", "{\"to\":\"draft\"}"));
    deploy(without(xml, "<level id=\"head\" by=\"manager(creator, 2)\"/>"));
    test_ok(&t, migrate("{\"to\":3}"));
    test_ok(&t, act(ann, id, "submit"));

    ck_assert_str_eq(waiting(id), "root");
    verify();
}
END_TEST

START_TEST(an_approval_with_another_name_keeps_what_was_approved)
{
    const char *xml = with_levels("");
    const char *renamed = edited(edited(xml, "id=\"answer\"", "id=\"look\""),
                                 "to=\"answer\"", "to=\"look\"");
    const struct wf_json *answer;
    int64_t id;

    deploy(xml);
    id = note("A", "3");
    test_ok(&t, act(ann, id, "submit"));
    test_ok(&t, act(lead, id, "approve"));
    deploy(renamed);
    answer = test_ok(
        &t,
        migrate("{\"to\":3,\"steps\":{\"answer\":\"look\"},\"dry_run\":true}"));
    ck_assert_str_eq(test_text(first(answer, "steps"), "people"), "kept");
    test_ok(&t, migrate("{\"to\":3,\"steps\":{\"answer\":\"look\"}}"));

    ck_assert_str_eq(waiting(id), "boss");
    test_ok(&t, act(lead, id, "withdraw"));
    ck_assert_str_eq(waiting(id), "lead");
    test_ok(&t, act(lead, id, "approve"));
    test_ok(&t, act(boss, id, "approve"));
    ck_assert_str_eq(test_text(doc(id), "level"), "last");
    verify();
}
END_TEST

START_TEST(an_approval_whose_last_level_is_gone_is_approved)
{
    const char *two =
        edited(test_note_xml,
               "<level id=\"lead\" label=\"Lead\" by=\"manager(creator)\"/>",
               "<level id=\"lead\" by=\"manager(creator)\"/>"
               "<level id=\"head\" by=\"manager(creator, 2)\"/>");
    int64_t id;

    deploy(two);
    id = note("A", "3");
    test_ok(&t, act(ann, id, "submit"));
    test_ok(&t, act(lead, id, "approve"));
    deploy(test_note_xml);
    test_ok(&t, migrate("{\"to\":3}"));

    ck_assert_str_eq(test_text(doc(id), "state"), "done");
    verify();
}
END_TEST

START_TEST(who_acts_meanwhile_is_told_to_look_again)
{
    int64_t id = note("A", "3");
    weft_reply *seen = weft_document_get(ann, id);
    const char *etag = wf_arena_str(t.arena, weft_reply_etag(seen));
    const char *patch = "{\"data\":{\"title\":\"B\"}}";
    weft_how how = { .if_match = etag };

    weft_reply_free(seen);
    deploy(edited(test_note_xml, "label=\"Note\"", "label=\"Memo\""));
    test_ok(&t, migrate("{\"to\":2}"));

    test_refused(
        &t, weft_run(weft_document_patch(ann, id, patch, strlen(patch), &how)),
        WEFT_E_STALE);
    test_ok(&t,
            weft_run(weft_document_patch(ann, id, patch, strlen(patch), NULL)));
}
END_TEST

START_TEST(many_move_in_pieces_and_others_act_in_between)
{
    weft_error err = WEFT_ERROR_INIT;
    const struct wf_json *answer;
    int64_t fired = 0, last = 0;
    const char *path;

    for (int i = 0; i < 50; i++)
        last = note("A", "1");
    deploy(edited(test_note_xml, "label=\"Note\"", "label=\"Memo\""));
    answer = test_ok(&t, migrate("{\"to\":2}"));
    ck_assert_str_eq(test_text(answer, "state"), "running");
    ck_assert_double_eq(number(answer, "moved"), 20);
    ck_assert_double_eq(number(answer, "left"), 30);
    test_ok(&t, act(ann, last, "submit"));
    test_refused(&t, migrate("{\"to\":1}"), WEFT_E_CONFLICT);
    path = test_text(answer, "id");

    ck_assert(weft_engine_tick(t.engine, t.now, &fired, &err));
    ck_assert_int_eq(fired, 2);
    answer = first(test_ok(&t, weft_migration_list(root, "note")), "items");
    ck_assert_str_eq(test_text(answer, "id"), path);
    ck_assert_str_eq(test_text(answer, "state"), "done");
    ck_assert_double_eq(number(answer, "moved"), 50);
    ck_assert_str_eq(waiting(last), "lead");
    verify();
}
END_TEST

START_TEST(what_cannot_be_is_refused_with_its_reason)
{
    struct wf_json *found;

    note("A", "1");
    deploy(edited(test_note_xml, "label=\"Note\"", "label=\"Memo\""));
    test_refused(&t, migrate("{\"to\":9}"), WEFT_E_NOTFOUND);
    test_refused(&t, migrate("{\"to\":-1}"), WEFT_E_NOTFOUND);
    test_refused(&t, migrate("{\"to\":1}"), WEFT_E_CONFLICT);
    test_refused(&t, migrate("{}"), WEFT_E_INVALID);
    test_refused(&t, migrate("{\"to\":\"2\"}"), WEFT_E_INVALID);
    found = test_refused(
        &t, migrate("{\"to\":2,\"steps\":{\"draft\":\"nowhere\"}}"),
        WEFT_E_INVALID);
    ck_assert_str_eq(test_text(found->u.array.at[0], "field"), "steps.draft");
    test_refused(&t, migrate("{\"to\":2,\"steps\":{\"gone\":\"draft\"}}"),
                 WEFT_E_INVALID);
    test_refused(&t, migrate("{\"to\":2,\"steps\":{\"draft\":1}}"),
                 WEFT_E_INVALID);
    test_refused(&t, migrate("{\"to\":2,\"fields\":{\"title\":\"none\"}}"),
                 WEFT_E_INVALID);
    test_refused(&t, migrate("{\"to\":2,\"dry_run\":true,\"limit\":201}"),
                 WEFT_E_MALFORMED);
    test_refused(&t, weft_migration_get(root, "note", 7), WEFT_E_NOTFOUND);
    test_refused(&t,
                 weft_run(weft_form_migrate(ann, "note", "{\"to\":2}",
                                            strlen("{\"to\":2}"))),
                 WEFT_E_DENIED);
    test_refused(&t,
                 weft_run(weft_form_migrate(root, "gone", "{\"to\":2}",
                                            strlen("{\"to\":2}"))),
                 WEFT_E_NOTFOUND);
}
END_TEST

START_TEST(what_is_finished_stays_on_its_version)
{
    int64_t id = note("A", "1");

    test_ok(&t, act(ann, id, "submit"));
    test_ok(&t, act(lead, id, "approve"));
    deploy(edited(test_note_xml, "label=\"Note\"", "label=\"Memo\""));
    ck_assert_double_eq(number(test_ok(&t, migrate("{\"to\":2}")), "moved"), 0);

    ck_assert_double_eq(number(doc(id), "version"), 1);
}
END_TEST

TCase *migrate_tests(void)
{
    TCase *tc = tcase_create("api/migrate");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, documents_move_and_their_values_are_worked_out_anew);
    tcase_add_test(tc, a_trial_tells_and_changes_nothing);
    tcase_add_test(tc, a_trial_shows_only_what_one_may_see);
    tcase_add_test(tc, what_has_no_place_any_more_is_lost_and_told);
    tcase_add_test(tc, a_field_may_change_its_type_and_its_name);
    tcase_add_test(
        tc, a_step_that_is_gone_refuses_until_the_designer_says_where_to);
    tcase_add_test(tc,
                   people_who_are_asked_stay_asked_where_the_work_is_the_same);
    tcase_add_test(tc, a_level_that_asks_others_now_asks_them);
    tcase_add_test(
        tc, a_level_that_is_gone_goes_on_at_the_next_and_approvals_count);
    tcase_add_test(tc, an_approval_of_a_level_that_is_gone_cannot_be_withdrawn);
    tcase_add_test(tc, nobody_returns_to_a_level_that_is_gone);
    tcase_add_test(tc, a_return_goes_on_at_the_next_where_its_level_is_gone);
    tcase_add_test(tc, an_approval_with_another_name_keeps_what_was_approved);
    tcase_add_test(tc, an_approval_whose_last_level_is_gone_is_approved);
    tcase_add_test(tc, who_acts_meanwhile_is_told_to_look_again);
    tcase_add_test(tc, many_move_in_pieces_and_others_act_in_between);
    tcase_add_test(tc, what_cannot_be_is_refused_with_its_reason);
    tcase_add_test(tc, what_is_finished_stays_on_its_version);
    return tc;
}
