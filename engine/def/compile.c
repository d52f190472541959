/* def/compile.c - from the texts of a package to its definitions.
 *
 * All forms are read before any is linked, so that they may name one another;
 * a base is read before its overlays.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "def/compile.h"

#include <string.h>

#include "base/hash.h"
#include "base/str.h"
#include "def/bundle.h"
#include "def/limits.h"
#include "def/registry.h"

/* --- The files */

static const struct wf_text_file *file_of(const struct wf_bundler *b,
                                          const char *name)
{
    for (size_t i = 0; i < b->n_files; i++)
        if (wf_streq(b->files[i].name, name))
            return &b->files[i];
    return NULL;
}

static struct wf_place top_of(struct wf_bundler *b, const char *file)
{
    struct wf_place place = { wf_arena_str(b->arena, file), 1, 1 };

    return place;
}

static struct wf_unit *new_unit(struct wf_bundler *b, const char *file)
{
    struct wf_unit *unit = WF_NEW(b->scratch, struct wf_unit);

    *WF_PUSH(b->scratch, &b->units) = unit;
    unit->load.arena = b->arena;
    unit->load.scratch = b->scratch;
    unit->load.diags = b->diags;
    unit->load.world = &b->world;
    unit->file = wf_arena_str(b->arena, file);
    return unit;
}

static void take_package(struct wf_bundler *b, const struct wf_text_file *file,
                         const struct wf_elem *root)
{
    struct wf_load load = { .arena = b->arena,
                            .scratch = b->scratch,
                            .diags = b->diags,
                            .lang = "zh-CN" };

    if (b->out->package_given) {
        wf_diag_at(b->diags, root->place, "duplicate",
                   "there is a <package> already");
        return;
    }
    b->out->package_given = true;
    b->package_text = *file;
    b->own = wf_parse_package(&load, root, file->text);
    b->out->package = b->own;
}

static void take_form(struct wf_bundler *b, const struct wf_text_file *file,
                      struct wf_elem *root)
{
    const char *id = wf_elem_get(root, "id");
    struct wf_unit *unit;

    for (size_t i = 0; id && i < b->units.n; i++)
        if (wf_streq(b->units.at[i]->id, id)) {
            wf_diag_at(b->diags, wf_place_of(root, "id"), "duplicate",
                       "there is a form \"%s\" already, in %s", id,
                       b->units.at[i]->file);
            return;
        }
    unit = new_unit(b, file->name);
    unit->id = wf_arena_str(b->arena, id ? id : "");
    unit->text = file->text;
    unit->root = root;
}

static void take_xml(struct wf_bundler *b, const struct wf_text_file *file)
{
    size_t n_before = b->diags->n_errors;
    struct wf_elem *root =
        wf_xml_parse(b->scratch, wf_arena_str(b->arena, file->name), file->text,
                     file->len, b->diags);

    if (!root || b->diags->n_errors > n_before)
        return;
    if (wf_elem_is(root, "package"))
        take_package(b, file, root);
    else if (wf_elem_is(root, "form"))
        take_form(b, file, root);
    else
        wf_diag_at(b->diags, root->place, "unknown",
                   "<%s> is not known to this version of Weft", root->name);
}

static void take_files(struct wf_bundler *b)
{
    if (b->n_files > WF_MAX_FILES) {
        wf_diag_at(b->diags, top_of(b, b->files[0].name), "limit",
                   "a package has at most %d files", WF_MAX_FILES);
        b->n_files = WF_MAX_FILES;
    }
    for (size_t i = 0; i < b->n_files; i++)
        if (wf_str_ends(b->files[i].name, ".xml")
            && !wf_str_starts(b->files[i].name, "tests/"))
            take_xml(b, &b->files[i]);
}

/* --- Names beyond the form */

static struct wf_unit *unit_of(const struct wf_bundler *b, const char *id)
{
    for (size_t i = 0; i < b->units.n; i++)
        if (wf_streq(b->units.at[i]->id, id))
            return b->units.at[i];
    return NULL;
}

