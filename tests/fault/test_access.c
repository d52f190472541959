/* fault/test_access.c - people who reach for what is not theirs, by every
 * door: a document that they do not see is not there, and a field that they do
 * not see leaves no trace in what they get.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/macros.h"
#include "suite.h"

/* What nobody but ann and lead may find in any answer. */
#define PAY "471147"
#define PIN "xyzzyplugh"

static struct test_engine t;
static weft_session *ann, *bob;
static int64_t paper, note;

/* bob sees the title of a paper and nothing else of it. */
static const char PAPER[] =
    "<form xmlns=\"urn:weft:1\" id=\"paper\" label=\"Paper\""
    " title=\"{name} {pay}\"><fields>"
    "<field id=\"name\" type=\"text\" label=\"Name\" index=\"true\"/>"
    "<field id=\"pay\" type=\"number\" label=\"Pay\" index=\"true\"/>"
    "<field id=\"pin\" type=\"text\" label=\"Pin\" index=\"true\""
    " private=\"true\"/>"
    "<field id=\"twice\" type=\"number\" label=\"Twice\" index=\"true\""
    " formula=\"pay * 2\"/>"
    "<field id=\"other\" type=\"link\" form=\"paper\" label=\"Other\"/>"
    "<field id=\"shown\" type=\"text\" label=\"Shown\""
    " visible-when=\"(other.pay or 0) &gt; 5\"/>"
    "</fields><rules>"
    "<rule field=\"pay\" when=\"pay &gt; 100\" severity=\"warning\""
    " message=\"The pay is high.\"/></rules>"
    "<workflow start=\"draft\">"
    "<step id=\"draft\" label=\"Draft\" by=\"creator\" edit=\"*\">"
    "<action id=\"go\" label=\"Go\" to=\"review\"/></step>"
    "<step id=\"review\" label=\"Review\" by=\"creator\" edit=\"*\">"
    "<action id=\"end-it\" label=\"End\" to=\"done\"/></step>"
    "<end id=\"done\" label=\"Done\"/></workflow><access>"
    "<create by=\"everyone\"/>"
    "<grant to=\"creator, manager(creator)\" rights=\"read comment\""
    " fields=\"name pay pin twice other shown\"/>"
    "<grant to=\"everyone\" rights=\"read\" fields=\"name\"/>"
    "</access></form>";

static void setup(void)
{
    test_engine_open(&t);
    test_deploy(&t, "paper.form.xml", PAPER);
    ann = test_session(&t, "ann");
    bob = test_session(&t, "bob");
    weft_reply *reply = fault_create(
        ann, NULL,
        "{\"form\":\"paper\",\"data\":{\"name\":\"Plan\",\"pay\":" PAY
        ",\"pin\":\"" PIN "\"}}");
    paper = weft_reply_id(reply);
    test_ok(&t, reply);
    note = test_note(&t, ann, PIN);
}

static void teardown(void)
{
    weft_session_free(ann);
    weft_session_free(bob);
    test_engine_close(&t);
}

/* --- Fields */

/* An answer without a trace of what is hidden; frees it. */
static void clean(const char *what, weft_reply *reply)
{
    const weft_error *failure = weft_reply_error(reply);
    const char *body = weft_reply_body(reply, NULL);
    const char *text = failure ? failure->text : "";

    ck_assert_msg(!strstr(body, PAY) && !strstr(body, PIN)
                      && !strstr(body, "942294") && !strstr(body, "pay is")
                      && !strstr(text, PAY) && !strstr(text, PIN),
                  "%s: %s %s", what, text, body);
    weft_reply_free(reply);
}

