/* api/test_privacy.c - the rights of whom data are about: who has looked, a
 * copy, and that what was written about them goes while totals stay.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "api/engine.h"
#include "base/buf.h"
#include "suite.h"
#include "support/engine.h"
#include "support/store.h"

/* What nobody is to find once it is erased. */
#define WORDS "xyzzyplugh"

static struct test_engine t;
static weft_session *ann, *bob, *lead, *root;
static int64_t sheet, points;

/* About a person: words, a number, a choice; the number is summed up. */
static const char SHEET[] =
    "<form xmlns='urn:weft:1' id='sheet' label='Sheet' subject='owner'"
    " title='{name}'><fields>"
    "<field id='owner' type='person' label='Owner' default='me'/>"
    "<field id='of' type='text' label='Of' formula=\"'of ' .. owner.name\"/>"
    "<field id='name' type='text' label='Name' index='true'/>"
    "<field id='grade' type='text' label='Grade'/>"
    "<field id='both' type='text' label='Both' formula=\"'N ' .. name\"/>"
    "<field id='amount' type='number' label='Amount' index='true'/>"
    "<field id='far' type='progress' text='true' label='Far'/>"
    "<field id='total' type='link' form='total' label='Total'/>"
    "<items id='lines' label='Lines'>"
    "<field id='what' type='longtext' label='What'/>"
    "<field id='weight' type='number' label='Weight'/></items>"
    "</fields><workflow start='draft'>"
    "<step id='draft' label='Draft' by='owner' edit='*'>"
    "<action id='go' label='Go' to='done'/></step>"
    "<end id='done' label='Done'/></workflow><access>"
    "<create by='everyone'/>"
    "<grant to='owner, manager(owner)' rights='read comment edit export'/>"
    "<hide fields='grade' from='owner'/></access></form>";
/* Each names the other: first it does not yet. */
#define TOTAL(rollup)                                                          \
    "<form xmlns='urn:weft:1' id='total' label='Total' title='Total'><fields>" \
    "<field id='sum' type='number' label='Sum'/>" rollup TOTAL_REST
#define TOTAL_REST                                                             \
    "</fields><workflow start='draft'>"                                        \
    "<step id='draft' label='Draft' by='creator' edit='*'>"                    \
    "<action id='go' label='Go' to='done'/></step>"                            \
    "<end id='done' label='Done'/></workflow><access>"                         \
    "<create by='everyone'/>"                                                  \
    "<grant to='everyone' rights='read'/></access></form>"

static const char ROLLUP[] = TOTAL(
    "<rollup field='sum' of='sheet' via='total' fn='sum' value='amount'/>");

/* About nobody, with a name in its title. */
static const char THANKS[] =
    "<form xmlns='urn:weft:1' id='thanks' label='Thanks'"
    " title='for {whom.name}'><fields><field id='whom' type='person'/></fields>"
    "<workflow start='draft'><step id='draft' by='creator' edit='*'>"
    "<action id='go' to='done'/></step><end id='done'/></workflow>"
    "<access><create by='everyone'/>"
    "<grant to='everyone' rights='read'/></access></form>";

static weft_reply *create(weft_session *session, const char *body)
{
    return weft_run(weft_document_create(session, body, strlen(body), NULL));
}

static int64_t make(weft_session *session, const char *body)
{
    weft_reply *reply = create(session, body);
    int64_t id = weft_reply_id(reply);

    test_ok(&t, reply);
    return id;
}

static void patch(weft_session *session, const char *body)
{
    test_ok(&t, weft_run(weft_document_patch(session, sheet, body, strlen(body),
                                             NULL)));
}

static void say(weft_session *session, const char *text)
{
    const char *body = wf_arena_printf(t.arena, "{\"text\":\"%s\"}", text);

    test_ok(&t, weft_run(weft_document_comment(session, sheet, body,
                                               strlen(body), NULL)));
}

static void set_days(const char *days)
{
    const char *body = wf_arena_printf(
        t.arena,
        "{\"package\":\"weft\",\"id\":\"reads-kept-days\",\"value\":%s}", days);

    test_ok(&t, weft_run(weft_setting_set(root, body, strlen(body))));
}

static void setup(void)
{
    test_engine_open(&t);
    test_deploy(&t, "total.form.xml", TOTAL(""));
    test_deploy(&t, "sheet.form.xml", SHEET);
    test_deploy(&t, "total.form.xml", ROLLUP);
    test_deploy(&t, "thanks.form.xml", THANKS);
    ann = test_session(&t, "ann");
    bob = test_session(&t, "bob");
    lead = test_session(&t, "lead");
    root = test_session(&t, "root");
    points = make(bob, "{\"form\":\"total\",\"data\":{}}");
    sheet = make(
        ann, wf_arena_printf(t.arena,
                             "{\"form\":\"sheet\",\"data\":{\"name\":\"" WORDS
                             " one\",\"amount\":7,\"far\":\"" WORDS
                             " six\",\"total\":\"%lld\",\"lines\":[{"
                             "\"what\":\"" WORDS " two\",\"weight\":3}]}}",
                             (long long)points));
    patch(lead, "{\"data\":{\"grade\":\"" WORDS " three\"}}");
    say(lead, WORDS " four");
    say(ann, WORDS " five");
}