static const struct wf_form *live_form(const struct wf_bundler *b,
                                       const char *id)
{
    const struct wf_registry *registry = b->options->registry;

    return registry ? wf_registry_form(registry, id) : NULL;
}

static const struct wf_form *world_form(void *self, const char *id)
{
    struct wf_bundler *b = self;
    struct wf_unit *unit = unit_of(b, id);

    return unit && unit->form ? unit->form : live_form(b, id);
}

static bool knows_required(const struct wf_bundler *b)
{
    const struct wf_registry *registry = b->options->registry;
    const char **id = b->own ? b->own->requires : NULL;

    for (; id && *id; id++)
        if (!registry || !wf_registry_package(registry, *id))
            return false;
    return true;
}

/* --- Packages of forms that come alone */

static const struct wf_package *package_named(struct wf_bundler *b,
                                              const char *id)
{
    const struct wf_registry *registry = b->options->registry;
    const struct wf_package *found =
        registry ? wf_registry_package(registry, id) : NULL;

    return found ? found : wf_package_new(b->arena, id);
}

static const struct wf_package *package_of(struct wf_bundler *b,
                                           const struct wf_unit *unit,
                                           const struct wf_form *base)
{
    const struct wf_form *known = live_form(b, unit->id);

    if (b->own)
        return b->own;
    if (known)
        return known->package;
    if (base)
        return base->package;
    return package_named(b,
                         b->options->package ? b->options->package : "local");
}

/* --- Bases */

/* The version that the form of a unit would get. */
static int next_version(const struct wf_bundler *b, const char *id)
{
    const struct wf_registry *registry = b->options->registry;

    return registry ? wf_registry_latest(registry, id) + 1 : 1;
}

static const struct wf_form *stored_base(struct wf_bundler *b, const char *id,
                                         int version)
{
    const struct wf_form *live = live_form(b, id);
    const struct wf_form *found = NULL;
    weft_error err = WEFT_ERROR_INIT;

    if (live && live->version == version)
        return live;
    if (!b->options->registry || !b->options->db
        || !wf_registry_version(b->options->registry, b->options->db, id,
                                version, &found, &err))
        return NULL;
    return found;
}

static void read_unit(struct wf_bundler *b, struct wf_unit *unit, int depth);

static const struct wf_form *find_base(struct wf_bundler *b,
                                       struct wf_unit *unit, const char *id,
                                       int version, int depth)
{
    struct wf_place place = wf_place_of(unit->root, "from");
    struct wf_unit *other = unit_of(b, id);
    const struct wf_form *base = stored_base(b, id, version);

    if (base)
        return base;
    if (!other || version != next_version(b, id)) {
        wf_diag_at(b->diags, place, "unknown",
                   "there is no version %d of the form \"%s\"", version, id);
        return NULL;
    }
    if (depth == WF_MAX_OVERLAYS || other == unit) {
        wf_diag_at(b->diags, place, "limit",
                   "overlays of overlays go at most %d deep, and in no circle",
                   WF_MAX_OVERLAYS);
        return NULL;
    }
    read_unit(b, other, depth + 1);
    return other->form;
}

/* --- Hooks */

static const char *hook_src(const struct wf_elem *root)
{
    for (const struct wf_elem *at = root->first; at; at = at->next)
        if (wf_elem_is(at, "hooks"))
            return wf_elem_get(at, "src");
    return NULL;
}

/* The file that <hooks src> names, else the one named as the form's. */
static const struct wf_text_file *hook_of(struct wf_bundler *b,
                                          const struct wf_unit *unit,
                                          const char *src)
{
    size_t len = strlen(unit->file);
    size_t ending =
        strlen(wf_str_ends(unit->file, ".form.xml") ? ".form.xml" : ".xml");

    if (src)
        return file_of(b, src);
    return file_of(b, wf_arena_printf(b->scratch, "%.*s.lua",
                                      (int)(len - ending), unit->file));
}

