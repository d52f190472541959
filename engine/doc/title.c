/* doc/title.c - titles, without what their reader does not see.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/title.h"

#include "base/str.h"
#include "doc/covers.h"
#include "doc/summary.h"

/* --- Open to all */

struct looking {
    const struct wf_form *form;
    bool closed;
};

static void look(void *self, const struct wf_field *field)
{
    struct looking *l = self;

    l->closed = l->closed || !wf_field_is_open(l->form, field);
}

bool wf_title_is_open(const struct wf_form *form)
{
    struct looking l = { form, false };

    if (form->title)
        wf_template_uses(form->title, look, &l);
    if (form->title_other)
        wf_template_uses(form->title_other, look, &l);
    return !l.closed;
}

/* --- As it is seen */

static bool sees_all(const struct wf_showing *s)
{
    for (size_t i = 0; i < s->form->n_fields; i++)
        if (!s->rights->field_seen[i])
            return false;
    return true;
}

static bool sees(const void *self, const struct wf_field *field)
{
    return wf_show_sees(self, field);
}

static bool make(const struct wf_showing *s, const struct wf_doc *doc,
                 const char *lang, const char **out, weft_error *err)
{
    const struct wf_sight sight = { sees, s };

    *out = wf_doc_title(doc, lang);
    if (wf_title_is_open(doc->form))
        return true;
    if (!sees_all(s) && !wf_summary_title(s->call, lang, doc, &sight, out, err))
        return false;
    if (wf_str_empty(*out)) /* nothing of it is there, or is seen */
        *out = wf_words_label(doc->form->words, lang, doc->form->id);
    return true;
}

bool wf_title_shown(const struct wf_showing *s, const struct wf_doc *doc,
                    const char **out, weft_error *err)
{
    return make(s, doc, s->call->lang, out, err);
}

bool wf_title_for(struct wf_call *call, const struct wf_doc *doc,
                  const struct wf_person *reader, const char *lang,
                  const char **out, weft_error *err)
{
    const struct wf_person *me = call->me;
    bool system = call->system, done;
    struct wf_rights rights = { 0 };
    struct wf_showing s = { .call = call,
                            .form = doc->form,
                            .rights = &rights };

    *out = wf_doc_title(doc, lang);
    if (wf_title_is_open(doc->form))
        return true;
    call->me = reader;
    call->system = false;
    done = wf_access_decide(call, doc, &rights, err)
           && make(&s, doc, lang, out, err);
    call->me = me;
    call->system = system;
    return done;
}
