/* script/pattern.c - matches Lua's patterns by backtracking, step by step.
 *
 * Thirty bytes of pattern are enough for more steps than anybody can wait for.
 * So each step is charged, and nothing else limits text or pattern.
 *
 * Source: Lua 5.4 Reference Manual, 6.4.1 "Patterns".
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "script/pattern.h"

#include <string.h>

#include "script/budget.h"
#include "script/class.h"

enum {
    DEPTH_MAX = 200,  /* of the matcher in itself */
    CHARGE_AT = 1000, /* steps that are charged together */
    STILL_OPEN = -1,  /* capture without its end */
    IS_POSITION = -2, /* capture of a place, "()" */
};

static const char *match_here(struct wf_match *m, const char *s, const char *p);

static void step(struct wf_match *m, size_t n)
{
    m->steps += (unsigned)n;
    if (m->steps >= CHARGE_AT)
        wf_match_charge(m);
}

void wf_match_charge(struct wf_match *m)
{
    unsigned steps = m->steps;

    m->steps = 0;
    wf_budget_charge(m->L, steps);
}

/* --- One character */

/* Past the set that begins at `p`, a '['. */
static const char *set_end(struct wf_match *m, const char *p)
{
    p++;
    if (p < m->pattern_end && *p == '^')
        p++;
    do { /* a ']' that comes first is a character */
        if (p >= m->pattern_end)
            luaL_error(m->L, "malformed pattern (missing ']')");
        if (*p++ == '%')
            p++;
    } while (p >= m->pattern_end || *p != ']');
    return p + 1;
}

/* Past the single-character item that begins at `p`. */
static const char *item_end(struct wf_match *m, const char *p)
{
    if (*p == '[')
        return set_end(m, p);
    if (*p++ != '%')
        return p;
    if (p >= m->pattern_end)
        luaL_error(m->L, "malformed pattern (ends with '%%')");
    return p + 1;
}

/* Whether the character at `s` matches the item from `p` to `end`. */
static bool is_match(struct wf_match *m, const char *s, const char *p,
                     const char *end)
{
    int c;

    step(m, (size_t)(end - p));
    if (s >= m->text_end)
        return false;
    c = (unsigned char)*s;
    switch (*p) {
    case '.':
        return true;
    case '%':
        return wf_class_has(c, (unsigned char)p[1]);
    case '[':
        return wf_class_set_has(c, p, end);
    default:
        return (unsigned char)*p == c;
    }
}

/* --- Items that match more than one character */

/* As often as possible, then less and less. */
static const char *repeat_greedy(struct wf_match *m, const char *s,
                                 const char *p, const char *end)
{
    ptrdiff_t n = 0;

    while (is_match(m, s + n, p, end))
        n++;
    for (; n >= 0; n--) {
        const char *found = match_here(m, s + n, end + 1);
        if (found)
            return found;
    }
    return NULL;
}

/* As seldom as possible, then more and more. */
static const char *repeat_lazy(struct wf_match *m, const char *s, const char *p,
                               const char *end)
{
    for (;; s++) {
        const char *found = match_here(m, s, end + 1);
        if (found)
            return found;
        if (!is_match(m, s, p, end))
            return NULL;
    }
}

/* The item from `p` to `end` with the suffix at `end`, and all behind it. */
static const char *match_repeated(struct wf_match *m, const char *s,
                                  const char *p, const char *end)
{
    const char *found;

    switch (*end) {
    case '*':
        return repeat_greedy(m, s, p, end);
    case '-':
        return repeat_lazy(m, s, p, end);
    case '+':
        return is_match(m, s, p, end) ? repeat_greedy(m, s + 1, p, end) : NULL;
    default: /* '?' */
        found = is_match(m, s, p, end) ? match_here(m, s + 1, end + 1) : NULL;
        return found ? found : match_here(m, s, end + 1);
    }
}

/* "%bxy"; `p` is at x. */
static const char *match_balanced(struct wf_match *m, const char *s,
                                  const char *p)
{
    int open = 0;

    if (m->pattern_end - p < 2)
        luaL_error(m->L, "malformed pattern (missing arguments to '%%b')");
    if (s >= m->text_end || *s != *p)
        return NULL;
    for (; s < m->text_end; s++) {
        step(m, 1);
        if (*s == p[1]) {
            if (--open == 0)
                return s + 1;
        } else if (*s == p[0]) {
            open++;
        }
    }
    return NULL;
}

/* "%f[set]"; `p` is at '['. Sets `*p` past it. */
static const char *match_frontier(struct wf_match *m, const char *s,
                                  const char **p)
{
    const char *set = *p;
    int before, after;

    if (set >= m->pattern_end || *set != '[')
        luaL_error(m->L, "malformed pattern (missing '[' after '%%f')");
    *p = set_end(m, set);
    step(m, (size_t)(*p - set));
    before = s == m->text ? 0 : (unsigned char)s[-1];
    after = s == m->text_end ? 0 : (unsigned char)*s;
    return !wf_class_set_has(before, set, *p)
                   && wf_class_set_has(after, set, *p)
               ? s
               : NULL;
}

