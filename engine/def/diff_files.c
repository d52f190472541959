/* def/diff_files.c - what differs between the definitions of two folders, or
 * of two files.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/str.h"
#include "def/diff.h"

struct found {
    const char *file;
    struct wf_elem *root;
    bool compared;
};

struct founds {
    struct found *at;
    size_t n, cap;
    const struct wf_text_files *files;
    const char *lang;
};

static void find_all(struct wf_arena *arena, const struct wf_text_files *files,
                     struct wf_diags *diags, struct founds *out)
{
    *out = (struct founds){ .files = files, .lang = "zh-CN" };
    for (size_t i = 0; i < files->n; i++) {
        const struct wf_text_file *file = &files->at[i];
        struct found *one;

        if (!wf_str_ends(file->name, ".xml"))
            continue;
        one = WF_PUSH(arena, out);
        one->file = file->name;
        one->root =
            wf_xml_parse(arena, file->name, file->text, file->len, diags);
        if (one->root && wf_elem_is(one->root, "package")
            && wf_elem_get(one->root, "lang"))
            out->lang = wf_elem_get(one->root, "lang");
    }
}

static const char *text_of(struct wf_arena *arena,
                           const struct wf_text_files *files, const char *name)
{
    for (size_t i = 0; i < files->n; i++)
        if (wf_streq(files->at[i].name, name))
            return wf_arena_mem(arena, files->at[i].text, files->at[i].len);
    return NULL;
}

/* The file that <hooks src> names, else the one named as the definition's,
 * without .KIND.xml. */
static const char *hook_of(struct wf_arena *arena, const struct founds *side,
                           const struct found *found)
{
    size_t len = strlen(found->file);
    const char *kind = wf_arena_printf(arena, ".%s.xml", found->root->name);
    size_t ending = strlen(wf_str_ends(found->file, kind) ? kind : ".xml");

    for (const struct wf_elem *at = found->root->first; at; at = at->next)
        if (wf_elem_is(at, "hooks") && wf_elem_attr(at, "src"))
            return text_of(arena, side->files, wf_elem_get(at, "src"));
    return text_of(
        arena, side->files,
        wf_arena_printf(arena, "%.*s.lua", (int)(len - ending), found->file));
}

static struct found *twin_of(const struct found *one, struct founds *others,
                             bool alone)
{
    if (alone)
        return &others->at[0];
    for (size_t i = 0; one->root && i < others->n; i++)
        if (others->at[i].root
            && wf_elem_is(others->at[i].root, one->root->name)
            && wf_streq(wf_elem_get(others->at[i].root, "id"),
                        wf_elem_get(one->root, "id")))
            return &others->at[i];
    return NULL;
}

static struct wf_diff_side side_of(struct wf_arena *arena,
                                   const struct founds *side,
                                   const struct found *found)
{
    struct wf_diff_side made = { .lang = side->lang };

    if (!found || !found->root)
        return made;
    made.root = found->root;
    made.hook = hook_of(arena, side, found);
    return made;
}

void wf_diff_files(struct wf_arena *arena, const struct wf_text_files *from,
                   const struct wf_text_files *to, struct wf_diags *diags,
                   struct wf_json_writer *out)
{
    struct founds old, new;
    bool alone;

    find_all(arena, from, diags, &old);
    find_all(arena, to, diags, &new);
    alone = old.n == 1 && new.n == 1;
    for (size_t i = 0; i < new.n; i++) {
        struct found *twin = twin_of(&new.at[i], &old, alone);
        struct wf_diff_side a = side_of(arena, &old, twin);
        struct wf_diff_side b = side_of(arena, &new, &new.at[i]);

        if (twin)
            twin->compared = true;
        wf_diff_rows(&a, &b, diags->lang, out);
    }
    for (size_t i = 0; i < old.n; i++) {
        struct wf_diff_side gone = side_of(arena, &old, &old.at[i]);
        struct wf_diff_side none = { .lang = new.lang };

        if (!old.at[i].compared)
            wf_diff_rows(&gone, &none, diags->lang, out);
    }
}
