/* fault/test_power.c - people who reach for what deployers and administrators
 * may do: definitions, people, passwords, the rights of the system.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <string.h>

#include "base/macros.h"
#include "suite.h"

static struct test_engine t;
static weft_session *ann, *bob, *lead, *root;

static void setup(void)
{
    test_engine_open(&t);
    ann = test_session(&t, "ann");
    bob = test_session(&t, "bob");
    lead = test_session(&t, "lead");
    root = test_session(&t, "root");
}

static void teardown(void)
{
    weft_session_free(ann);
    weft_session_free(bob);
    weft_session_free(lead);
    weft_session_free(root);
    test_engine_close(&t);
}

static weft_reply *deploy_as(weft_session *who, const char *xml)
{
    weft_file file = { "evil.form.xml", xml, strlen(xml) };
    weft_deploy what = { &file, 1, NULL, NULL, NULL };

    return weft_run(weft_deploy_run(who, &what));
}

START_TEST(nobody_but_deployers_and_administrators_changes_the_store)
{
    static const char clone[] = "{\"id\":\"mine\",\"label\":\"M\"}";
    static const char overlay[] = "{\"id\":\"mine\",\"label\":\"M\","
                                  "\"overlay\":true,\"changes\":[]}";
    static const char csv[] = "login,name,roles\nbob,Bob,admin\n";
    weft_session *const who[] = { ann, bob, lead };

    for (size_t i = 0; i < WF_COUNT(who); i++) {
        test_refused(&t, deploy_as(who[i], test_note_xml), WEFT_E_DENIED);
        test_refused(
            &t, weft_run(weft_form_clone(who[i], "note", clone, strlen(clone))),
            WEFT_E_DENIED);
        test_refused(
            &t,
            weft_run(weft_form_clone(who[i], "note", overlay, strlen(overlay))),
            WEFT_E_DENIED);
        test_refused(
            &t,
            weft_run(weft_import(who[i], "people", csv, strlen(csv), false)),
            WEFT_E_DENIED);
        test_refused(&t, weft_verify(who[i]), WEFT_E_DENIED);
        test_refused(&t, weft_run(weft_init_admin(who[i], "a long password")),
                     WEFT_E_DENIED);
        test_refused(
            &t, weft_run(weft_password_set(who[i], "root", "a long password")),
            WEFT_E_DENIED);
        test_refused(&t, weft_run(weft_token_add(who[i], "root", 0, 1)),
                     WEFT_E_DENIED);
    }
}
END_TEST

START_TEST(nobody_is_told_whether_another_has_a_login)
{
    weft_reply *there =
        weft_run(weft_password_set(bob, "root", "a long password"));
    weft_reply *absent =
        weft_run(weft_password_set(bob, "nobody", "a long password"));

    ck_assert_int_eq(weft_reply_error(there)->code,
                     weft_reply_error(absent)->code);
    ck_assert_str_eq(weft_reply_error(there)->text,
                     weft_reply_error(absent)->text);
    weft_reply_free(there);
    weft_reply_free(absent);
}
END_TEST

START_TEST(nobody_simulates_as_another)
{
    static const char body[] = "{\"data\":{\"title\":\"x\"},\"as\":\"root\"}";
    weft_reply *reply = weft_form_simulate(bob, "note", body, strlen(body));

    ck_assert_ptr_nonnull(weft_reply_error(reply));
    weft_reply_free(reply);
}
END_TEST

/* A deployer who is no administrator. */
START_TEST(hooks_that_run_as_system_need_an_administrator)
{
    static const char people[] = "login,name,unit,roles\n"
                                 "dep,Dep,all,hr\n";
    static const char package[] =
        "<package xmlns=\"urn:weft:1\" id=\"open\" label=\"Open\">"
        "<policy nobody=\"admin\" deploy-by=\"role(hr)\"/></package>";
    static const char form[] =
        "<form xmlns=\"urn:weft:1\" id=\"%s\" label=\"E\"><fields>"
        "<field id=\"s\" type=\"text\" label=\"S\"/></fields>"
        "<workflow start=\"draft\"><step id=\"draft\" label=\"D\""
        " by=\"creator\" edit=\"*\"><action id=\"go\" label=\"Go\""
        " to=\"done\"/></step><end id=\"done\" label=\"Done\"/></workflow>"
        "<access><create by=\"everyone\"/>"
        "<grant to=\"creator\" rights=\"read\"/></access>"
        "<hooks src=\"evil.lua\"%s/></form>";
    static const char lua[] = "function before_go(doc) end\n";
    weft_session *dep;

    test_ok(&t, weft_run(weft_import(t.system, "people", people, strlen(people),
                                     false)));
    dep = test_session(&t, "dep");
    for (int i = 0; i < 3; i++) {
        const char *xml = wf_arena_printf(t.arena, form, "evil",
                                          i == 2 ? " run-as=\"system\"" : "");
        weft_file files[] = {
            { "package.xml", package, strlen(package) },
            { "evil.form.xml", xml, strlen(xml) },
            { "evil.lua", lua, strlen(lua) },
        };
        weft_deploy what = { files, 3, NULL, NULL, NULL };
        weft_reply *reply =
            weft_run(weft_deploy_run(i == 0 ? root : dep, &what));

        if (i < 2)
            test_ok(&t, reply);
        else
            test_refused(&t, reply, WEFT_E_DENIED);
    }
    weft_session_free(dep);
}
END_TEST