static void teardown(void)
{
    weft_session_free(ann);
    weft_session_free(bob);
    weft_session_free(lead);
    weft_session_free(root);
    test_engine_close(&t);
}

/* --- Who has looked */

static size_t n_readers(weft_session *session)
{
    return wf_json_len(wf_json_get(
        test_ok(&t, weft_person_readers(session, "ann", NULL, 0)), "items"));
}

/* A look is kept after its answer, on PostgreSQL beside other commands: asked
 * for again after each of them until it is there, or is not going to be. */
static void settle(size_t n)
{
    for (int i = 0; i < 100 && n_readers(ann) != n; i++)
        say(ann, "so");
    ck_assert_uint_eq(n_readers(ann), n);
}

/* When the newest look was. */
static const char *newest(void)
{
    const struct wf_json *list = wf_json_get(
        test_ok(&t, weft_person_readers(ann, "ann", NULL, 0)), "items");

    return test_text(list->u.array.at[0], "at");
}

static void look(weft_session *session)
{
    test_ok(&t, weft_document_get(session, sheet));
}

START_TEST(who_looks_at_the_documents_of_somebody_else_is_kept_once_a_day)
{
    const struct wf_json *item, *list;

    set_days("30");
    look(ann);
    look(lead);
    look(lead);
    test_ok(&t, weft_document_history(lead, sheet, NULL, 0));
    settle(1);

    list = wf_json_get(test_ok(&t, weft_person_readers(ann, "ann", NULL, 0)),
                       "items");
    ck_assert_uint_eq(wf_json_len(list), 1);
    item = list->u.array.at[0];
    ck_assert_str_eq(test_text(wf_json_get(item, "reader"), "login"), "lead");
    ck_assert_str_eq(test_text(item, "form"), "sheet");
    t.now += 25 * 3600 * INT64_C(1000);
    look(lead);
    settle(2);
}
END_TEST

/* A list shows columns, a file of the same documents all that there is. */
START_TEST(what_is_taken_out_has_been_looked_at_and_what_is_listed_has_not)
{
    static const weft_param of_sheet[] = { { "form", "sheet" } };
    weft_reply *file;

    set_days("30");
    test_ok(&t, weft_document_list(lead, of_sheet, 1));
    say(ann, "so");
    settle(0);
    file = weft_document_export(lead, of_sheet, 1);
    ck_assert_ptr_null(weft_reply_error(file));
    weft_reply_free(file);
    settle(1);
}
END_TEST

START_TEST(what_is_refused_is_no_look)
{
    set_days("30");
    test_refused(&t, weft_document_get(bob, sheet), WEFT_E_NOTFOUND);
    say(ann, "so");
    settle(0);
}
END_TEST

START_TEST(nothing_is_kept_that_nobody_wants)
{
    look(lead);
    say(ann, "so");
    settle(0);
}
END_TEST

START_TEST(looks_are_forgotten_after_their_days)
{
    const char *first;

    set_days("2");
    look(lead);
    settle(1);
    first = newest();
    t.now += 4 * 24 * 3600 * INT64_C(1000);
    look(lead);
    for (int i = 0; i < 100 && strcmp(newest(), first) == 0; i++)
        say(ann, "so"); /* until the second one is there */
    ck_assert_uint_eq(n_readers(ann), 1);
}
END_TEST

START_TEST(who_has_looked_is_for_the_person_and_who_guards_data)
{
    static const char role[] = "{\"roles\":[\"dpo\"]}";

    test_refused(&t, weft_person_readers(bob, "ann", NULL, 0), WEFT_E_DENIED);
    test_refused(&t, weft_person_readers(lead, "ann", NULL, 0), WEFT_E_DENIED);
    test_refused(&t, weft_person_readers(root, "ann", NULL, 0), WEFT_E_DENIED);
    test_ok(&t, weft_run(weft_person_edit(root, "bob", role, strlen(role))));
    ck_assert_uint_eq(n_readers(bob), 0);
}
END_TEST

/* --- A copy */

