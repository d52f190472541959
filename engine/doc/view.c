/* doc/view.c - a document as its reader sees it, and the tag of that.
 *
 * What the row keeps beside the data (subject, score …) comes from fields, and
 * is shown only with them; so is a title made of fields that are not all seen:
 * it is made again of those that are.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/view.h"

#include <stdio.h>

#include "base/hash.h"
#include "doc/doc_lane.h"
#include "doc/fields.h"
#include "doc/override.h"
#include "doc/rollup.h"
#include "doc/show.h"
#include "doc/stage.h"
#include "doc/summary.h"
#include "doc/title.h"
#include "doc/warn.h"

bool wf_view_data(struct wf_call *call, const struct wf_doc *doc,
                  const struct wf_rights *rights, struct wf_json **out,
                  weft_error *err)
{
    struct wf_showing s = { .call = call, .form = doc->form, .rights = rights };
    struct wf_json *shown = wf_json_object(call->arena);

    if (!wf_show_prepare(&s, doc, err))
        return false;
    for (const struct wf_field *f = doc->form->fields; f; f = f->next) {
        struct wf_json *value;

        if (!wf_show_sees(&s, f))
            continue;
        if (!wf_show_value(&s, f, wf_json_get(doc->data, f->id), &value, err))
            return false;
        if (value)
            wf_json_set(call->arena, shown, f->id, value);
    }
    *out = shown;
    return true;
}

/* Whether what comes from `field` (NULL: from none) is shown. */
static bool shows(const struct wf_showing *s, const struct wf_field *field)
{
    return !field || wf_show_sees(s, field);
}

static bool write_person(const struct wf_showing *s, const char *key, wf_id id,
                         struct wf_json_writer *out, weft_error *err)
{
    const struct wf_person *person = NULL;

    if (id && !wf_person_find(s->call, id, &person, err))
        return false;
    wf_jw_key(out, key);
    wf_person_json(person, out);
    return true;
}

static void write_number(struct wf_json_writer *out, const char *key,
                         bool there, double number)
{
    wf_jw_key(out, key);
    if (there)
        wf_jw_number(out, number);
    else
        wf_jw_null(out);
}

/* What is behind the veil tells the engine no more than that it is there: not
 * even how far it is, for who watches that knows who has just answered. */
static bool is_shell(const struct wf_showing *s, const struct wf_doc *doc)
{
    return doc->veil == WF_VEIL_DOWN && s->call->system;
}

static bool write_head(const struct wf_showing *s, const struct wf_doc *doc,
                       struct wf_json_writer *out, weft_error *err)
{
    const struct wf_form *form = doc->form;
    const char *text;

    if (!wf_title_shown(s, doc, &text, err))
        return false;
    wf_jw_key_id_or_null(out, "id", doc->id);
    wf_jw_key_text(out, "form", form->id);
    wf_jw_key(out, "version");
    wf_jw_int(out, form->version);
    wf_jw_key_text(out, "title", text);
    wf_jw_key_text(out, "step",
                   is_shell(s, doc) ? form->start->id
                                    : wf_doc_own(doc).step->id);
    wf_jw_key_text_or_null(out, "level", wf_doc_own(doc).level);
    if (wf_doc_own(doc).step->kind == WF_STEP_PARALLEL) {
        wf_jw_key(out, "lanes");
        wf_lanes_json(s->call, doc, out);
    }
    wf_jw_key_text(out, "state",
                   wf_state_name(is_shell(s, doc) ? WF_OPEN : doc->state));
    if (!write_person(s, "subject", shows(s, form->subject) ? doc->subject : 0,
                      out, err)
        || !write_person(s, "creator", doc->creator, out, err))
        return false;
    wf_jw_key_id_or_null(out, "parent",
                         shows(s, form->parent) ? doc->parent : 0);
    return true;
}

static void write_figures(const struct wf_showing *s, const struct wf_doc *doc,
                          struct wf_json_writer *out)
{
    const struct wf_form *form = doc->form;

    wf_jw_key_text_or_null(out, "period",
                           shows(s, form->period) ? doc->period : NULL);
    wf_jw_key_text_or_null(out, "health", doc->health);
    write_number(out, "progress", doc->has_progress && shows(s, form->progress),
                 doc->progress);
    write_number(out, "score", doc->has_score && shows(s, form->score),
                 doc->score);
    wf_jw_key_time(out, "due", shows(s, form->due) ? doc->due : 0);
    wf_jw_key_time(out, "created", doc->created);
    wf_jw_key_time(out, "updated", doc->updated);
}

static bool may_fill(const struct wf_showing *s, const struct wf_can *can,
                     const struct wf_field *field)
{
    return can->edit && wf_field_set_has(can->edit, field)
           && !wf_field_is_derived(field) && !field->readonly
           && field->type != WF_F_JSON && wf_show_sees(s, field);
}

/* A readonly-when of the field itself; that of a column is asked for its rows.
 */
static bool is_closed(const struct wf_showing *s, const struct wf_doc *doc,
                      const struct wf_field *field, bool *out, weft_error *err)
{
    struct wf_doc_env env;

    *out = false;
    if (!field->readonly_when || field->items)
        return true;
    wf_doc_env_init(&env, s->call, doc);
    return wf_expr_holds(field->readonly_when, &env.env, out, err);
}

