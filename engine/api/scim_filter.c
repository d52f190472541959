/* api/scim_filter.c - the filters of SCIM, read and asked of a resource.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <ctype.h>
#include <strings.h>

#include "api/scim.h"
#include "base/error.h"
#include "base/messages.h"

enum {
    DEPTH_MAX = 32
};

bool wf_scim_fail(struct wf_call *call, weft_error *err, const char *type,
                  const char *message)
{
    const char *text = wf_message(call->lang, message);

    wf_diag_field_text(call->findings, WF_SEVERITY_ERROR, "", type, text);
    return wf_fail(
        err, wf_streq(type, "uniqueness") ? WEFT_E_CONFLICT : WEFT_E_MALFORMED,
        "%s", text);
}

struct wf_json *wf_scim_get(const struct wf_json *object, const char *name)
{
    for (size_t i = 0;
         wf_json_is(object, WF_JSON_OBJECT) && i < wf_json_len(object); i++)
        if (strcasecmp(object->u.object.at[i].key.at, name) == 0)
            return object->u.object.at[i].value;
    return NULL;
}

bool wf_scim_cut_schema(const char **path)
{
    const char *end;
    bool is_enterprise;

    if (strncasecmp(*path, "urn:", 4) != 0)
        return false;
    is_enterprise =
        strncasecmp(*path, WF_SCIM_ENTERPRISE, strlen(WF_SCIM_ENTERPRISE)) == 0;
    end = strrchr(*path, ':');
    if (is_enterprise && strcasecmp(*path, WF_SCIM_ENTERPRISE) == 0)
        *path += strlen(*path); /* the extension as a whole */
    else
        *path = end + 1;
    return is_enterprise;
}

/* --- Reading. */

struct reading {
    struct wf_call *call;
    const char *at;
    int depth;
};

static const struct wf_scim_filter *read_or(struct reading *r);

static void skip(struct reading *r)
{
    while (*r->at == ' ')
        r->at++;
}

/* Takes a word if it is the next one. */
static bool take(struct reading *r, const char *word)
{
    size_t n = strlen(word);

    skip(r);
    if (strncasecmp(r->at, word, n) != 0
        || (isalpha((unsigned char)word[0])
            && isalnum((unsigned char)r->at[n])))
        return false;
    r->at += n;
    return true;
}

static const char *read_path(struct reading *r)
{
    const char *path;
    size_t n;

    skip(r);
    n = strspn(r->at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                      "0123456789_.:-$");
    if (!n || !isalpha((unsigned char)r->at[0]))
        return NULL;
    path = wf_arena_mem(r->call->arena, r->at, n);
    r->at += n;
    wf_scim_cut_schema(&path);
    return *path ? path : NULL;
}

/* A JSON text, number, true, false or null. */
static const struct wf_json *read_value(struct reading *r)
{
    static const struct wf_json_limits limits = WF_JSON_LIMITS;
    weft_error ignored = WEFT_ERROR_INIT;
    struct wf_json *value = NULL;
    size_t n;

    skip(r);
    if (*r->at == '"') {
        for (n = 1; r->at[n] && r->at[n] != '"'; n++)
            if (r->at[n] == '\\' && r->at[n + 1])
                n++;
        n += r->at[n] == '"';
    } else {
        n = strcspn(r->at, " )]");
    }
    if (!n
        || !wf_json_parse(r->call->arena, r->at, n, &limits, &value, &ignored))
        return NULL;
    r->at += n;
    return value;
}

static struct wf_scim_filter *node(struct reading *r, enum wf_scim_op op,
                                   const struct wf_scim_filter *left,
                                   const struct wf_scim_filter *right)
{
    struct wf_scim_filter *made = WF_NEW(r->call->arena, struct wf_scim_filter);

    made->op = op;
    made->left = left;
    made->right = right;
    return made;
}

