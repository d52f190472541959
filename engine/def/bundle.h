/* def/bundle.h - a package while it is compiled.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_BUNDLE_H
#define WF_DEF_BUNDLE_H

#include "def/compile.h"
#include "def/kind.h"
#include "def/parse.h"

/* A form among the files. */
struct wf_bundle_member {
    const char *id;
    const char *file, *text;
    struct wf_elem *root;   /* as written */
    struct wf_elem *merged; /* with its base; NULL: that failed */
    struct wf_load load;
    struct wf_form *form; /* NULL: it could not be read at all */
    bool seen;
};

/* A calendar among the files. */
struct wf_bundle_calendar {
    const char *file, *text;
    struct wf_elem *root;
    const struct wf_package *package;
    struct wf_calendar *calendar;
};

/* A definition of a kind of def/kind.h among the files. */
struct wf_bundle_other {
    const char *file, *text;
    struct wf_elem *root;
    const struct wf_kind *kind;
    struct wf_load load;
    struct wf_head *head;
};

struct wf_bundler {
    struct wf_arena *arena;
    struct wf_arena *scratch;
    const struct wf_text_file *files;
    size_t n_files;
    const struct wf_compile_options *options;
    struct wf_diags *diags;
    struct wf_bundle *out;
    struct wf_package *own; /* of package.xml; NULL: not among the files */
    struct wf_text_file package_text;
    struct wf_world world;
    const char *script_package; /* whose scripts are being asked for */
    WF_LIST(struct wf_bundle_member *) members;
    WF_LIST(struct wf_bundle_calendar) calendars;
    WF_LIST(struct wf_bundle_other *) others;
};

/* The package `id` that is deployed, else an empty one. */
const struct wf_package *wf_bundle_package(struct wf_bundler *b,
                                           const char *id);

/* The hook file that <hooks src> of `root` names, else the one named as `file`
 * is, without .KIND.xml; NULL: none among the files. */
const struct wf_text_file *wf_bundle_hook(const struct wf_bundler *b,
                                          const char *file,
                                          const struct wf_elem *root);

/* Whether several definitions among the files have this hook file; NULL: no. */
bool wf_bundle_is_shared(const struct wf_bundler *b, const char *hook_file);

/* --- The other kinds (compile_kind.c): taken from a file, read before forms
 * are linked, linked after. */
void wf_bundle_take_other(struct wf_bundler *b, const struct wf_text_file *file,
                          const struct wf_kind *kind, struct wf_elem *root);
void wf_bundle_read_others(struct wf_bundler *b);
void wf_bundle_link_others(struct wf_bundler *b);

/* The text of the script `name`: of the files, else of what is deployed. */
const char *wf_bundle_script(void *self, const char *name);

/* Makes the list of what was compiled, with hashes: package, scripts,
 * calendars, forms, the rest. */
void wf_bundle_finish(struct wf_bundler *b);

#endif
