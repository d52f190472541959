/* api/demo_act.c - what the people of the sample company did, each act a
 * command of its own, in its person's name and at its time.
 *
 * Source: <weft/organisation.h>, weft_init_demo().
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/document.h>

#include "api/command.h"
#include "api/demo.h"
#include "base/error.h"

enum {
    DAY_MS = 24 * 3600 * 1000
};

/* One act. */
struct deed {
    const char *as;
    const struct wf_json *days;
    const char *create, *call, *under;
    const char *on, *act, *say, *comment, *to;
    const struct wf_json *data, *patch;
};

/* The day that "+60" is: so many after today; and today's "quarter". NULL for
 * what is neither. */
static const char *day_of(const struct wf_demo *demo, const char *text)
{
    int64_t now = wf_clock_now(&demo->session->engine->clock), days;
    char date[WF_DATE_TEXT], period[WF_PERIOD_TEXT];

    if (wf_streq(text, "quarter")) {
        wf_period_write(
            wf_period_at(WF_PERIOD_QUARTER, (int32_t)(now / DAY_MS)), period);
        return wf_arena_str(demo->arena, period);
    }
    if (text[0] != '+' || !wf_str_to_int(wf_str_of(text + 1), &days) || days < 0
        || days > 9999)
        return NULL;
    wf_date_write((int32_t)(now / DAY_MS + days), date);
    return wf_arena_str(demo->arena, date);
}

/* `data` with the ids of documents in place of their names, and with days. */
static struct wf_json *with_ids(const struct wf_demo *demo,
                                const struct wf_json *data)
{
    struct wf_json *out = wf_json_copy(demo->arena, data);
    const char *text = wf_json_str(data);
    const char *meant = NULL;

    if (text && text[0] == '@')
        meant = wf_map_find(&demo->names, text + 1);
    if (text && text[0] == '@' && !meant)
        meant = day_of(demo, text + 1);
    if (meant)
        return wf_json_text(demo->arena, meant);
    if (wf_json_is(out, WF_JSON_ARRAY))
        for (size_t i = 0; i < out->u.array.n; i++)
            out->u.array.at[i] = with_ids(demo, out->u.array.at[i]);
    if (wf_json_is(out, WF_JSON_OBJECT))
        for (size_t i = 0; i < out->u.object.n; i++)
            out->u.object.at[i].value =
                with_ids(demo, out->u.object.at[i].value);
    return out;
}

/* --- Rows: a patch of an item table names its rows by their place */

/* The document as its person sees it; NULL where they do not. */
static const struct wf_json *look(struct wf_demo *demo, weft_session *session,
                                  wf_id id)
{
    static const struct wf_json_limits limits = WF_JSON_LIMITS;
    weft_reply *reply = weft_document_get(session, id);
    weft_error err = WEFT_ERROR_INIT;
    struct wf_json *doc = NULL;
    size_t len;
    const char *body = weft_reply_body(reply, &len);

    if (!wf_json_parse(demo->arena, body, len, &limits, &doc, &err))
        doc = NULL;
    weft_reply_free(reply);
    return wf_json_get(doc, "data");
}

/* Gives the rows of `rows` the ids of those that are there. */
static void name_rows(struct wf_demo *demo, struct wf_json *rows,
                      const struct wf_json *there)
{
    if (!wf_json_is(rows, WF_JSON_ARRAY) || !wf_json_is(there, WF_JSON_ARRAY))
        return;
    for (size_t i = 0; i < rows->u.array.n && i < there->u.array.n; i++) {
        struct wf_json *id = wf_json_get(there->u.array.at[i], "id");

        if (id && wf_json_is(rows->u.array.at[i], WF_JSON_OBJECT))
            wf_json_set(demo->arena, rows->u.array.at[i], "id", id);
    }
}

static void name_all_rows(struct wf_demo *demo, struct wf_json *data,
                          const struct wf_json *there)
{
    for (size_t i = 0; i < wf_json_len(data); i++)
        name_rows(demo, data->u.object.at[i].value,
                  wf_json_get(there, data->u.object.at[i].key.at));
}

/* --- Commands */

