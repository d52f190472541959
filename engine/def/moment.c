/* def/moment.c - reads TIME: an anchor, durations, a time of day.
 *
 * Source: docs/definition-language.md, "Time".
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "def/moment.h"

#include "base/list.h"
#include "base/messages.h"
#include "def/form.h"
#include "def/limits.h"
#include "def/suggest.h"

/* clang-format off */
static const struct {
    const char *word;
    enum wf_anchor anchor;
} anchors[] = {
    { "now",    WF_ANCHOR_NOW },    { "start",  WF_ANCHOR_START },
    { "end",    WF_ANCHOR_END },    { "opens",  WF_ANCHOR_OPENS },
    { "due",    WF_ANCHOR_DUE },    { "freeze", WF_ANCHOR_FREEZE },
    { "reveal", WF_ANCHOR_REVEAL },
};
/* clang-format on */

const char *wf_anchor_word(enum wf_anchor anchor)
{
    for (size_t i = 0; i < WF_COUNT(anchors); i++)
        if (anchors[i].anchor == anchor)
            return anchors[i].word;
    return NULL;
}

/* A text while it is read. */
struct reader {
    struct wf_arena *arena;
    struct wf_place place;
    const char *text;
    struct wf_str rest;
    const struct wf_form *form;
    struct wf_diags *diags;
};

static struct wf_moment *refuse(struct reader *r)
{
    wf_diag_at(r->diags, r->place, "time",
               "\"%s\" is no time: write a day, a date field, now, start or "
               "end, then durations such as + 7d or - 2wd, then 18:00; or a "
               "duration alone",
               r->text);
    return NULL;
}

static bool ends_word(char c)
{
    return c == ' ' || c == '+' || c == '-';
}

static void skip_spaces(struct reader *r)
{
    r->rest = wf_str_trim(r->rest);
}

/* Up to a space or a sign; a day's own dashes belong to it. */
static struct wf_str take_word(struct reader *r)
{
    struct wf_str word = { r->rest.at, 0 };
    int32_t day;

    if (r->rest.len >= 10
        && wf_date_parse((struct wf_str){ r->rest.at, 10 }, &day))
        word.len = 10;
    else
        while (word.len < r->rest.len && !ends_word(r->rest.at[word.len]))
            word.len++;
    r->rest.at += word.len;
    r->rest.len -= word.len;
    skip_spaces(r);
    return word;
}

/* --- What is counted from */

static bool is_dated(const struct wf_field *field)
{
    return !field->items
           && (field->type == WF_F_DATE || field->type == WF_F_DATETIME);
}

static bool take_field(struct reader *r, const char *name,
                       struct wf_moment *moment, bool *wrong)
{
    const struct wf_field *field =
        r->form ? wf_form_field(r->form, name) : NULL;

    if (!field)
        return false;
    moment->anchor = WF_ANCHOR_FIELD;
    moment->field = field;
    *wrong = !is_dated(field) || field->hidden_by_default;
    if (is_dated(field) && field->hidden_by_default)
        wf_diag_at(r->diags, r->place, "private",
                   "field \"%s\" is private, but everybody sees when "
                   "something is due",
                   name);
    else if (*wrong)
        wf_diag_at(r->diags, r->place, "type",
                   "field \"%s\" is no date: a time counts from a field of "
                   "type date or datetime",
                   name);
    return true;
}

static bool take_anchor_word(struct reader *r, const char *name,
                             struct wf_moment *moment, bool *wrong)
{
    for (size_t i = 0; i < WF_COUNT(anchors); i++) {
        bool of_period = anchors[i].anchor == WF_ANCHOR_START
                         || anchors[i].anchor == WF_ANCHOR_END;

        if (!wf_streq(anchors[i].word, name))
            continue;
        moment->anchor = anchors[i].anchor;
        *wrong = of_period && r->form && !r->form->period;
        if (*wrong)
            wf_diag_at(r->diags, r->place, "unknown",
                       "the form has no period, so it has no \"%s\": say in "
                       "period= of <form> which of its fields is it",
                       name);
        return true;
    }
    return false;
}

static void unknown(struct reader *r, const char *name)
{
    struct wf_suggest guess = WF_SUGGEST_INIT(name);
    const struct wf_map *paths = r->form ? &r->form->paths : NULL;

    for (size_t i = 0; i < WF_COUNT(anchors); i++)
        wf_suggest_offer(&guess, anchors[i].word);
    for (size_t i = 0; paths && i < paths->n; i++)
        if (is_dated(paths->entries[i].value))
            wf_suggest_offer(&guess, paths->entries[i].key);
    if (guess.best)
        wf_diag_at(r->diags, r->place, "unknown",
                   "\"%s\" is neither a date field nor a word for a time; did "
                   "you mean \"%s\"?",
                   name, guess.best);
    else
        wf_diag_at(r->diags, r->place, "unknown",
                   "\"%s\" is neither a date field nor a word for a time",
                   name);
}

/* False with a finding if it cannot be counted from. */
static bool take_anchor(struct reader *r, struct wf_moment *moment)
{
    struct wf_str word = take_word(r);
    struct wf_shift first = { .back = false };
    bool wrong = false;
    const char *name;

    if (wf_date_parse(word, &moment->day)) {
        moment->anchor = WF_ANCHOR_DAY;
        return true;
    }
    if (wf_duration_parse(word, &first.by)) {
        moment->anchor = WF_ANCHOR_ENTERED;
        moment->shifts[moment->n_shifts++] = first;
        return true;
    }
    name = wf_arena_slice(r->arena, word);
    if (!wf_str_is_id(name)) {
        (void)refuse(r);
        return false;
    }
    if (!take_field(r, name, moment, &wrong)
        && !take_anchor_word(r, name, moment, &wrong)) {
        unknown(r, name);
        return false;
    }
    return !wrong;
}

/* --- What is added, and the time of day */

static bool take_shift(struct reader *r, struct wf_moment *moment)
{
    struct wf_shift *shift = &moment->shifts[moment->n_shifts];

    shift->back = *r->rest.at == '-';
    r->rest.at++;
    r->rest.len--;
    skip_spaces(r);
    moment->n_shifts++;
    return wf_duration_parse(take_word(r), &shift->by);
}

struct wf_moment *wf_moment_parse(struct wf_arena *arena, struct wf_place place,
                                  const char *text, const struct wf_form *form,
                                  struct wf_diags *diags)
{
    struct reader r = { arena, place, text, wf_str_of(text), form, diags };
    struct wf_moment *moment = WF_NEW(arena, struct wf_moment);

    moment->text = wf_arena_str(arena, text);
    moment->clock = -1;
    moment->shifts = WF_NEW_N(arena, struct wf_shift, WF_MAX_SHIFTS);
    skip_spaces(&r);
    if (!r.rest.len)
        return refuse(&r);
    if (!take_anchor(&r, moment))
        return NULL;
    while (r.rest.len && (*r.rest.at == '+' || *r.rest.at == '-'))
        if (moment->n_shifts == WF_MAX_SHIFTS || !take_shift(&r, moment))
            return refuse(&r);
    if (r.rest.len && !wf_clock_parse(r.rest, &moment->clock))
        return refuse(&r);
    return moment;
}
