/* def/link_rollup.c - what a rollup names: the form of its sources, what ties
 * a source to the document that takes its value; or whose points are meant.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/messages.h"
#include "base/str.h"
#include "def/link.h"

/* "form" or "form.table". */
static void link_source(struct wf_load *load, const struct wf_rollup_at *at)
{
    struct wf_rollup *rollup = at->rollup;
    struct wf_place place = wf_place_of(at->elem, "of");
    struct wf_str rest = wf_str_of(rollup->of), part;
    const char *table;

    (void)wf_str_split(&rest, '.', &part);
    rollup->source_id = wf_arena_slice(load->arena, part);
    wf_link_form_name(load, place, rollup->source_id);
    rollup->source = wf_link_find_form(load, rollup->source_id);
    if (!rollup->source || !rest.len)
        return;
    table = wf_arena_slice(load->scratch, rest);
    rollup->rows = wf_form_field(rollup->source, table);
    if (rollup->rows && rollup->rows->type == WF_F_ITEMS)
        return;
    rollup->rows = NULL;
    rollup->source = NULL;
    wf_diag_at(load->diags, place, "unknown",
               "the form \"%s\" has no table \"%s\" whose rows could be rolled "
               "up",
               rollup->source_id, table);
}

/* A field of the source: of its rows first, then of the document. */
static const struct wf_field *source_field(const struct wf_rollup *rollup,
                                           struct wf_arena *scratch,
                                           const char *id)
{
    const struct wf_field *found = NULL;

    if (rollup->rows)
        found = wf_form_field(
            rollup->source,
            wf_arena_printf(scratch, "%s.%s", rollup->rows->id, id));
    return found ? found : wf_form_field(rollup->source, id);
}

static void unknown_source_field(struct wf_load *load, struct wf_place place,
                                 const struct wf_rollup *rollup, const char *id)
{
    struct wf_suggest guess = WF_SUGGEST_INIT(id);
    const struct wf_map *paths = &rollup->source->paths;

    for (size_t i = 0; i < paths->n && wf_load_may_guess(load); i++)
        wf_suggest_offer(&guess, paths->entries[i].key);
    wf_load_unknown(load, place, WF_MESSAGE("field"), &guess);
}

/* --- via: a link of the source that leads here */

static bool leads_here(const struct wf_form *form, const struct wf_field *link)
{
    return wf_streq(link->form, form->id) || wf_streq(link->form, form->family)
           || wf_streq(link->form, form->base);
}

static void link_via(struct wf_load *load, const struct wf_rollup_at *at)
{
    struct wf_rollup *rollup = at->rollup;
    struct wf_place place = wf_place_of(at->elem, "via");
    const struct wf_field *link =
        source_field(rollup, load->scratch, rollup->via);

    if (!link) {
        unknown_source_field(load, place, rollup, rollup->via);
    } else if ((link->type != WF_F_LINK && link->type != WF_F_LINKS)
               || !leads_here(load->form, link)) {
        wf_diag_at(load->diags, place, "type",
                   "\"%s\" of the form \"%s\" is no link to documents of this "
                   "form; via names the link by which the others name this one",
                   rollup->via, rollup->source_id);
    } else {
        rollup->link = link;
    }
}

/* --- match: pairs of fields */

static bool is_matchable(const struct wf_field *field)
{
    switch (wf_field_kind(field->type)->type) {
    case WF_T_TEXT:
    case WF_T_PERSON:
    case WF_T_UNIT:
    case WF_T_PERIOD:
    case WF_T_DATE:
    case WF_T_LINK:
        return !field->items;
    default:
        return false;
    }
}

static void link_match(struct wf_load *load, const struct wf_rollup_at *at,
                       const char *word)
{
    struct wf_rollup *rollup = at->rollup;
    struct wf_place place = wf_place_of(at->elem, "match");
    struct wf_rollup_match match = { 0 };
    struct wf_str rest = wf_str_of(word), part;
    struct wf_field *mine;

    (void)wf_str_split(&rest, ':', &part);
    match.id = wf_arena_slice(load->arena, part);
    match.before = wf_streq(wf_arena_slice(load->scratch, rest), "prev");
    mine = wf_map_find(&load->form->paths, match.id);
    match.mine = mine;
    match.theirs = wf_form_field(rollup->source, match.id);
    if (!match.mine || !match.theirs) {
        if (!match.mine)
            wf_unknown_field(load, place, match.id);
        else
            unknown_source_field(load, place, rollup, match.id);
        return;
    }
    if (!is_matchable(match.mine) || match.mine->type != match.theirs->type
        || (rest.len && !match.before)
        || (match.before && match.mine->type != WF_F_PERIOD)) {
        wf_diag_at(load->diags, place, "type",
                   "\"%s\" cannot be matched: name a field that both forms "
                   "have with one type (person, unit, period, date, text, "
                   "choice or link), or FIELD:prev for the period before",
                   word);
        return;
    }
    mine->index = true;
    if (!match.theirs->index && rollup->source != load->form)
        wf_diag_at(load->diags, place, "index",
                   "documents of \"%s\" are found by \"%s\": write "
                   "index=\"true\" at that field of theirs",
                   rollup->source_id, match.id);
    rollup->matches[rollup->n_matches++] = match;
}

static void link_matches(struct wf_load *load, const struct wf_rollup_at *at)
{
    size_t n = 0;

    while (at->rollup->match[n])
        n++;
    at->rollup->matches = WF_NEW_N(load->arena, struct wf_rollup_match, n + 1);
    for (size_t i = 0; i < n; i++)
        link_match(load, at, at->rollup->match[i]);
}

/* --- The points of a metric: documents are found by whom they are about, and
 * over which period */

static void find_by(struct wf_load *load, const struct wf_field *field)
{
    struct wf_field *mine = field && !field->items
                                ? wf_map_find(&load->form->paths, field->path)
                                : NULL;

    if (mine)
        mine->index = true;
}

/* --- The expressions */

static void set_rows(struct wf_load *load, const struct wf_rollup *rollup)
{
    for (size_t i = 0; i < load->refs.n; i++)
        if (load->refs.at[i].rollup == rollup)
            load->refs.at[i].items = rollup->rows;
}

static void link_one(struct wf_load *load, const struct wf_rollup_at *at)
{
    struct wf_rollup *rollup = at->rollup;
    struct wf_field *field =
        rollup->field ? wf_map_find(&load->form->paths, rollup->field->path)
                      : NULL;

    if (field)
        field->rolled = true;
    find_by(load, rollup->subject);
    find_by(load, rollup->over);
    if (!rollup->of)
        return;
    link_source(load, at);
    set_rows(load, rollup);
    if (!rollup->source)
        return;
    if (rollup->via)
        link_via(load, at);
    else if (rollup->match)
        link_matches(load, at);
}

void wf_link_rollups(struct wf_load *load)
{
    for (size_t i = 0; i < load->rollups.n; i++)
        link_one(load, &load->rollups.at[i]);
}

const struct wf_rollup *wf_rollup_of(const struct wf_form *form,
                                     const struct wf_field *field,
                                     const struct wf_rollup *after)
{
    const struct wf_rollup *at = after ? after->next : form->rollups;

    while (at && at->field != field)
        at = at->next;
    return at;
}
