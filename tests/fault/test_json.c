/* fault/test_json.c - JSON of any shape, and values that were written to break
 * somebody: refused as a request, or kept to the byte, and never obeyed.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/macros.h"
#include "cost.h"
#include "suite.h"
#include "support/data.h"

static struct test_engine t;
static weft_session *ann;
static int64_t note;

static void setup(void)
{
    test_engine_open(&t);
    ann = test_session(&t, "ann");
    note = test_note(&t, ann, "Base");
}

static void teardown(void)
{
    fault_verify(&t);
    weft_session_free(ann);
    test_engine_close(&t);
}

/* --- Shapes */

typedef weft_reply *body_fn(const char *body, size_t len);

static weft_reply *into_create(const char *body, size_t len)
{
    return weft_run(weft_document_create(ann, body, len, NULL));
}

static weft_reply *into_patch(const char *body, size_t len)
{
    return weft_run(weft_document_patch(ann, note, body, len, NULL));
}

static weft_reply *into_act(const char *body, size_t len)
{
    return weft_run(weft_document_act(ann, note, "fly", body, len, NULL));
}

static weft_reply *into_comment(const char *body, size_t len)
{
    return weft_run(weft_document_comment(ann, note, body, len, NULL));
}

static weft_reply *into_batch(const char *body, size_t len)
{
    return weft_run(weft_work_batch(ann, body, len, NULL));
}

static weft_reply *into_clone(const char *body, size_t len)
{
    return weft_run(weft_form_clone(t.system, "note", body, len));
}

static weft_reply *into_simulate(const char *body, size_t len)
{
    return weft_form_simulate(ann, "note", body, len);
}

static weft_reply *into_evaluate(const char *body, size_t len)
{
    return weft_form_evaluate(ann, "note", body, len);
}

static weft_reply *into_setting(const char *body, size_t len)
{
    return weft_run(weft_setting_set(t.system, body, len));
}

static weft_reply *into_people(const char *body, size_t len)
{
    return weft_run(weft_import(t.system, "people", body, len, true));
}

static weft_reply *into_units(const char *body, size_t len)
{
    return weft_run(weft_import(t.system, "units", body, len, true));
}

static body_fn *const doors[] = {
    into_create,  into_patch,  into_act,      into_comment,
    into_batch,   into_clone,  into_simulate, into_evaluate,
    into_setting, into_people, into_units,
};

/* Refused as a mistake of whoever asked, soon; the next is served. */
static void refused(const char *what, const char *body, size_t len)
{
    for (size_t i = 0; i < WF_COUNT(doors); i++) {
        struct cost cost = cost_begin();
        weft_reply *reply = doors[i](body, len);
        const weft_error *failure = weft_reply_error(reply);

        cost_end(&cost, what);
        ck_assert_msg(failure || doors[i] == into_evaluate,
                      "door %zu took %s: %s", i, what,
                      weft_reply_body(reply, NULL));
        ck_assert_msg(!failure || failure->code <= WEFT_E_INVALID,
                      "door %zu, %s: %s", i, what,
                      failure ? failure->text : "");
        weft_reply_free(reply);
    }
}

