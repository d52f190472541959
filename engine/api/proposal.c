/* api/proposal.c - deploys that are asked for, and wait beside a document.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/proposal.h"

#include <weft/adjust.h>

#include "api/deploy_right.h"
#include "api/rollout.h"
#include "base/error.h"
#include "base/messages.h"
#include "def/diff.h"
#include "def/stored.h"
#include "doc/history.h"

enum {
    SENTENCES_MAX = 50,
    WORDS_MAX = 1800 /* bytes; a longtext has 2,000 characters by itself */
};

static const char SQL_ADD[] =
    "INSERT INTO proposal (document, package, person, files, base, changes,"
    " adjusts, pilot, at, reason, state, made)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'open', $11)";
static const char SQL_LOAD[] =
    "SELECT p.package, p.person, p.files, p.base, p.changes, p.adjusts,"
    " p.pilot, p.at, p.reason, p.state, p.problem, p.made, p.closed, d.state"
    " FROM proposal p JOIN document d ON d.id = p.document"
    " WHERE p.document = $1";
static const char SQL_CLOSE[] =
    "UPDATE proposal SET state = $2, problem = $3, closed = $4"
    " WHERE document = $1";

const char *wf_proposal_form(struct wf_turn *turn, const char *package)
{
    const struct wf_package *live =
        wf_registry_package(turn->call.registry, package);

    return live && !turn->call.system ? live->policy.approval : NULL;
}

/* --- What differs from what is live */

static struct wf_diff_side live_side(struct wf_call *call,
                                     const struct wf_compiled *c,
                                     const struct wf_stored *stored)
{
    const struct wf_form *form =
        c->form ? wf_registry_form(call->registry, c->id) : NULL;
    struct wf_diags none = WF_DIAGS_INIT(call->arena, "en");

    if (form)
        return wf_diff_form(call->arena, form);
    return (struct wf_diff_side){
        .root = wf_xml_parse(call->arena, stored->file, stored->text,
                             strlen(stored->text), &none),
        .lang = call->lang,
        .hook = stored->hook,
    };
}

static struct wf_diff_side new_side(struct wf_call *call,
                                    const struct wf_compiled *c)
{
    struct wf_diags none = WF_DIAGS_INIT(call->arena, "en");

    if (c->form)
        return wf_diff_form(call->arena, c->form);
    return (struct wf_diff_side){
        .root =
            wf_xml_parse(call->arena, c->file, c->text, strlen(c->text), &none),
        .lang = call->lang,
        .hook = c->hook,
    };
}

/* Lua has no parts of its own. */
static void write_script(const struct wf_compiled *c, bool is_new,
                         struct wf_json_writer *out)
{
    const char *change = is_new ? "added" : "changed";

    wf_jw_open(out, '{');
    wf_jw_key_text(out, "definition", c->id);
    wf_jw_key_text(out, "kind", c->kind);
    wf_jw_key_text(out, "path", c->id);
    wf_jw_key_text(out, "label", c->id);
    wf_jw_key_text(out, "change", change);
    wf_jw_key(out, "text");
    wf_jw_open(out, '{');
    wf_jw_key_text(out, "zh-CN", c->file);
    wf_jw_key_text(out, "en", c->file);
    wf_jw_close(out, '}');
    wf_jw_close(out, '}');
}

/* Whether a definition is stored, and its live row. */
static bool find_live(struct wf_call *call, const struct wf_compiled *c,
                      struct wf_stored *out, bool *found, weft_error *err)
{
    struct wf_stored_name name = { c->kind, c->id, 0 };

    *found = wf_stored_load(call->db, call->arena, &name, out, err);
    if (*found || err->code != WEFT_E_NOTFOUND)
        return *found;
    *err = (weft_error)WEFT_ERROR_INIT;
    memcpy(err->lang, call->lang, strlen(call->lang) + 1);
    return true;
}

