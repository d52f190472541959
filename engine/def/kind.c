/* def/kind.c - the table of kinds, and what all of them go through: read,
 * linked, their hooks run through.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "def/kind.h"

#include <string.h>

#include "base/str.h"

/* clang-format off */
static const struct wf_kind *const kinds[] = {
    &wf_kind_metric,
    &wf_kind_alert,
    &wf_kind_report,
    &wf_kind_dashboard,
    &wf_kind_cycle,
    &wf_kind_intents,
    &wf_kind_connector,
};
/* clang-format on */

const struct wf_kind *wf_kind_at(size_t i)
{
    return i < WF_COUNT(kinds) ? kinds[i] : NULL;
}

const struct wf_kind *wf_kind_find(const char *name)
{
    for (size_t i = 0; i < WF_COUNT(kinds); i++)
        if (wf_streq(kinds[i]->name, name))
            return kinds[i];
    return NULL;
}

struct wf_say *wf_kind_says(struct wf_load *load, struct wf_place place,
                            const struct wf_words *words)
{
    const struct wf_scope scope = { .form = load->form,
                                    .package = load->package };

    return wf_say_link(load->arena, place, words, &scope, load->diags);
}

const char *wf_head_kind(const struct wf_head *head)
{
    return head->kind->name;
}

struct wf_head *wf_kind_read(struct wf_load *load, const struct wf_kind *kind,
                             const struct wf_kind_source *source,
                             const struct wf_elem *root)
{
    struct wf_head *head = wf_arena_alloc(load->arena, kind->size);

    memset(head, 0, kind->size);
    head->kind = kind;
    head->version = source->version;
    head->package = source->package;
    head->file = wf_arena_str(load->arena, source->file);
    if (source->hook) {
        head->hook_file = wf_arena_str(load->arena, source->hook_file);
        head->hook = wf_arena_str(load->arena, source->hook);
    }
    load->package = source->package;
    load->lang = source->package->lang;
    kind->parse(load, root, head);
    if (!head->id)
        head->id = "";
    return head;
}

/* --- Hooks */

static const struct wf_attr_row hooks_attrs[] = {
    { "src", wf_read_text, 0, true, NULL },
};
static const struct wf_shape hooks_shape = { hooks_attrs, WF_COUNT(hooks_attrs),
                                             NULL, 0, WF_NO_WORDS };

void wf_parse_hooks(struct wf_load *load, const struct wf_elem *elem,
                    void *parent)
{
    const char *src;

    (void)parent;
    wf_load_read(load, elem, &hooks_shape, &src);
}

static bool calls(const struct wf_kind *kind, const char *function)
{
    for (const char *const *at = kind->hooks; at && *at; at++)
        if (wf_streq(*at, function))
            return true;
    return false;
}

bool wf_kind_calls(const char *function)
{
    for (size_t i = 0; wf_kind_at(i); i++)
        if (calls(wf_kind_at(i), function))
            return true;
    return false;
}

static bool is_called(const struct wf_head *head, const char *function)
{
    if (calls(head->kind, function))
        return true;
    /* by another function of the file */
    for (const char *at = strstr(head->hook, function); at;
         at = strstr(at + 1, function))
        if (strstr(at + 1, function))
            return true;
    return false;
}

static void check_function(struct wf_load *load, const struct wf_head *head,
                           const struct wf_script_function *function)
{
    struct wf_place place = { head->hook_file, function->line, 1 };
    struct wf_suggest guess = WF_SUGGEST_INIT(function->name);

    if (load->shared_hook) /* the others are asked as well */
        return;
    if (is_called(head, function->name))
        return;
    for (const char *const *at = head->kind->hooks; at && *at; at++)
        wf_suggest_offer(&guess, *at);
    if (guess.best)
        wf_diag_at(load->diags, place, "unused",
                   "no event calls %s(); did you mean %s()?", function->name,
                   guess.best);
    else
        wf_diag_warn_at(load->diags, place, "unused",
                        "nothing calls %s(); make it local, or remove it",
                        function->name);
}

static void read_hook(struct wf_load *load, struct wf_head *head,
                      wf_script_fn *find_script, void *self)
{
    if (!head->hook)
        return;
    (void)wf_script_check(load->arena, head->hook_file, head->hook,
                          strlen(head->hook), find_script, self, &load->outline,
                          load->diags);
    for (size_t i = 0; i < load->outline.n; i++) {
        const char *name = load->outline.at[i].name;

        (void)wf_map_add(load->arena, &head->hook_functions, name,
                         wf_arena_str(load->arena, name));
        check_function(load, head, &load->outline.at[i]);
    }
}

void wf_kind_link(struct wf_load *load, const struct wf_elem *root,
                  struct wf_head *head, wf_script_fn *find_script, void *self)
{
    read_hook(load, head, find_script, self);
    head->kind->link(load, root, head);
}
