/* http/test_try.c - a draft is tried before it is live: whom it would ask, what
 * somebody would see, what a hook would do. Nothing of it is kept.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"

#include "suite.h"

/* A draft of the form "note": `level` is who approves, `hook` its Lua. */
static const char *draft(const char *level, const char *hook,
                         const char *members)
{
    struct wf_buf buf = WF_BUF_INIT(bench.arena);

    wf_buf_printf(
        &buf,
        "{\"files\":[{\"name\":\"note.form.xml\",\"text\":\""
        "<form xmlns='urn:weft:1' id='note' label='Note'><fields>"
        "<field id='text' type='text' label='Text' required='true'/>"
        "<field id='twice' type='text' label='Twice' formula='concat(text, "
        "text)'/><field id='remark' type='text' label='Remark'/></fields>"
        "<workflow start='open'><step id='open' label='Open' by='creator' "
        "edit='text'><action id='send' label='Send' to='check'/></step>"
        "<approval id='check' label='Check' approved='closed' rejected='open' "
        "nobody='skip'><level id='lead' label='Lead' by='%s' edit='remark'/>"
        "</approval><end id='closed' label='Closed'/></workflow><access>"
        "<create by='everyone'/><grant to='creator' rights='read'/>"
        "<hide fields='remark' from='creator'/></access>%s</form>\"}",
        level, hook ? "<hooks src='note.lua'/>" : "");
    if (hook)
        wf_buf_printf(&buf, ",{\"name\":\"note.lua\",\"text\":\"%s\"}", hook);
    wf_buf_printf(&buf, "],%s}", members);
    return wf_buf_text(&buf);
}

static int attempt(const char *who, const char *body)
{
    return bench_ask(who, "POST", "/api/v1/forms/note/try", body);
}

static bool names(const char *member, const char *field)
{
    const struct wf_json *list = wf_json_get(bench_json(), member);

    for (size_t i = 0; i < wf_json_len(list); i++)
        if (wf_streq(wf_json_str(list->u.array.at[i]), field))
            return true;
    return false;
}

START_TEST(a_draft_says_whom_it_would_ask_and_what_each_would_see)
{
    ck_assert_int_eq(attempt("admin", draft("manager(creator)", NULL,
                                            "\"author\":\"maker\","
                                            "\"data\":{\"text\":\"ab\"}")),
                     200);
    ck_assert_str_eq(bench_text("chain.0.people.0.login"), "boss");
    ck_assert_str_eq(bench_text("data.twice"), "abab");
    ck_assert(names("edit", "text") && !names("edit", "remark"));
    ck_assert(names("seen", "text") && !names("seen", "remark"));

    ck_assert_int_eq(attempt("admin", draft("manager(creator)", NULL,
                                            "\"author\":\"maker\","
                                            "\"as\":\"boss\",\"step\":"
                                            "\"check\",\"level\":\"lead\"")),
                     200);
    ck_assert(!names("edit", "text") && names("edit", "remark"));
    ck_assert(names("seen", "text") && names("seen", "remark"));

    ck_assert_int_eq(bench_ask("admin", "GET", "/api/v1/forms/note", NULL),
                     200);
    ck_assert_ptr_null(strstr(bench.answer.body, "\"check\""));
}
END_TEST

START_TEST(who_may_not_deploy_may_not_try)
{
    ck_assert_int_eq(attempt("maker", "{}"), 403);
    ck_assert_int_eq(attempt(NULL, "{}"), 401);
    ck_assert_int_eq(attempt("admin", "{}"), 200);
}
END_TEST

