/* markup/selector.c - parses and follows the paths of patch operations.
 *
 *     path  = "." / part *( "/" part ) [ "/" attr ] / attr
 *     part  = name [ "[" ( number / attr "=" quoted ) "]" ]
 *     attr  = "@" name
 *
 * Each part must name exactly one child, so following a path is one walk down,
 * at most the children of each element on the way.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "markup/selector.h"

#include <string.h>

/* One part of a path. */
struct part {
    struct wf_str name;
    int64_t index;       /* from 1; 0: none given */
    struct wf_str attr;  /* empty: none given */
    struct wf_str value; /* of `attr` */
};

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
           || (c >= '0' && c <= '9') || (c && strchr("_-.:", c));
}

static bool take_char(const char **at, char c)
{
    if (**at != c)
        return false;
    ++*at;
    return true;
}

static bool take_word(const char **at, struct wf_str *out)
{
    out->at = *at;
    while (is_name_char(**at))
        ++*at;
    out->len = (size_t)(*at - out->at);
    return out->len > 0;
}

static bool take_name(const char **at, struct wf_str *out)
{
    return !(**at >= '0' && **at <= '9') && !(**at && strchr("-.:", **at))
           && take_word(at, out);
}

static bool take_quoted(const char **at, struct wf_str *out)
{
    const char *end = NULL;

    if (**at == '\'' || **at == '"')
        end = strchr(*at + 1, **at);
    if (!end)
        return false;
    out->at = *at + 1;
    out->len = (size_t)(end - out->at);
    *at = end + 1;
    return true;
}

bool wf_selector_is_name(const char *text)
{
    struct wf_str name;
    const char *at = text;

    if (wf_streq(text, "xml:lang"))
        return true;
    return !strchr(text, ':') && take_name(&at, &name) && !*at;
}

/* What stands between the brackets. */
static bool take_predicate(const char **at, struct part *part)
{
    struct wf_str number;

    if (take_char(at, '@'))
        return take_name(at, &part->attr) && take_char(at, '=')
               && take_quoted(at, &part->value);
    return take_word(at, &number) && wf_str_to_int(number, &part->index)
           && part->index > 0;
}

static bool take_part(const char **at, struct part *part)
{
    memset(part, 0, sizeof *part);
    if (!take_name(at, &part->name))
        return false;
    if (take_char(at, '[') && !(take_predicate(at, part) && take_char(at, ']')))
        return false;
    return **at == '/' || !**at;
}

static struct wf_attr *find_attr(const struct wf_elem *elem, struct wf_str name)
{
    struct wf_attr *attr = elem->attrs;

    while (attr && !wf_str_is(name, attr->name))
        attr = attr->next;
    return attr;
}

static bool has_value(const struct wf_elem *elem, const struct part *part)
{
    const struct wf_attr *attr;

    if (!part->attr.len)
        return true;
    attr = find_attr(elem, part->attr);
    return attr && wf_str_is(part->value, attr->value);
}

/* The one child that `part` names; `*n` is how many it names. */
static struct wf_elem *follow(const struct wf_elem *elem,
                              const struct part *part, int *n)
{
    struct wf_elem *found = NULL;
    int64_t index = 0;

    *n = 0;
    for (struct wf_elem *kid = elem->first; kid; kid = kid->next) {
        if (!wf_str_is(part->name, kid->name) || !has_value(kid, part))
            continue;
        if (part->index && ++index != part->index)
            continue;
        found = kid;
        ++*n;
    }
    return found;
}

static bool say_syntax(const char *sel, const char *at, struct wf_place place,
                       struct wf_diags *diags)
{
    wf_diag_at(diags, place, "selector",
               "sel=\"%.200s\" is not a path at character %d: write "
               "name/name[@id='…']/@attribute",
               sel, (int)(at - sel) + 1);
    return false;
}

static bool find_elem(struct wf_elem **elem, const struct part *part,
                      const char *sel, struct wf_place place,
                      struct wf_diags *diags)
{
    int n;

    *elem = follow(*elem, part, &n);
    if (n == 1)
        return true;
    if (n == 0)
        wf_diag_at(diags, place, "selector",
                   "sel=\"%.200s\" names nothing: there is no such <%.*s>", sel,
                   (int)part->name.len, part->name.at);
    else
        wf_diag_at(diags, place, "selector",
                   "sel=\"%.200s\" names %d elements: choose one <%.*s> by "
                   "[@id='…'] or [N]",
                   sel, n, (int)part->name.len, part->name.at);
    return false;
}

/* The "@NAME" at the end of a path. */
static bool find_last(const char *at, const char *sel, struct wf_place place,
                      struct wf_selected *out, struct wf_diags *diags)
{
    struct wf_str name;

    if (!take_name(&at, &name) || *at)
        return say_syntax(sel, at, place, diags);
    out->attr = find_attr(out->elem, name);
    if (out->attr)
        return true;
    wf_diag_at(diags, place, "selector",
               "sel=\"%.200s\" names nothing: <%s> has no attribute %.*s", sel,
               out->elem->name, (int)name.len, name.at);
    return false;
}

bool wf_selector_find(struct wf_elem *root, const char *sel,
                      struct wf_place place, struct wf_selected *out,
                      struct wf_diags *diags)
{
    struct wf_selected target = { root, NULL };
    const char *at = sel;
    struct part part;

    if (wf_streq(sel, ".")) {
        *out = target;
        return true;
    }
    do {
        if (take_char(&at, '@')) {
            if (!find_last(at, sel, place, &target, diags))
                return false;
            *out = target;
            return true;
        }
        if (!take_part(&at, &part))
            return say_syntax(sel, at, place, diags);
        if (!find_elem(&target.elem, &part, sel, place, diags))
            return false;
    } while (take_char(&at, '/'));
    *out = target;
    return true;
}
