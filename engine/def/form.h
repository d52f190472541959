/* def/form.h - a form as the engine sees it: fields, rules, workflow, access.
 *
 * Made by the compiler (compile.h) from one stored version of a definition,
 * immutable, shared by all threads, kept alive by the registry's snapshot.
 * Every pointer leads into the same arena. Whatever a form names is linked.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_FORM_H
#define WF_DEF_FORM_H

#include "def/access.h"
#include "def/field.h"
#include "def/rollup.h"
#include "def/say.h"
#include "def/workflow.h"

struct wf_rule {
    const struct wf_field *field; /* NULL: the whole */
    struct wf_expr *when;         /* states the mistake */
    enum wf_severity severity;
    bool on_save;           /* saves too, not only actions */
    bool on_always;         /* and changes elsewhere that it follows */
    struct wf_words *words; /* message */
    struct wf_say *says;    /* the same, as templates; NULL: as it stands */
    struct wf_place place, message_place;
    struct wf_rule *next;
};

/* --- Views: kept as their attributes, for the model. */
struct wf_view {
    const char *kind; /* list, board, tree, calendar, chart, matrix, related */
    struct wf_map attrs; /* name → const char * */
    struct wf_place place;
    struct wf_view *next;
};

struct wf_registry;

/* <retention>: how long a document is kept once it has ended. */
struct wf_retention {
    const char *keep;       /* as it is written */
    int months, days;       /* one of them is 0 */
    bool erase;             /* else its texts go */
    struct wf_expr *unless; /* NULL: it counts for all */
    struct wf_place place;
};

struct wf_form {
    const char *id;
    int version;
    const char *family; /* the id at the root of its overlays; else its own */
    const char *base;   /* overlay: id and version of what it changes */
    int base_version;
    const struct wf_package *package;
    struct wf_words *words;
    struct wf_arena *arena;
    const char *file; /* names its text in places */
    const char *text; /* its XML; of an overlay: merged with its base */

    struct wf_field *fields; /* in order; item tables among them */
    struct wf_map paths;     /* "items.weight" → struct wf_field * */
    size_t n_fields;         /* columns counted */
    struct wf_section *sections;
    /* Fields with formulas in the order in which they must be computed: a
     * column stands for all its rows. */
    const struct wf_field **formulas;
    size_t n_formulas;
    struct wf_rollup *rollups;

    struct wf_rule *rules;
    bool smart;
    struct wf_template *title;       /* NULL: the label */
    struct wf_template *title_other; /* in the language that is not the
                                      * package's; NULL: the same */
    const struct wf_field *subject, *parent;
    const struct wf_field *score, *due, *progress, *period; /* or NULL */
    const struct wf_field **unique; /* NULL at the end; NULL: none */

    struct wf_step *steps;
    struct wf_map step_ids;
    const struct wf_step *start;
    bool timed; /* some step or level says until when */
    struct wf_access access;
    struct wf_view *views;
    const struct wf_retention *retention; /* NULL: for ever */

    const char *hook_file;        /* NULL: no hooks */
    const char *hook;             /* Lua text */
    struct wf_map hook_functions; /* name → itself */
    bool run_as_system;
    const struct wf_who *audience; /* for=: overlay given to these people */
};

const struct wf_field *wf_form_field(const struct wf_form *form,
                                     const char *path);
const struct wf_step *wf_form_step(const struct wf_form *form, const char *id);
const struct wf_action *wf_step_action(const struct wf_step *step,
                                       const char *id);
const struct wf_level *wf_step_level(const struct wf_step *step,
                                     const char *id);

/* The form as JSON for browsers, in `lang`: fields, sections, steps, actions,
 * levels, rules, views, formula trees (docs/http.md, "A form's model").
 * Settings have their values in `registry`; NULL: their defaults. */
void wf_form_json(const struct wf_form *form,
                  const struct wf_registry *registry, const char *lang,
                  struct wf_json_writer *out);

#endif
