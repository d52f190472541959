/* def/bundle.c - what was compiled, as a list with hashes that can be deployed.
 *
 * A hash is over all that a definition was made of: its own text, its hook
 * file, its package's text, the scripts that it uses and its base. The same
 * hash is the same definition.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "def/bundle.h"

#include <string.h>

#include "base/hash.h"
#include "base/str.h"
#include "def/registry.h"

/* --- Scripts */

/* "util" of "scripts/util.lua"; NULL if the file is no script. */
static const char *script_name(struct wf_bundler *b, const char *file)
{
    size_t from = strlen("scripts/"), end = strlen(".lua");
    size_t len = strlen(file);

    if (!wf_str_starts(file, "scripts/") || !wf_str_ends(file, ".lua")
        || len <= from + end)
        return NULL;
    return wf_arena_mem(b->arena, file + from, len - from - end);
}

const char *wf_bundle_script(void *self, const char *name)
{
    struct wf_bundler *b = self;

    for (size_t i = 0; i < b->n_files; i++) {
        const char *own = script_name(b, b->files[i].name);

        if (own && wf_streq(own, name))
            return b->files[i].text;
    }
    return wf_registry_script(b->options->registry, b->script_package, name);
}

static struct wf_script_outline outline_of(struct wf_bundler *b,
                                           const char *file, const char *text,
                                           size_t len, struct wf_diags *diags)
{
    struct wf_script_outline outline = { 0 };

    (void)wf_script_check(b->arena, file, text, len, wf_bundle_script, b,
                          &outline, diags);
    return outline;
}

/* --- What is used, directly and by what is used */

struct uses {
    struct wf_bundler *b;
    WF_LIST(const char *) names;
};

static void add_uses(struct uses *uses, const struct wf_script_outline *of)
{
    for (size_t i = 0; i < of->n_requires; i++) {
        struct wf_diags muted =
            WF_DIAGS_INIT(uses->b->scratch, uses->b->diags->lang);
        struct wf_script_outline outline;
        const char *name = of->requires[i];
        const char *text = wf_bundle_script(uses->b, name);
        bool seen = false;

        for (size_t j = 0; j < uses->names.n; j++)
            seen = seen || wf_streq(uses->names.at[j], name);
        if (seen || !text)
            continue;
        *WF_PUSH(uses->b->scratch, &uses->names) = name;
        outline = outline_of(uses->b, name, text, strlen(text), &muted);
        add_uses(uses, &outline);
    }
}

/* The version that is deployed, or that comes with this bundle; 0: the
 * engine's own. */
static int script_version(struct wf_bundler *b, const char *name)
{
    const struct wf_registry *registry = b->options->registry;
    int version = wf_registry_script_version(registry, b->script_package, name);
    const char *deployed =
        wf_registry_script(registry, b->script_package, name);
    bool same = wf_streq(deployed, wf_bundle_script(b, name));

    return version + (same ? 0 : 1);
}

static const char *uses_json(const struct uses *uses)
{
    struct wf_buf out = WF_BUF_INIT(uses->b->arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&out);

    wf_jw_open(&w, '[');
    for (size_t i = 0; i < uses->names.n; i++) {
        wf_jw_open(&w, '[');
        wf_jw_text(&w, uses->names.at[i]);
        wf_jw_int(&w, script_version(uses->b, uses->names.at[i]));
        wf_jw_close(&w, ']');
    }
    wf_jw_close(&w, ']');
    return wf_buf_text(&out);
}

/* --- Hashes */

static void hash_text(struct wf_hasher *hasher, const char *text)
{
    wf_hasher_add_text(hasher, text ? text : "", text ? strlen(text) : 0);
}

static void hash_end(struct wf_bundler *b, struct wf_hasher *hasher,
                     struct wf_compiled *made)
{
    struct wf_hash hash = wf_hasher_end(hasher);
    char *text = wf_arena_alloc(b->arena, WF_HASH_TEXT);

    wf_hash_write(&hash, text);
    made->hash = text;
}

static void hash_made(struct wf_bundler *b, struct wf_compiled *made,
                      const struct uses *uses)
{
    struct wf_hasher hasher;

    wf_hasher_init(&hasher);
    hash_text(&hasher, made->kind);
    hash_text(&hasher, made->id);
    hash_text(&hasher, made->text);
    hash_text(&hasher, made->hook_file);
    hash_text(&hasher, made->hook);
    if (made->package)
        hash_text(&hasher, made->package->hash);
    if (made->form && made->form->base) {
        hash_text(&hasher, made->form->base);
        wf_hasher_add_int(&hasher, made->form->base_version);
    }
    for (size_t i = 0; i < uses->names.n; i++) {
        hash_text(&hasher, uses->names.at[i]);
        hash_text(&hasher, wf_bundle_script(b, uses->names.at[i]));
    }
    hash_end(b, &hasher, made);
}

/* --- The list */

static struct wf_compiled *add(struct wf_bundler *b, struct wf_compiled **last,
                               const char *kind, const char *id)
{
    struct wf_compiled *made = WF_NEW(b->arena, struct wf_compiled);

    made->kind = kind;
    made->id = id;
    if (*last)
        (*last)->next = made;
    else
        b->out->compiled = made;
    *last = made;
    return made;
}

