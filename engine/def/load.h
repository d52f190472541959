/* def/load.h - reading one definition: the tables that attributes and children
 * are read by, and the names that wait until everything is read.
 *
 * An element is read by a shape: a row for each attribute, a row for each kind
 * of child. Reading never fails: mistakes go to the findings, each with its
 * place. What an attribute names (a field, a step, people, a formula) becomes
 * a reference; link.c resolves all of them when the form is whole.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_LOAD_H
#define WF_DEF_LOAD_H

#include <stddef.h>

#include "base/list.h"
#include "def/form.h"
#include "def/suggest.h"
#include "markup/elem.h"
#include "script/script.h"

/* What a definition may name besides itself. */
struct wf_world {
    void *self;
    const struct wf_form *(*form)(void *self, const char *id);
    /* A definition of another kind, read and perhaps not linked yet; NULL where
     * there is none. For what is compiled; NULL for what is stored, which has
     * been. */
    const struct wf_head *(*other)(void *self, const char *kind,
                                   const char *id);
    /* Each of a kind, as `other` finds it: `*cursor` starts at 0, NULL at the
     * end. NULL where `other` is. */
    const struct wf_head *(*next)(void *self, const char *kind, size_t *cursor);
    bool open; /* packages are required that are not here: forms may be, too */
};

enum wf_ref_kind {
    WF_REF_EXPR,     /* slot: struct wf_expr ** */
    WF_REF_TEMPLATE, /* struct wf_template ** */
    WF_REF_WHO,      /* const struct wf_who ** */
    WF_REF_STEP,     /* const struct wf_step ** */
    WF_REF_FIELD,    /* const struct wf_field ** */
    WF_REF_LIST,     /* const struct wf_field ***, NULL at the end */
    WF_REF_SET,      /* struct wf_field_set */
    WF_REF_MOMENT,   /* const struct wf_moment ** */
};

struct wf_ref {
    enum wf_ref_kind kind;
    const char *text;
    struct wf_place place;
    void *slot;
    const struct wf_field *items;   /* an expression over rows of this table */
    const struct wf_field *owner;   /* the field whose attribute it is */
    const struct wf_rollup *rollup; /* an expression over its sources */
    enum wf_type want;              /* of an expression */
    unsigned use;                   /* WF_USE_… or enum wf_who_use */
    const struct wf_lane *lane;     /* in which it stands, or NULL */
};

/* How a reference may be used; of an expression and of a set. */
enum {
    WF_USE_STORED = 1,   /* its value is kept: no links, no me */
    WF_USE_APPROVER = 2, /* knows `approver` */
    WF_USE_BY_NAME = 4,  /* a set that shows private fields by name only */
};

/* A part that was read, beside the element that it was read from: for checks
 * that want the place of an attribute. */
struct wf_field_at {
    struct wf_field *field;
    const struct wf_elem *elem;
};
struct wf_step_at {
    struct wf_step *step;
    const struct wf_elem *elem;
};
struct wf_rollup_at {
    struct wf_rollup *rollup;
    const struct wf_elem *elem;
};
struct wf_level_at {
    struct wf_level *level;
    struct wf_step *approval;
    const struct wf_level *defaults; /* what the approval says for all */
    const struct wf_elem *elem;
};

struct wf_load {
    struct wf_arena *arena;   /* of the definition */
    struct wf_arena *scratch; /* of its reading */
    struct wf_diags *diags;
    const char *lang; /* of the package's own words */
    const struct wf_package *package;
    const struct wf_world *world;
    struct wf_form *form;
    const struct wf_elem *root;
    struct wf_field *items;       /* whose columns are being read, or NULL */
    struct wf_section *section;   /* whose fields are being read, or NULL */
    struct wf_field *field;       /* whose attributes are being read, or NULL */
    struct wf_rollup *rollup;     /* the same */
    struct wf_lane *lane;         /* whose steps are being read, or NULL */
    struct wf_field **fields_end; /* where the next field hangs */
    struct wf_choices *own_choices;   /* of the field being read */
    struct wf_script_outline outline; /* of its hook file */
    bool shared_hook;  /* another definition has it too, and calls some of it */
    bool series;       /* formulas are over points: avg(28), sd(28) */
    bool steps_broken; /* a step could not be read or named: no use to walk */
    WF_LIST(struct wf_ref) refs;
    WF_LIST(struct wf_field_at) fields;
    WF_LIST(struct wf_step_at) steps;
    WF_LIST(struct wf_level_at) levels;
    WF_LIST(struct wf_rollup_at) rollups;
};

/* Adds a reference of `attr` to be resolved into `slot`; the rest of the row
 * may be filled in by the caller. */
struct wf_ref *wf_load_refer(struct wf_load *load, enum wf_ref_kind kind,
                             const struct wf_attr *attr, void *slot);

/* A finite number; a finding if it is not one. */
bool wf_load_number(struct wf_load *load, const struct wf_attr *attr,
                    double *out);

/* The place of an attribute; of the element where it is absent. */
struct wf_place wf_place_of(const struct wf_elem *elem, const char *attr);

/* Whether findings are still kept: a guess for one that is only counted would
 * cost time for nobody. */
bool wf_load_may_guess(const struct wf_load *load);

/* "unknown NOUN "WORD"", with the best guess if there is one. `noun` is an
 * English word known to base/messages.c. */
void wf_load_unknown(struct wf_load *load, struct wf_place place,
                     const char *noun, const struct wf_suggest *guess);

/* Whether one more of them is still within `max`; a finding, once, if not. */
bool wf_load_room(struct wf_load *load, const struct wf_elem *elem, size_t n,
                  size_t max);

#endif