START_TEST(a_hook_is_run_and_nothing_of_it_is_kept)
{
    static const char hook[] =
        "function before_send(doc, act)\\n"
        "  log('was', doc.text, act.comment)\\n"
        "  doc.text = 'new'\\n"
        "  create('note', { text = 'more' })\\n"
        "  notify('manager(creator)', 'look')\\n"
        "  return 7\\nend\\n"
        "function enter_check(doc)\\n  local x\\n  x.y = 1\\nend\\n"
        "function leave_check(doc)\\n  fail('text', 'not so')\\nend\\n"
        "function leave_open(doc)\\n  while true do end\\nend\\n";

    ck_assert_int_eq(
        attempt("admin", draft("manager(creator)", hook,
                               "\"hook\":\"before_send\",\"action\":\"send\","
                               "\"comment\":\"c\",\"author\":\"maker\","
                               "\"data\":{\"text\":\"old\"}")),
        200);
    ck_assert_str_eq(bench_text("hook.changes.0.field"), "text");
    ck_assert_str_eq(bench_text("hook.changes.0.from"), "old");
    ck_assert_str_eq(bench_text("hook.changes.0.to"), "new");
    ck_assert_str_eq(bench_text("hook.changes.1.to"), "newnew");
    ck_assert_str_eq(bench_text("hook.log.0.1"), "old");
    ck_assert_str_eq(bench_text("hook.log.0.2"), "c");
    ck_assert_str_eq(bench_text("hook.calls.0.function"), "create");
    ck_assert_str_eq(bench_text("hook.calls.1.function"), "notify");
    ck_assert_int_eq(
        bench_ask("admin", "GET", "/api/v1/documents?form=note", NULL), 200);
    ck_assert_ptr_null(bench_text("items.0.id"));
    ck_assert_int_eq(bench_ask("boss", "GET", "/api/v1/notifications", NULL),
                     200);
    ck_assert_ptr_null(strstr(bench.answer.body, "look"));

    for (int i = 0; i < 2; i++) {
        const struct wf_json *problem;
        bool endless = i == 1;

        ck_assert_int_eq(
            attempt("admin", draft("manager(creator)", hook,
                                   endless ? "\"hook\":\"leave_open\""
                                           : "\"hook\":\"enter_check\"")),
            200);
        problem = wf_json_get(wf_json_get(bench_json(), "hook"), "problem");
        ck_assert_int_eq((int)wf_json_num(wf_json_get(problem, "line"), 0),
                         endless ? 16 : 10);
        ck_assert_ptr_nonnull(bench_text("hook.problem.message"));
    }
    ck_assert_int_eq(attempt("admin", draft("manager(creator)", hook,
                                            "\"hook\":\"leave_check\"")),
                     200);
    ck_assert_str_eq(bench_text("hook.errors.0.message"), "not so");
    ck_assert_int_eq(attempt("admin", draft("manager(creator)", hook,
                                            "\"hook\":\"nothing\"")),
                     404);
}
END_TEST

/* Else trying would be a way to read what others read. */
START_TEST(hooks_have_the_rights_of_whoever_tries)
{
    ck_assert_int_eq(
        attempt("admin",
                draft("lua(who)", "function who(doc) return people('me') end",
                      "\"author\":\"maker\",\"as\":\"boss\"")),
        200);
    ck_assert_str_eq(bench_text("chain.0.people.0.login"), "admin");
}
END_TEST

START_TEST(what_one_does_not_see_is_nothing_to_try_on)
{
    char body[120], path[120];

    ck_assert_int_eq(bench_ask("maker", "POST", "/api/v1/documents",
                               "{\"form\":\"note\",\"data\":{\"text\":"
                               "\"mine\"}}"),
                     201);
    snprintf(body, sizeof body, "{\"document\":\"%s\"}", bench_text("id"));
    snprintf(path, sizeof path, "/api/v1/documents/%s", bench_text("id"));
    ck_assert_int_eq(attempt("admin", body), 404);
    ck_assert_int_eq(bench_ask("maker", "DELETE", path, NULL), 204);
}
END_TEST

START_TEST(what_is_wrong_with_a_draft_is_told_at_its_place)
{
    ck_assert_int_eq(
        attempt("admin", draft("manager(creator)", "function validate(doc",
                               "\"data\":{}")),
        422);
    ck_assert_str_eq(bench_text("diagnostics.0.file"), "note.lua");
    ck_assert_int_eq(attempt("admin", "{\"files\":[]}"), 400);
    ck_assert_int_eq(attempt("admin", "{\"files\":[7]}"), 400);
    ck_assert_int_eq(attempt("admin", "{\"as\":\"nobody-at-all\"}"), 404);
    ck_assert_int_eq(attempt("admin", "{\"step\":\"nowhere\"}"), 404);
}
END_TEST

START_TEST(the_text_of_hooks_can_be_read)
{
    ck_assert_int_eq(
        bench_ask("admin", "GET", "/api/v1/forms/note/hooks", NULL), 200);
    ck_assert_str_eq(bench_text("text"), "");
    ck_assert_str_eq(bench_text("host.0.name"), "find");
    ck_assert_int_eq(
        bench_ask("maker", "GET", "/api/v1/forms/note/hooks", NULL), 403);
}
END_TEST

TCase *try_tests(void)
{
    TCase *tc = tcase_create("http/try");

    tcase_add_checked_fixture(tc, bench_setup, bench_teardown);
    tcase_add_test(tc, a_draft_says_whom_it_would_ask_and_what_each_would_see);
    tcase_add_test(tc, who_may_not_deploy_may_not_try);
    tcase_add_test(tc, a_hook_is_run_and_nothing_of_it_is_kept);
    tcase_add_test(tc, hooks_have_the_rights_of_whoever_tries);
    tcase_add_test(tc, what_one_does_not_see_is_nothing_to_try_on);
    tcase_add_test(tc, what_is_wrong_with_a_draft_is_told_at_its_place);
    tcase_add_test(tc, the_text_of_hooks_can_be_read);
    return tc;
}
