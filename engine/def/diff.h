/* def/diff.h - what differs in meaning between two texts of a definition.
 *
 * A definition is taken apart into parts (a field, a level, a grant, a function
 * of its hooks …), each with a path that names it and attributes in a form in
 * which white space, order of attributes and what goes without saying make no
 * difference. It reads elements, not structs: what the language learns next is
 * compared without a line here, and a text needs no company to be compared.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_DIFF_H
#define WF_DEF_DIFF_H

#include "base/list.h"
#include "base/map.h"
#include "def/compile.h"
#include "markup/elem.h"

struct wf_text_files {
    const struct wf_text_file *at;
    size_t n;
};

/* A definition to be compared. */
struct wf_diff_side {
    const struct wf_elem *root; /* NULL: there is none on this side */
    const char *lang;           /* of its labels */
    const char *hook;           /* Lua; NULL: no hooks */
    const struct wf_form *form; /* whose scales and lists count; or NULL */
};

/* Appends the rows of what differs, one a change, to an open array:
 *   {"definition","kind","path","label","change","attribute"?,"from","to",
 *    "text":{LANG:…}}
 * where change is added, removed, changed (of one attribute), renamed (from
 * and to are paths) or reordered (from and to are lists of keys). The label is
 * in `lang`, the sentence in every language. */
void wf_diff_rows(const struct wf_diff_side *from,
                  const struct wf_diff_side *to, const char *lang,
                  struct wf_json_writer *out);

/* The side that a form is, overlays merged. */
struct wf_diff_side wf_diff_form(struct wf_arena *arena,
                                 const struct wf_form *form);

/* The same for all definitions among texts, which are neither checked nor
 * deployed: those of one kind and id are compared, two that are alone on their
 * side whatever their ids. What is not well-formed goes to `diags`. */
void wf_diff_files(struct wf_arena *arena, const struct wf_text_files *from,
                   const struct wf_text_files *to, struct wf_diags *diags,
                   struct wf_json_writer *out);

/* --- Parts, for the files of the comparison */

enum {
    WF_DIFF_LANGS = 2
};
extern const char *const wf_diff_langs[WF_DIFF_LANGS];

struct wf_part_attr {
    const char *name;
    const char *value; /* as it was written */
    const char *same;  /* two are equal in meaning if these are */
};

struct wf_part {
    const char *kind; /* "field", "step", "level" … */
    const char *path; /* "lines.weight"; the definition itself: its id */
    const char *key;  /* the last of the path */
    const char *label[WF_DIFF_LANGS];
    const struct wf_part *within; /* the part that it belongs to; NULL: none */
    bool ordered;                 /* its place among its kind means something */
    WF_LIST(struct wf_part_attr) attrs;
    const struct wf_part *twin; /* on the other side, once compared */
    const struct wf_elem *elem; /* that it was read from; NULL: of none */
};

struct wf_parts {
    struct wf_part **at; /* in order of the text */
    size_t n, cap;
    struct wf_map names; /* "kind path" → struct wf_part * */
};

void wf_parts_read(struct wf_arena *arena, const struct wf_diff_side *side,
                   struct wf_parts *out);

/* Adds what `elem` says under `name`, unless it goes without saying or has been
 * said; `elem` NULL: nothing does. */
void wf_part_say(struct wf_arena *arena, struct wf_part *part,
                 const struct wf_elem *elem, const char *name,
                 const char *value);

/* An approval says these for all its levels. */
bool wf_part_inherits(const char *name);

/* NULL where absent. */
const struct wf_part_attr *wf_part_attr(const struct wf_part *part,
                                        const char *name);

/* --- Sentences */

struct wf_diff_change {
    const struct wf_part *part; /* of the new side, if it is there */
    const char *change;
    const char *attribute; /* of a changed one */
    const char *from, *to; /* as people read them; NULL: nothing */
};
const char *wf_diff_sentence(struct wf_arena *arena,
                             const struct wf_diff_change *change, int lang);

#endif