static const char PEEK[] =
    "<form xmlns=\"urn:weft:1\" id=\"peek\" label=\"P\"><fields>"
    "<field id=\"target\" type=\"text\" label=\"T\"/>"
    "<field id=\"seen\" type=\"text\" label=\"S\"/></fields>"
    "<workflow start=\"draft\"><step id=\"draft\" label=\"D\""
    " by=\"creator\" edit=\"*\"><action id=\"go\" label=\"Go\""
    " to=\"done\"/></step><end id=\"done\" label=\"Done\"/></workflow>"
    "<access><create by=\"everyone\"/>"
    "<grant to=\"creator\" rights=\"read\"/></access>"
    "<hooks src=\"peek.lua\"/></form>";

/* A hook has the rights of whoever fires it, through each of its functions. */
START_TEST(a_hook_is_no_window_for_who_fires_it)
{
    static const char *const looks[] = {
        "tostring(get(doc.target).title)",
        "tostring(find('note', { title = 'hidden-text' })[1].title)",
        "tostring(#find('note', {}))",
        "tostring(sum('note', {}, 'amount'))",
        "tostring(update(doc.target, { title = 'changed' }))",
        "tostring(act(doc.target, 'submit'))",
        "tostring(link(doc.id, doc.target))",
        "tostring(create('note', { title = 'x' }, { parent = doc.target }))",
    };
    int64_t id = test_note(&t, ann, "hidden-text");
    size_t n_deployed = 0;

    test_ok(&t, fault_patch(ann, id, NULL, "{\"data\":{\"amount\":4711}}"));
    for (size_t i = 0; i < WF_COUNT(looks); i++) {
        const char *lua = wf_arena_printf(
            t.arena,
            "function before_go(doc)\n"
            "  local well, value = pcall(function() return %s end)\n"
            "  doc.seen = well and value or 'refused'\nend\n",
            looks[i]);
        weft_file files[] = { { "peek.form.xml", PEEK, strlen(PEEK) },
                              { "peek.lua", lua, strlen(lua) } };
        weft_deploy what = { files, 2, NULL, NULL, NULL };
        weft_reply *reply = weft_run(weft_deploy_run(t.system, &what));
        bool deployed = !weft_reply_error(reply);
        const char *seen;

        weft_reply_free(reply);
        if (!deployed)
            continue;
        n_deployed++;
        reply = fault_create(bob, NULL,
                             "{\"form\":\"peek\",\"data\":{\"target\":"
                             "\"%" PRId64 "\"}}",
                             id);
        int64_t own = weft_reply_id(reply);

        test_ok(&t, reply);
        reply = fault_act(bob, own, "go", NULL);
        seen = weft_reply_body(reply, NULL);
        ck_assert_msg(!strstr(seen, "hidden-text") && !strstr(seen, "4711")
                          && !strstr(seen, "\"seen\":\"1\""),
                      "%s: %s", looks[i], seen);
        weft_reply_free(reply);
    }
    ck_assert_uint_eq(n_deployed, WF_COUNT(looks));
    struct wf_json *doc = test_ok(&t, weft_document_get(ann, id));

    ck_assert_str_eq(test_text(doc, "title"), "hidden-text");
    ck_assert_str_eq(test_text(doc, "step"), "draft");
    ck_assert_int_eq(fault_events(&t, id, "submit"), 0);
}
END_TEST

TCase *power_tests(void)
{
    TCase *tc = tcase_create("fault/power");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc,
                   nobody_but_deployers_and_administrators_changes_the_store);
    tcase_add_test(tc, nobody_is_told_whether_another_has_a_login);
    tcase_add_test(tc, nobody_simulates_as_another);
    tcase_add_test(tc, hooks_that_run_as_system_need_an_administrator);
    tcase_add_test(tc, a_hook_is_no_window_for_who_fires_it);
    return tc;
}