static void finish(struct wf_bundler *b, struct wf_compiled *made,
                   const struct wf_script_outline *outline)
{
    struct uses uses = { .b = b };

    if (outline)
        add_uses(&uses, outline);
    made->uses = uses_json(&uses);
    hash_made(b, made, &uses);
}

static void add_package(struct wf_bundler *b, struct wf_compiled **last)
{
    struct wf_compiled *made;

    if (!b->own)
        return;
    made = add(b, last, "package", b->own->id);
    made->file = wf_arena_str(b->arena, b->package_text.name);
    made->text =
        wf_arena_mem(b->arena, b->package_text.text, b->package_text.len);
    finish(b, made, NULL);
}

static void add_scripts(struct wf_bundler *b, struct wf_compiled **last)
{
    for (size_t i = 0; i < b->n_files; i++) {
        const struct wf_text_file *file = &b->files[i];
        const char *name = script_name(b, file->name);
        struct wf_script_outline outline;
        struct wf_compiled *made;

        if (!name)
            continue;
        b->script_package = b->out->package ? b->out->package->id : "local";
        made = add(b, last, "script",
                   wf_arena_printf(b->arena, "%s/%s", b->script_package, name));
        made->file = wf_arena_str(b->arena, file->name);
        made->text = wf_arena_mem(b->arena, file->text, file->len);
        outline = outline_of(b, made->file, made->text, file->len, b->diags);
        finish(b, made, &outline);
    }
}

static void add_calendar(struct wf_bundler *b, struct wf_compiled **last,
                         const struct wf_bundle_calendar *calendar)
{
    struct wf_compiled *made = add(b, last, "calendar", calendar->calendar->id);

    made->package = calendar->package;
    made->file = calendar->file;
    made->text = calendar->text;
    finish(b, made, NULL);
}

static void add_form(struct wf_bundler *b, struct wf_compiled **last,
                     const struct wf_bundle_member *member)
{
    struct wf_compiled *made = add(b, last, "form", member->form->id);

    b->script_package = member->form->package->id;
    made->form = member->form;
    made->package = member->form->package;
    made->file = member->file;
    made->text = wf_arena_str(b->arena, member->text);
    made->hook_file = member->form->hook ? member->form->hook_file : NULL;
    made->hook = member->form->hook;
    finish(b, made, &member->load.outline);
}

static void add_other(struct wf_bundler *b, struct wf_compiled **last,
                      const struct wf_bundle_other *other)
{
    struct wf_compiled *made = add(b, last, other->kind->name, other->head->id);

    b->script_package = other->head->package->id;
    made->head = other->head;
    made->package = other->head->package;
    made->file = other->file;
    made->text = wf_arena_str(b->arena, other->text);
    made->hook_file = other->head->hook_file;
    made->hook = other->head->hook;
    finish(b, made, &other->load.outline);
}

static bool is_others_hook(const struct wf_bundler *b, const char *name)
{
    for (size_t i = 0; i < b->others.n; i++)
        if (wf_streq(b->others.at[i]->head->hook_file, name))
            return true;
    return false;
}

/* Hook files and scripts that nothing uses were meant for something. */
static void check_files_used(struct wf_bundler *b)
{
    for (size_t i = 0; i < b->n_files; i++) {
        const char *name = b->files[i].name;
        struct wf_place place = { wf_arena_str(b->arena, name), 1, 1 };
        bool used = wf_str_starts(name, "tests/") || script_name(b, name)
                    || !wf_str_ends(name, ".lua") || is_others_hook(b, name);

        for (size_t j = 0; j < b->members.n && !used; j++)
            used = b->members.at[j]->form
                   && wf_streq(b->members.at[j]->form->hook_file, name);
        if (!used)
            wf_diag_warn_at(b->diags, place, "unused",
                            "no form has this hook file; name it as the form "
                            "is named, or in <hooks src=\"…\"/>");
    }
}

/* The package of a bundle without package.xml: of its first definition. */
static const struct wf_package *package_of_first(const struct wf_bundler *b)
{
    for (size_t i = 0; i < b->members.n; i++)
        if (b->members.at[i]->form)
            return b->members.at[i]->form->package;
    if (b->others.n > 0)
        return b->others.at[0]->head->package;
    return b->calendars.n > 0 ? b->calendars.at[0].package : NULL;
}

void wf_bundle_finish(struct wf_bundler *b)
{
    struct wf_compiled *last = NULL;

    if (!b->out->package)
        b->out->package = package_of_first(b);
    add_package(b, &last);
    add_scripts(b, &last);
    for (size_t i = 0; i < b->calendars.n; i++)
        add_calendar(b, &last, &b->calendars.at[i]);
    for (size_t i = 0; i < b->members.n; i++)
        if (b->members.at[i]->form)
            add_form(b, &last, b->members.at[i]);
    for (size_t i = 0; i < b->others.n; i++)
        add_other(b, &last, b->others.at[i]);
    check_files_used(b);
}
