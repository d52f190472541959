/* api/definition.c - definitions of any kind as texts: which there are, their
 * versions, what differs between two. For whoever may deploy into their
 * package; forms have doors of their own for those who may derive from them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/package.h>

#include "api/deploy_right.h"
#include "api/form.h"
#include "base/date.h"
#include "base/error.h"
#include "def/diff.h"
#include "def/stored.h"

struct question {
    const char *kind, *id;
    int version, to;
};

/* What one may not deploy is not there. */
static bool open_one(struct wf_turn *turn, const struct question *question,
                     int version, struct wf_stored *out, weft_error *err)
{
    struct wf_stored_name name = { question->kind, question->id, version };
    bool mine;

    if (!wf_stored_load(turn->call.db, turn->call.arena, &name, out, err)
        || !wf_deploy_is_mine(&turn->call, out->package, &mine, err))
        return false;
    return mine
           || wf_fail(err, WEFT_E_NOTFOUND, "nothing called \"%s\" is deployed",
                      question->id);
}

/* --- Lists */

static void put_time(struct wf_json_writer *out, const char *key, int64_t ms)
{
    char text[WF_TIME_TEXT];

    if (!ms)
        return;
    wf_time_write(ms, text);
    wf_jw_key_text(out, key, text);
}

static void put_row(struct wf_turn *turn, const struct wf_stored *row)
{
    struct wf_json_writer *out = &turn->out;
    const struct wf_head *head =
        row->live ? wf_registry_find(turn->call.registry, row->kind, row->id)
                  : NULL;

    wf_jw_open(out, '{');
    wf_jw_key_text(out, "kind", row->kind);
    wf_jw_key_text(out, "id", row->id);
    if (head)
        wf_jw_key_text(out, "label",
                       wf_words_label(head->words, turn->call.lang, head->id));
    wf_jw_key_text(out, "package", row->package);
    wf_jw_key(out, "version");
    wf_jw_int(out, row->version);
    wf_jw_key(out, "live");
    wf_jw_bool(out, row->live);
    wf_jw_key_text(out, "hash", row->hash);
    put_time(out, "deployed", row->deployed);
    put_time(out, "planned", row->planned);
    wf_jw_close(out, '}');
}

/* Rights are asked once a package, not once a row. */
static bool put_rows(struct wf_turn *turn, const struct wf_stored_rows *rows,
                     const char *kind, weft_error *err)
{
    struct wf_map mine = { 0 };

    wf_jw_open(&turn->out, '{');
    wf_jw_key(&turn->out, "items");
    wf_jw_open(&turn->out, '[');
    for (size_t i = 0; i < rows->n; i++) {
        const struct wf_stored *row = &rows->at[i];
        bool *known = wf_map_find(&mine, row->package);

        if (kind && !wf_streq(kind, row->kind))
            continue;
        if (!known) {
            known = WF_NEW(turn->call.arena, bool);
            if (!wf_deploy_is_mine(&turn->call, row->package, known, err))
                return false;
            (void)wf_map_add(turn->call.arena, &mine, row->package, known);
        }
        if (*known)
            put_row(turn, row);
    }
    wf_jw_close(&turn->out, ']');
    wf_jw_close(&turn->out, '}');
    return true;
}

static bool list(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct question *question = with;
    struct wf_stored_rows rows;

    return wf_stored_live(turn->call.db, turn->call.arena, &rows, err)
           && put_rows(turn, &rows, question->kind, err);
}

weft_reply *weft_definition_list(weft_session *session, const char *kind)
{
    struct question question = { .kind = kind };

    return wf_question(session, WEFT_SCOPE_READ, list, &question);
}

static bool versions(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct question *question = with;
    struct wf_stored_rows rows;
    const struct wf_form *form;
    struct wf_stored live;

    return (wf_streq(question->kind, "form")
                ? wf_form_open_text(turn, question->id, 0, &form, err)
                : open_one(turn, question, 0, &live, err))
           && wf_stored_versions(turn->call.db, turn->call.arena,
                                 question->kind, question->id, &rows, err)
           && put_rows(turn, &rows, NULL, err);
}

weft_reply *weft_definition_versions(weft_session *session, const char *kind,
                                     const char *id)
{
    struct question question = { .kind = kind, .id = id };

    return wf_question(session, WEFT_SCOPE_READ, versions, &question);
}

/* --- Texts */

static bool xml(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct question *question = with;
    struct wf_stored stored;

    if (!open_one(turn, question, question->version, &stored, err))
        return false;
    wf_buf_str(&turn->body, stored.text);
    return true;
}

weft_reply *weft_definition_xml(weft_session *session, const char *kind,
                                const char *id, int version)
{
    struct question question = { .kind = kind, .id = id, .version = version };

    if (wf_streq(kind, "form"))
        return weft_form_xml(session, id, version);
    return wf_question(session, WEFT_SCOPE_READ, xml, &question);
}

/* A stored text was well-formed when it was taken. */
static struct wf_diff_side side_of(struct wf_turn *turn,
                                   const struct wf_stored *stored)
{
    struct wf_diags none = WF_DIAGS_INIT(turn->call.arena, "en");
    const struct wf_package *package =
        wf_registry_package(turn->call.registry, stored->package);

    return (struct wf_diff_side){
        .root = wf_xml_parse(turn->call.arena, stored->file, stored->text,
                             strlen(stored->text), &none),
        .lang = package ? package->lang : "zh-CN",
        .hook = stored->hook,
    };
}

static bool diff(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct question *question = with;
    struct wf_stored from, to;
    struct wf_diff_side old, new;

    if (!open_one(turn, question, question->version, &from, err)
        || !open_one(turn, question, question->to, &to, err))
        return false;
    old = side_of(turn, &from);
    new = side_of(turn, &to);
    wf_jw_open(&turn->out, '{');
    wf_jw_key_text(&turn->out, "kind", to.kind);
    wf_jw_key_text(&turn->out, "id", to.id);
    wf_jw_key(&turn->out, "from");
    wf_jw_int(&turn->out, from.version);
    wf_jw_key(&turn->out, "to");
    wf_jw_int(&turn->out, to.version);
    wf_jw_key(&turn->out, "changes");
    wf_jw_open(&turn->out, '[');
    wf_diff_rows(&old, &new, turn->call.lang, &turn->out);
    wf_jw_close(&turn->out, ']');
    wf_jw_close(&turn->out, '}');
    return true;
}

weft_reply *weft_definition_diff(weft_session *session,
                                 const weft_definition *of, int from, int to)
{
    struct question question = { of->kind, of->id, from, to };

    if (wf_streq(of->kind, "form"))
        return weft_form_diff(session, of->id, from, to);
    return wf_question(session, WEFT_SCOPE_READ, diff, &question);
}
