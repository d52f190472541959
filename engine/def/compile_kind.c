/* def/compile_kind.c - the definitions beside packages, forms and calendars
 * (def/kind.h) of what is being compiled.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages.h"
#include "base/str.h"
#include "def/bundle.h"
#include "def/registry.h"

void wf_bundle_take_other(struct wf_bundler *b, const struct wf_text_file *file,
                          const struct wf_kind *kind, struct wf_elem *root)
{
    struct wf_bundle_other *other = WF_NEW(b->scratch, struct wf_bundle_other);
    const char *id = wf_elem_get(root, "id");

    for (size_t i = 0; id && i < b->others.n; i++)
        if (b->others.at[i]->kind == kind
            && wf_streq(wf_elem_get(b->others.at[i]->root, "id"), id)) {
            wf_diag_at(b->diags, wf_place_of(root, "id"), "duplicate",
                       "there is a %s \"%s\" already, in %s", kind->name, id,
                       b->others.at[i]->file);
            return;
        }
    *WF_PUSH(b->scratch, &b->others) = other;
    other->file = wf_arena_str(b->arena, file->name);
    other->text = wf_arena_mem(b->scratch, file->text, file->len);
    other->root = root;
    other->kind = kind;
    other->load.arena = b->arena;
    other->load.scratch = b->scratch;
    other->load.diags = b->diags;
    other->load.world = &b->world;
    other->load.root = root;
}

static const struct wf_head *live_one(const struct wf_bundler *b,
                                      const struct wf_bundle_other *other)
{
    const char *id = wf_elem_get(other->root, "id");

    return b->options->registry && id
               ? wf_registry_find(b->options->registry, other->kind->name, id)
               : NULL;
}

/* A known one stays in its package and keeps its hook file unless that is
 * given too. */
static void read_other(struct wf_bundler *b, struct wf_bundle_other *other)
{
    const struct wf_head *live = b->own ? NULL : live_one(b, other);
    const struct wf_text_file *hook =
        wf_bundle_hook(b, other->file, other->root);
    const char *package = b->options->package ? b->options->package : "local";
    struct wf_kind_source source = { .file = other->file, .package = b->own };
    size_t n_before = b->diags->n_errors;

    if (!source.package)
        source.package = live ? live->package : wf_bundle_package(b, package);
    if (hook) {
        source.hook_file = hook->name;
        source.hook = wf_arena_mem(b->scratch, hook->text, hook->len);
    } else if (live) {
        source.hook_file = live->hook_file;
        source.hook = live->hook;
    }
    other->head = wf_kind_read(&other->load, other->kind, &source, other->root);
    for (const struct wf_elem *at = other->root->first; at; at = at->next)
        if (wf_elem_is(at, "hooks") && wf_elem_attr(at, "src") && !source.hook)
            wf_diag_at(b->diags, wf_place_of(at, "src"), "unknown",
                       "the package has no file \"%s\"",
                       wf_elem_get(at, "src"));
    if (b->diags->n_errors == n_before)
        wf_xml_check_schema(other->root, b->diags);
}

void wf_bundle_read_others(struct wf_bundler *b)
{
    for (size_t i = 0; i < b->others.n; i++)
        read_other(b, b->others.at[i]);
}

void wf_bundle_link_others(struct wf_bundler *b)
{
    for (size_t i = 0; i < b->others.n; i++) {
        struct wf_bundle_other *other = b->others.at[i];

        b->script_package = other->head->package->id;
        other->load.shared_hook =
            wf_bundle_is_shared(b, other->head->hook_file);
        wf_kind_link(&other->load, other->root, other->head, wf_bundle_script,
                     b);
    }
}