START_TEST(a_hidden_field_leaves_no_trace_by_any_door)
{
    weft_param forms[] = { { "form", "paper" } };

    test_ok(&t, fault_patch(ann, paper, NULL,
                            "{\"data\":{\"name\":\"Plan B\",\"pay\":" PAY
                            ",\"pin\":\"" PIN "2\"}}"));
    test_ok(&t, fault_act(ann, paper, "go", NULL));

    clean("get", weft_document_get(bob, paper));
    clean("list", weft_document_list(bob, forms, 1));
    clean("history", weft_document_history(bob, paper, NULL, 0));
    clean("comments", weft_document_comments(bob, paper, NULL, 0));
    clean("children", weft_document_children(bob, paper, NULL, 0));
    clean("chain", weft_document_chain(bob, paper));
    clean("explain name", weft_document_explain(bob, paper, "name"));
    clean("explain pay", weft_document_explain(bob, paper, "pay"));
    clean("explain twice", weft_document_explain(bob, paper, "twice"));
    clean("work", weft_work_list(bob, NULL, 0));
    clean("notifications", weft_notification_list(bob, NULL, 0));
    clean("act", fault_act(bob, paper, "end-it", NULL));
    clean("patch",
          fault_patch(bob, paper, NULL, "{\"data\":{\"pay\":1,\"twice\":1}}"));
}
END_TEST

START_TEST(ann_sees_all_of_it)
{
    weft_reply *reply = weft_document_get(ann, paper);

    ck_assert_ptr_nonnull(strstr(weft_reply_body(reply, NULL), PAY));
    ck_assert_ptr_nonnull(strstr(weft_reply_body(reply, NULL), PIN));
    ck_assert_ptr_nonnull(strstr(weft_reply_body(reply, NULL), "pay is"));
    weft_reply_free(reply);
}
END_TEST

/* The titles of bob's list with one more parameter, or its error. */
static const char *listed(const char *name, const char *value)
{
    weft_param params[] = { { "form", "paper" }, { name, value } };
    weft_reply *reply = weft_document_list(bob, params, 2);
    const weft_error *failure = weft_reply_error(reply);
    struct wf_buf names = WF_BUF_INIT(t.arena);
    struct wf_json *items;

    if (failure) {
        weft_reply_free(reply);
        return "refused";
    }
    items = wf_json_get(test_ok(&t, reply), "items");
    for (size_t i = 0; i < wf_json_len(items); i++)
        wf_buf_printf(&names, "%s;", test_text(items->u.array.at[i], "id"));
    return wf_buf_text(&names);
}

/* Bob has a paper of his own, so he may ask for its pay. What he is told does
 * not depend on ann's. */
START_TEST(hidden_fields_neither_sort_nor_filter)
{
    static const char *const asks[][2] = {
        { "filter[pay]", PAY },
        { "filter[pay][gte]", "1000" },
        { "filter[pay][lt]", "1000" },
        { "filter[pay][lte]", PAY },
        { "filter[pay][ne]", "7" },
        { "filter[pay][ne]", PAY },
        { "filter[twice][gt]", "1000" },
        { "filter[pin]", PIN },
        { "filter[pin][has]", PIN },
        { "filter[pin][ne]", PIN },
        { "filter[pin][gt]", "x" },
        { "sort", "pay" },
        { "sort", "-pay" },
        { "sort", "twice" },
        { "sort", "-twice" },
        { "sort", "pin" },
        { "sort", "-pin" },
    };
    const char *before[WF_COUNT(asks)];

    test_ok(&t, fault_create(bob, NULL,
                             "{\"form\":\"paper\",\"data\":{\"name\":\"Own\","
                             "\"pay\":1000,\"pin\":\"m\"}}"));
    for (size_t i = 0; i < WF_COUNT(asks); i++)
        before[i] = listed(asks[i][0], asks[i][1]);
    test_ok(&t, fault_patch(ann, paper, NULL,
                            "{\"data\":{\"pay\":3,\"pin\":\"a\"}}"));
    for (size_t i = 0; i < WF_COUNT(asks); i++)
        ck_assert_msg(strcmp(before[i], listed(asks[i][0], asks[i][1])) == 0,
                      "%s=%s", asks[i][0], asks[i][1]);
    ck_assert_str_ne(listed("sort", "name"), "refused");
    ck_assert_str_eq(listed("sort", "absent"), "refused");
}
END_TEST

static size_t found(weft_session *who, const char *words)
{
    weft_param params[] = { { "form", "paper" }, { "q", words } };

    return wf_json_len(
        wf_json_get(test_ok(&t, weft_document_list(who, params, 2)), "items"));
}

