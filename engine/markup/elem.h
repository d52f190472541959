/* markup/elem.h - XML text to an element tree of ours, with line and column.
 *
 * Bounded on every side: no DOCTYPE, no processing instruction, no network, at
 * most WF_XML_MAX bytes, WF_XML_NODES nodes, WF_XML_ATTRS attributes a tag and
 * depth WF_XML_DEPTH. libxml2 does not occur outside this folder.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_MARKUP_ELEM_H
#define WF_MARKUP_ELEM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"

enum {
    WF_XML_MAX = 1 << 20,
    WF_XML_NODES = 100000,
    WF_XML_ATTRS = 64,
    WF_XML_DEPTH = 64,
};

#define WF_XML_NS "urn:weft:1"

struct wf_attr {
    const char *name;      /* local name; "xml:lang" for that one */
    const char *value;     /* whitespace as XML normalises it */
    struct wf_place place; /* of the value's first character */
    struct wf_attr *next;
};

/* An element in the namespace urn:weft:1. */
struct wf_elem {
    const char *name;      /* local */
    struct wf_place place; /* of its '<' */
    struct wf_attr *attrs; /* in order of the text */
    const char *text;      /* all its character data, trimmed; "" if none */
    struct wf_elem *first; /* children, without comments */
    struct wf_elem *last;
    struct wf_elem *next;
    struct wf_elem *parent;
    size_t begin, end; /* bytes of its text in the source, '<' to past '>';
                          of an element that a patch has put in: in its own */
};

/* Reads `text`, UTF-8 with or without a byte order mark; `file` (borrowed)
 * names it in places. NULL if it is not well-formed or breaks a limit: the
 * first such mistake is in `diags`, with its place. Elements or attributes of
 * another namespace are findings as well, and left out of the tree. A root
 * without a namespace is a finding, and read as if it had ours. */
struct wf_elem *wf_xml_parse(struct wf_arena *arena, const char *file,
                             const char *text, size_t len,
                             struct wf_diags *diags);

/* As wf_xml_parse(), for a fragment of one or more elements such as a change
 * of a clone carries; a fragment without a namespace is in urn:weft:1. The
 * result is a nameless element that holds them. */
struct wf_elem *wf_xml_parse_fragment(struct wf_arena *arena, const char *file,
                                      const char *text, size_t len,
                                      struct wf_diags *diags);

/* Checks structure and id patterns of a definition against schemas/
 * weft-1.xsd, compiled anew each time (0.3 ms). Findings carry the places of
 * the text. */
void wf_xml_check_schema(const struct wf_elem *root, struct wf_diags *diags);

const struct wf_attr *wf_elem_attr(const struct wf_elem *elem,
                                   const char *name);
const char *wf_elem_get(const struct wf_elem *elem, const char *name);
bool wf_elem_is(const struct wf_elem *elem, const char *name);

/* `text` as character data, or within the quotes of a value. */
void wf_xml_escape(struct wf_buf *out, const char *text, bool in_value);

/* Well-formed XML of the tree, two spaces a level, attributes in order. */
void wf_elem_write(struct wf_buf *out, const struct wf_elem *root);

/* Makes `elem` the last child of `parent`. */
void wf_elem_append(struct wf_elem *parent, struct wf_elem *elem);

/* Copies, deep; places are kept. */
struct wf_elem *wf_elem_copy(struct wf_arena *arena,
                             const struct wf_elem *elem);

#endif
