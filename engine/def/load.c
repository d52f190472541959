/* def/load.c - reads one element by its shape: attributes, children,
 * translations.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "def/shape.h"

#include "base/messages.h"
#include "base/str.h"
#include "def/limits.h"

static bool is_namespace(const struct wf_attr *attr)
{
    return wf_streq(attr->name, "xmlns") || wf_str_starts(attr->name, "xmlns:");
}

static const struct wf_attr_row *row_of(const struct wf_shape *shape,
                                        const char *name)
{
    for (size_t i = 0; i < shape->n_attrs; i++)
        if (wf_streq(shape->attrs[i].name, name))
            return &shape->attrs[i];
    return NULL;
}

static void unknown_attr(struct wf_load *load, const struct wf_elem *elem,
                         const struct wf_attr *attr,
                         const struct wf_shape *shape)
{
    struct wf_suggest guess = WF_SUGGEST_INIT(attr->name);

    for (size_t i = 0; i < shape->n_attrs; i++)
        wf_suggest_offer(&guess, shape->attrs[i].name);
    if (guess.best)
        wf_diag_at(load->diags, attr->place, "unknown",
                   "attribute \"%s\" of <%s> is not known to this version of "
                   "Weft; did you mean \"%s\"?",
                   attr->name, elem->name, guess.best);
    else
        wf_diag_at(load->diags, attr->place, "unknown",
                   "attribute \"%s\" of <%s> is not known to this version of "
                   "Weft",
                   attr->name, elem->name);
}

static void read_attrs(struct wf_load *load, const struct wf_elem *elem,
                       const struct wf_shape *shape, void *out)
{
    for (const struct wf_attr *at = elem->attrs; at; at = at->next) {
        const struct wf_attr_row *row = row_of(shape, at->name);

        if (row)
            row->read(load, at, (char *)out + row->offset, row->arg);
        else if (!is_namespace(at))
            unknown_attr(load, elem, at, shape);
    }
    for (size_t i = 0; i < shape->n_attrs; i++)
        if (shape->attrs[i].required
            && !wf_elem_attr(elem, shape->attrs[i].name))
            wf_diag_at(load->diags, elem->place, "required",
                       "<%s> needs the attribute %s=\"…\"", elem->name,
                       shape->attrs[i].name);
}

/* --- Translations */

/* The row by which the element itself carries the word `name`. */
static const struct wf_attr_row *word_row(const struct wf_shape *shape,
                                          const char *name)
{
    const struct wf_attr_row *row = row_of(shape, name);

    return row && row->read == wf_read_word ? row : NULL;
}

static void read_translation(struct wf_load *load, const struct wf_elem *elem,
                             const struct wf_shape *shape,
                             struct wf_words **words)
{
    const char *lang = wf_elem_get(elem, "xml:lang");
    struct wf_words *own = WF_NEW(load->arena, struct wf_words);
    struct wf_words **end = words;

    if (!lang) {
        wf_diag_at(load->diags, elem->place, "required",
                   "<t> needs xml:lang=\"…\": the language that it is in");
        return;
    }
    if (!*words) {
        *words = WF_NEW(load->arena, struct wf_words);
        (*words)->lang = load->lang;
    }
    while (*end)
        end = &(*end)->next;
    *end = own;
    own->lang = wf_arena_str(load->arena, lang);
    for (const struct wf_attr *at = elem->attrs; at; at = at->next) {
        const struct wf_attr_row *row = word_row(shape, at->name);

        if (row)
            row->read(load, at, &own, row->arg);
        else if (!wf_streq(at->name, "xml:lang") && !is_namespace(at))
            wf_diag_at(load->diags, at->place, "unknown",
                       "\"%s\" of <%s> cannot be translated", at->name,
                       elem->parent->name);
    }
}

/* --- Children */

static const struct wf_kid_row *kid_row(const struct wf_shape *shape,
                                        const char *name)
{
    for (size_t i = 0; i < shape->n_kids; i++)
        if (wf_streq(shape->kids[i].name, name))
            return &shape->kids[i];
    return NULL;
}

static void unknown_kid(struct wf_load *load, const struct wf_elem *kid,
                        const struct wf_shape *shape)
{
    struct wf_suggest guess = WF_SUGGEST_INIT(kid->name);

    for (size_t i = 0; i < shape->n_kids; i++)
        wf_suggest_offer(&guess, shape->kids[i].name);
    if (guess.best)
        wf_diag_at(load->diags, kid->place, "unknown",
                   "<%s> in <%s> is not known to this version of Weft; did "
                   "you mean <%s>?",
                   kid->name, kid->parent->name, guess.best);
    else
        wf_diag_at(load->diags, kid->place, "unknown",
                   "<%s> in <%s> is not known to this version of Weft",
                   kid->name, kid->parent->name);
}

void wf_load_read(struct wf_load *load, const struct wf_elem *elem,
                  const struct wf_shape *shape, void *out)
{
    read_attrs(load, elem, shape, out);
    if (shape->words != WF_TEXT_ALONE && !wf_str_empty(elem->text))
        wf_diag_at(load->diags, elem->place, "text",
                   "<%s> holds text, which means nothing here; write "
                   "attributes and elements",
                   elem->name);
    for (const struct wf_elem *kid = elem->first; kid; kid = kid->next) {
        const struct wf_kid_row *row = kid_row(shape, kid->name);

        if (row)
            row->read(load, kid, out);
        else if (shape->words < WF_TEXT_ALONE && wf_elem_is(kid, "t"))
            read_translation(
                load, kid, shape,
                (struct wf_words **)(void *)((char *)out + shape->words));
        else
            unknown_kid(load, kid, shape);
    }
}

/* --- What the readers share */

struct wf_place wf_place_of(const struct wf_elem *elem, const char *attr)
{
    const struct wf_attr *at = wf_elem_attr(elem, attr);

    return at ? at->place : elem->place;
}

bool wf_load_may_guess(const struct wf_load *load)
{
    return load->diags->n < WF_DIAGS_MAX;
}

void wf_load_unknown(struct wf_load *load, struct wf_place place,
                     const char *noun, const struct wf_suggest *guess)
{
    const char *said = wf_message(load->diags->lang, noun);

    if (guess->best)
        wf_diag_at(load->diags, place, "unknown",
                   "there is no %s \"%s\"; did you mean \"%s\"?", said,
                   guess->word, guess->best);
    else
        wf_diag_at(load->diags, place, "unknown", "there is no %s \"%s\"", said,
                   guess->word);
}

bool wf_load_room(struct wf_load *load, const struct wf_elem *elem, size_t n,
                  size_t max)
{
    if (n == max)
        wf_diag_at(load->diags, elem->place, "limit",
                   "there may be at most %zu <%s> here", max, elem->name);
    return n < max;
}

struct wf_ref *wf_load_refer(struct wf_load *load, enum wf_ref_kind kind,
                             const struct wf_attr *attr, void *slot)
{
    struct wf_ref *ref = WF_PUSH(load->scratch, &load->refs);

    ref->kind = kind;
    ref->text = attr->value;
    ref->place = attr->place;
    ref->slot = slot;
    ref->lane = load->lane;
    return ref;
}
