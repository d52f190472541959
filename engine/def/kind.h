/* def/kind.h - the kinds of definitions beside packages, forms and calendars:
 * one row a kind says how it is read and linked; everything else (files, hooks,
 * hashes, versions, snapshots, texts, differences) is the same for all.
 *
 * A new kind is: a header for its struct, which begins with a struct wf_head; a
 * file parse_KIND.c with its shape and a struct wf_kind; a row in kind.c; an
 * element in schemas/weft-1.xsd; where its parts are named otherwise than by
 * id, a row in diff_parts.c. What it does once it is live is a row of
 * api/live.c.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_KIND_H
#define WF_DEF_KIND_H

#include "def/form_load.h"
#include "def/head.h"
#include "def/shape.h"

typedef void wf_kind_see_fn(void *self, const struct wf_form *form,
                            const struct wf_field *field);

struct wf_kind {
    const char *name; /* of the root element, and `kind` of the stored row */
    size_t size;      /* of its struct */
    /* Reads `root` into `head`, which is of that size. What it names of other
     * definitions waits in load->refs. Never fails: mistakes are findings. */
    void (*parse)(struct wf_load *load, const struct wf_elem *root,
                  struct wf_head *head);
    /* When all forms are linked: what it names, and whether that can be.
     * `root` NULL: it was found right when it was deployed. */
    void (*link)(struct wf_load *load, const struct wf_elem *root,
                 struct wf_head *head);
    /* Functions that its hook file may have, NULL at the end. */
    const char *const *hooks;
    /* Calls `see` for the fields of forms that it asks documents by: deploying
     * it gives them index rows. NULL: none. */
    void (*uses)(const struct wf_head *head, wf_kind_see_fn *see, void *self);
};

/* The kind of a root element; NULL where there is none. */
const struct wf_kind *wf_kind_find(const char *name);
const struct wf_kind *wf_kind_at(size_t i); /* NULL at the end */

/* Whether some kind calls a hook function of this name. */
bool wf_kind_calls(const char *function);

/* What a definition is made of. */
struct wf_kind_source {
    const char *file;
    const char *hook_file, *hook; /* NULL: none */
    const struct wf_package *package;
    int version;
};

/* Reads `root` into a new definition of load->arena. Nothing is linked yet. */
struct wf_head *wf_kind_read(struct wf_load *load, const struct wf_kind *kind,
                             const struct wf_kind_source *source,
                             const struct wf_elem *root);

/* What `words` say as a message, linked against load->form; for levels. */
struct wf_say *wf_kind_says(struct wf_load *load, struct wf_place place,
                            const struct wf_words *words);

/* Runs through its hook file, then links it. */
void wf_kind_link(struct wf_load *load, const struct wf_elem *root,
                  struct wf_head *head, wf_script_fn *find_script, void *self);

/* <hooks src>, a child that every kind may have; the file is found by name. */
extern wf_kid_fn wf_parse_hooks;

/* Colours of a level, and what the points of a span may add up to. */
extern const struct wf_choice_row wf_level_colours[], wf_metric_fns[];

/* The kinds there are. */
extern const struct wf_kind wf_kind_metric, wf_kind_alert, wf_kind_cycle,
    wf_kind_report, wf_kind_dashboard, wf_kind_intents, wf_kind_connector;

#endif