/* Writes what differs into an open array, and what it was compared with. */
static bool compare(struct wf_call *call, const struct wf_bundle *bundle,
                    struct wf_json_writer *changes, struct wf_json *base,
                    weft_error *err)
{
    for (const struct wf_compiled *c = bundle->compiled; c; c = c->next) {
        struct wf_diff_side from = { .lang = call->lang }, to;
        struct wf_json *row = wf_json_array(call->arena);
        struct wf_stored stored = { .version = 0 };
        bool found;

        if (!find_live(call, c, &stored, &found, err))
            return false;
        wf_json_push(call->arena, row, wf_json_text(call->arena, c->kind));
        wf_json_push(call->arena, row, wf_json_text(call->arena, c->id));
        wf_json_push(call->arena, row,
                     wf_json_int(call->arena, stored.version));
        wf_json_push(call->arena, base, row);
        if (found && wf_streq(stored.hash, c->hash))
            continue;
        if (wf_streq(c->kind, "script")) {
            write_script(c, !found, changes);
            continue;
        }
        if (found)
            from = live_side(call, c, &stored);
        to = new_side(call, c);
        wf_diff_rows(&from, &to, call->lang, changes);
    }
    return true;
}

/* --- Asking */

/* The sentences of the changes, for who reads the document. */
static const char *sentences(struct wf_call *call, const struct wf_json *rows)
{
    struct wf_buf out = WF_BUF_INIT(call->arena);
    size_t n = wf_json_len(rows);

    for (size_t i = 0; i < n; i++) {
        const char *text = wf_json_str(
            wf_json_get(wf_json_get(rows->u.array.at[i], "text"), call->lang));

        if (!text)
            continue;
        if (i == SENTENCES_MAX || out.len + strlen(text) > WORDS_MAX) {
            wf_buf_printf(&out, "… (+%zu)", n - i);
            break;
        }
        wf_buf_printf(&out, "%s%s", out.len > 0 ? "\n" : "", text);
    }
    return wf_buf_text(&out);
}

static void put(struct wf_call *call, const struct wf_form *form,
                struct wf_json *data, const char *field, const char *text)
{
    if (text && wf_form_field(form, field))
        wf_json_set(call->arena, data, field, wf_json_text(call->arena, text));
}

static bool make_document(struct wf_turn *turn, const struct wf_proposing *what,
                          const struct wf_json *rows, struct wf_doc **out,
                          weft_error *err)
{
    struct wf_call *call = &turn->call;
    struct wf_json *data = wf_json_object(call->arena);
    struct wf_creation creation = { .form = wf_registry_form(call->registry,
                                                             what->form),
                                    .data = data,
                                    .by_engine = true,
                                    .is_mine = true,
                                    .reason = "deploy" };

    if (!creation.form)
        return wf_fail(err, WEFT_E_CONFLICT,
                       "Deploys are asked for with the form \"%s\", which is "
                       "not there.",
                       what->form);
    put(call, creation.form, data, "package", what->bundle->package->id);
    put(call, creation.form, data, "changes", sentences(call, rows));
    put(call, creation.form, data, "reason", what->reason);
    return wf_flow_create(&turn->flow, &creation, out, err);
}

static const char *files_json(struct wf_call *call,
                              const struct wf_proposing *what)
{
    struct wf_buf text = WF_BUF_INIT(call->arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&text);

    wf_jw_open(&w, '[');
    for (size_t i = 0; i < what->n_files; i++) {
        wf_jw_open(&w, '[');
        wf_jw_text(&w, what->files[i].name);
        wf_jw_text_n(&w, what->files[i].text, what->files[i].len);
        wf_jw_close(&w, ']');
    }
    wf_jw_close(&w, ']');
    return wf_buf_text(&text);
}

