/* doc/smart.c - specific, measurable, owned, linked, dated: warnings only, for
 * whoever writes knows better than we what is meant.
 *
 * Chinese says more in a sign than English in a letter: a text is short by
 * signs of the one, or by words of the other.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/smart.h"

#include <string.h>

#include "base/messages.h"
#include "base/text.h"

enum {
    SIGNS_FEW = 6, /* of a title in Chinese */
    WORDS_FEW = 3  /* of one that has blanks */
};

/* Words that promise something and say nothing, folded. */
static const char *const vague[] = {
    "优化",    "提升",    "加强", "完善",   "推进",   "尽快",    "努力",
    "improve", "enhance", "asap", "better", "optimi", "support", "strengthen",
};

struct judging {
    struct wf_call *call;
    const struct wf_doc *doc;
    const struct wf_rights *rights;
    const struct wf_field *title; /* the first text that the title is made of */
};

static bool is_seen(const struct judging *j, const struct wf_field *field)
{
    return !j->rights || wf_rights_see(j->rights, j->doc->form, field);
}

static const struct wf_json *value_of(const struct judging *j,
                                      const struct wf_field *field)
{
    return wf_json_get(j->doc->data, field->id);
}

static const char *label_of(const struct judging *j,
                            const struct wf_field *field)
{
    return wf_words_label(field->words, j->call->lang, field->id);
}

static void warn(const struct judging *j, const struct wf_field *field,
                 const char *text)
{
    wf_diag_field_text(j->call->findings, WF_SEVERITY_WARNING, field->path,
                       "smart", text);
}

/* --- Specific */

static void find_title(void *self, const struct wf_field *field)
{
    struct judging *j = self;

    if (!j->title && !field->items
        && (field->type == WF_F_TEXT || field->type == WF_F_LONGTEXT))
        j->title = field;
}

static const char *title_text(const struct judging *j)
{
    return j->title ? wf_json_str(value_of(j, j->title)) : NULL;
}

static bool is_short(const char *text)
{
    size_t words = 1;

    for (const char *at = text; *at; at++)
        words += *at == ' ' && at[1] && at[1] != ' ';
    if (words > 1)
        return words < WORDS_FEW;
    return wf_utf8_count(text, strlen(text)) < SIGNS_FEW;
}

static bool has_any(const char *text, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strstr(text, words[i]))
            return true;
    return false;
}

/* A number, in digits (full-width ones are folded) or in words. */
static bool has_number(struct wf_arena *arena, const char *text)
{
    static const char *const words[] = { "百分之", "倍", "个", "万", "亿" };
    const char *folded = text ? wf_text_fold(arena, text) : "";

    return strpbrk(folded, "0123456789%")
           || has_any(folded, words, WF_COUNT(words));
}

static const char *vague_word(struct wf_arena *arena, const char *text)
{
    const char *folded = wf_text_fold(arena, text);

    for (size_t i = 0; i < WF_COUNT(vague); i++)
        if (strstr(folded, vague[i]))
            return vague[i];
    return NULL;
}

static void judge_specific(const struct judging *j)
{
    struct wf_arena *arena = j->call->arena;
    const char *text = title_text(j), *word;

    if (!text || !is_seen(j, j->title))
        return;
    word = vague_word(arena, text);
    if (is_short(text))
        warn(j, j->title,
             wf_arena_printf(
                 arena,
                 wf_message(j->call->lang,
                            "\"%s\" is short: say what will be different, and "
                            "for whom."),
                 text));
    else if (word && !has_number(arena, text))
        warn(j, j->title,
             wf_arena_printf(
                 arena,
                 wf_message(j->call->lang,
                            "\"%s\" can mean anything: say from what to what, "
                            "such as from 80 to 95."),
                 word));
}

/* --- Measurable */

static bool is_measure(const struct wf_field *field)
{
    return !wf_field_is_derived(field) && !field->readonly
           && (field->type == WF_F_NUMBER || field->type == WF_F_PERCENT
               || field->type == WF_F_MONEY);
}

/* A number that somebody wrote, not one that is there anyway. */
static bool is_written(const struct judging *j, const struct wf_field *field)
{
    return field->default_kind == WF_DEFAULT_NONE && value_of(j, field);
}

static void judge_measurable(const struct judging *j)
{
    const struct wf_field *first = NULL;

    if (has_number(j->call->arena, title_text(j)))
        return;
    for (const struct wf_field *f = j->doc->form->fields; f; f = f->next) {
        if (!is_measure(f))
            continue;
        if (is_written(j, f))
            return;
        if (!first && f->default_kind == WF_DEFAULT_NONE && is_seen(j, f))
            first = f;
    }
    if (first)
        warn(j, first,
             wf_arena_printf(
                 j->call->arena,
                 wf_message(j->call->lang,
                            "How will one see that it is reached? Fill in "
                            "\"%s\", or write a number into its title."),
                 label_of(j, first)));
}

/* --- Owned, linked, dated */

static bool is_missing(const struct judging *j, const struct wf_field *field)
{
    return field && is_seen(j, field) && !value_of(j, field);
}

static void judge_filled(const struct judging *j)
{
    struct wf_arena *arena = j->call->arena;
    const struct wf_form *form = j->doc->form;
    const char *lang = j->call->lang;

    if (is_missing(j, form->subject))
        warn(j, form->subject,
             wf_arena_printf(
                 arena, wf_message(lang, "Nobody owns it: fill in \"%s\"."),
                 label_of(j, form->subject)));
    if (is_missing(j, form->parent))
        warn(j, form->parent,
             wf_arena_printf(arena,
                             wf_message(lang,
                                        "It hangs under nothing: choose in "
                                        "\"%s\" what it supports."),
                             label_of(j, form->parent)));
    if (is_missing(j, form->due))
        warn(j, form->due,
             wf_arena_printf(arena,
                             wf_message(lang, "It has no end: fill in \"%s\"."),
                             label_of(j, form->due)));
}

void wf_smart_warn(struct wf_call *call, const struct wf_doc *doc,
                   const struct wf_rights *rights)
{
    struct judging j = { call, doc, rights, NULL };
    const struct wf_form *form = doc->form;

    if (!form->smart || doc->state != WF_OPEN)
        return;
    if (form->title)
        wf_template_uses(form->title, find_title, &j);
    for (const struct wf_field *f = form->fields; f && !j.title; f = f->next)
        find_title(&j, f);
    judge_specific(&j);
    judge_measurable(&j);
    judge_filled(&j);
}