START_TEST(a_copy_has_all_that_one_sees_of_oneself_and_no_more)
{
    weft_reply *reply = weft_person_data(t.system, "ann", NULL);
    const char *text = weft_reply_body(reply, NULL);

    ck_assert_ptr_nonnull(strstr(text, WORDS " one"));
    ck_assert_ptr_nonnull(strstr(text, WORDS " two"));
    ck_assert_ptr_nonnull(strstr(text, WORDS " four"));
    ck_assert_msg(!strstr(text, WORDS " three"), "the grade is hidden of ann");
    ck_assert_uint_eq(wf_json_len(wf_json_get(test_ok(&t, reply), "documents")),
                      1);
    test_ok(&t, weft_person_data(ann, "ann", NULL));
    test_refused(&t, weft_person_data(lead, "ann", NULL), WEFT_E_DENIED);
    test_refused(&t, weft_person_data(root, "ann", NULL), WEFT_E_DENIED);
}
END_TEST

/* What the copy of `login` has under `part`, all pieces together. */
static struct wf_json *part_of(weft_session *session, const char *login,
                               const char *part)
{
    struct wf_json *all = wf_json_array(t.arena);
    const char *cursor = NULL;

    do {
        const struct wf_json *body =
            test_ok(&t, weft_person_data(session, login, cursor));
        const struct wf_json *rows = wf_json_get(body, part);

        for (size_t i = 0; i < wf_json_len(rows); i++)
            wf_json_push(t.arena, all, rows->u.array.at[i]);
        cursor = wf_json_str(wf_json_get(body, "next"));
    } while (cursor);
    return all;
}

static bool has_text(const struct wf_json *rows, const char *key,
                     const char *text)
{
    for (size_t i = 0; i < wf_json_len(rows); i++)
        if (wf_streq(wf_json_str(wf_json_get(rows->u.array.at[i], key)), text))
            return true;
    return false;
}

START_TEST(a_copy_has_what_they_said_did_and_were_told_elsewhere)
{
    static const char away[] =
        "{\"to\":\"ann\",\"from\":\"2099-01-01\",\"until\":\"2099-01-31\"}";
    const struct wf_json *acts;
    bool said = false;

    test_ok(&t, weft_run(weft_delegation_add(bob, away, strlen(away), NULL)));
    say(lead, "beneath what is ann's");
    ck_assert(has_text(part_of(lead, "lead", "comments"), "text",
                       "beneath what is ann's"));
    ck_assert(!has_text(part_of(ann, "ann", "comments"), "text",
                        "beneath what is ann's"));
    acts = part_of(lead, "lead", "acts");
    ck_assert_uint_gt(wf_json_len(acts), 0);
    for (size_t i = 0; i < wf_json_len(acts); i++)
        said = said || wf_json_get(acts->u.array.at[i], "changes");
    ck_assert_msg(!said, "what an act changed is of the document");
    ck_assert(has_text(part_of(ann, "ann", "acts"), "kind", "create"));
    ck_assert(has_text(part_of(ann, "ann", "delegations"), "giver", "bob"));
    ck_assert(has_text(part_of(bob, "bob", "delegations"), "taker", "ann"));
    ck_assert(!has_text(part_of(lead, "lead", "delegations"), "taker", "ann"));
    ck_assert_uint_gt(wf_json_len(part_of(ann, "ann", "asked")), 0);
    ck_assert(has_text(part_of(ann, "ann", "above"), "person", "lead"));
}
END_TEST

START_TEST(a_copy_goes_on_where_it_was_through_every_row)
{
    enum {
        MANY = 1200
    };
    struct wf_json *told;

    test_run(wf_store_writer(t.engine->store),
             "INSERT INTO notification (id, person, document, text, at)"
             " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1"
             " FROM n WHERE i < 1200) SELECT 1000000 + i, p.id, NULL,"
             " 'told', 5 FROM n, person p WHERE p.login = 'bob'");
    told = part_of(bob, "bob", "notifications");
    ck_assert_uint_ge(wf_json_len(told), MANY);
    ck_assert_uint_lt(wf_json_len(told), MANY + 100);
    test_refused(&t, weft_person_data(bob, "bob", "acts.x"), WEFT_E_MALFORMED);
}
END_TEST

/* --- Erasure */

static void leave(const char *login)
{
    static const char body[] = "{\"active\":false}";

    test_ok(&t, weft_run(weft_person_edit(root, login, body, strlen(body))));
}

/* What a table has of a text, by all that lists it. */
static bool is_found(weft_reply *reply)
{
    bool found = strstr(weft_reply_body(reply, NULL), WORDS) != NULL;

    weft_reply_free(reply);
    return found;
}

static const char *document(int64_t id)
{
    return wf_json_dump(t.arena, test_ok(&t, weft_document_get(t.system, id)));
}

START_TEST(who_is_still_here_is_not_erased)
{
    test_refused(&t, weft_run(weft_person_erase(root, "ann")), WEFT_E_CONFLICT);
    test_refused(&t, weft_run(weft_person_erase(lead, "ann")), WEFT_E_DENIED);
}
END_TEST