START_TEST(full_text_finds_only_what_is_seen)
{
    ck_assert_uint_eq(found(ann, PIN), 1);
    ck_assert_uint_eq(found(bob, PIN), 0);
    ck_assert_uint_eq(found(bob, "Plan"), 1);
    ck_assert_uint_eq(found(bob, PAY), 0);
}
END_TEST

static char *tag(weft_session *who)
{
    weft_reply *reply = weft_document_get(who, paper);
    char *text = wf_arena_str(t.arena, weft_reply_etag(reply));

    weft_reply_free(reply);
    return text;
}

START_TEST(a_tag_changes_with_what_its_reader_sees_alone)
{
    const char *before = tag(bob), *anns = tag(ann);

    test_ok(&t, fault_patch(ann, paper, NULL, "{\"data\":{\"pay\":12}}"));
    ck_assert_str_eq(tag(bob), before);
    ck_assert_str_ne(tag(ann), anns);
    test_ok(&t, fault_patch(ann, paper, NULL, "{\"data\":{\"name\":\"Q\"}}"));
    ck_assert_str_ne(tag(bob), before);
}
END_TEST

START_TEST(hidden_fields_are_explained_like_absent_ones)
{
    static const char *const hidden[] = { "pay", "pin", "twice" };
    weft_reply *absent = weft_document_explain(bob, paper, "abc");

    for (size_t i = 0; i < WF_COUNT(hidden); i++) {
        weft_reply *reply = weft_document_explain(bob, paper, hidden[i]);

        ck_assert_int_eq(weft_reply_error(reply)->code,
                         weft_reply_error(absent)->code);
        weft_reply_free(reply);
    }
    weft_reply_free(absent);
}
END_TEST

/* A formula follows links as its reader, so it is no window. */
START_TEST(a_link_is_no_window_into_hidden_fields)
{
    const char *body = wf_arena_printf(
        t.arena, "{\"data\":{\"other\":\"%" PRId64 "\",\"name\":\"x\"}}",
        paper);
    weft_reply *anns = weft_form_evaluate(ann, "paper", body, strlen(body));
    weft_reply *bobs = weft_form_evaluate(bob, "paper", body, strlen(body));
    struct wf_json *seen = wf_json_get(test_ok(&t, bobs), "visible");
    const char *visible = wf_json_dump(t.arena, seen);

    ck_assert_ptr_null(strstr(visible, "\"shown\":true"));
    ck_assert_ptr_null(strstr(visible, "\"shown\"]"));
    ck_assert_str_ne(
        wf_json_dump(t.arena, wf_json_get(test_ok(&t, anns), "visible")),
        visible);
}
END_TEST

START_TEST(what_bob_may_not_see_he_may_not_set)
{
    const struct wf_json *errors;
    weft_reply *reply =
        fault_create(bob, NULL,
                     "{\"form\":\"paper\",\"data\":{\"name\":\"x\","
                     "\"absent\":1}}");

    errors = test_refused(&t, reply, WEFT_E_INVALID);
    ck_assert_str_eq(test_text(errors->u.array.at[0], "code"), "unknown");
    errors = test_refused(
        &t,
        fault_create(ann, NULL, "{\"form\":\"paper\",\"data\":{\"twice\":1}}"),
        WEFT_E_INVALID);
    ck_assert_str_eq(test_text(errors->u.array.at[0], "code"), "derived");
    test_refused(&t,
                 fault_create(bob, NULL,
                              "{\"form\":\"paper\",\"data\":{},"
                              "\"creator\":\"boss\"}"),
                 WEFT_E_INVALID);
}
END_TEST

/* --- Documents */

typedef weft_reply *door_fn(weft_session *who, int64_t id);

static weft_reply *by_history(weft_session *who, int64_t id)
{
    return weft_document_history(who, id, NULL, 0);
}

static weft_reply *by_comments(weft_session *who, int64_t id)
{
    return weft_document_comments(who, id, NULL, 0);
}

static weft_reply *by_children(weft_session *who, int64_t id)
{
    return weft_document_children(who, id, NULL, 0);
}

static weft_reply *by_explain(weft_session *who, int64_t id)
{
    return weft_document_explain(who, id, "double");
}

static weft_reply *by_patch(weft_session *who, int64_t id)
{
    return fault_patch(who, id, NULL, "{\"data\":{\"amount\":1}}");
}