static bool write_edit(const struct wf_showing *s, const struct wf_doc *doc,
                       const struct wf_can *can, struct wf_json_writer *out,
                       weft_error *err)
{
    wf_jw_key(out, "edit");
    wf_jw_open(out, '[');
    for (const struct wf_field *f = wf_field_after(s->form, NULL); can && f;
         f = wf_field_after(s->form, f)) {
        bool given, closed;

        if (!may_fill(s, can, f))
            continue;
        if (!wf_rollup_in_force(s->call, doc, f, &given, err)
            || !is_closed(s, doc, f, &closed, err))
            return false;
        if (!given && !closed)
            wf_jw_text(out, f->path);
    }
    wf_jw_close(out, ']');
    return true;
}

static bool write_can(const struct wf_showing *s, const struct wf_doc *doc,
                      const struct wf_can *can, struct wf_json_writer *out,
                      weft_error *err)
{
    wf_jw_key(out, "can");
    wf_jw_open(out, '{');
    if (!write_edit(s, doc, can, out, err))
        return false;
    wf_jw_key(out, "actions");
    wf_jw_open(out, '[');
    for (size_t i = 0; can && i < can->n_actions; i++)
        wf_jw_text(out, can->actions[i]);
    wf_jw_close(out, ']');
    wf_jw_close(out, '}');
    return true;
}

static void write_appeal(const struct wf_can *can, struct wf_json_writer *out)
{
    wf_jw_key(out, "appeal");
    if (!can || !can->may_appeal) {
        wf_jw_null(out);
        return;
    }
    wf_jw_open(out, '{');
    wf_jw_key_time(out, "until", can->appeal_until);
    wf_jw_close(out, '}');
}

/* Beside values that are kept by hand, those that others would give. */
static bool write_computed(const struct wf_showing *s, const struct wf_doc *doc,
                           struct wf_json_writer *out, weft_error *err)
{
    struct wf_json *computed = wf_json_object(s->call->arena);

    for (const struct wf_field *f = s->form->fields; f; f = f->next) {
        struct wf_json *value = NULL;

        if (f->rolled && wf_show_sees(s, f)
            && !wf_rollup_beside(s->call, doc, f, &value, err))
            return false;
        if (value)
            wf_json_set(s->call->arena, computed, f->id, value);
    }
    if (wf_json_len(computed) == 0)
        return true;
    wf_jw_key(out, "computed");
    wf_jw_tree(out, computed);
    return true;
}

/* A field that is absent may be empty or not seen: pages must know which. */
static void write_hidden(const struct wf_showing *s, struct wf_json_writer *out)
{
    wf_jw_key(out, "hidden");
    wf_jw_open(out, '[');
    for (const struct wf_field *f = wf_field_after(s->form, NULL); f;
         f = wf_field_after(s->form, f))
        if (!wf_show_sees(s, f))
            wf_jw_text(out, f->path);
    wf_jw_close(out, ']');
}

/* "lines[1].weight" is about "lines.weight"; "" about the whole document. */
static bool is_shown(const struct wf_showing *s, const char *place)
{
    char *path = wf_arena_str(s->call->arena, place);
    char *open = strchr(path, '['), *close = strchr(path, ']');
    const struct wf_field *field;

    if (!*path)
        return true;
    if (open && close)
        memmove(open, close + 1, strlen(close));
    field = wf_form_field(s->form, path);
    return field && wf_rights_see(s->rights, s->form, field);
}

/* What hooks have said while this very command ran. */
static void add_said(const struct wf_showing *s, struct wf_diags *found)
{
    const struct wf_diags *said = s->call->findings;

    for (size_t i = 0; said && i < said->n; i++) {
        const struct wf_diag *one = &said->at[i];

        if (one->severity == WF_SEVERITY_WARNING && one->field
            && is_shown(s, one->field))
            wf_diag_field_text(found, WF_SEVERITY_WARNING, one->field,
                               one->code, one->message);
    }
}

static bool write_warnings(const struct wf_showing *s, const struct wf_doc *doc,
                           struct wf_json_writer *out, weft_error *err)
{
    struct wf_diags found = WF_DIAGS_INIT(s->call->arena, s->call->lang);
    struct wf_call call = *s->call;

    call.findings = &found;
    add_said(s, &found);
    if (!wf_rules_warn(&call, doc, s->rights, err))
        return false;
    wf_jw_key(out, "warnings");
    wf_diags_fields_json(&found, WF_SEVERITY_WARNING, out);
    return true;
}

bool wf_view_doc(struct wf_call *call, const struct wf_doc *doc,
                 const struct wf_rights *rights, const struct wf_can *can,
                 struct wf_json_writer *out, weft_error *err)
{
    struct wf_showing s = { .call = call, .form = doc->form, .rights = rights };
    struct wf_json *data;

    if (!wf_view_data(call, doc, rights, &data, err))
        return false;
    wf_jw_open(out, '{');
    if (!write_head(&s, doc, out, err))
        return false;
    wf_jw_key(out, "data");
    wf_jw_tree(out, data);
    write_figures(&s, doc, out);
    wf_jw_key(out, "frozen");
    wf_jw_bool(out, wf_stage_frozen(call, doc));
    wf_jw_key(out, "revealed");
    wf_jw_bool(out, wf_stage_revealed(call, doc));
    if (!wf_override_write(call, doc, rights, out, err)
        || !write_computed(&s, doc, out, err)
        || !write_can(&s, doc, can, out, err))
        return false;
    if (can && can->options) {
        wf_jw_key(out, "options");
        wf_jw_tree(out, can->options);
    }
    write_appeal(can, out);
    write_hidden(&s, out);
    if (!write_warnings(&s, doc, out, err))
        return false;
    wf_jw_close(out, '}');
    return true;
}
