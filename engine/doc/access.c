/* doc/access.c - what a person may see and do with one document.
 *
 * Grants add, work in hand adds, hides take away; the SQL of the same rules is
 * access_query.c's, and tests hold the two together.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/access.h"

#include "base/error.h"
#include "doc/cc.h"
#include "doc/covers.h"
#include "doc/fields.h"
#include "doc/unseen.h"
#include "doc/veil.h"
#include "store/ahead.h"
#include "store/ground.h"

/* By the document, never by all that the person has in hand: the sign keeps the
 * index of people out of it. */
static const char SQL_WORK[] =
    "SELECT step, level, unseen FROM seat WHERE document = $1 AND +person = $2"
    " AND state = 'open'";

enum {
    ALL_RIGHTS = 2 * WF_RIGHT_ADMINISTER - 1
};

/* One decision in the making. */
struct deciding {
    struct wf_call *call;
    const struct wf_doc *doc;
    struct wf_who_doc who_doc;
    struct wf_who_context who;
    struct wf_doc_env env;
    struct wf_rights *rights;
    bool *seen;
    const struct wf_place_asked *asked; /* as if; NULL: as it is */
};

bool wf_rights_see(const struct wf_rights *rights, const struct wf_form *form,
                   const struct wf_field *field)
{
    return rights->field_seen[wf_field_number(form, field)];
}

/* Whether a grant or hide for `who` under `when` is about this person. */
static bool applies(struct deciding *d, const struct wf_who *who,
                    const struct wf_expr *when, bool *out, weft_error *err)
{
    *out = true;
    if (when && !wf_expr_holds(when, &d->env.env, out, err))
        return false;
    return !*out || wf_who_includes(&d->who, who, d->call->me->id, out, err);
}

/* Whether `grant` would add anything to what earlier ones gave: whom it is for
 * may take statements to find out. */
static bool adds(const struct deciding *d, const struct wf_grant *grant)
{
    const struct wf_form *form = d->doc->form;
    size_t i = 0;

    if ((grant->rights | WF_RIGHT_READ) & ~d->rights->rights)
        return true;
    for (const struct wf_field *f = wf_field_after(form, NULL); f;
         f = wf_field_after(form, f))
        if (!d->seen[i++] && wf_grant_shows(grant, f))
            return true;
    return false;
}

static bool apply_grant(struct deciding *d, const struct wf_grant *grant,
                        weft_error *err)
{
    const struct wf_form *form = d->doc->form;
    size_t i = 0;
    bool mine;

    if (!adds(d, grant))
        return true;
    if (!applies(d, grant->to, grant->when, &mine, err))
        return false;
    if (!mine)
        return true;
    d->rights->rights |= grant->rights | WF_RIGHT_READ;
    for (const struct wf_field *f = wf_field_after(form, NULL); f;
         f = wf_field_after(form, f))
        d->seen[i++] |= wf_grant_shows(grant, f);
    return true;
}

static bool apply_hide(struct deciding *d, const struct wf_hide *hide,
                       weft_error *err)
{
    const struct wf_form *form = d->doc->form;
    size_t i = 0;
    bool mine;

    if (!applies(d, hide->from, hide->when, &mine, err))
        return false;
    if (!mine)
        return true;
    for (const struct wf_field *f = wf_field_after(form, NULL); f;
         f = wf_field_after(form, f), i++)
        if (d->seen[i] && wf_hide_covers(hide, f))
            d->seen[i] = false;
    return true;
}

static bool set_names(const struct wf_field_set *set,
                      const struct wf_field *field)
{
    return set && !set->all && wf_field_set_has(set, field);
}

/* An open seat shows what is not private, and what the work names, but for what
 * whoever gave it away did not see. */
static void apply_work(struct deciding *d, const char *step_id,
                       const char *level_id, const char *unseen)
{
    const struct wf_form *form = d->doc->form;
    const struct wf_step *step = wf_form_step(form, step_id);
    const struct wf_level *level =
        step && level_id ? wf_step_level(step, level_id) : NULL;
    const struct wf_field_set *edit = step ? &step->edit : NULL;
    const struct wf_field_set *require = step ? &step->require : NULL;
    size_t i = 0;

    if (level) {
        edit = &level->edit;
        require = &level->require;
    }
    d->rights->has_work = true;
    d->rights->rights |= WF_RIGHT_READ;
    if (!level || wf_level_allows(level, WF_VERB_COMMENT))
        d->rights->rights |= WF_RIGHT_COMMENT;
    for (const struct wf_field *f = wf_field_after(form, NULL); f;
         f = wf_field_after(form, f))
        d->seen[i++] |= (!f->hidden_by_default || set_names(edit, f)
                         || set_names(require, f))
                        && !wf_unseen_has(unseen, form, f);
}

bool wf_access_ahead(struct wf_call *call, wf_id document, wf_id person,
                     weft_error *err)
{
    struct wf_stmt q = WF_STMT_INIT;

    if (!wf_db_asks_ahead(call->db))
        return true;
    if (!wf_stmt_begin_of(call->db, SQL_WORK, document, &q, err))
        return false;
    wf_stmt_bind_int(&q, 2, person);
    return wf_stmt_ahead(&q, err);
}

