/* markup/elem.c - looking into element trees, copying and writing them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "markup/elem.h"

#include "base/buf.h"

const struct wf_attr *wf_elem_attr(const struct wf_elem *elem, const char *name)
{
    for (const struct wf_attr *attr = elem->attrs; attr; attr = attr->next) {
        if (wf_streq(attr->name, name))
            return attr;
    }
    return NULL;
}

const char *wf_elem_get(const struct wf_elem *elem, const char *name)
{
    const struct wf_attr *attr = wf_elem_attr(elem, name);

    return attr ? attr->value : NULL;
}

bool wf_elem_is(const struct wf_elem *elem, const char *name)
{
    return wf_streq(elem->name, name);
}

void wf_elem_append(struct wf_elem *parent, struct wf_elem *elem)
{
    elem->parent = parent;
    elem->next = NULL;
    if (parent->last)
        parent->last->next = elem;
    else
        parent->first = elem;
    parent->last = elem;
}

/* --- Copying */

static struct wf_attr *copy_attrs(struct wf_arena *arena,
                                  const struct wf_attr *attr)
{
    struct wf_attr *first = NULL;
    struct wf_attr **tail = &first;

    for (; attr; attr = attr->next) {
        *tail = WF_NEW(arena, struct wf_attr);
        **tail = *attr;
        (*tail)->name = wf_arena_str(arena, attr->name);
        (*tail)->value = wf_arena_str(arena, attr->value);
        tail = &(*tail)->next;
    }
    return first;
}

struct wf_elem *wf_elem_copy(struct wf_arena *arena, const struct wf_elem *elem)
{
    struct wf_elem *copy = WF_NEW(arena, struct wf_elem);

    copy->name = wf_arena_str(arena, elem->name);
    copy->place = elem->place;
    copy->attrs = copy_attrs(arena, elem->attrs);
    copy->text = wf_arena_str(arena, elem->text);
    copy->begin = elem->begin;
    copy->end = elem->end;
    for (const struct wf_elem *kid = elem->first; kid; kid = kid->next)
        wf_elem_append(copy, wf_elem_copy(arena, kid));
    return copy;
}

/* --- Writing */

/* White space in a value would come back as a space if it stood there as it
 * is, a carriage return anywhere as a newline. */
void wf_xml_escape(struct wf_buf *out, const char *text, bool in_value)
{
    for (; *text; text++) {
        if (*text == '&')
            wf_buf_str(out, "&amp;");
        else if (*text == '<')
            wf_buf_str(out, "&lt;");
        else if (*text == '>')
            wf_buf_str(out, "&gt;");
        else if (*text == '\r'
                 || (in_value && (*text == '\n' || *text == '\t')))
            wf_buf_printf(out, "&#%d;", *text);
        else if (*text == '"' && in_value)
            wf_buf_str(out, "&quot;");
        else
            wf_buf_char(out, *text);
    }
}

static void write_indent(struct wf_buf *out, int level)
{
    for (int i = 0; i < level; i++)
        wf_buf_str(out, "  ");
}

static void write_tag(struct wf_buf *out, const struct wf_elem *elem, int level)
{
    wf_buf_printf(out, "<%s", elem->name);
    if (level == 0)
        wf_buf_str(out, " xmlns=\"" WF_XML_NS "\"");
    for (const struct wf_attr *attr = elem->attrs; attr; attr = attr->next) {
        wf_buf_printf(out, " %s=\"", attr->name);
        wf_xml_escape(out, attr->value, true);
        wf_buf_char(out, '"');
    }
    if (!elem->first && !*elem->text)
        wf_buf_char(out, '/');
    wf_buf_char(out, '>');
}

static void write_elem(struct wf_buf *out, const struct wf_elem *elem,
                       int level)
{
    write_indent(out, level);
    write_tag(out, elem, level);
    wf_xml_escape(out, elem->text, false);
    if (elem->first) {
        wf_buf_char(out, '\n');
        for (const struct wf_elem *kid = elem->first; kid; kid = kid->next)
            write_elem(out, kid, level + 1);
        write_indent(out, level);
    }
    if (elem->first || *elem->text)
        wf_buf_printf(out, "</%s>", elem->name);
    wf_buf_char(out, '\n');
}

void wf_elem_write(struct wf_buf *out, const struct wf_elem *root)
{
    if (*root->name) {
        write_elem(out, root, 0);
        return;
    }
    for (const struct wf_elem *kid = root->first; kid; kid = kid->next)
        write_elem(out, kid, 0);
}
