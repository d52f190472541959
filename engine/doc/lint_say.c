/* doc/lint_say.c - what was found in use, as proposals that people read.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages.h"
#include "doc/lint.h"

static const char *const names[] = {
    [WF_LINT_UNFILLED] = "unfilled", [WF_LINT_UNREAD] = "unread",
    [WF_LINT_TWICE] = "twice",       [WF_LINT_LEVEL] = "level",
    [WF_LINT_WAITING] = "waiting",
};

const char *wf_lint_kind_name(enum wf_lint_kind kind)
{
    return names[kind];
}

static const char *field_label(const struct wf_form *form, const char *path,
                               const char *lang)
{
    const struct wf_field *field = wf_form_field(form, path);

    return field ? wf_words_label(field->words, lang, path) : path;
}

/* Of "check" or "check.head" the step's, or the level's. */
static const char *step_label(struct wf_arena *arena,
                              const struct wf_form *form, const char *path,
                              const char *lang)
{
    const char *dot = strchr(path, '.');
    const char *id =
        dot ? wf_arena_mem(arena, path, (size_t)(dot - path)) : path;
    const struct wf_step *step = wf_form_step(form, id);
    const struct wf_level *level =
        step && dot ? wf_step_level(step, dot + 1) : NULL;

    if (level)
        return wf_words_label(level->words, lang, level->id);
    return step ? wf_words_label(step->words, lang, id) : path;
}

const char *wf_lint_sentence(struct wf_arena *arena, const struct wf_form *form,
                             const struct wf_lint *lint, const char *lang)
{
    long long n = lint->n;

    switch (lint->kind) {
    case WF_LINT_UNFILLED:
        return wf_arena_printf(
            arena,
            wf_message(lang, "\"%s\" was empty in all %lld cases looked at: "
                             "leave the field out."),
            field_label(form, lint->path, lang), n);
    case WF_LINT_UNREAD:
        return wf_arena_printf(
            arena,
            wf_message(lang, "\"%s\" was filled in %lld times, but no grant "
                             "shows it and nothing uses it: leave it out, or "
                             "show it to somebody."),
            field_label(form, lint->path, lang), n);
    case WF_LINT_TWICE:
        return wf_arena_printf(
            arena,
            wf_message(lang, "\"%s\" and \"%s\" said the same in all %lld "
                             "documents that had both: ask once, and take the "
                             "other by a formula."),
            field_label(form, lint->path, lang),
            field_label(form, lint->other, lang), n);
    case WF_LINT_LEVEL:
        return wf_arena_printf(
            arena,
            wf_message(lang, "Level \"%s\" decided %lld times, never otherwise "
                             "than the one below: leave it out, or send it a "
                             "copy."),
            step_label(arena, form, lint->path, lang), n);
    case WF_LINT_WAITING:
        return wf_arena_printf(
            arena,
            wf_message(lang, "In step \"%s\" nobody wrote anything in %lld "
                             "passes; it waited for %.1f days on average: "
                             "leave it out."),
            step_label(arena, form, lint->path, lang), n, lint->days);
    }
    return "";
}