static bool save(struct wf_turn *turn, const struct wf_proposing *what,
                 wf_id document, const char *base, const char *changes,
                 weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_call *call = &turn->call;

    if (!wf_stmt_begin(call->db, SQL_ADD, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, document);
    wf_stmt_bind_text(&q, 2, what->bundle->package->id);
    wf_stmt_bind_int(&q, 3, call->me->id);
    wf_stmt_bind_text(&q, 4, files_json(call, what));
    wf_stmt_bind_text(&q, 5, base);
    wf_stmt_bind_text(&q, 6, changes);
    wf_stmt_bind_int(&q, 7, what->adjusts);
    wf_stmt_bind_text(&q, 8, what->pilot);
    wf_stmt_bind_id(&q, 9, what->at);
    wf_stmt_bind_text(&q, 10, what->reason);
    wf_stmt_bind_int(&q, 11, call->now);
    return wf_stmt_run(&q, err);
}

bool wf_proposal_make(struct wf_turn *turn, const struct wf_proposing *what,
                      wf_id *document, weft_error *err)
{
    struct wf_call *call = &turn->call;
    struct wf_buf text = WF_BUF_INIT(call->arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&text);
    struct wf_json *base = wf_json_array(call->arena), *rows;
    struct wf_doc *doc;

    wf_jw_open(&w, '[');
    if (!compare(call, what->bundle, &w, base, err))
        return false;
    wf_jw_close(&w, ']');
    if (!wf_json_read_stored(call->arena, wf_buf_text(&text), &rows, err))
        return false;
    if (wf_json_len(rows) == 0)
        return wf_fail(err, WEFT_E_CONFLICT,
                       "Nothing differs in meaning from what is live.");
    if (!make_document(turn, what, rows, &doc, err)
        || !save(turn, what, doc->id, wf_json_dump(call->arena, base),
                 wf_buf_text(&text), err))
        return false;
    *document = doc->id;
    return true;
}

/* --- What is kept */

struct proposal {
    wf_id document, person;
    const char *package, *files, *base, *changes, *pilot, *reason;
    const char *state, *problem, *document_state;
    bool adjusts;
    int64_t at, made, closed;
};

static bool load(struct wf_call *call, wf_id document, struct proposal *out,
                 bool *found, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_LOAD, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, document);
    got = wf_stmt_step(&q, err);
    *found = got == WF_FETCH_ROW;
    if (!*found)
        return got != WF_FETCH_ERROR;
    *out = (struct proposal){
        .document = document,
        .package = wf_stmt_str(&q, 0, call->arena),
        .person = wf_stmt_int(&q, 1),
        .files = wf_stmt_str(&q, 2, call->arena),
        .base = wf_stmt_str(&q, 3, call->arena),
        .changes = wf_stmt_str(&q, 4, call->arena),
        .adjusts = wf_stmt_int(&q, 5) != 0,
        .pilot = wf_stmt_str(&q, 6, call->arena),
        .at = wf_stmt_int(&q, 7),
        .reason = wf_stmt_str(&q, 8, call->arena),
        .state = wf_stmt_str(&q, 9, call->arena),
        .problem = wf_stmt_str(&q, 10, call->arena),
        .made = wf_stmt_int(&q, 11),
        .closed = wf_stmt_int(&q, 12),
        .document_state = wf_stmt_str(&q, 13, call->arena),
    };
    return true;
}

static bool read_files(struct wf_call *call, const struct proposal *p,
                       struct wf_text_file **out, size_t *n, weft_error *err)
{
    struct wf_json *list;

    if (!wf_json_read_stored(call->arena, p->files, &list, err))
        return false;
    *n = wf_json_len(list);
    *out = WF_NEW_N(call->arena, struct wf_text_file, *n);
    for (size_t i = 0; i < *n; i++) {
        const struct wf_json *row = list->u.array.at[i];
        const char *text = wf_json_str(row->u.array.at[1]);

        (*out)[i] = (struct wf_text_file){ wf_json_str(row->u.array.at[0]),
                                           text, strlen(text) };
    }
    return true;
}