static bool apply_seats(struct deciding *d, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (d->asked)
        apply_work(d, d->asked->step, d->asked->level, NULL);
    if (!d->doc->stored)
        return true;
    if (!wf_stmt_begin_of(d->call->db, SQL_WORK, d->doc->id, &q, err))
        return false;
    wf_stmt_bind_int(&q, 2, d->call->me->id);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        apply_work(d, wf_stmt_text(&q, 0), wf_stmt_text(&q, 1),
                   wf_stmt_text(&q, 2));
    return got == WF_FETCH_DONE;
}

/* Whether a copy would show anything that is not seen already. */
static bool copy_adds(const struct deciding *d)
{
    const struct wf_form *form = d->doc->form;
    size_t i = 0;

    if (!d->doc->stored)
        return false;
    if (!(d->rights->rights & WF_RIGHT_READ))
        return true;
    for (const struct wf_field *f = wf_field_after(form, NULL); f;
         f = wf_field_after(form, f))
        if (!d->seen[i++] && wf_copy_shows(form, f))
            return true;
    return false;
}

static bool apply_copy(struct deciding *d, weft_error *err)
{
    const struct wf_form *form = d->doc->form;
    size_t i = 0;
    bool mine;

    if (!copy_adds(d))
        return true;
    if (!wf_cc_reaches(d->call, d->doc->id, &mine, err))
        return false;
    if (!mine)
        return true;
    d->rights->rights |= WF_RIGHT_READ;
    for (const struct wf_field *f = wf_field_after(form, NULL); f;
         f = wf_field_after(form, f))
        d->seen[i++] |= wf_copy_shows(form, f);
    return true;
}

/* Behind the veil: its writer sees what they are to fill, the engine that it is
 * there, and nobody else anything. */
static bool apply_veil(struct deciding *d, weft_error *err)
{
    bool mine;

    if (d->call->system) {
        d->rights->rights = WF_RIGHT_READ;
        return true;
    }
    if (!wf_veil_is_mine(d->call, d->doc, &mine, err))
        return false;
    if (!mine)
        return true;
    apply_work(d, d->doc->step->id, NULL, NULL);
    d->rights->has_work = d->doc->state == WF_OPEN;
    d->rights->rights = WF_RIGHT_READ;
    return true;
}

static bool apply_all(struct deciding *d, weft_error *err)
{
    const struct wf_access *access = &d->doc->form->access;

    /* The answer comes with what a grant may have to ask. */
    if (d->doc->stored
        && !wf_access_ahead(d->call, d->doc->id, d->call->me->id, err))
        return false;
    for (const struct wf_grant *g = access->grants; g; g = g->next)
        if (!apply_grant(d, g, err))
            return false;
    if (!apply_seats(d, err) || !apply_copy(d, err))
        return false;
    for (const struct wf_hide *h = access->hides; h; h = h->next)
        if (!apply_hide(d, h, err))
            return false;
    return true;
}

bool wf_access_decide(struct wf_call *call, const struct wf_doc *doc,
                      struct wf_rights *out, weft_error *err)
{
    return wf_access_decide_asked(call, doc, NULL, out, err);
}

bool wf_access_decide_asked(struct wf_call *call, const struct wf_doc *doc,
                            const struct wf_place_asked *asked,
                            struct wf_rights *out, weft_error *err)
{
    struct wf_rights rights = { 0 };
    struct deciding d = {
        .call = call, .doc = doc, .rights = &rights, .asked = asked
    };

    d.seen = WF_NEW_N(call->arena, bool, doc->form->n_fields);
    rights.field_seen = d.seen;
    if (doc->veil == WF_VEIL_DOWN) {
        if (!apply_veil(&d, err))
            return false;
    } else if (call->system) {
        rights.rights = ALL_RIGHTS;
        for (size_t i = 0; i < doc->form->n_fields; i++)
            d.seen[i] = true;
    } else if (call->me) {
        d.who_doc = wf_doc_who(doc);
        d.who = (struct wf_who_context){ .call = call, .doc = &d.who_doc };
        wf_doc_env_init(&d.env, call, doc);
        if (!apply_all(&d, err))
            return false;
    }
    if (doc->veil == WF_VEIL_LIFTED)
        rights.rights &= WF_RIGHT_READ | WF_RIGHT_EXPORT;
    *out = rights;
    return true;
}

bool wf_doc_open(struct wf_call *call, wf_id id, struct wf_doc **doc,
                 struct wf_rights *rights, weft_error *err)
{
    struct wf_doc *found = NULL;
    struct wf_rights decided = { 0 };

    if (!wf_doc_load(call, id, &found, err)
        || (found && !wf_access_decide(call, found, &decided, err)))
        return false;
    if (!(decided.rights & WF_RIGHT_READ))
        return wf_fail(err, WEFT_E_NOTFOUND, "There is no document %lld.",
                       (long long)id);
    *doc = found;
    *rights = decided;
    return true;
}
