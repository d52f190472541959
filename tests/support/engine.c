/* support/engine.c - an engine for a test, through the public API.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "support/engine.h"

#include <string.h>

#include <check.h>

#include "support/memory.h"

const char test_note_xml[] =
    "<form xmlns=\"urn:weft:1\" id=\"note\" label=\"Note\" title=\"{title}\">"
    "<fields>"
    "<field id=\"title\" type=\"text\" label=\"Title\" required=\"true\""
    " max=\"40\"/>"
    "<field id=\"amount\" type=\"number\" label=\"Amount\" min=\"0\"/>"
    "<field id=\"double\" type=\"number\" label=\"Twice\""
    " formula=\"(amount or 0) * 2\"/>"
    "</fields>"
    "<workflow start=\"draft\">"
    "<step id=\"draft\" label=\"Draft\" by=\"creator\" edit=\"*\">"
    "<action id=\"submit\" label=\"Submit\" to=\"answer\"/>"
    "</step>"
    "<approval id=\"answer\" label=\"Answer\" approved=\"done\""
    " rejected=\"draft\" nobody=\"admin\">"
    "<level id=\"lead\" label=\"Lead\" by=\"manager(creator)\"/>"
    "</approval>"
    "<end id=\"done\" label=\"Done\"/>"
    "</workflow>"
    "<access><create by=\"everyone\"/>"
    "<grant to=\"creator\" rights=\"read comment\"/></access>"
    "</form>";

static const char units[] = "id,name,parent,head\nall,All,,boss\n";
static const char people[] = "login,name,unit,manager,roles\n"
                             "boss,Boss,all,,\n"
                             "lead,Lead,all,boss,\n"
                             "ann,Ann,all,lead,\n"
                             "bob,Bob,all,lead,\n"
                             "root,Root,all,,admin\n";

static void ignore_line(void *self, const char *line)
{
    (void)self;
    (void)line;
}

static int64_t read_clock(void *self)
{
    return *(int64_t *)self;
}

void test_engine_open_at(struct test_engine *t, const char *url)
{
    weft_options options = WEFT_OPTIONS_INIT;
    weft_error err = WEFT_ERROR_INIT;

    t->now = INT64_C(1791766800000); /* 2026-10-12 09:00 in Shanghai */
    t->arena = wf_arena_new();
    options.create = true;
    options.no_jobs = true;
    options.log = ignore_line;
    options.now_ms = read_clock;
    options.now_self = &t->now;
    ck_assert_msg(weft_engine_open(url, &options, &t->engine, &err), "%s",
                  err.text);
    ck_assert_msg(weft_session_as(t->engine, NULL, "en", &t->system, &err),
                  "%s", err.text);
}

void test_engine_fill(struct test_engine *t)
{
    test_ok(t, weft_run(weft_import(t->system, "units", units, strlen(units),
                                    false)));
    test_ok(t, weft_run(weft_import(t->system, "people", people, strlen(people),
                                    false)));
    test_deploy(t, "note.form.xml", test_note_xml);
}

void test_engine_open(struct test_engine *t)
{
    test_engine_open_at(t, test_memory_url());
    test_engine_fill(t);
}

void test_engine_close(struct test_engine *t)
{
    weft_session_free(t->system);
    weft_engine_close(t->engine);
    wf_arena_free(t->arena);
}

weft_session *test_session(struct test_engine *t, const char *login)
{
    weft_error err = WEFT_ERROR_INIT;
    weft_session *session = NULL;

    ck_assert_msg(weft_session_as(t->engine, login, "en", &session, &err), "%s",
                  err.text);
    return session;
}

void test_deploy(struct test_engine *t, const char *name, const char *xml)
{
    weft_file file = { name, xml, strlen(xml) };
    weft_deploy what = { &file, 1, NULL, NULL, NULL };

    test_ok(t, weft_run(weft_deploy_run(t->system, &what)));
}

static struct wf_json *read_body(struct test_engine *t, weft_reply *reply)
{
    static const struct wf_json_limits limits = WF_JSON_LIMITS;
    weft_error err = WEFT_ERROR_INIT;
    struct wf_json *json = NULL;
    size_t len;
    const char *body = weft_reply_body(reply, &len);

    if (len > 0)
        ck_assert_msg(wf_json_parse(t->arena, body, len, &limits, &json, &err),
                      "%s: %s", err.text, body);
    weft_reply_free(reply);
    return json;
}

struct wf_json *test_ok(struct test_engine *t, weft_reply *reply)
{
    const weft_error *failure = weft_reply_error(reply);

    ck_assert_msg(!failure, "%s %s", failure ? failure->text : "",
                  weft_reply_body(reply, NULL));
    return read_body(t, reply);
}

struct wf_json *test_refused(struct test_engine *t, weft_reply *reply,
                             weft_code code)
{
    const weft_error *failure = weft_reply_error(reply);

    ck_assert_msg(failure, "went well: %s", weft_reply_body(reply, NULL));
    ck_assert_msg(failure->code == code, "%s, not %s: %s",
                  weft_code_name(failure->code), weft_code_name(code),
                  failure->text);
    return read_body(t, reply);
}

int64_t test_note(struct test_engine *t, weft_session *session,
                  const char *title)
{
    const char *body = wf_arena_printf(
        t->arena, "{\"form\":\"note\",\"data\":{\"title\":\"%s\"}}", title);
    weft_reply *reply =
        weft_run(weft_document_create(session, body, strlen(body), NULL));
    int64_t id = weft_reply_id(reply);

    test_ok(t, reply);
    ck_assert_int_gt(id, 0);
    return id;
}

const char *test_text(const struct wf_json *object, const char *key)
{
    const char *text = wf_json_str(wf_json_get(object, key));

    return text ? text : "";
}