/* A form of the package that is deployed with the hook file `src`. */
static const struct wf_form *owner_of_hook(const struct wf_bundler *b,
                                           const struct wf_package *package,
                                           const char *src)
{
    const struct wf_form *form;
    size_t cursor = 0;

    while (b->options->registry
           && (form = wf_registry_next(b->options->registry, &cursor)))
        if (wf_streq(form->package->id, package->id) && form->hook
            && wf_streq(form->hook_file, src))
            return form;
    return NULL;
}

/* The hook file that is given; else, in this order, the one that a known form
 * of this id has, that the package has under this name, that the base has. */
static void find_hook(struct wf_bundler *b, const struct wf_unit *unit,
                      struct wf_form_source *source)
{
    const char *src = hook_src(unit->merged);
    const struct wf_text_file *file = hook_of(b, unit, src);
    const struct wf_form *from = b->own ? NULL : live_form(b, unit->id);

    if (file) {
        source->hook_file = file->name;
        source->hook = wf_arena_mem(b->arena, file->text, file->len);
        return;
    }
    if (!b->own && (!from || !from->hook) && src)
        from = owner_of_hook(b, source->package, src);
    if (!from || !from->hook)
        from = source->base;
    if (from && from->hook) {
        source->hook_file = from->hook_file;
        source->hook = from->hook;
    }
}

static void check_hook_there(struct wf_bundler *b, const struct wf_unit *unit)
{
    for (const struct wf_elem *at = unit->merged->first; at; at = at->next)
        if (wf_elem_is(at, "hooks") && wf_elem_attr(at, "src")
            && !unit->form->hook)
            wf_diag_at(b->diags, wf_place_of(at, "src"), "unknown",
                       "the package has no file \"%s\"",
                       wf_elem_get(at, "src"));
}

/* --- Forms */

static void read_unit(struct wf_bundler *b, struct wf_unit *unit, int depth)
{
    struct wf_form_source source = { .file = unit->file };
    size_t n_before = b->diags->n_errors;
    bool overlay;
    const char *id = NULL;

    if (unit->seen)
        return;
    unit->seen = true;
    overlay = wf_overlay_base(&unit->load, unit->root, &id, &source.version);
    if (!overlay && wf_elem_attr(unit->root, "from"))
        return;
    if (overlay)
        source.base = find_base(b, unit, id, source.version, depth);
    if (overlay && !source.base)
        return;
    source.package = package_of(b, unit, source.base);
    unit->merged = overlay
                       ? wf_overlay_merge(&unit->load, unit->root, source.base)
                       : unit->root;
    if (!unit->merged)
        return;
    source.text = unit->text;
    source.version = next_version(b, unit->id);
    find_hook(b, unit, &source);
    unit->form = wf_form_read(&unit->load, &source, unit->merged);
    if (b->diags->n_errors == n_before)
        wf_xml_check_schema(unit->merged, b->diags);
    check_hook_there(b, unit);
}

static void link_units(struct wf_bundler *b)
{
    for (size_t i = 0; i < b->units.n; i++) {
        struct wf_unit *unit = b->units.at[i];

        if (!unit->form)
            continue;
        b->script_package = unit->form->package->id;
        wf_form_read_hook(&unit->load, wf_bundle_script, b);
        wf_link_form(&unit->load);
    }
    for (size_t i = 0; i < b->units.n; i++)
        if (b->units.at[i]->form)
            wf_check_form(&b->units.at[i]->load);
}

void wf_compile(struct wf_arena *arena, const struct wf_text_file *files,
                size_t n_files, const struct wf_compile_options *options,
                struct wf_diags *diags, struct wf_bundle *out)
{
    struct wf_arena *scratch WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct wf_bundler b = { .arena = arena,
                            .scratch = scratch,
                            .files = files,
                            .n_files = n_files,
                            .options = options,
                            .diags = diags,
                            .out = out };

    memset(out, 0, sizeof *out);
    b.world.self = &b;
    b.world.form = world_form;
    take_files(&b);
    b.world.open = !knows_required(&b);
    for (size_t i = 0; i < b.units.n; i++)
        read_unit(&b, b.units.at[i], 0);
    link_units(&b);
    wf_bundle_finish(&b);
    wf_diags_sort(diags);
}
