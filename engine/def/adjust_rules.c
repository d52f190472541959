/* def/adjust_rules.c - what the rules of adjusting allow: which deeds, and
 * which values of which attributes.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "def/adjust_rules.h"

#include <string.h>

#include "base/str.h"

enum {
    NUMBER_TEXT = 32
};

bool wf_adjust_is_of(const struct wf_adjust *rule, const char *form)
{
    for (const char **at = rule->forms; *at; at++)
        if (wf_streq(*at, form))
            return true;
    return false;
}

const struct wf_part *wf_adjust_part(const struct wf_parts *parts,
                                     struct wf_arena *arena, const char *kind,
                                     const char *path)
{
    return wf_map_find(&parts->names,
                       wf_arena_printf(arena, "%s %s", kind, path));
}

/* --- Rules */

/* "long.*" is of all that stand in "long", not of what stands in these. */
bool wf_adjust_is_path_of(const char *rule, const char *path)
{
    size_t len = strlen(rule);

    if (len < 2 || strcmp(rule + len - 2, ".*") != 0)
        return wf_streq(rule, path);
    return strncmp(rule, path, len - 1) == 0 && path[len - 1] != '\0'
           && !strchr(path + len - 1, '.') && !strchr(path + len - 1, ' ');
}

/* The next row about such a part; `*rule` and `*may` NULL to begin with. */
static bool next_may(const struct wf_adjusting *with, const char *part,
                     const char *path, size_t *rule, const struct wf_may **may)
{
    for (; *rule < with->rules.n; ++*rule) {
        const struct wf_may *at =
            *may ? (*may)->next : with->rules.at[*rule]->mays;

        for (; at; at = at->next)
            if (wf_streq(at->part, part)
                && (!path || wf_adjust_is_path_of(at->path, path))) {
                *may = at;
                return true;
            }
        *may = NULL;
    }
    return false;
}

bool wf_adjust_may(const struct wf_adjusting *with, const char *part,
                   const char *path, enum wf_adjust_deed deed)
{
    const struct wf_may *may = NULL;
    size_t rule = 0;

    while (next_may(with, part, path, &rule, &may))
        if (deed == WF_ADJUST_ADD      ? may->add
            : deed == WF_ADJUST_REMOVE ? may->remove
                                       : may->move)
            return true;
    return false;
}

/* The first rule by which the attribute may be set at all. */
const struct wf_may_value *wf_adjust_value(const struct wf_adjusting *with,
                                           const char *part, const char *path,
                                           const char *name)
{
    const struct wf_may *may = NULL;
    size_t rule = 0;

    while (next_may(with, part, path, &rule, &may))
        for (const struct wf_may_value *v = may->values; v; v = v->next)
            if (wf_streq(v->of, name))
                return v;
    return NULL;
}

/* --- Values */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The same but for white space. */
static bool is_alike(const char *a, const char *b)
{
    for (;; a++, b++) {
        while (is_blank(*a))
            a++;
        while (is_blank(*b))
            b++;
        if (*a != *b)
            return false;
        if (!*a)
            return true;
    }
}

static bool check_one_of(const struct wf_adjusting *with,
                         const struct wf_may_value *value, const char *text,
                         const char *at)
{
    struct wf_buf list = WF_BUF_INIT(with->arena);

    for (const char **one = value->one_of; *one; one++) {
        if (is_alike(*one, text))
            return true;
        wf_buf_printf(&list, "%s%s", list.len > 0 ? "; " : "", *one);
    }
    wf_diag_field(with->findings, at, "adjust",
                  "\"%s\" may be one of these, not \"%s\": %s", value->of, text,
                  wf_buf_text(&list));
    return false;
}

static bool check_number(const struct wf_adjusting *with,
                         const struct wf_may_value *value, const char *text,
                         const char *at)
{
    char least[NUMBER_TEXT], most[NUMBER_TEXT], *end;
    double number = wf_number_parse(text, &end);

    if (end != text && !*end && !(value->min.given && number < value->min.at)
        && !(value->max.given && number > value->max.at))
        return true;
    wf_number_write(value->min.at, least);
    wf_number_write(value->max.at, most);
    wf_diag_field(with->findings, at, "adjust",
                  "\"%s\" is to be a number from %s to %s, not \"%s\"",
                  value->of, value->min.given ? least : "…",
                  value->max.given ? most : "…", text);
    return false;
}

/* NULL: it is taken away, so the language's own word counts, which may be
 * anything: only where nothing binds it. */
bool wf_adjust_fits(const struct wf_adjusting *with,
                    const struct wf_may_value *value, const char *text,
                    const char *at)
{
    bool is_number = value->min.given || value->max.given;

    if (!text) {
        if (!is_number && !value->one_of && !value->pattern)
            return true;
        wf_diag_field(with->findings, at, "adjust",
                      "\"%s\" has limits here and cannot be left out",
                      value->of);
        return false;
    }
    if (value->one_of && !check_one_of(with, value, text, at))
        return false;
    if (is_number && !check_number(with, value, text, at))
        return false;
    if (!value->pattern
        || wf_pattern_matches(value->pattern, text, strlen(text)))
        return true;
    wf_diag_field(with->findings, at, "adjust",
                  "\"%s\" is to be like %s, not \"%s\"", value->of,
                  value->pattern_text, text);
    return false;
}
