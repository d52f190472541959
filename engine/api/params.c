/* api/params.c - the names and values of a query string, read into a struct.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/params.h"

#include "base/error.h"

enum {
    LIMIT_DEFAULT = 50,
    LIMIT_MAX = 200,
    FILTERS_MAX = 32
};

/* --- Values */

static bool read_text(const char *value, void *at)
{
    *(const char **)at = value;
    return true;
}

static bool read_flag(const char *value, void *at)
{
    *(bool *)at = wf_streq(value, "true");
    return *(bool *)at || wf_streq(value, "false");
}

static bool read_limit(const char *value, void *at)
{
    int64_t limit;

    if (!wf_str_to_int(wf_str_of(value), &limit) || limit < 1
        || limit > LIMIT_MAX)
        return false;
    *(int *)at = (int)limit;
    return true;
}

#define AT(member) offsetof(struct wf_params, member)
#define QUERY(member) offsetof(struct wf_params, query.member)

/* clang-format off */
static const struct row {
    const char *name;
    unsigned of; /* enum wf_params_of */
    bool (*read)(const char *value, void *at);
    size_t offset;
} rows[] = {
    { "limit",   WF_PARAMS_PAGE,                     read_limit, QUERY(limit)   },
    { "cursor",  WF_PARAMS_PAGE,                     read_text,  QUERY(cursor)  },
    { "form",    WF_PARAMS_DOCUMENTS|WF_PARAMS_WORK, read_text,  QUERY(form)    },
    { "step",    WF_PARAMS_DOCUMENTS,                read_text,  QUERY(step)    },
    { "state",   WF_PARAMS_DOCUMENTS|WF_PARAMS_STATE, read_text, QUERY(state)  },
    { "subject", WF_PARAMS_DOCUMENTS,                read_text,  QUERY(subject) },
    { "period",  WF_PARAMS_DOCUMENTS,                read_text,  QUERY(period)  },
    { "sort",    WF_PARAMS_DOCUMENTS,                read_text,  QUERY(sort)    },
    { "fields",  WF_PARAMS_DOCUMENTS,                read_text,  QUERY(fields)  },
    { "mine",    WF_PARAMS_DOCUMENTS,                read_flag,  QUERY(mine)    },
    { "count",   WF_PARAMS_DOCUMENTS,                read_flag,  QUERY(count)   },
    { "tree",    WF_PARAMS_DOCUMENTS,                read_flag,  QUERY(tree)    },
    { "unit",    WF_PARAMS_DOCUMENTS|WF_PARAMS_PEOPLE, read_text, QUERY(unit)   },
    { "q",       WF_PARAMS_DOCUMENTS|WF_PARAMS_PEOPLE, read_text, QUERY(search) },
    { "due",     WF_PARAMS_WORK,                     read_text,  AT(due)        },
    { "on",      WF_PARAMS_LINES,                    read_text,  AT(on)         },
    { "below",   WF_PARAMS_LINES,                    read_flag,  AT(below)      },
};
/* clang-format on */

static const struct row *find_row(const char *name, unsigned of)
{
    for (size_t i = 0; i < WF_COUNT(rows); i++)
        if ((rows[i].of & of) && wf_streq(rows[i].name, name))
            return &rows[i];
    return NULL;
}

/* --- filter[FIELD] and filter[FIELD][OP] */

/* Cuts "[WORD]" off the front of `rest`. */
static bool cut_brackets(struct wf_str *rest, struct wf_str *word)
{
    const char *end;

    if (rest->len < 3 || rest->at[0] != '[')
        return false;
    end = memchr(rest->at, ']', rest->len);
    if (!end || end == rest->at + 1)
        return false;
    word->at = rest->at + 1;
    word->len = (size_t)(end - word->at);
    rest->len -= word->len + 2;
    rest->at = end + 1;
    return true;
}

static bool read_filter(struct wf_arena *arena, const weft_param *param,
                        struct wf_filter *out)
{
    struct wf_str rest = wf_str_of(param->name + strlen("filter"));
    struct wf_str field, op;

    if (!cut_brackets(&rest, &field))
        return false;
    *out =
        (struct wf_filter){ wf_arena_slice(arena, field), NULL, param->value };
    if (rest.len == 0)
        return true;
    if (!cut_brackets(&rest, &op) || rest.len > 0)
        return false;
    out->op = wf_arena_slice(arena, op);
    return true;
}

/* --- All of them */

static bool is_repeated(const weft_param *params, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (wf_streq(params[k].name, params[i].name))
            return true;
    return false;
}

static bool read_one(struct wf_arena *arena, const weft_param *param,
                     unsigned of, struct wf_params *out,
                     struct wf_filter *filters)
{
    const struct row *row = find_row(param->name, of);

    if (row)
        return row->read(param->value, (char *)out + row->offset);
    return (of & WF_PARAMS_DOCUMENTS) && wf_str_starts(param->name, "filter[")
           && out->query.n_filters < FILTERS_MAX
           && read_filter(arena, param, &filters[out->query.n_filters++]);
}

bool wf_params_read(struct wf_arena *arena, const weft_param *params, size_t n,
                    unsigned of, struct wf_params *out, weft_error *err)
{
    struct wf_filter *filters = WF_NEW_N(arena, struct wf_filter, FILTERS_MAX);

    *out = (struct wf_params){ .query.limit = LIMIT_DEFAULT };
    out->query.filters = filters;
    for (size_t i = 0; i < n; i++)
        if (is_repeated(params, i)
            || !read_one(arena, &params[i], of, out, filters))
            return wf_fail(err, WEFT_E_MALFORMED,
                           "The parameter \"%s\" is unknown, repeated or has "
                           "a value that cannot be.",
                           params[i].name);
    return true;
}
