/* doc/unseen.c - fields that work does not show, because whoever gave it away
 * did not see them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/unseen.h"

#include <string.h>

#include "doc/covers.h"
#include "doc/fields.h"

static const char *between_blanks(struct wf_arena *arena,
                                  const struct wf_field *field)
{
    return wf_arena_printf(arena, " %s ", field->path);
}

static bool names(const char *unseen, const char *path)
{
    size_t len = strlen(path);

    for (const char *at = unseen; (at = strstr(at, path)); at += len)
        if (at > unseen && at[-1] == ' ' && at[len] == ' ')
            return true;
    return false;
}

bool wf_unseen_has(const char *unseen, const struct wf_form *form,
                   const struct wf_field *field)
{
    return unseen && !wf_copy_shows(form, field) && names(unseen, field->path);
}

static const char *text_of(struct wf_call *call, const struct wf_form *form,
                           const struct wf_rights *rights, const char *before)
{
    struct wf_buf text = WF_BUF_INIT(call->arena);

    for (const struct wf_field *f = wf_field_after(form, NULL); f;
         f = wf_field_after(form, f))
        if (!wf_rights_see(rights, form, f) || wf_unseen_has(before, form, f))
            wf_buf_printf(&text, "%s%s ", text.len ? "" : " ", f->path);
    return text.len ? wf_buf_text(&text) : NULL;
}

bool wf_unseen_by(struct wf_call *call, const struct wf_doc *doc,
                  const struct wf_unseen_giver *giver, const char **out,
                  weft_error *err)
{
    const struct wf_person *me = call->me, *person;
    struct wf_rights rights = { 0 };
    bool system = call->system, decided;

    *out = giver->unseen;
    if (!doc->form->access.hides)
        return true;
    if (!wf_person_find(call, giver->person, &person, err))
        return false;
    if (!person)
        return true;
    call->me = person;
    call->system = false;
    decided = wf_access_decide_asked(call, doc, &giver->place, &rights, err);
    call->me = me;
    call->system = system;
    if (decided)
        *out = text_of(call, doc->form, &rights, giver->unseen);
    return decided;
}

void wf_unseen_query(const struct wf_form *form, const struct wf_field *field,
                     struct wf_query *query)
{
    if (wf_copy_shows(form, field))
        return;
    wf_query_add(query, WF_SQL(" AND (s.unseen IS NULL OR replace(s.unseen, "));
    wf_query_bind_text(query, between_blanks(query->arena, field));
    wf_query_add(query, WF_SQL(", '') = s.unseen)"));
}
