/* doc/shape.c - a merge patch applied to a document: who may write which
 * field, and all of it or nothing.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/shape.h"

#include "base/error.h"
#include "doc/derive.h"
#include "doc/fields.h"
#include "doc/rollup.h"
#include "doc/rows.h"
#include "doc/value.h"

void wf_patch_refuse(const struct wf_patching *p, const struct wf_field *field,
                     const char *place, const char *code)
{
    struct wf_diags *findings = p->call->findings;
    const char *label = field ? wf_field_label(p->call, field) : place;

    if (wf_streq(code, "derived"))
        wf_diag_field(findings, place, code,
                      "%s is computed and cannot be written: leave it out.",
                      label);
    else if (wf_streq(code, "readonly"))
        wf_diag_field(findings, place, code,
                      "%s is read-only and cannot be written: leave it out.",
                      label);
    else if (wf_streq(code, "locked"))
        wf_diag_field(findings, place, code,
                      "%s cannot be changed in this step: leave it out, or "
                      "wait for a step that edits it.",
                      label);
    else
        wf_diag_field(findings, place, "unknown",
                      "The form has no field %s: see its model for those that "
                      "it has.",
                      place);
}

/* Whether the step's `edit` holds the field; of a table, any part of it. */
static bool is_editable(const struct wf_field_set *edit,
                        const struct wf_field *field)
{
    if (!edit || wf_field_set_has(edit, field))
        return true;
    for (const struct wf_field *c = field->columns; c; c = c->next)
        if (wf_field_set_has(edit, c))
            return true;
    return false;
}

const char *wf_patch_refusal(const struct wf_patching *p,
                             const struct wf_field *field)
{
    const struct wf_writable *w = p->writable;

    if (w->may_see && !w->may_see(w->self, field))
        return "unknown";
    if (wf_field_is_derived(field))
        return "derived";
    if (w->hook)
        return NULL;
    if (field->readonly || field->type == WF_F_JSON)
        return "readonly";
    return is_editable(w->edit, field) ? NULL : "locked";
}

/* Lua has one {}: where a list or a table is wanted it holds nothing. */
static bool is_nothing(const struct wf_patching *p,
                       const struct wf_field *field, const struct wf_json *in)
{
    return wf_json_is_nothing(in)
           || (p->writable->hook && wf_field_kind(field->type)->counts_members
               && wf_json_is(in, WF_JSON_OBJECT) && wf_json_len(in) == 0);
}

static bool shape(const struct wf_patching *p, const struct wf_field *field,
                  const struct wf_json *in, struct wf_json **out,
                  weft_error *err)
{
    const struct wf_json *old = wf_json_get(p->doc->data, field->id);
    const struct wf_shaping s = { p->call, p->doc, field, field->path, old };

    if (is_nothing(p, field, in))
        in = NULL;
    if (field->type == WF_F_ITEMS)
        return wf_rows_shape(p, field, in, out, err);
    *out = NULL;
    if (!in)
        return true;
    if (wf_json_is(old, WF_JSON_OBJECT) && wf_json_is(in, WF_JSON_OBJECT))
        in = wf_json_merge(p->call->arena, old, in);
    return wf_shape_value(&s, in, out, err);
}

/* Puts what `member` of the patch makes of its field into `changes`. */
static bool apply(const struct wf_patching *p,
                  const struct wf_json_member *member, struct wf_json *changes,
                  weft_error *err)
{
    const struct wf_field *field = wf_form_field(p->doc->form, member->key.at);
    size_t n_before = p->call->findings->n_errors;
    const char *code = "unknown";
    struct wf_json *value = NULL;

    if (field && !field->items)
        code = wf_patch_refusal(p, field);
    if (code) {
        wf_patch_refuse(p, field, member->key.at, code);
        return true;
    }
    if (!shape(p, field, member->value, &value, err))
        return false;
    if (p->call->findings->n_errors == n_before)
        wf_json_set(p->call->arena, changes, field->id,
                    value ? value : wf_json_null(p->call->arena));
    return true;
}

struct wf_json *wf_shape_holder(struct wf_call *call, struct wf_doc *doc,
                                const struct wf_field *field)
{
    if (!field->rolled)
        return doc->data;
    if (!doc->entered)
        doc->entered = wf_json_object(call->arena);
    return doc->entered;
}

static void keep(struct wf_call *call, struct wf_doc *doc,
                 const struct wf_json *changes)
{
    if (doc->data == doc->before)
        doc->data = wf_json_copy(call->arena, doc->before);
    for (size_t i = 0; i < wf_json_len(changes); i++) {
        const struct wf_json_member *m = &changes->u.object.at[i];
        struct wf_json *holder =
            wf_shape_holder(call, doc, wf_form_field(doc->form, m->key.at));

        if (wf_json_is_nothing(m->value))
            wf_json_remove(holder, m->key.at);
        else
            wf_json_set(call->arena, holder, m->key.at, m->value);
    }
}