START_TEST(erasing_takes_words_and_leaves_numbers_totals_and_the_chain)
{
    weft_param words[] = { { "q", WORDS } };
    const char *named = wf_arena_printf(
        t.arena, "{\"form\":\"thanks\",\"data\":{\"whom\":\"%s\"}}",
        test_text(test_ok(&t, weft_person_get(root, "ann")), "id"));
    const struct wf_json *done, *data, *report;
    int64_t hers; /* bob's, for her */

    hers = make(bob, named);
    ck_assert_ptr_nonnull(strstr(document(hers), "for Ann"));
    leave("ann");
    done = test_ok(&t, weft_run(weft_person_erase(root, "ann")));
    ck_assert_ptr_nonnull(strstr(test_text(done, "login"), "erased-"));
    ck_assert_double_eq(wf_json_num(wf_json_get(done, "documents"), 0), 1);
    ck_assert_double_ge(wf_json_num(wf_json_get(done, "comments"), 0), 2);

    ck_assert(!is_found(weft_document_get(t.system, sheet)));
    ck_assert_ptr_null(strstr(document(sheet), "Ann"));
    ck_assert_ptr_null(strstr(document(hers), "Ann"));
    ck_assert(!is_found(weft_document_history(t.system, sheet, NULL, 0)));
    ck_assert(!is_found(weft_document_comments(t.system, sheet, NULL, 0)));
    ck_assert(!is_found(weft_document_list(t.system, words, 1)));
    ck_assert(!is_found(weft_notification_list(lead, NULL, 0)));
    test_refused(&t, weft_person_get(root, "ann"), WEFT_E_NOTFOUND);

    data = wf_json_get(test_ok(&t, weft_document_get(t.system, sheet)), "data");
    ck_assert_double_eq(wf_json_num(wf_json_get(data, "amount"), 0), 7);
    data =
        wf_json_get(test_ok(&t, weft_document_get(t.system, points)), "data");
    ck_assert_double_eq(wf_json_num(wf_json_get(data, "sum"), 0), 7);
    report = test_ok(&t, weft_verify(t.system));
    ck_assert_msg(wf_json_len(wf_json_get(report, "findings")) == 0, "%s",
                  wf_json_dump(t.arena, report));
}
END_TEST

/* Whether any row tells the words: what nobody can read must not be there. */
static int64_t rows_that_tell(void)
{
    struct wf_reader reader WF_CLEANUP(wf_reader_end) = WF_READER_INIT;
    weft_error err = WEFT_ERROR_INIT;

    ck_assert(wf_reader_begin(t.engine->store, 0, &reader, &err));
    return test_int(reader.db,
                    "SELECT (SELECT count(*) FROM event WHERE payload LIKE"
                    " '%" WORDS "%') + (SELECT count(*) FROM notification"
                    " WHERE text LIKE '%" WORDS "%')");
}

START_TEST(what_is_deleted_tells_nothing_any_more)
{
    ck_assert_int_gt(rows_that_tell(), 0);
    test_ok(&t, weft_run(weft_document_delete(t.system, sheet, NULL)));
    ck_assert_int_eq(rows_that_tell(), 0);
    test_ok(&t, weft_verify(t.system));
}
END_TEST

START_TEST(what_others_wrote_of_others_stays)
{
    int64_t theirs = test_note(&t, bob, WORDS " of bob");

    leave("ann");
    test_ok(&t, weft_run(weft_person_erase(root, "ann")));
    ck_assert(is_found(weft_document_get(bob, theirs)));
}
END_TEST

TCase *privacy_tests(void)
{
    TCase *tc = tcase_create("api/privacy");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(
        tc, who_looks_at_the_documents_of_somebody_else_is_kept_once_a_day);
    tcase_add_test(
        tc, what_is_taken_out_has_been_looked_at_and_what_is_listed_has_not);
    tcase_add_test(tc, what_is_refused_is_no_look);
    tcase_add_test(tc, nothing_is_kept_that_nobody_wants);
    tcase_add_test(tc, looks_are_forgotten_after_their_days);
    tcase_add_test(tc, who_has_looked_is_for_the_person_and_who_guards_data);
    tcase_add_test(tc, a_copy_has_all_that_one_sees_of_oneself_and_no_more);
    tcase_add_test(tc, a_copy_has_what_they_said_did_and_were_told_elsewhere);
    tcase_add_test(tc, a_copy_goes_on_where_it_was_through_every_row);
    tcase_add_test(tc, who_is_still_here_is_not_erased);
    tcase_add_test(tc,
                   erasing_takes_words_and_leaves_numbers_totals_and_the_chain);
    tcase_add_test(tc, what_is_deleted_tells_nothing_any_more);
    tcase_add_test(tc, what_others_wrote_of_others_stays);
    return tc;
}
