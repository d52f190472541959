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

static struct wf_bundle_member *new_member(struct wf_bundler *b,
                                           const char *file)
{
    struct wf_bundle_member *member =
        WF_NEW(b->scratch, struct wf_bundle_member);

    *WF_PUSH(b->scratch, &b->members) = member;
    member->load.arena = b->arena;
    member->load.scratch = b->scratch;
    member->load.diags = b->diags;
    member->load.world = &b->world;
    member->file = wf_arena_str(b->arena, file);
    return member;
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
    b->own = wf_parse_package(&load, root);
    b->out->package = b->own;
}

static void take_form(struct wf_bundler *b, const struct wf_text_file *file,
                      struct wf_elem *root)
{
    const char *id = wf_elem_get(root, "id");
    struct wf_bundle_member *member;

    for (size_t i = 0; id && i < b->members.n; i++)
        if (wf_streq(b->members.at[i]->id, id)) {
            wf_diag_at(b->diags, wf_place_of(root, "id"), "duplicate",
                       "there is a form \"%s\" already, in %s", id,
                       b->members.at[i]->file);
            return;
        }
    member = new_member(b, file->name);
    member->id = wf_arena_str(b->arena, id ? id : "");
    member->text = file->text;
    member->root = root;
}

static void take_calendar(struct wf_bundler *b, const struct wf_text_file *file,
                          struct wf_elem *root)
{
    *WF_PUSH(b->scratch, &b->calendars) = (struct wf_bundle_calendar){
        .file = wf_arena_str(b->arena, file->name),
        .text = wf_arena_mem(b->arena, file->text, file->len),
        .root = root,
    };
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
    else if (wf_elem_is(root, "calendar"))
        take_calendar(b, file, root);
    else if (wf_kind_find(root->name))
        wf_bundle_take_other(b, file, wf_kind_find(root->name), root);
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

static struct wf_bundle_member *member_of(const struct wf_bundler *b,
                                          const char *id)
{
    for (size_t i = 0; i < b->members.n; i++)
        if (wf_streq(b->members.at[i]->id, id))
            return b->members.at[i];
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
    struct wf_bundle_member *member = member_of(b, id);

    return member && member->form ? member->form : live_form(b, id);
}

static const struct wf_head *world_other(void *self, const char *kind,
                                         const char *id)
{
    struct wf_bundler *b = self;
    const struct wf_registry *registry = b->options->registry;

    for (size_t i = 0; i < b->others.n; i++)
        if (wf_streq(b->others.at[i]->kind->name, kind)
            && wf_streq(wf_elem_get(b->others.at[i]->root, "id"), id))
            return b->others.at[i]->head;
    return registry ? wf_registry_find(registry, kind, id) : NULL;
}

/* Those of what is compiled, then the live ones that are not among them. */
static const struct wf_head *world_next(void *self, const char *kind,
                                        size_t *cursor)
{
    struct wf_bundler *b = self;
    const struct wf_registry *registry = b->options->registry;
    const struct wf_head *head = NULL;
    size_t live;

    while (*cursor < b->others.n) {
        const struct wf_bundle_other *other = b->others.at[(*cursor)++];

        if (wf_streq(other->kind->name, kind))
            return other->head;
    }
    live = *cursor - b->others.n;
    do
        head = registry ? wf_registry_next_of(registry, kind, &live) : NULL;
    while (head && world_other(self, kind, head->id) != head);
    *cursor = b->others.n + live;
    return head;
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

const struct wf_package *wf_bundle_package(struct wf_bundler *b, const char *id)
{
    const struct wf_registry *registry = b->options->registry;
    const struct wf_package *found =
        registry ? wf_registry_package(registry, id) : NULL;

    return found ? found : wf_package_new(b->arena, id);
}

static const struct wf_package *package_of(
    struct wf_bundler *b, const struct wf_bundle_member *member,
    const struct wf_form *base)
{
    const struct wf_form *known = live_form(b, member->id);

    if (b->own)
        return b->own;
    if (known)
        return known->package;
    if (base)
        return base->package;
    return wf_bundle_package(b, b->options->package ? b->options->package
                                                    : "local");
}

/* What a package has is no other package's to replace; what came alone is taken
 * in by the one that brings it. */
static void check_owner(struct wf_bundler *b,
                        const struct wf_bundle_member *member)
{
    const struct wf_form *known = live_form(b, member->id);
    const char *owner = known ? known->package->id : NULL;

    if (!b->own || !owner || wf_streq(owner, b->own->id)
        || !wf_registry_package(b->options->registry, owner))
        return;
    wf_diag_at(b->diags, wf_place_of(member->root, "id"), "duplicate",
               "the form \"%s\" is one of the package \"%s\": give this one "
               "another id",
               member->id, owner);
}

/* --- Calendars */

static const struct wf_package *package_of_calendar(struct wf_bundler *b,
                                                    const char *id)
{
    const struct wf_registry *registry = b->options->registry;
    const struct wf_calendar *known =
        registry ? wf_registry_find_calendar(registry, id) : NULL;

    if (b->own)
        return b->own;
    if (known)
        return wf_bundle_package(b, known->package);
    return wf_bundle_package(b, b->options->package ? b->options->package
                                                    : "local");
}

/* Another calendar that is the default one of the same package: among the
 * files, or deployed. */
static const struct wf_calendar *other_default(
    const struct wf_bundler *b, const struct wf_calendar *calendar, size_t n)
{
    const struct wf_registry *registry = b->options->registry;
    const struct wf_calendar *live =
        registry ? wf_registry_default_calendar(registry, calendar->package)
                 : NULL;

    for (size_t i = 0; i < n; i++) {
        const struct wf_calendar *other = b->calendars.at[i].calendar;

        if (other->is_default && wf_streq(other->package, calendar->package))
            return other;
    }
    return b->own || !live || wf_streq(live->id, calendar->id) ? NULL : live;
}

static void check_calendar(struct wf_bundler *b, size_t n)
{
    const struct wf_bundle_calendar *at = &b->calendars.at[n];
    const struct wf_calendar *other;

    for (size_t i = 0; i < n; i++)
        if (wf_streq(b->calendars.at[i].calendar->id, at->calendar->id))
            wf_diag_at(b->diags, wf_place_of(at->root, "id"), "duplicate",
                       "there is a calendar \"%s\" already, in %s",
                       at->calendar->id, b->calendars.at[i].file);
    if (!at->calendar->is_default)
        return;
    b->out->calendar = at->calendar;
    other = other_default(b, at->calendar, n);
    if (other)
        wf_diag_at(b->diags, wf_place_of(at->root, "default"), "duplicate",
                   "calendar \"%s\" is the default one already, and a package "
                   "has one",
                   other->id);
}

static void read_calendars(struct wf_bundler *b)
{
    for (size_t i = 0; i < b->calendars.n; i++) {
        struct wf_bundle_calendar *at = &b->calendars.at[i];
        size_t n_before = b->diags->n_errors;
        const char *id = wf_elem_get(at->root, "id");
        struct wf_load load = { .arena = b->arena,
                                .scratch = b->scratch,
                                .diags = b->diags };

        at->package = package_of_calendar(b, id ? id : "");
        load.package = at->package;
        at->calendar = wf_parse_calendar(&load, at->root);
        if (b->diags->n_errors == n_before)
            wf_xml_check_schema(at->root, b->diags);
        check_calendar(b, i);
    }
}

/* --- Bases */

/* The version that the form of a member would get. */
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

static void read_member(struct wf_bundler *b, struct wf_bundle_member *member,
                        int depth);

static const struct wf_form *find_base(struct wf_bundler *b,
                                       struct wf_bundle_member *member,
                                       const char *id, int version, int depth)
{
    struct wf_place place = wf_place_of(member->root, "from");
    struct wf_bundle_member *other = member_of(b, id);
    const struct wf_form *base = stored_base(b, id, version);

    if (base)
        return base;
    if (!other || version != next_version(b, id)) {
        wf_diag_at(b->diags, place, "unknown",
                   "there is no version %d of the form \"%s\"", version, id);
        return NULL;
    }
    if (depth == WF_MAX_OVERLAYS || other == member) {
        wf_diag_at(b->diags, place, "limit",
                   "overlays of overlays go at most %d deep, and in no circle",
                   WF_MAX_OVERLAYS);
        return NULL;
    }
    read_member(b, other, depth + 1);
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

const struct wf_text_file *wf_bundle_hook(const struct wf_bundler *b,
                                          const char *file,
                                          const struct wf_elem *root)
{
    const char *src = hook_src(root);
    const char *ending = wf_arena_printf(b->scratch, ".%s.xml", root->name);

    if (src)
        return file_of(b, src);
    if (!wf_str_ends(file, ending))
        ending = ".xml";
    return file_of(b,
                   wf_arena_printf(b->scratch, "%.*s.lua",
                                   (int)(strlen(file) - strlen(ending)), file));
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
static void find_hook(struct wf_bundler *b,
                      const struct wf_bundle_member *member,
                      struct wf_form_source *source)
{
    const char *src = hook_src(member->merged);
    const struct wf_text_file *file =
        wf_bundle_hook(b, member->file, member->merged);
    const struct wf_form *from = b->own ? NULL : live_form(b, member->id);

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

bool wf_bundle_is_shared(const struct wf_bundler *b, const char *hook_file)
{
    size_t n = 0;

    for (size_t i = 0; hook_file && i < b->members.n; i++)
        n += b->members.at[i]->form
             && wf_streq(b->members.at[i]->form->hook_file, hook_file);
    for (size_t i = 0; hook_file && i < b->others.n; i++)
        n += wf_streq(b->others.at[i]->head->hook_file, hook_file);
    return n > 1;
}

static void check_hook_there(struct wf_bundler *b,
                             const struct wf_bundle_member *member)
{
    for (const struct wf_elem *at = member->merged->first; at; at = at->next)
        if (wf_elem_is(at, "hooks") && wf_elem_attr(at, "src")
            && !member->form->hook)
            wf_diag_at(b->diags, wf_place_of(at, "src"), "unknown",
                       "the package has no file \"%s\"",
                       wf_elem_get(at, "src"));
}

/* --- Forms */

static void read_member(struct wf_bundler *b, struct wf_bundle_member *member,
                        int depth)
{
    struct wf_form_source source = { .file = member->file };
    size_t n_before = b->diags->n_errors;
    bool overlay;
    const char *id = NULL;

    if (member->seen)
        return;
    member->seen = true;
    overlay =
        wf_overlay_base(&member->load, member->root, &id, &source.version);
    if (!overlay && wf_elem_attr(member->root, "from"))
        return;
    if (overlay)
        source.base = find_base(b, member, id, source.version, depth);
    if (overlay && !source.base)
        return;
    check_owner(b, member);
    source.package = package_of(b, member, source.base);
    member->merged =
        overlay ? wf_overlay_merge(&member->load, member->root, source.base)
                : member->root;
    if (!member->merged)
        return;
    source.text = member->text;
    source.version = next_version(b, member->id);
    find_hook(b, member, &source);
    member->form = wf_form_read(&member->load, &source, member->merged);
    if (b->diags->n_errors == n_before)
        wf_xml_check_schema(member->merged, b->diags);
    check_hook_there(b, member);
}

static void link_units(struct wf_bundler *b)
{
    if (b->own)
        wf_link_navs(b->own, &b->world, b->diags);
    for (size_t i = 0; i < b->members.n; i++) {
        struct wf_bundle_member *member = b->members.at[i];

        if (!member->form)
            continue;
        b->script_package = member->form->package->id;
        member->load.shared_hook =
            wf_bundle_is_shared(b, member->form->hook_file);
        wf_form_read_hook(&member->load, wf_bundle_script, b);
        wf_link_form(&member->load);
    }
    if (b->own)
        wf_link_adjusts(b->own, &b->world, b->diags);
    for (size_t i = 0; i < b->members.n; i++)
        if (b->members.at[i]->form)
            wf_check_form(&b->members.at[i]->load);
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
    b.world.other = world_other;
    b.world.next = world_next;
    take_files(&b);
    b.world.open = !knows_required(&b);
    read_calendars(&b);
    wf_bundle_read_others(&b);
    for (size_t i = 0; i < b.members.n; i++)
        read_member(&b, b.members.at[i], 0);
    link_units(&b);
    wf_bundle_link_others(&b);
    wf_bundle_finish(&b);
    wf_diags_sort(diags);
}