/* --- Once it is done. What speaks against it is told in `why`, NULL: nothing;
 * a failure is one of the store. */

static bool is_stale(struct wf_call *call, const struct proposal *p,
                     const char **why, weft_error *err)
{
    struct wf_json *base;

    if (!wf_json_read_stored(call->arena, p->base, &base, err))
        return false;
    for (size_t i = 0; i < wf_json_len(base) && !*why; i++) {
        const struct wf_json *row = base->u.array.at[i];
        struct wf_compiled c = { .kind = wf_json_str(row->u.array.at[0]),
                                 .id = wf_json_str(row->u.array.at[1]) };
        struct wf_stored stored = { .version = 0 };
        int64_t version = 0;
        bool found;

        (void)wf_json_to_int(row->u.array.at[2], &version);
        if (!find_live(call, &c, &stored, &found, err))
            return false;
        if ((found ? stored.version : 0) != version)
            *why = wf_arena_printf(
                call->arena,
                wf_message(call->lang,
                           "\"%s\" has been deployed otherwise since this was "
                           "asked for."),
                c.id);
    }
    return true;
}

/* Whether who asked may still ask, as call->me. */
static bool may_deploy(struct wf_call *call, const struct wf_bundle *bundle,
                       bool *out, weft_error *err)
{
    struct wf_deploy_bar bar;

    if (!wf_deploy_bar(call, bundle, &bar, err))
        return false;
    *out = !bar.package && !bar.hooks;
    return true;
}

static bool may_adjust(struct wf_call *call, const struct wf_bundle *bundle,
                       bool *out, weft_error *err)
{
    struct wf_diags findings = WF_DIAGS_INIT(call->arena, call->lang);
    const struct wf_form *to = bundle->compiled->form;
    struct wf_adjusting with = { .arena = call->arena, .findings = &findings };

    with.form = to ? wf_registry_form(call->registry, to->id) : NULL;
    *out = false;
    if (!with.form || bundle->compiled->next)
        return true;
    if (!wf_adjust_rules(call, &with, err))
        return false;
    wf_adjust_check(&with, to);
    *out = with.rules.n > 0 && findings.n_errors == 0;
    return true;
}

static bool is_allowed(struct wf_call *call, const struct proposal *p,
                       const struct wf_bundle *bundle, const char **why,
                       weft_error *err)
{
    const struct wf_person *me = call->me, *person;
    bool system = call->system, ok = false, done;

    if (!wf_person_find(call, p->person, &person, err))
        return false;
    call->me = person;
    call->system = false;
    done = !person || !person->active
           || (p->adjusts ? may_adjust(call, bundle, &ok, err)
                          : may_deploy(call, bundle, &ok, err));
    call->me = me;
    call->system = system;
    if (done && !ok)
        *why = wf_message(call->lang,
                          "Whoever asked for this may not do it any more.");
    return done;
}

static bool note(struct wf_call *call, const struct proposal *p,
                 const char *what, weft_error *err)
{
    struct wf_event event = { .document = p->document,
                              .kind = "deploy",
                              .comment = what,
                              .for_person = p->person,
                              .by_system = true };

    return wf_history_add(call, &event, err);
}

static bool close_it(struct wf_call *call, const struct proposal *p,
                     const char *state, const char *problem, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_CLOSE, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, p->document);
    wf_stmt_bind_text(&q, 2, state);
    wf_stmt_bind_text(&q, 3, problem);
    wf_stmt_bind_int(&q, 4, call->now);
    return wf_stmt_run(&q, err);
}

