/* flow/create.c - a new document in its start step.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "doc/covers.h"
#include "doc/derive.h"
#include "doc/history.h"
#include "doc/shape.h"
#include "doc/veil.h"
#include "flow/deadline.h"
#include "flow/hook.h"
#include "flow/outbox.h"
#include "flow/settle.h"
#include "flow/step.h"
#include "flow/trial.h"
#include "flow/wanted.h"

static bool check_may_create(struct wf_flow *flow,
                             const struct wf_creation *creation,
                             weft_error *err)
{
    bool may = creation->by_engine || creation->wanted;

    if (!may && !wf_access_may_create(flow->call, creation->form, &may, err))
        return false;
    if (may)
        return true;
    return wf_fail(err, WEFT_E_DENIED, "You may not create \"%s\".",
                   wf_words_label(creation->form->words, flow->call->lang,
                                  creation->form->id));
}

static bool hang_under(struct wf_flow *flow, struct wf_doc *doc, wf_id parent,
                       weft_error *err)
{
    char text[WF_ID_TEXT];
    struct wf_json *patch;

    if (!parent)
        return true;
    if (!doc->form->parent)
        return wf_fail(err, WEFT_E_INVALID,
                       "\"%s\" has no field for a parent document.",
                       doc->form->id);
    wf_id_write(parent, text);
    patch = wf_json_object(flow->call->arena);
    wf_json_set(flow->call->arena, patch, doc->form->parent->id,
                wf_json_text(flow->call->arena, text));
    return wf_shape_patch(flow->call, doc, patch,
                          &(struct wf_writable){ .hook = true }, err);
}

/* Whether somebody who works with a document may not see the field. */
static bool may_be_hidden(const struct wf_form *form,
                          const struct wf_field *field)
{
    bool found = field->hidden_by_default;

    for (const struct wf_hide *h = form->access.hides; h && !found; h = h->next)
        found = wf_hide_covers(h, field);
    for (const struct wf_field *c = field->columns; c && !found; c = c->next)
        found = may_be_hidden(form, c);
    return found;
}

static bool gives_hidden(const struct wf_form *form, const struct wf_json *data)
{
    for (size_t i = 0; i < wf_json_len(data); i++) {
        const char *id = data->u.object.at[i].key.at;
        const struct wf_field *field = wf_form_field(form, id);

        if (field && may_be_hidden(form, field))
            return true;
    }
    return false;
}

/* What whoever makes it will see of it follows from what they fill in: that is
 * tried aside first, and nothing is said of it. */
static bool maker_sees(struct wf_flow *flow, const struct wf_doc *doc,
                       const struct wf_creation *creation,
                       struct wf_rights *out, weft_error *err)
{
    const struct wf_place_asked start = { doc->step->id, NULL };
    struct wf_call *call = flow->call;
    struct wf_diags unsaid = WF_DIAGS_INIT(call->arena, call->lang);
    struct wf_diags *findings = call->findings;
    struct wf_doc then = *doc;
    bool ok;

    then.data = wf_json_copy(call->arena, doc->data);
    call->findings = &unsaid;
    ok = wf_trial_fill(flow, &then, creation->data, NULL, err);
    call->findings = findings;
    return ok && wf_access_decide_asked(call, &then, &start, out, err);
}

/* A person fills in the fields of the step that begins, as far as they see
 * them; hooks bind nothing but derived fields. Nobody sees a part only of what
 * is behind a veil. */
static bool take_data(struct wf_flow *flow, struct wf_doc *doc,
                      const struct wf_creation *creation, weft_error *err)
{
    static const struct wf_field_set all = { .all = true };
    bool works = doc->step->kind == WF_STEP_WORK;
    struct wf_rights rights;
    bool shown;

    if (!creation->data)
        return true;
    if (creation->by_engine || creation->by_hook)
        return wf_shape_patch(flow->call, doc, creation->data,
                              &(struct wf_writable){ .hook = true }, err);
    shown = doc->veil || !wf_json_is(creation->data, WF_JSON_OBJECT)
            || !gives_hidden(doc->form, creation->data);
    return (shown || maker_sees(flow, doc, creation, &rights, err))
           && wf_settle_patch(flow, doc, creation->data,
                              works ? &doc->step->edit : &all,
                              shown ? NULL : &rights, err);
}

