/* def/shape.h - the tables that elements are read by: a row for each attribute,
 * a row for each kind of child.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_SHAPE_H
#define WF_DEF_SHAPE_H

#include "def/load.h"

/* --- Attributes. `member` is the address `offset` bytes into the struct. */
typedef void wf_attr_fn(struct wf_load *load, const struct wf_attr *attr,
                        void *member, const void *arg);

struct wf_attr_row {
    const char *name;
    wf_attr_fn *read;
    size_t offset;
    bool required;
    const void *arg;
};

typedef void wf_kid_fn(struct wf_load *load, const struct wf_elem *elem,
                       void *parent);

struct wf_kid_row {
    const char *name;
    wf_kid_fn *read;
};

#define WF_NO_WORDS ((size_t)-1)
#define WF_TEXT_ALONE ((size_t)-2) /* none, but its text means something */

struct wf_shape {
    const struct wf_attr_row *attrs;
    size_t n_attrs;
    const struct wf_kid_row *kids;
    size_t n_kids;
    size_t words; /* offset of its struct wf_words *, or WF_NO_WORDS */
};

/* Reads `elem` into `out`: its attributes, its children in order, its
 * translations (<t>). What the shape does not know is a finding. */
void wf_load_read(struct wf_load *load, const struct wf_elem *elem,
                  const struct wf_shape *shape, void *out);

/* One word and what it stands for; the last row has no word. */
struct wf_choice_row {
    const char *word;
    unsigned value;
};

/* Bounds of a whole number, as `arg` of wf_read_count. */
struct wf_range {
    int least, most;
};

/* The readers, with what their member is and what their `arg` says. */
extern wf_attr_fn wf_read_id;     /* const char * */
extern wf_attr_fn wf_read_name;   /* const char *: an id without - */
extern wf_attr_fn wf_read_text;   /* const char * */
extern wf_attr_fn wf_read_words;  /* const char **: NULL at the end */
extern wf_attr_fn wf_read_word;   /* struct wf_words *; const enum wf_word * */
extern wf_attr_fn wf_read_zone;   /* const char *, a zone that there is */
extern wf_attr_fn wf_read_bool;   /* bool */
extern wf_attr_fn wf_read_count;  /* int; const struct wf_range * */
extern wf_attr_fn wf_read_choice; /* any enum; const struct wf_choice_row * */
extern wf_attr_fn
    wf_read_when; /* struct wf_expr *; const unsigned *, WF_USE_… */
extern wf_attr_fn wf_read_who;   /* const struct wf_who *; const unsigned * of
                             enum wf_who_use */
extern wf_attr_fn wf_read_step;  /* const struct wf_step * */
extern wf_attr_fn wf_read_field; /* const struct wf_field * */
extern wf_attr_fn
    wf_read_set; /* struct wf_field_set; const unsigned *, WF_USE_… */

extern wf_attr_fn wf_read_duration;      /* struct wf_duration */
extern wf_attr_fn wf_read_moment;        /* const struct wf_moment * */
extern wf_attr_fn wf_read_asks;          /* struct wf_deadline */
extern wf_attr_fn wf_read_level_timeout; /* struct wf_deadline */
extern wf_attr_fn wf_read_step_timeout;  /* struct wf_deadline */

/* nobody="skip|manager|admin|fail|person(ID)" into an enum wf_nobody. `arg` is
 * a const size_t *: how many bytes behind it the person's place stands. */
extern wf_attr_fn wf_read_nobody;

extern const enum wf_word wf_word_label, wf_word_help, wf_word_message,
    wf_word_title, wf_word_unit, wf_word_placeholder;

#endif
