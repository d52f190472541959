/* api/test_export.c - documents as files: who may take them out, which fields
 * they see in them, and that no text becomes a formula.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include <weft/report.h>

#include "suite.h"
#include "support/engine.h"

static struct test_engine t;
static weft_session *ann, *bob, *lead, *boss;

/* The manager may take out; the boss too, but does not see the wage; bob reads
 * what ann writes, and takes out nothing. */
static const char claim_xml[] =
    "<form xmlns='urn:weft:1' id='claim' label='Claim' subject='who'><fields>"
    "<field id='who' type='person' label='Who' default='me'/>"
    "<field id='title' type='text' label='Title'/>"
    "<field id='wage' type='number' label='Wage'/>"
    "<field id='price' type='money' unit='CNY' label='Price'/>"
    "<field id='day' type='date' label='Day'/>"
    "<field id='kind' type='choice' label='Kind'>"
    "<option id='a' label='Kind A'/><option id='b' label='Kind B'/></field>"
    "<field id='tags' type='tags' label='Tags'/>"
    "<items id='rows' label='Rows'><field id='what' type='text' label='What'/>"
    "<field id='n' type='number' label='N'/></items>"
    "</fields><workflow start='open'>"
    "<step id='open' label='Open' by='creator' edit='*'>"
    "<action id='end' label='End' to='done'/></step>"
    "<end id='done' label='Done'/></workflow>"
    "<access><create by='everyone'/>"
    "<grant to='who' rights='read'/>"
    "<grant to='everyone' rights='read' fields='who title'/>"
    "<grant to='manager(who)' rights='read export'/>"
    "<grant to='person(boss)' rights='read export'/>"
    "<hide fields='wage' from='person(boss)'/>"
    "</access></form>";

static void make(weft_session *session, const char *data)
{
    const char *body =
        wf_arena_printf(t.arena, "{\"form\":\"claim\",\"data\":%s}", data);

    test_ok(&t,
            weft_run(weft_document_create(session, body, strlen(body), NULL)));
}

static void setup(void)
{
    test_engine_open(&t);
    ann = test_session(&t, "ann");
    bob = test_session(&t, "bob");
    lead = test_session(&t, "lead");
    boss = test_session(&t, "boss");
    test_deploy(&t, "claim.form.xml", claim_xml);
    make(ann,
         "{\"title\":\"=HYPERLINK(\\\"x\\\")\",\"wage\":1250.5,"
         "\"price\":{\"amount\":1999,\"currency\":\"CNY\"},"
         "\"day\":\"2026-10-12\",\"kind\":\"a\",\"tags\":[\"x\",\"y\"],"
         "\"rows\":[{\"what\":\"-1\",\"n\":-1},{\"what\":\"b\",\"n\":2}]}");
}

static void teardown(void)
{
    weft_session_free(ann);
    weft_session_free(bob);
    weft_session_free(lead);
    weft_session_free(boss);
    test_engine_close(&t);
}

static weft_reply *ask(weft_session *session, const char *format,
                       const char *table)
{
    const weft_param params[] = { { "form", "claim" },
                                  { "format", format },
                                  { "table", table } };

    return weft_document_export(session, params, table ? 3 : 2);
}

/* The body, in the test's arena. */
static const char *file(weft_reply *reply, size_t *len)
{
    const char *body;

    ck_assert_ptr_null(weft_reply_error(reply));
    body = weft_reply_body(reply, len);
    body = wf_arena_mem(t.arena, body, *len);
    weft_reply_free(reply);
    return body;
}

static const char *csv(weft_session *session, const char *table)
{
    size_t len;

    return file(ask(session, "csv", table), &len);
}

START_TEST(fields_are_columns_and_texts_are_disarmed)
{
    const char *text = csv(lead, NULL);

    ck_assert_ptr_nonnull(strstr(
        text,
        "\"who\",\"data.title\",\"wage\",\"price\",\"day\",\"kind\",\"tags\""
        "\r\n"));
    ck_assert_ptr_nonnull(
        strstr(text, "\"ann\",\"'=HYPERLINK(\"\"x\"\")\",1250.5,19.99,"
                     "2026-10-12,\"a\",\"x;y\"\r\n"));
    ck_assert_ptr_null(strstr(text, "{"));
}
END_TEST

START_TEST(a_table_is_a_file_of_its_own)
{
    const char *text = csv(lead, "rows");

    ck_assert_ptr_nonnull(strstr(text, "\"id\",\"what\",\"n\"\r\n"));
    ck_assert_ptr_nonnull(strstr(text, ",\"'-1\",-1\r\n"));
    ck_assert_ptr_nonnull(strstr(text, ",\"b\",2\r\n"));
    test_refused(&t, ask(lead, "csv", "title"), WEFT_E_MALFORMED);
}
END_TEST

START_TEST(who_may_only_read_takes_nothing_out)
{
    ck_assert_ptr_null(strstr(csv(ann, NULL), "ann"));
    ck_assert_ptr_null(strstr(csv(bob, NULL), "ann"));
    ck_assert_ptr_nonnull(strstr(csv(boss, NULL), "ann"));
}
END_TEST

START_TEST(what_is_hidden_is_no_column)
{
    const char *text = csv(boss, NULL);

    ck_assert_ptr_null(strstr(text, "wage"));
    ck_assert_ptr_null(strstr(text, "1250"));
    ck_assert_ptr_nonnull(strstr(text, "19.99"));
}
END_TEST

START_TEST(conditions_are_those_of_lists)
{
    const weft_param params[] = { { "form", "claim" }, { "state", "done" } };
    const weft_param hidden[] = { { "form", "claim" },
                                  { "filter[wage]", "1" } };
    size_t len;

    ck_assert_ptr_null(
        strstr(file(weft_document_export(lead, params, 2), &len), "ann"));
    test_refused(&t, weft_document_export(boss, hidden, 2), WEFT_E_MALFORMED);
}
END_TEST

START_TEST(a_form_that_grants_no_export_says_so)
{
    const weft_param note[] = { { "form", "note" } };
    const weft_param none[] = { { "form", "nothing" } };

    test_refused(&t, weft_document_export(ann, note, 1), WEFT_E_DENIED);
    test_refused(&t, weft_document_export(ann, none, 1), WEFT_E_NOTFOUND);
    test_refused(&t, weft_document_export(ann, NULL, 0), WEFT_E_NOTFOUND);
}
END_TEST

START_TEST(a_workbook_is_a_zip_without_formulas)
{
    size_t len;
    const char *book = file(ask(lead, "xlsx", NULL), &len);

    ck_assert_uint_gt(len, 1000);
    ck_assert_mem_eq(book, "PK\x03\x04", 4);
    test_refused(&t, ask(lead, "pdf", NULL), WEFT_E_MALFORMED);
}
END_TEST

TCase *export_tests(void)
{
    TCase *tc = tcase_create("export");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, fields_are_columns_and_texts_are_disarmed);
    tcase_add_test(tc, a_table_is_a_file_of_its_own);
    tcase_add_test(tc, who_may_only_read_takes_nothing_out);
    tcase_add_test(tc, what_is_hidden_is_no_column);
    tcase_add_test(tc, conditions_are_those_of_lists);
    tcase_add_test(tc, a_form_that_grants_no_export_says_so);
    tcase_add_test(tc, a_workbook_is_a_zip_without_formulas);
    return tc;
}