/* `data` NULL: none */
static const char *body_of(struct wf_demo *demo, const struct deed *deed,
                           const char *parent, const struct wf_json *data)
{
    struct wf_buf buf = WF_BUF_INIT(demo->arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&buf);

    wf_jw_open(&w, '{');
    wf_jw_key_text(&w, "form", deed->create);
    wf_jw_key_text(&w, "parent", parent);
    wf_jw_key_text(&w, "text", deed->say);
    wf_jw_key_text(&w, "comment", deed->comment);
    wf_jw_key_text(&w, "to", deed->to);
    if (data) {
        wf_jw_key(&w, "data");
        wf_jw_tree(&w, data);
    }
    wf_jw_close(&w, '}');
    return wf_buf_text(&buf);
}

static weft_command *command_of(struct wf_demo *demo, weft_session *session,
                                const struct deed *deed)
{
    const char *name = deed->create ? deed->under : deed->on;
    const char *known = name ? wf_map_find(&demo->names, name) : NULL;
    const struct wf_json *told = deed->patch ? deed->patch : deed->data;
    struct wf_json *data = told ? with_ids(demo, told) : NULL;
    const char *body;
    wf_id id = 0;
    size_t len;

    if (known)
        wf_id_parse(wf_str_of(known), &id);
    if (data && deed->on)
        name_all_rows(demo, data, look(demo, session, id));
    body = body_of(demo, deed, deed->create ? known : NULL, data);
    len = strlen(body);
    if (deed->create)
        return weft_document_create(session, body, len, NULL);
    if (deed->act)
        return weft_document_act(session, id, deed->act, body, len, NULL);
    if (deed->patch)
        return weft_document_patch(session, id, body, len, NULL);
    return weft_document_comment(session, id, body, len, NULL);
}

static void remember(struct wf_demo *demo, const char *name, wf_id id)
{
    char text[WF_ID_TEXT];

    if (!name || !id)
        return;
    wf_id_write(id, text);
    wf_map_add(demo->arena, &demo->names, name,
               wf_arena_str(demo->arena, text));
}

static bool do_deed(struct wf_demo *demo, const struct deed *deed,
                    weft_error *err)
{
    weft_engine *engine = demo->session->engine;
    double days = wf_json_num(deed->days, 0);
    weft_session *session;
    weft_command *command;
    weft_reply *reply;

    if (!weft_session_as(engine, deed->as, demo->session->asker.lang, &session,
                         err))
        return false;
    command = command_of(demo, session, deed);
    command->now = wf_clock_now(&engine->clock) - (int64_t)(days * DAY_MS);
    reply = weft_run(command);
    weft_session_free(session);
    remember(demo, deed->call, weft_reply_id(reply));
    return wf_demo_use(demo, reply, err);
}

bool wf_demo_play(struct wf_demo *demo, const struct wf_demo_script *script,
                  weft_error *err)
{
    static const struct wf_member members[] = {
        { "as", WF_BODY_TEXT, offsetof(struct deed, as), true },
        { "days", WF_BODY_ANY, offsetof(struct deed, days), false },
        { "create", WF_BODY_TEXT, offsetof(struct deed, create), false },
        { "call", WF_BODY_TEXT, offsetof(struct deed, call), false },
        { "under", WF_BODY_TEXT, offsetof(struct deed, under), false },
        { "on", WF_BODY_TEXT, offsetof(struct deed, on), false },
        { "act", WF_BODY_TEXT, offsetof(struct deed, act), false },
        { "say", WF_BODY_TEXT, offsetof(struct deed, say), false },
        { "comment", WF_BODY_TEXT, offsetof(struct deed, comment), false },
        { "to", WF_BODY_TEXT, offsetof(struct deed, to), false },
        { "data", WF_BODY_OBJECT, offsetof(struct deed, data), false },
        { "patch", WF_BODY_OBJECT, offsetof(struct deed, patch), false },
    };

    demo->names = (struct wf_map){ .n = 0 };
    for (size_t i = 0; i < wf_json_len(script->acts); i++) {
        struct deed deed = { .as = NULL };
        weft_error failure = wf_error_in(err->lang);

        if (!wf_body_take(&demo->findings, members, WF_COUNT(members),
                          script->acts->u.array.at[i], &deed, &failure)
            || !do_deed(demo, &deed, &failure))
            return wf_fail(err, failure.code, "Act %zu of the demo: %s", i + 1,
                           failure.text);
    }
    return true;
}