START_TEST(bodies_of_any_shape_are_answered)
{
    static const char *const bodies[] = {
        "",
        " ",
        "{",
        "[",
        "]",
        "null",
        "true",
        "0",
        "\"\"",
        "[]",
        "{}x",
        "{\"form\":{}}",
        "{\"form\":\"note\",\"data\":[]}",
        "{\"form\":\"note\",\"data\":\"x\"}",
        "{\"form\":\"note\",\"data\":{\"title\":{}}}",
        "{\"form\":\"note\",\"data\":{\"title\":[[[]]]}}",
        "{\"form\":\"note\",\"data\":{\"title\":\"x\",\"title\":\"y\"}}",
        "{\"form\":\"note\",\"data\":{\"amount\":1e999}}",
        "{\"form\":\"note\",\"data\":{\"amount\":-1e999}}",
        "{\"form\":\"note\",\"data\":{\"amount\":NaN}}",
        "{\"form\":\"note\",\"data\":{\"amount\":\"1\"}}",
        "{\"form\":\"note\",\"data\":{\"amount\":-1}}",
        "{\"form\":\"note\",\"data\":{\"amount\":0x10}}",
        "{\"form\":\"note\",\"data\":{\"__proto__\":{}}}",
        "{\"form\":\"note\",\"data\":{\"\":1}}",
        "{\"form\":\"note\",\"data\":{\"title\":\"\\u0000\"}}",
        "{\"form\":\"note\",\"data\":{\"title\":\"\\ud800\"}}",
        "{\"form\":\"note\",\"data\":{\"title\":\"\\udc00\\ud800\"}}",
        "{\"form\":\"note\",\"data\":{\"title\":\"\xff\"}}",
        "{\"form\":\"note\",\"data\":{\"title\":\"\xc0\x80\"}}",
        "{\"form\":\"note\",\"data\":{\"title\":\"\xed\xa0\x80\"}}",
        "{\"form\":\"note\",\"data\":{\"title\":\"a\nb\"}}",
        "{\"form\":\"note\",\"data\":{},\"parent\":\"x\"}",
        "{\"form\":\"note\",\"data\":{},\"parent\":99999999999999999999}",
        "{\"form\":\"note\",\"data\":{},\"parent\":{}}",
        "{\"form\":\"note'; DROP TABLE document; --\",\"data\":{}}",
        "{\"form\":\"../note\",\"data\":{}}",
        "{\"ids\":{},\"action\":\"approve\"}",
        "{\"ids\":[\"99999999999999999999\"],\"action\":\"approve\"}",
        "{\"text\":1}",
        "{\"data\":{\"text\":\"x\"}}",
        "{\"id\":\"x\",\"changes\":{}}",
        "{\"id\":[],\"label\":{},\"overlay\":1,\"changes\":[1]}",
        "{\"package\":1,\"id\":2,\"value\":{}}",
        "\xef\xbb\xbf{}",
        "{'form':'note'}",
        "{\"form\":\"note\",}",
        "/**/{}",
    };

    for (size_t i = 0; i < WF_COUNT(bodies); i++)
        refused(bodies[i], bodies[i], strlen(bodies[i]));
    refused("a zero byte", "{\"form\":\"no\0te\"}", 16);
    cost_serves(&t);
}
END_TEST

static void repeated(const char *before, const char *a, const char *after,
                     int n)
{
    struct wf_buf body = WF_BUF_INIT(t.arena);

    wf_buf_str(&body, before);
    for (int i = 0; i < n; i++)
        wf_buf_str(&body, a);
    wf_buf_str(&body, after);
    refused(a, wf_buf_text(&body), body.len);
}

START_TEST(bodies_of_any_size_are_answered)
{
    repeated("", "[", "", 1000000);
    repeated("", "{\"a\":", "", 200000);
    repeated("[", "0,", "0]", 500000);
    repeated("[", "[],", "[]]", 300000);
    repeated("{\"form\":\"note\",\"data\":{\"title\":\"", "x", "\"}}", 1 << 20);
    repeated("{\"form\":\"note\",\"data\":{\"amount\":", "9", "}}", 1000000);
    repeated("", " ", "", 1 << 20);
    repeated("\"", "\\u00e9", "\"", 150000);
    repeated("", "login,name\n", "", 90000);
    repeated("", ",", "", 1 << 20);
    repeated("", "\"", "", 1 << 20);
    cost_serves(&t);
}
END_TEST

/* --- Values */

