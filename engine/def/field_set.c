/* def/field_set.c - spells out the fields that edit, require and fields name:
 * fields, columns, tables, sections, "*".
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages.h"
#include "base/str.h"
#include "def/link.h"

struct spelling {
    struct wf_load *load;
    const struct wf_ref *ref;
    const char *word; /* the one in turn */
    WF_LIST(const struct wf_field *) fields;
};

static void add(struct spelling *s, const struct wf_field *field)
{
    struct wf_field_set so_far = { false, s->fields.at, s->fields.n };

    if (!wf_field_set_has(&so_far, field))
        *WF_PUSH(s->load->arena, &s->fields) = field;
}

/* A field that came along with its section or table. What is private must be
 * named itself where that decides who sees it. */
static void add_along(struct spelling *s, const struct wf_field *field)
{
    if (field->hidden_by_default && (s->ref->use & WF_USE_BY_NAME))
        wf_diag_at(s->load->diags, s->ref->place, "private",
                   "\"%s\" holds the private field \"%s\"; name the fields "
                   "one by one",
                   s->word, field->path);
    add(s, field);
    for (const struct wf_field *at = field->columns; at; at = at->next)
        add_along(s, at);
}

static bool add_section(struct spelling *s)
{
    const struct wf_section *section = s->load->form->sections;

    while (section && !wf_streq(section->id, s->word))
        section = section->next;
    if (!section)
        return false;
    for (const struct wf_field *at = s->load->form->fields; at; at = at->next)
        if (at->section == section)
            add_along(s, at);
    return true;
}

static void unknown(struct spelling *s)
{
    struct wf_suggest guess = WF_SUGGEST_INIT(s->word);
    const struct wf_map *paths = &s->load->form->paths;

    for (size_t i = 0; i < paths->n && wf_load_may_guess(s->load); i++)
        wf_suggest_offer(&guess, paths->entries[i].key);
    for (const struct wf_section *at = s->load->form->sections; at;
         at = at->next)
        wf_suggest_offer(&guess, at->id);
    wf_load_unknown(s->load, s->ref->place, WF_MESSAGE("field or section"),
                    &guess);
}

static void add_word(struct spelling *s)
{
    const struct wf_field *field = wf_form_field(s->load->form, s->word);

    if (field) {
        add(s, field);
        for (const struct wf_field *at = field->columns; at; at = at->next)
            add_along(s, at);
    } else if (!add_section(s)) {
        unknown(s);
    }
}

void wf_link_set(struct wf_load *load, const struct wf_ref *ref)
{
    struct wf_field_set *set = ref->slot;
    struct spelling s = { .load = load, .ref = ref };
    struct wf_str rest = wf_str_of(ref->text), part;

    while (wf_str_split(&rest, ' ', &part)) {
        if (!part.len)
            continue;
        s.word = wf_arena_slice(load->scratch, part);
        if (wf_streq(s.word, "*"))
            set->all = true;
        else
            add_word(&s);
    }
    set->at = s.fields.at;
    set->n = s.fields.n;
}