static weft_reply *by_stale_patch(weft_session *who, int64_t id)
{
    return fault_patch(who, id, "stale", "{\"data\":{\"amount\":1}}");
}

static weft_reply *by_wrong_patch(weft_session *who, int64_t id)
{
    return fault_patch(who, id, NULL, "{\"data\":{\"absent\":1}}");
}

static weft_reply *by_act(weft_session *who, int64_t id)
{
    return fault_act(who, id, "submit", NULL);
}

static weft_reply *by_unknown_act(weft_session *who, int64_t id)
{
    return fault_act(who, id, "fly", NULL);
}

static weft_reply *by_verb(weft_session *who, int64_t id)
{
    return fault_act(who, id, "approve", NULL);
}

static weft_reply *by_delete(weft_session *who, int64_t id)
{
    return weft_run(weft_document_delete(who, id, NULL));
}

static weft_reply *by_comment(weft_session *who, int64_t id)
{
    static const char text[] = "{\"text\":\"Hm.\"}";

    return weft_run(weft_document_comment(who, id, text, strlen(text), NULL));
}

static weft_reply *by_batch(weft_session *who, int64_t id)
{
    char body[96];

    snprintf(body, sizeof body,
             "{\"ids\":[\"%" PRId64 "\"],\"action\":\"approve\"}", id);
    return weft_run(weft_work_batch(who, body, strlen(body), NULL));
}

static weft_reply *by_link(weft_session *who, int64_t id)
{
    return fault_create(
        who, NULL, "{\"form\":\"paper\",\"data\":{\"other\":\"%" PRId64 "\"}}",
        id);
}

static weft_reply *by_parent(weft_session *who, int64_t id)
{
    return fault_create(who, NULL,
                        "{\"form\":\"note\",\"data\":{\"title\":\"x\"},"
                        "\"parent\":\"%" PRId64 "\"}",
                        id);
}

static const struct {
    const char *name;
    door_fn *open;
} doors[] = {
    { "get", weft_document_get },
    { "history", by_history },
    { "comments", by_comments },
    { "children", by_children },
    { "chain", weft_document_chain },
    { "explain", by_explain },
    { "patch", by_patch },
    { "stale patch", by_stale_patch },
    { "wrong patch", by_wrong_patch },
    { "act", by_act },
    { "unknown act", by_unknown_act },
    { "verb", by_verb },
    { "delete", by_delete },
    { "comment", by_comment },
    { "batch", by_batch },
    { "link", by_link },
    { "parent", by_parent },
};

/* What came back, the document's own id made unrecognizable. */
static char *answer_of(door_fn *open, weft_session *who, int64_t id)
{
    weft_reply *reply = open(who, id);
    const weft_error *failure = weft_reply_error(reply);
    char *text = wf_arena_printf(
        t.arena, "%s|%s|%s", failure ? weft_code_name(failure->code) : "ok",
        failure ? failure->text : "", weft_reply_body(reply, NULL));
    char digits[24], *at;

    snprintf(digits, sizeof digits, "%" PRId64, id);
    while ((at = strstr(text, digits)))
        memset(at, '#', strlen(digits));
    weft_reply_free(reply);
    return text;
}

START_TEST(an_unseen_document_is_one_that_is_not_there)
{
    for (size_t i = 0; i < WF_COUNT(doors); i++) {
        const char *unseen = answer_of(doors[i].open, bob, note);
        const char *absent = answer_of(doors[i].open, bob, note + 1);

        ck_assert_msg(strcmp(unseen, absent) == 0, "%s: %s, not %s",
                      doors[i].name, unseen, absent);
        ck_assert_msg(strncmp(unseen, "ok|", 3) != 0
                          || strcmp(doors[i].name, "batch") == 0,
                      "%s: %s", doors[i].name, unseen);
    }
    ck_assert_int_eq(fault_events(&t, note, "submit"), 0);
    ck_assert_int_eq(fault_count(&t, bob, "note"), 0);
}
END_TEST

