/* def/compile.h - from texts to definitions: parse, overlay, link, check.
 *
 * The compiler reads all of a package (or one file beside what is already
 * deployed) and reports every mistake with its place. What it makes can be
 * deployed (deploy.h) or thrown away (`weft check`).
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_COMPILE_H
#define WF_DEF_COMPILE_H

#include "base/diag.h"
#include "def/calendar.h"
#include "def/form.h"

struct wf_head;

/* One text of a package. `name` is relative: "trip.form.xml". */
struct wf_text_file {
    const char *name;
    const char *text;
    size_t len;
};

/* One definition that was read: a form, a calendar, the package itself, a
 * script, or what def/kind.h has. */
struct wf_compiled {
    const char *kind; /* "package", "form", "calendar", "script", "metric" … */
    const char *id;
    struct wf_form *form;             /* of a form */
    const struct wf_head *head;       /* of a kind of def/kind.h */
    const struct wf_package *package; /* of all but packages and scripts */
    const char *file;
    const char *text;
    const char *hook_file, *hook; /* or NULL */
    const char *hash;             /* hex, over all that it was made of */
    const char *uses; /* JSON array of scripts, [["name",version]] */
    struct wf_compiled *next;
};

struct wf_bundle {
    const struct wf_package *package;
    bool package_given;                 /* package.xml was among the files */
    const struct wf_calendar *calendar; /* the default one among the files */
    struct wf_compiled *compiled;
};

struct wf_db;
struct wf_registry;

struct wf_compile_options {
    const struct wf_registry *registry; /* what is deployed; NULL: nothing */
    struct wf_db *db;    /* of the registry: bases that are no longer live */
    const char *package; /* of a single file of a new id; NULL: "local" */
};

/* Compiles `files`. With package.xml among them they are a whole package, else
 * definitions that join an existing one: a known id stays in its package and
 * keeps its hook file unless that is given too. Scripts ("scripts/x.lua") may
 * be required by name; tests ("tests/…") are left alone. Everything that is
 * found wrong goes to `diags`; `*out` is complete only if it holds no error.
 * The bundle and its forms live in `arena`. */
void wf_compile(struct wf_arena *arena, const struct wf_text_file *files,
                size_t n_files, const struct wf_compile_options *options,
                struct wf_diags *diags, struct wf_bundle *out);

#endif