/* "%1" to "%9": what a capture has caught, again. */
static const char *match_again(struct wf_match *m, const char *s, char digit)
{
    int i = digit - '1';
    size_t len;

    if (i < 0 || i >= m->n_captures || m->captures[i].len == STILL_OPEN)
        luaL_error(m->L, "invalid capture index %%%d", i + 1);
    if (m->captures[i].len == IS_POSITION)
        return NULL;
    len = (size_t)m->captures[i].len;
    step(m, len);
    if ((size_t)(m->text_end - s) < len
        || memcmp(m->captures[i].at, s, len) != 0)
        return NULL;
    return s + len;
}

/* Matches "%b", "%f" or "%1" at `p`. Returns where the pattern goes on, NULL
 * if there is none of them; `*s` becomes where the text does. */
static const char *match_special(struct wf_match *m, const char **s,
                                 const char *p)
{
    if (*p != '%' || p + 1 >= m->pattern_end)
        return NULL;
    if (p[1] == 'b') {
        *s = match_balanced(m, *s, p + 2);
        return p + 4;
    }
    if (p[1] == 'f') {
        p += 2;
        *s = match_frontier(m, *s, &p);
        return p;
    }
    if (p[1] < '0' || p[1] > '9')
        return NULL;
    *s = match_again(m, *s, p[1]);
    return p + 2;
}

/* --- Captures. One that leads to no match is taken back. */

static const char *open_capture(struct wf_match *m, const char *s,
                                const char *p)
{
    const char *found;
    int i = m->n_captures;

    if (i >= WF_PATTERN_CAPTURES)
        luaL_error(m->L, "too many captures");
    m->captures[i].at = s;
    m->captures[i].len = STILL_OPEN;
    if (p < m->pattern_end && *p == ')') {
        m->captures[i].len = IS_POSITION;
        p++;
    }
    m->n_captures++;
    found = match_here(m, s, p);
    if (!found)
        m->n_captures = i;
    return found;
}

static const char *close_capture(struct wf_match *m, const char *s,
                                 const char *p)
{
    const char *found;
    int i = m->n_captures - 1;

    while (i >= 0 && m->captures[i].len != STILL_OPEN)
        i--;
    if (i < 0)
        luaL_error(m->L, "invalid pattern capture");
    m->captures[i].len = s - m->captures[i].at;
    found = match_here(m, s, p);
    if (!found)
        m->captures[i].len = STILL_OPEN;
    return found;
}

/* --- All of it */

static bool is_suffix(const struct wf_match *m, const char *p)
{
    return p < m->pattern_end && memchr("*+-?", *p, 4);
}

/* What can be the last item of a walk: it matches all that comes behind. */
static const char *match_rest(struct wf_match *m, const char *s, const char *p,
                              const char *end)
{
    if (*p == '(')
        return open_capture(m, s, p + 1);
    if (*p == ')')
        return close_capture(m, s, p + 1);
    return match_repeated(m, s, p, end);
}

static const char *walk(struct wf_match *m, const char *s, const char *p)
{
    while (s && p < m->pattern_end) {
        const char *end;
        step(m, 1);
        if (*p == '$' && p + 1 == m->pattern_end)
            return s == m->text_end ? s : NULL;
        end = match_special(m, &s, p);
        if (end) {
            p = end;
            continue;
        }
        end = item_end(m, p);
        if (*p == '(' || *p == ')' || is_suffix(m, end))
            return match_rest(m, s, p, end);
        s = is_match(m, s, p, end) ? s + 1 : NULL;
        p = end;
    }
    return s;
}

static const char *match_here(struct wf_match *m, const char *s, const char *p)
{
    if (++m->depth > DEPTH_MAX)
        luaL_error(m->L, "pattern too complex");
    s = walk(m, s, p);
    m->depth--;
    return s;
}

void wf_match_init(struct wf_match *m, lua_State *L, struct wf_str text,
                   struct wf_str pattern)
{
    m->L = L;
    m->text = text.at;
    m->text_end = text.at + text.len;
    m->pattern = pattern.at;
    m->pattern_end = pattern.at + pattern.len;
    m->steps = 0;
}

const char *wf_match_at(struct wf_match *m, const char *at)
{
    m->depth = 0;
    m->n_captures = 0;
    return match_here(m, at, m->pattern);
}

void wf_match_push_one(struct wf_match *m, int i, const char *begin,
                       const char *end)
{
    if (i == 0 && m->n_captures == 0) {
        lua_pushlstring(m->L, begin, (size_t)(end - begin));
        return;
    }
    if (i >= m->n_captures)
        luaL_error(m->L, "invalid capture index %%%d", i + 1);
    if (m->captures[i].len == STILL_OPEN)
        luaL_error(m->L, "unfinished capture");
    if (m->captures[i].len == IS_POSITION)
        lua_pushinteger(m->L, m->captures[i].at - m->text + 1);
    else
        lua_pushlstring(m->L, m->captures[i].at, (size_t)m->captures[i].len);
}

int wf_match_push_all(struct wf_match *m, const char *begin, const char *end)
{
    int n = m->n_captures == 0 && begin ? 1 : m->n_captures;

    luaL_checkstack(m->L, n, "too many captures");
    for (int i = 0; i < n; i++)
        wf_match_push_one(m, i, begin, end);
    return n;
}