START_TEST(a_key_of_another_person_is_no_window)
{
    weft_reply *reply = fault_create(ann, "key-1",
                                     "{\"form\":\"note\",\"data\":{\"title\":"
                                     "\"" PIN "\"}}");
    int64_t id = weft_reply_id(reply);

    test_ok(&t, reply);
    reply = fault_create(bob, "key-1",
                         "{\"form\":\"note\",\"data\":{\"title\":"
                         "\"" PIN "\"}}");
    ck_assert(!weft_reply_is_repeat(reply));
    ck_assert_int_ne(weft_reply_id(reply), id);
    test_ok(&t, reply);
}
END_TEST

/* --- Sessions */

static weft_session *with_token(unsigned scopes)
{
    weft_error err = WEFT_ERROR_INIT;
    weft_session *session = NULL;
    struct wf_json *token =
        test_ok(&t, weft_run(weft_token_add(ann, "ann", scopes, 1)));

    ck_assert(weft_session_by_token(t.engine, test_text(token, "token"), "en",
                                    &session, &err));
    return session;
}

START_TEST(a_token_does_no_more_than_its_scopes)
{
    weft_session *reads = with_token(WEFT_SCOPE_READ);
    weft_session *writes = with_token(WEFT_SCOPE_WRITE);

    test_ok(&t, weft_document_get(reads, note));
    test_refused(&t, by_patch(reads, note), WEFT_E_DENIED);
    test_refused(&t, by_act(reads, note), WEFT_E_DENIED);
    test_refused(&t, by_comment(reads, note), WEFT_E_DENIED);
    test_refused(&t, by_delete(reads, note), WEFT_E_DENIED);
    test_refused(&t, weft_run(weft_token_add(reads, "ann", 0, 1)),
                 WEFT_E_DENIED);
    test_refused(&t,
                 weft_run(weft_password_set(reads, "ann", "a long password")),
                 WEFT_E_DENIED);
    test_refused(&t, weft_document_get(writes, note), WEFT_E_DENIED);
    weft_session_free(reads);
    weft_session_free(writes);
}
END_TEST

START_TEST(a_token_gives_no_token_more_than_it_is)
{
    weft_session *writes = with_token(WEFT_SCOPE_READ | WEFT_SCOPE_WRITE);

    test_refused(&t,
                 weft_run(weft_token_add(writes, "ann", WEFT_SCOPE_ADMIN, 1)),
                 WEFT_E_DENIED);
    test_refused(&t, weft_run(weft_token_add(ann, "ann", WEFT_SCOPE_ADMIN, 1)),
                 WEFT_E_DENIED);
    weft_session_free(writes);
}
END_TEST

START_TEST(who_is_no_longer_active_is_signed_out)
{
    static const char csv[] = "login,name,active\nann,Ann,false\n";
    weft_session *reads = with_token(WEFT_SCOPE_READ | WEFT_SCOPE_WRITE);

    test_ok(&t,
            weft_run(weft_import(t.system, "people", csv, strlen(csv), false)));

    test_refused(&t, weft_document_get(reads, note), WEFT_E_SIGNED_OUT);
    test_refused(&t, by_patch(reads, note), WEFT_E_SIGNED_OUT);
    weft_session_free(reads);
}
END_TEST

TCase *access_tests(void)
{
    TCase *tc = tcase_create("fault/access");

    tcase_set_timeout(tc, 120);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_hidden_field_leaves_no_trace_by_any_door);
    tcase_add_test(tc, ann_sees_all_of_it);
    tcase_add_test(tc, hidden_fields_neither_sort_nor_filter);
    tcase_add_test(tc, full_text_finds_only_what_is_seen);
    tcase_add_test(tc, a_tag_changes_with_what_its_reader_sees_alone);
    tcase_add_test(tc, hidden_fields_are_explained_like_absent_ones);
    tcase_add_test(tc, a_link_is_no_window_into_hidden_fields);
    tcase_add_test(tc, what_bob_may_not_see_he_may_not_set);
    tcase_add_test(tc, an_unseen_document_is_one_that_is_not_there);
    tcase_add_test(tc, a_key_of_another_person_is_no_window);
    tcase_add_test(tc, a_token_does_no_more_than_its_scopes);
    tcase_add_test(tc, a_token_gives_no_token_more_than_it_is);
    tcase_add_test(tc, who_is_no_longer_active_is_signed_out);
    return tc;
}
