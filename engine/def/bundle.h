/* def/bundle.h - a package while it is compiled.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_BUNDLE_H
#define WF_DEF_BUNDLE_H

#include "def/compile.h"
#include "def/form_load.h"
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
};

/* The text of the script `name`: of the files, else of what is deployed. */
const char *wf_bundle_script(void *self, const char *name);

/* Makes the list of what was compiled, with hashes: package, scripts,
 * calendars, forms. */
void wf_bundle_finish(struct wf_bundler *b);

#endif