static const struct wf_scim_filter *read_comparison(struct reading *r,
                                                    const char *path)
{
    static const struct {
        const char *word;
        enum wf_scim_op op;
    } ops[] = {
        { "eq", WF_SCIM_EQ }, { "ne", WF_SCIM_NE }, { "co", WF_SCIM_CO },
        { "sw", WF_SCIM_SW }, { "ew", WF_SCIM_EW }, { "gt", WF_SCIM_GT },
        { "ge", WF_SCIM_GE }, { "lt", WF_SCIM_LT }, { "le", WF_SCIM_LE },
    };
    struct wf_scim_filter *made;

    if (take(r, "pr")) {
        made = node(r, WF_SCIM_PRESENT, NULL, NULL);
        made->path = path;
        return made;
    }
    for (size_t i = 0; i < WF_COUNT(ops); i++) {
        if (!take(r, ops[i].word))
            continue;
        made = node(r, ops[i].op, NULL, NULL);
        made->path = path;
        made->value = read_value(r);
        return made->value ? made : NULL;
    }
    return NULL;
}

static const struct wf_scim_filter *read_within(struct reading *r,
                                                const char *path)
{
    const struct wf_scim_filter *left = read_or(r);
    struct wf_scim_filter *made;

    if (!left || !take(r, "]"))
        return NULL;
    made = node(r, WF_SCIM_WITHIN, left, NULL);
    made->path = path;
    return made;
}

static const struct wf_scim_filter *read_one(struct reading *r)
{
    const struct wf_scim_filter *inner;
    bool is_not = take(r, "not");
    const char *path;

    if (take(r, "(")) {
        inner = read_or(r);
        if (!inner || !take(r, ")"))
            return NULL;
        return is_not ? node(r, WF_SCIM_NOT, inner, NULL) : inner;
    }
    path = is_not ? NULL : read_path(r);
    if (!path)
        return NULL;
    return take(r, "[") ? read_within(r, path) : read_comparison(r, path);
}

static const struct wf_scim_filter *read_and(struct reading *r)
{
    const struct wf_scim_filter *left = read_one(r);

    while (left && take(r, "and")) {
        const struct wf_scim_filter *right = read_one(r);

        left = right ? node(r, WF_SCIM_AND, left, right) : NULL;
    }
    return left;
}

static const struct wf_scim_filter *read_or(struct reading *r)
{
    const struct wf_scim_filter *left;

    if (++r->depth > DEPTH_MAX)
        return NULL;
    left = read_and(r);
    while (left && take(r, "or")) {
        const struct wf_scim_filter *right = read_and(r);

        left = right ? node(r, WF_SCIM_OR, left, right) : NULL;
    }
    r->depth--;
    return left;
}

bool wf_scim_filter_parse(struct wf_call *call, const char *text,
                          const struct wf_scim_filter **out, weft_error *err)
{
    struct reading r = { call, text, 0 };
    const struct wf_scim_filter *filter = read_or(&r);

    skip(&r);
    if (!filter || *r.at)
        return wf_scim_fail(call, err, "invalidFilter",
                            WF_MESSAGE("The filter cannot be read. Write one "
                                       "such as userName eq \"ann\"."));
    *out = filter;
    return true;
}

/* --- Asking. */

/* Texts are compared in any case, but for ids. */
static int order_of(const struct wf_json *a, const struct wf_json *b,
                    bool *comparable)
{
    const char *left = wf_json_str(a);
    const char *right = wf_json_str(b);
    double x = wf_json_num(a, 0);
    double y = wf_json_num(b, 0);

    *comparable = a && b && a->type == b->type;
    if (left && right)
        return strcasecmp(left, right);
    return (x > y) - (x < y);
}

static bool text_holds(enum wf_scim_op op, const char *text, const char *part)
{
    size_t n = text ? strlen(text) : 0;
    size_t n_part = part ? strlen(part) : 0;

    if (!text || !part || n_part > n)
        return false;
    if (op == WF_SCIM_SW)
        return strncasecmp(text, part, n_part) == 0;
    if (op == WF_SCIM_EW)
        return strcasecmp(text + n - n_part, part) == 0;
    return strcasestr(text, part) != NULL;
}

