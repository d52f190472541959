/* def/diff_say.c - a difference as a sentence, in the languages that people
 * read.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/messages.h"
#include "base/str.h"
#include "def/diff.h"

struct word {
    const char *name; /* in the language of definitions */
    const char *said; /* in English; its twin is a message */
};

/* clang-format off */
static const struct word kinds[] = {
    { "form",       WF_MESSAGE("form") },
    { "package",    WF_MESSAGE("package") },
    { "metric",     WF_MESSAGE("metric") },
    { "alert",      WF_MESSAGE("alert") },
    { "report",     WF_MESSAGE("report") },
    { "dashboard",  WF_MESSAGE("dashboard") },
    { "cycle",      WF_MESSAGE("cycle") },
    { "connector",  WF_MESSAGE("connector") },
    { "map",        WF_MESSAGE("mapping") },
    { "intents",    WF_MESSAGE("sentences of the assistant") },
    { "intent",     WF_MESSAGE("intent") },
    { "words",      WF_MESSAGE("words") },
    { "slot",       WF_MESSAGE("slot") },
    { "stage",      WF_MESSAGE("stage") },
    { "calibrate",  WF_MESSAGE("calibration") },
    { "section",    WF_MESSAGE("section") },
    { "field",      WF_MESSAGE("field") },
    { "rollup",     WF_MESSAGE("rollup") },
    { "option",     WF_MESSAGE("option") },
    { "point",      WF_MESSAGE("point of the scale") },
    { "rule",       WF_MESSAGE("rule") },
    { "step",       WF_MESSAGE("step") },
    { "action",     WF_MESSAGE("action") },
    { "level",      WF_MESSAGE("level") },
    { "fast-track", WF_MESSAGE("fast track") },
    { "go",         WF_MESSAGE("way on") },
    { "set",        WF_MESSAGE("value set") },
    { "create",     WF_MESSAGE("right to create") },
    { "grant",      WF_MESSAGE("grant") },
    { "hide",       WF_MESSAGE("hidden part") },
    { "view",       WF_MESSAGE("view") },
    { "hooks",      WF_MESSAGE("hook file") },
    { "hook",       WF_MESSAGE("hook") },
    { "overlay",    WF_MESSAGE("operation of the overlay") },
    { "setting",    WF_MESSAGE("setting") },
    { "scale",      WF_MESSAGE("scale") },
    { "list",       WF_MESSAGE("list of options") },
    { "place",      WF_MESSAGE("place") },
    { "policy",     WF_MESSAGE("policy") },
    { "lane",       WF_MESSAGE("lane") },
    { "group",      WF_MESSAGE("group of people asked") },
    { "measure",    WF_MESSAGE("measure") },
};

static const struct word attributes[] = {
    { "label",         WF_MESSAGE("the name") },
    { "help",          WF_MESSAGE("the help") },
    { "message",       WF_MESSAGE("the message") },
    { "title",         WF_MESSAGE("the title") },
    { "type",          WF_MESSAGE("the type") },
    { "element",       WF_MESSAGE("the kind") },
    { "section",       WF_MESSAGE("the section") },
    { "required",      WF_MESSAGE("\"required\"") },
    { "readonly",      WF_MESSAGE("\"read only\"") },
    { "private",       WF_MESSAGE("\"private\"") },
    { "index",         WF_MESSAGE("\"searchable\"") },
    { "min",           WF_MESSAGE("the minimum") },
    { "max",           WF_MESSAGE("the maximum") },
    { "total",         WF_MESSAGE("the sum of the column") },
    { "digits",        WF_MESSAGE("the number of digits") },
    { "default",       WF_MESSAGE("the default") },
    { "formula",       WF_MESSAGE("the formula") },
    { "when",          WF_MESSAGE("the condition") },
    { "visible-when",  WF_MESSAGE("the condition of being shown") },
    { "required-when", WF_MESSAGE("the condition of being required") },
    { "readonly-when", WF_MESSAGE("the condition of being read only") },
    { "severity",      WF_MESSAGE("the severity") },
    { "by",            WF_MESSAGE("who does it") },
    { "from",          WF_MESSAGE("the source") },
    { "for",           WF_MESSAGE("the audience") },
    { "to",            WF_MESSAGE("where it leads") },
    { "start",         WF_MESSAGE("the start step") },
    { "edit",          WF_MESSAGE("what may be edited") },
    { "require",       WF_MESSAGE("what must be filled in") },
    { "approved",      WF_MESSAGE("the step after approval") },
    { "rejected",      WF_MESSAGE("the step after refusal") },
    { "agree",         WF_MESSAGE("the way of voting") },
    { "order",         WF_MESSAGE("the order of asking") },
    { "nobody",        WF_MESSAGE("who is asked where nobody is found") },
    { "self",          WF_MESSAGE("what happens if it is the submitter") },
    { "repeat",        WF_MESSAGE("what happens if it is the same person") },
    { "return",        WF_MESSAGE("where it may be returned to") },
    { "resume",        WF_MESSAGE("how it goes on after a return") },
    { "asks",          WF_MESSAGE("from when on it asks") },
    { "within",        WF_MESSAGE("the time allowed") },
    { "remind",        WF_MESSAGE("the time of the reminder") },
    { "timeout",       WF_MESSAGE("what happens if it is late") },
    { "comment",       WF_MESSAGE("the comment asked for") },
    { "confirm",       WF_MESSAGE("\"asks back\"") },
    { "rights",        WF_MESSAGE("the rights") },
    { "fields",        WF_MESSAGE("the fields meant") },
    { "state",         WF_MESSAGE("the state") },
    { "value",         WF_MESSAGE("the value") },
    { "unique",        WF_MESSAGE("what no two may share") },
    { "body",          WF_MESSAGE("what it does") },
    { "content",       WF_MESSAGE("the content") },
};
/* clang-format on */