/* The changes, and what follows from them by default. */
static bool put(struct wf_call *call, struct wf_doc *doc,
                const struct wf_json *patch, const struct wf_json *changes,
                weft_error *err)
{
    struct wf_json *held;

    if (!wf_defaults_held(call, doc, &held, err))
        return false;
    keep(call, doc, changes);
    return wf_defaults_follow(call, doc, held, patch, err);
}

/* --- As the document would stand */

static bool has_condition(const struct wf_field *field)
{
    if (field->readonly_when)
        return true;
    for (const struct wf_field *c = field->columns; c; c = c->next)
        if (c->readonly_when)
            return true;
    return false;
}

/* Whether it hangs on the change itself if the field may be written. */
static bool is_conditional(const struct wf_patching *p,
                           const struct wf_field *field)
{
    return (p->doc->stored && wf_rollup_hangs_on_fields(p->doc->form, field))
           || (!p->writable->hook && has_condition(field));
}

/* Once a change is made, with all that follows from it. */
static bool stand(const struct wf_patching *p, const struct wf_json *patch,
                  const struct wf_json *changes, struct wf_doc *after,
                  weft_error *err)
{
    struct wf_arena *arena = p->call->arena;

    *after = *p->doc;
    after->data = wf_json_copy(arena, p->doc->data);
    if (p->doc->entered)
        after->entered = wf_json_copy(arena, p->doc->entered);
    return put(p->call, after, patch, changes, err)
           && wf_derive(p->call, after, err);
}

/* Its own value is as it was: what is locked once it is filled in can be
 * filled in. */
static bool is_readonly(const struct wf_patching *p, const struct wf_doc *after,
                        const struct wf_field *field, bool *out,
                        weft_error *err)
{
    struct wf_arena *arena = p->call->arena;
    struct wf_json *now = wf_json_get(after->data, field->id);
    struct wf_json *was = wf_json_get(p->doc->data, field->id);
    struct wf_doc_env env;

    *out = false;
    if (!field->readonly_when || p->writable->hook)
        return true;
    wf_json_set(arena, after->data, field->id, was ? was : wf_json_null(arena));
    wf_doc_env_init(&env, p->call, after);
    if (!wf_expr_holds(field->readonly_when, &env.env, out, err))
        return false;
    wf_json_set(arena, after->data, field->id, now ? now : wf_json_null(arena));
    return true;
}

static bool judge_one(const struct wf_patching *p, const struct wf_doc *after,
                      const struct wf_field *field, const char **code,
                      weft_error *err)
{
    bool given, readonly;

    if (!wf_rollup_in_force(p->call, after, field, &given, err)
        || !is_readonly(p, after, field, &readonly, err))
        return false;
    *code = given ? "derived" : readonly ? "readonly" : NULL;
    return true;
}

/* Refuses what may not be written, and takes it out of `changes`. */
static bool judge(const struct wf_patching *p, const struct wf_json *patch,
                  struct wf_json *changes, weft_error *err)
{
    struct wf_doc after = { 0 };

    for (size_t i = wf_json_len(changes); i-- > 0;) {
        const struct wf_json_member *m = &changes->u.object.at[i];
        const struct wf_field *field = wf_form_field(p->doc->form, m->key.at);
        bool conditional = is_conditional(p, field);
        const char *code;

        if (!conditional && !field->rolled)
            continue;
        if ((conditional && !after.form
             && !stand(p, patch, changes, &after, err))
            || !judge_one(p, conditional ? &after : p->doc, field, &code, err)
            || (!code && field->columns && !p->writable->hook
                && !wf_rows_judge(p, field, wf_json_get(patch, field->id),
                                  m->value, &after, err)))
            return false;
        if (code) {
            wf_patch_refuse(p, field, field->id, code);
            (void)wf_json_remove(changes, field->id);
        }
    }
    return true;
}

bool wf_shape_patch(struct wf_call *call, struct wf_doc *doc,
                    const struct wf_json *patch,
                    const struct wf_writable *writable, weft_error *err)
{
    const struct wf_patching p = { call, doc, writable };
    struct wf_json *changes = wf_json_object(call->arena);
    size_t n_before = call->findings->n_errors;

    if (!wf_json_is(patch, WF_JSON_OBJECT))
        return wf_fail(err, WEFT_E_MALFORMED,
                       "\"data\" must be an object with field ids as names.");
    for (size_t i = 0; i < wf_json_len(patch); i++)
        if (!apply(&p, &patch->u.object.at[i], changes, err))
            return false;
    if (!judge(&p, patch, changes, err))
        return false;
    if (call->findings->n_errors > n_before && !writable->each)
        return wf_fail(err, WEFT_E_INVALID,
                       "This cannot be saved yet: see what is said at each "
                       "field.");
    return put(call, doc, patch, changes, err);
}