static bool value_holds(const struct wf_scim_filter *filter,
                        const struct wf_json *value)
{
    bool comparable;
    int order = order_of(value, filter->value, &comparable);

    switch (filter->op) {
    case WF_SCIM_PRESENT:
        return !wf_json_is_nothing(value);
    case WF_SCIM_EQ:
        return comparable && order == 0;
    case WF_SCIM_NE:
        return !comparable || order != 0;
    case WF_SCIM_GT:
        return comparable && order > 0;
    case WF_SCIM_GE:
        return comparable && order >= 0;
    case WF_SCIM_LT:
        return comparable && order < 0;
    case WF_SCIM_LE:
        return comparable && order <= 0;
    default:
        return text_holds(filter->op, wf_json_str(value),
                          wf_json_str(filter->value));
    }
}

/* Walks `path` from `at`; of several values one is enough. A value that has
 * parts stands for the one called value. */
static bool path_holds(const struct wf_scim_filter *filter,
                       const struct wf_json *at, const char *path)
{
    char name[64];
    size_t n = strcspn(path, ".");

    if (wf_json_is(at, WF_JSON_ARRAY)) {
        for (size_t i = 0; i < wf_json_len(at); i++)
            if (path_holds(filter, at->u.array.at[i], path))
                return true;
        return false;
    }
    if (!*path && wf_json_is(at, WF_JSON_OBJECT) && wf_scim_get(at, "value")
        && filter->op != WF_SCIM_PRESENT)
        return value_holds(filter, wf_scim_get(at, "value"));
    if (!*path)
        return value_holds(filter, at);
    if (n >= sizeof name)
        return false;
    memcpy(name, path, n);
    name[n] = '\0';
    at = wf_scim_get(at, name);
    return at ? path_holds(filter, at, path + n + (path[n] == '.'))
              : value_holds(filter, NULL);
}

static bool within_holds(const struct wf_scim_filter *filter,
                         const struct wf_json *resource)
{
    const struct wf_json *values = wf_scim_get(resource, filter->path);

    for (size_t i = 0;
         wf_json_is(values, WF_JSON_ARRAY) && i < wf_json_len(values); i++)
        if (wf_scim_filter_holds(filter->left, values->u.array.at[i]))
            return true;
    return false;
}

bool wf_scim_filter_holds(const struct wf_scim_filter *filter,
                          const struct wf_json *resource)
{
    const struct wf_json *extension;

    switch (filter->op) {
    case WF_SCIM_AND:
        return wf_scim_filter_holds(filter->left, resource)
               && wf_scim_filter_holds(filter->right, resource);
    case WF_SCIM_OR:
        return wf_scim_filter_holds(filter->left, resource)
               || wf_scim_filter_holds(filter->right, resource);
    case WF_SCIM_NOT:
        return !wf_scim_filter_holds(filter->left, resource);
    case WF_SCIM_WITHIN:
        return within_holds(filter, resource);
    default:
        break;
    }
    extension = wf_scim_get(resource, WF_SCIM_ENTERPRISE);
    return path_holds(filter, resource, filter->path)
           || (filter->op != WF_SCIM_NE && extension
               && path_holds(filter, extension, filter->path));
}

const char *wf_scim_filter_demands(const struct wf_scim_filter *filter,
                                   const char *path)
{
    const char *found;

    if (!filter)
        return NULL;
    if (filter->op == WF_SCIM_AND) {
        found = wf_scim_filter_demands(filter->left, path);
        return found ? found : wf_scim_filter_demands(filter->right, path);
    }
    return filter->op == WF_SCIM_EQ && strcasecmp(filter->path, path) == 0
               ? wf_json_str(filter->value)
               : NULL;
}