static bool go_live(struct wf_flow *flow, const struct proposal *p,
                    const struct wf_bundle *bundle, weft_error *err)
{
    struct wf_call *call = flow->call;
    struct wf_deploy_options options = { .by = p->person,
                                         .now = call->now,
                                         .pilot = p->pilot,
                                         .at = p->at > call->now ? p->at : 0,
                                         .ids = call->ids };
    struct wf_deployed_rows rows = { 0 };
    const char *what = "";

    if (!wf_go_live(flow, bundle, &options, &rows, err))
        return false;
    for (size_t i = 0; i < rows.n; i++)
        if (rows.at[i].is_new)
            what = wf_arena_printf(call->arena, "%s%s%s@%d", what,
                                   what[0] ? " " : "", rows.at[i].id,
                                   rows.at[i].version);
    return close_it(call, p, "live", NULL, err) && note(call, p, what, err);
}

static bool settle(struct wf_flow *flow, const struct proposal *p,
                   weft_error *err)
{
    struct wf_call *call = flow->call;
    struct wf_compile_options options = { call->registry, call->db,
                                          p->package };
    struct wf_diags findings = WF_DIAGS_INIT(call->arena, call->lang);
    struct wf_text_file *files;
    struct wf_bundle bundle;
    const char *why = NULL;
    size_t n;

    if (wf_streq(p->document_state, "void"))
        return close_it(call, p, "refused", NULL, err);
    if (!read_files(call, p, &files, &n, err) || !is_stale(call, p, &why, err))
        return false;
    if (!why) {
        wf_compile(call->arena, files, n, &options, &findings, &bundle);
        if (findings.n_errors > 0)
            why = wf_message(call->lang,
                             "It does not compile any more beside what is live "
                             "now.");
    }
    if (!why && !is_allowed(call, p, &bundle, &why, err))
        return false;
    if (!why)
        return go_live(flow, p, &bundle, err);
    return close_it(call, p, "failed", why, err) && note(call, p, why, err);
}

static bool fire(struct wf_flow *flow, const struct wf_timer *timer,
                 weft_error *err)
{
    const char *text = wf_json_str(wf_json_get(timer->payload, "document"));
    struct proposal p;
    wf_id document;
    bool found;

    if (!text || !wf_id_parse(wf_str_of(text), &document))
        return true;
    if (!load(flow->call, document, &p, &found, err))
        return false;
    if (!found || !wf_streq(p.state, "open")
        || wf_streq(p.document_state, "open"))
        return true; /* settled, or reopened meanwhile */
    return settle(flow, &p, err);
}

const struct wf_timer_kind wf_proposal_timers[] = {
    { "proposal", fire },
    { NULL, NULL },
};

/* --- Looking at it: whoever sees the document sees what it asks for */

static bool get(struct wf_turn *turn, const void *with, weft_error *err)
{
    const wf_id *id = with;
    struct wf_json_writer *out = &turn->out;
    const struct wf_person *person;
    struct wf_rights rights;
    struct wf_doc *doc;
    struct proposal p;
    bool found;

    if (!wf_doc_open(&turn->call, *id, &doc, &rights, err)
        || !load(&turn->call, *id, &p, &found, err))
        return false;
    if (!found)
        return wf_fail(err, WEFT_E_NOTFOUND,
                       "No deploy is asked for with this document.");
    if (!wf_person_find(&turn->call, p.person, &person, err))
        return false;
    wf_jw_open(out, '{');
    wf_jw_key_text(out, "package", p.package);
    wf_jw_key_text(out, "state", p.state);
    wf_jw_key_text_or_null(out, "problem", p.problem);
    wf_jw_key(out, "person");
    wf_person_json(person, out);
    wf_jw_key_text_or_null(out, "pilot", p.pilot);
    wf_jw_key_time(out, "at", p.at);
    wf_jw_key_text_or_null(out, "reason", p.reason);
    wf_jw_key_time(out, "made", p.made);
    wf_jw_key_time(out, "closed", p.closed);
    wf_jw_key(out, "changes");
    wf_jw_raw(out, p.changes, strlen(p.changes));
    wf_jw_close(out, '}');
    return true;
}

weft_reply *weft_document_proposal(weft_session *session, int64_t id)
{
    return wf_question(session, WEFT_SCOPE_READ, get, &id);
}