static const char *said(const struct word *words, size_t n, const char *name,
                        const char *lang)
{
    for (size_t i = 0; i < n; i++)
        if (wf_streq(words[i].name, name))
            return wf_message(lang, words[i].said);
    return name;
}

/* "Days" (days) */
static const char *name_of(struct wf_arena *arena, const struct wf_part *part,
                           int n)
{
    const char *lang = wf_diff_langs[n], *label = part->label[n];

    if (wf_streq(label, part->path))
        return wf_arena_printf(arena, wf_message(lang, "\"%s\""), label);
    return wf_arena_printf(arena, wf_message(lang, "\"%s\" (%s)"), label,
                           part->path);
}

/* A translation is called "label (en)". */
static const char *word_of(struct wf_arena *arena, const char *name,
                           const char *lang)
{
    const char *open = strchr(name, ' ');
    const char *base =
        open ? wf_arena_mem(arena, name, (size_t)(open - name)) : name;
    const char *word = said(attributes, WF_COUNT(attributes), base, lang);

    return open ? wf_arena_printf(arena, "%s%s", word, open) : word;
}

static const char *of_attribute(struct wf_arena *arena,
                                const struct wf_diff_change *change,
                                const char *kind, int n)
{
    const char *lang = wf_diff_langs[n];
    const char *name = name_of(arena, change->part, n);
    const char *what = word_of(arena, change->attribute, lang);

    if (wf_streq(change->attribute, "body"))
        return wf_arena_printf(
            arena, wf_message(lang, "The %s %s does something else."), kind,
            name);
    if (!change->to)
        return wf_arena_printf(
            arena,
            wf_message(lang, "The %s %s: %s was \"%s\" and is not said any "
                             "more."),
            kind, name, what, change->from);
    if (!change->from)
        return wf_arena_printf(
            arena, wf_message(lang, "The %s %s: %s is \"%s\" from now on."),
            kind, name, what, change->to);
    return wf_arena_printf(
        arena, wf_message(lang, "The %s %s: %s was \"%s\" and is \"%s\"."),
        kind, name, what, change->from, change->to);
}

const char *wf_diff_sentence(struct wf_arena *arena,
                             const struct wf_diff_change *change, int n)
{
    const char *lang = wf_diff_langs[n];
    const char *kind = said(kinds, WF_COUNT(kinds), change->part->kind, lang);
    const char *name = name_of(arena, change->part, n);

    if (wf_streq(change->change, "added"))
        return wf_arena_printf(arena, wf_message(lang, "New: %s %s."), kind,
                               name);
    if (wf_streq(change->change, "removed"))
        return wf_arena_printf(arena, wf_message(lang, "Gone: %s %s."), kind,
                               name);
    if (wf_streq(change->change, "renamed"))
        return wf_arena_printf(
            arena,
            wf_message(lang, "The %s %s was called \"%s\" and is called "
                             "\"%s\"."),
            kind, name, change->from, change->to);
    if (wf_streq(change->change, "reordered"))
        return wf_arena_printf(
            arena, wf_message(lang, "Order of each %s in %s: %s."),
            said(kinds, WF_COUNT(kinds), change->attribute, lang), name,
            change->to);
    return of_attribute(arena, change, kind, n);
}