/* Where no step asks for anything first, making it is the act that needs it
 * complete, as far as the step that it has come to does not edit it. */
static bool check_begun(struct wf_flow *flow, const struct wf_doc *doc,
                        const struct wf_creation *creation, weft_error *err)
{
    static const struct wf_field_set nothing = { .all = false };
    bool work = doc->step->kind == WF_STEP_WORK;

    if (creation->by_engine || creation->form->start->kind == WF_STEP_WORK)
        return true;
    return wf_begun_check(flow->call, doc, work ? &doc->step->edit : &nothing,
                          err)
           && wf_settle_findings(flow, err);
}

/* What asks for a document is in hand: nobody need find it. */
static void put_parent(struct wf_arena *arena, struct wf_doc *doc, wf_id parent)
{
    char text[WF_ID_TEXT];

    if (!parent || !doc->form->parent)
        return;
    wf_id_write(parent, text);
    wf_json_set(arena, doc->data, doc->form->parent->id,
                wf_json_text(arena, text));
}

static void put_subject(struct wf_arena *arena, struct wf_doc *doc, wf_id id)
{
    char text[WF_ID_TEXT];

    if (!id || !doc->form->subject)
        return;
    wf_id_write(id, text);
    wf_json_set(arena, doc->data, doc->form->subject->id,
                wf_json_text(arena, text));
}

/* The engine hangs and fills what it makes wherever it is told to: the one whom
 * it asks need not see that. */
static bool take_all(struct wf_flow *flow, struct wf_doc *doc,
                     const struct wf_creation *creation, weft_error *err)
{
    bool system = flow->call->system;
    bool ok;

    put_subject(flow->call->arena, doc, creation->subject);
    if (creation->wanted)
        put_parent(flow->call->arena, doc, creation->parent);
    if (!creation->reason)
        return (creation->wanted
                || hang_under(flow, doc, creation->parent, err))
               && take_data(flow, doc, creation, err);
    put_parent(flow->call->arena, doc, creation->parent);
    flow->call->system = true;
    ok = take_data(flow, doc, creation, err);
    flow->call->system = system;
    return ok;
}

static bool fill(struct wf_flow *flow, struct wf_doc *doc,
                 const struct wf_creation *creation, weft_error *err)
{
    return wf_shape_defaults(flow->call, doc, err)
           && take_all(flow, doc, creation, err)
           && wf_settle_defaults(flow, doc, creation->data, err)
           && wf_settle(flow, doc, err);
}

/* Whose it is. */
static bool sign(struct wf_call *call, struct wf_doc *doc,
                 const struct wf_creation *creation, weft_error *err)
{
    if (creation->anonymous)
        return wf_veil_begin(call, doc, err);
    if (creation->reason && !creation->is_mine)
        doc->creator = 0;
    return true;
}

static bool create(struct wf_flow *flow, const struct wf_creation *creation,
                   struct wf_doc **out, weft_error *err)
{
    struct wf_call *call = flow->call;
    struct wf_event event = { .kind = "create",
                              .reason = creation->reason,
                              .by_system = creation->reason != NULL,
                              .is_saved_after = true,
                              .is_first = true };
    struct wf_doc *doc;

    if (!check_may_create(flow, creation, err))
        return false;
    doc = wf_doc_new(call, creation->form);
    if (!sign(call, doc, creation, err))
        return false;
    doc->parent = creation->parent;
    doc->stage = creation->stage;
    doc->step = creation->form->start;
    if (!fill(flow, doc, creation, err))
        return false;
    event.document = doc->id;
    event.step = doc->step->id;
    event.changes = wf_doc_changes(call, doc);
    if (!wf_history_add(call, &event, err)
        || !wf_step_enter(flow, doc, creation->form->start, err))
        return false;
    doc->begun = doc->stage ? doc->step->id : NULL;
    if (!check_begun(flow, doc, creation, err)
        || !wf_deadline_settle_asked(flow, doc, creation->due, err)
        || !wf_doc_save(call, doc, err)
        || !wf_outbox_event(call, doc, "document.created", err))
        return false;
    *out = doc;
    return true;
}

bool wf_flow_create(struct wf_flow *flow, const struct wf_creation *creation,
                    struct wf_doc **out, weft_error *err)
{
    bool done;

    flow->busy++;
    done = create(flow, creation, out, err);
    flow->busy--;
    return done && wf_wanted_settle(flow, *out, err);
}
