/* def/check_hook.c - hook functions and what calls them: a function that no
 * event calls, and a call that finds no function, are both mistakes.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <ctype.h>
#include <string.h>

#include "base/messages.h"
#include "base/str.h"
#include "def/check.h"
#include "def/kind.h"

/* --- Names: underscores of a function stand for dashes of an id */

static bool names_id(const char *function, const char *id)
{
    for (; *id && *function; id++, function++)
        if (*function != (*id == '-' ? '_' : *id))
            return false;
    return !*id && !*function;
}

static const char *function_name(struct wf_load *load, const char *prefix,
                                 const char *id)
{
    char *name = wf_arena_printf(load->scratch, "%s%s", prefix, id);

    for (char *c = name; *c; c++)
        if (*c == '-')
            *c = '_';
    return name;
}

struct callers {
    struct wf_load *load;
    const char *prefix;
    const char *rest; /* of the function's name */
    struct wf_suggest guess;
    bool found;
};

static void try_id(struct callers *c, const char *id)
{
    c->found = c->found || names_id(c->rest, id);
    if (!c->found && wf_load_may_guess(c->load))
        wf_suggest_offer(&c->guess, function_name(c->load, c->prefix, id));
}

static void try_actions(struct callers *c)
{
    for (size_t i = 0; wf_verb_at(i); i++)
        try_id(c, wf_verb_at(i));
    for (size_t i = 0; i < c->load->steps.n; i++)
        for (const struct wf_action *at = c->load->steps.at[i].step->actions;
             at; at = at->next)
            try_id(c, at->id);
}

static void try_steps(struct callers *c)
{
    for (size_t i = 0; i < c->load->steps.n; i++)
        try_id(c, c->load->steps.at[i].step->id);
}

/* clang-format off */
static const struct event {
    const char *prefix;
    void (*try_all)(struct callers *c);
} events[] = {
    { "before_", try_actions },
    { "after_",  try_actions },
    { "enter_",  try_steps },
    { "leave_",  try_steps },
};
/* clang-format on */

/* --- Functions without a caller */

static struct wf_place place_of(const struct wf_load *load, int line)
{
    struct wf_place place = { load->form->hook_file, line, 1 };

    return place;
}

static void check_event(struct wf_load *load, const struct event *event,
                        const struct wf_script_function *function)
{
    struct callers c = { .load = load,
                         .prefix = event->prefix,
                         .rest = function->name + strlen(event->prefix),
                         .guess = WF_SUGGEST_INIT(function->name) };

    event->try_all(&c);
    if (c.found)
        return;
    if (c.guess.best)
        wf_diag_at(load->diags, place_of(load, function->line), "unused",
                   "no event calls %s(); did you mean %s()?", function->name,
                   c.guess.best);
    else
        wf_diag_at(load->diags, place_of(load, function->line), "unused",
                   "no event calls %s(): this form has no such action or step",
                   function->name);
}

static bool is_letter(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* How often `word` stands in `text` by itself. */
static size_t count_word(const char *text, const char *word)
{
    size_t n = 0, len = strlen(word);

    for (const char *at = strstr(text, word); at; at = strstr(at + len, word))
        if ((at == text || !is_letter(at[-1])) && !is_letter(at[len]))
            n++;
    return n;
}

/* Texts that may name a function: the hook file itself, and attributes. */
static bool is_called(const struct wf_load *load, const char *name)
{
    if (count_word(load->form->hook, name) > 1)
        return true;
    for (size_t i = 0; i < load->refs.n; i++)
        if (load->refs.at[i].kind == WF_REF_WHO
            && count_word(load->refs.at[i].text, name))
            return true;
    for (size_t i = 0; i < load->fields.n; i++) {
        const struct wf_field *field = load->fields.at[i].field;

        if (wf_streq(field->default_lua, name)
            || wf_streq(field->options_lua, name))
            return true;
    }
    return false;
}

static void check_function(struct wf_load *load,
                           const struct wf_script_function *function)
{
    for (size_t i = 0; i < WF_COUNT(events); i++)
        if (wf_str_starts(function->name, events[i].prefix)) {
            check_event(load, &events[i], function);
            return;
        }
    if (!wf_streq(function->name, "validate")
        && !(load->shared_hook && wf_kind_calls(function->name))
        && !is_called(load, function->name))
        wf_diag_warn_at(load->diags, place_of(load, function->line), "unused",
                        "nothing calls %s(); make it local, or remove it",
                        function->name);
}

/* --- Calls without a function */

static void need_function(struct wf_load *load, struct wf_place place,
                          const char *name)
{
    struct wf_suggest guess = WF_SUGGEST_INIT(name);

    if (wf_map_find(&load->form->hook_functions, name))
        return;
    for (size_t i = 0; i < load->outline.n; i++)
        wf_suggest_offer(&guess, load->outline.at[i].name);
    wf_load_unknown(load, place, WF_MESSAGE("hook function"), &guess);
}

static void need_in_who(struct wf_load *load, const struct wf_who *who)
{
    if (!who)
        return;
    if (who->kind == WF_WHO_LUA)
        need_function(load, who->place, who->name);
    need_in_who(load, who->left);
    need_in_who(load, who->right);
    need_in_who(load, who->arg);
}

/* The place of NAME in "lua:NAME". */
static struct wf_place name_place(const struct wf_elem *elem, const char *attr)
{
    struct wf_place place = wf_place_of(elem, attr);

    place.column += (int)strlen("lua:");
    return place;
}

static void check_calls(struct wf_load *load)
{
    for (size_t i = 0; i < load->fields.n; i++) {
        const struct wf_field_at *at = &load->fields.at[i];

        if (at->field->default_lua)
            need_function(load, name_place(at->elem, "default"),
                          at->field->default_lua);
        if (at->field->options_lua)
            need_function(load, name_place(at->elem, "options"),
                          at->field->options_lua);
    }
    for (size_t i = 0; i < load->refs.n; i++)
        if (load->refs.at[i].kind == WF_REF_WHO)
            need_in_who(load, *(const struct wf_who **)load->refs.at[i].slot);
}

void wf_check_hooks(struct wf_load *load)
{
    for (size_t i = 0; i < load->outline.n; i++)
        check_function(load, &load->outline.at[i]);
    check_calls(load);
}