/* One hostile text as a value, a filter, words, an id, a login. */
static void try_text(const char *text)
{
    struct wf_json *body = wf_json_object(t.arena);
    struct wf_json *data = wf_json_object(t.arena);
    struct wf_json *doc;
    const char *written;
    weft_param ways[][2] = {
        { { "form", "note" }, { "filter[title]", text } },
        { { "form", "note" }, { "q", text } },
        { { "form", "note" }, { "sort", text } },
        { { "form", text }, { "limit", "1" } },
        { { "subject", text }, { "limit", "1" } },
        { { "cursor", text }, { "limit", "1" } },
        { { "unit", text }, { "period", text } },
    };
    weft_error err = WEFT_ERROR_INIT;
    weft_session *nobody = NULL;

    wf_json_set(t.arena, body, "form", wf_json_text(t.arena, "hostile"));
    wf_json_set(t.arena, body, "data", data);
    wf_json_set(t.arena, data, "text", wf_json_text(t.arena, text));
    written = wf_json_dump(t.arena, body);
    weft_reply *reply =
        weft_run(weft_document_create(ann, written, strlen(written), NULL));
    if (!weft_reply_error(reply)) {
        doc = test_ok(&t, weft_document_get(ann, weft_reply_id(reply)));
        ck_assert_str_eq(test_text(wf_json_get(doc, "data"), "text"), text);
    } else {
        ck_assert_msg(weft_reply_error(reply)->code <= WEFT_E_INVALID, "%s",
                      text);
    }
    weft_reply_free(reply);
    for (size_t i = 0; i < WF_COUNT(ways); i++) {
        reply = weft_document_list(ann, ways[i], 2);
        ck_assert_msg(!weft_reply_error(reply)
                          || weft_reply_error(reply)->code <= WEFT_E_INVALID,
                      "%zu: %s: %s", i, text, weft_reply_error(reply)->text);
        weft_reply_free(reply);
    }
    reply = weft_person_get(ann, text);
    ck_assert_ptr_nonnull(weft_reply_error(reply));
    weft_reply_free(reply);
    reply = weft_form_get(ann, text, 0);
    ck_assert_ptr_nonnull(weft_reply_error(reply));
    weft_reply_free(reply);
    reply = weft_document_explain(ann, note, text);
    ck_assert_ptr_nonnull(weft_reply_error(reply));
    weft_reply_free(reply);
    ck_assert(!weft_session_as(t.engine, text, "en", &nobody, &err));
    ck_assert(!weft_session_by_token(t.engine, text, text, &nobody, &err));
    ck_assert(!weft_session_by_cookie(t.engine, text, text, &nobody, &err));
}

static const char HOSTILE[] =
    "<form xmlns=\"urn:weft:1\" id=\"hostile\" label=\"H\" title=\"{text}\">"
    "<fields><field id=\"text\" type=\"longtext\" label=\"T\"/></fields>"
    "<workflow start=\"draft\"><step id=\"draft\" label=\"D\" by=\"creator\" "
    "edit=\"*\"><action id=\"go\" label=\"Go\" to=\"done\"/></step>"
    "<end id=\"done\" label=\"Done\"/></workflow><access>"
    "<create by=\"everyone\"/><grant to=\"creator\" rights=\"read\"/>"
    "</access></form>";

/* The lines of a file, at most `max`; how many. */
static int try_lines(const char *path, int max)
{
    FILE *file = fopen(path, "rb");
    char line[2000];
    int n = 0;

    while (file && n < max && fgets(line, sizeof line, file)) {
        line[strcspn(line, "\r\n")] = '\0';
        if (!*line)
            continue;
        try_text(line);
        n++;
    }
    if (file)
        fclose(file);
    return n;
}

START_TEST(naughty_strings_come_back_as_they_were)
{
    const char *folder = data_path(t.arena, "naughty_strings");
    int64_t notes = fault_count(&t, ann, "note");

    if (!folder)
        return;
    test_deploy(&t, "hostile.form.xml", HOSTILE);
    int n = try_lines(wf_arena_printf(t.arena, "%s/blns.txt", folder), 2000);

    ck_assert_int_gt(n, 400);
    ck_assert_int_eq(fault_count(&t, ann, "note"), notes);
}
END_TEST

START_TEST(payloads_are_values_and_nothing_else)
{
    const char *folder = data_path(t.arena, "hostile_payloads");
    int64_t notes = fault_count(&t, ann, "note");
    int max = fault_is_long() ? 100000 : 40, n = 0;
    struct dirent *entry;
    DIR *dir = folder ? opendir(folder) : NULL;

    if (!dir)
        return;
    test_deploy(&t, "hostile.form.xml", HOSTILE);
    while ((entry = readdir(dir)))
        n += try_lines(wf_arena_printf(t.arena, "%s/%s", folder, entry->d_name),
                       max);
    closedir(dir);

    ck_assert_int_gt(n, 500);
    ck_assert_int_eq(fault_count(&t, ann, "note"), notes);
}
END_TEST

TCase *json_tests(void)
{
    TCase *tc = tcase_create("fault/json");

    tcase_set_timeout(tc, 600);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, bodies_of_any_shape_are_answered);
    tcase_add_test(tc, bodies_of_any_size_are_answered);
    tcase_add_test(tc, naughty_strings_come_back_as_they_were);
    tcase_add_test(tc, payloads_are_values_and_nothing_else);
    return tc;
}
