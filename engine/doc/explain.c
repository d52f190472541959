/* doc/explain.c - why a field has its value.
 *
 * A derived value is the tree of its formula; parts that are derived
 * themselves carry the trees of theirs, down to what somebody entered. Parts
 * that the reader does not see are hidden.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "doc/fields.h"
#include "doc/override.h"
#include "doc/rollup.h"
#include "doc/show.h"
#include "doc/view.h"

enum {
    DEPTH_MAX = 16
};

struct explaining {
    struct wf_showing s;
    const struct wf_doc *doc;
    const struct wf_json *row; /* of a column */
    int depth;
};

static bool may_see(void *self, const struct wf_field *field)
{
    const struct explaining *x = self;

    return wf_show_sees(&x->s, field);
}

static bool reason(struct explaining *x, const struct wf_field *field,
                   struct wf_json **out, weft_error *err);

/* Gives a part that names a derived field outside of tables its own tree. */
static bool deepen(struct explaining *x, struct wf_json *node, weft_error *err)
{
    const char *path = wf_json_str(wf_json_get(node, "field"));
    const struct wf_field *field =
        path ? wf_form_field(x->doc->form, path) : NULL;
    const struct wf_json *parts = wf_json_get(node, "parts");
    struct wf_json *tree;

    for (size_t i = 0; i < wf_json_len(parts); i++)
        if (!deepen(x, parts->u.array.at[i], err))
            return false;
    if (!field || field->items || x->depth >= DEPTH_MAX)
        return true;
    if (!reason(x, field, &tree, err))
        return false;
    if (tree)
        wf_json_set(x->s.call->arena, node, "because", tree);
    return true;
}

static bool formula(struct explaining *x, const struct wf_field *field,
                    struct wf_json **out, weft_error *err)
{
    struct wf_doc_env env;
    bool done;

    wf_doc_env_init(&env, x->s.call, x->doc);
    env.env.row = field->items ? x->row : NULL;
    x->depth++;
    done = wf_expr_explain(field->formula, &env.env, may_see, x, out, err)
           && deepen(x, *out, err);
    x->depth--;
    return done;
}

/* The tree of a derived field; NULL for one that was entered. */
static bool reason(struct explaining *x, const struct wf_field *field,
                   struct wf_json **out, weft_error *err)
{
    *out = NULL;
    if (field->formula)
        return formula(x, field, out, err);
    return !field->rolled
           || wf_rollup_explain(x->s.call, x->doc, field, out, err);
}

/* The row that "lines[2].weight" names; NULL outside of tables. */
static bool find_row(struct explaining *x, const struct wf_field *field,
                     const char *place)
{
    const struct wf_json *rows;
    const char *open = strchr(place, '[');
    const char *close = open ? strchr(open, ']') : NULL;
    int64_t n = 0;

    if (!field->items)
        return !open;
    rows = wf_json_get(x->doc->data, field->items->id);
    if (!close
        || !wf_str_to_int(
            (struct wf_str){ open + 1, (size_t)(close - open - 1) }, &n)
        || n < 1 || (size_t)n > wf_json_len(rows))
        return false;
    x->row = rows->u.array.at[n - 1];
    return true;
}

static bool write(struct explaining *x, const struct wf_field *field,
                  const char *place, struct wf_json_writer *out,
                  weft_error *err)
{
    struct wf_json *value, *tree;
    bool given;

    if (!wf_show_value(&x->s, field,
                       wf_field_value(field, x->doc->data, x->row), &value, err)
        || !reason(x, field, &tree, err)
        || !wf_rollup_in_force(x->s.call, x->doc, field, &given, err))
        return false;
    wf_jw_open(out, '{');
    wf_jw_key_text(out, "field", place);
    wf_jw_key_text(out, "label", wf_field_label(x->s.call, field));
    wf_jw_key_id_or_null(out, "document", x->doc->id);
    wf_jw_key_text(out, "form", x->doc->form->id);
    wf_jw_key(out, "version");
    wf_jw_int(out, x->doc->form->version);
    wf_jw_key(out, "value");
    wf_jw_tree(out, value ? value : wf_json_null(x->s.call->arena));
    wf_jw_key(out, "derived");
    wf_jw_bool(out, field->formula || given);
    if (field->formula)
        wf_jw_key_text(out, "formula", wf_expr_text(field->formula));
    if (tree) {
        wf_jw_key(out, "because");
        wf_jw_tree(out, tree);
    }
    if (wf_override_is_set(x->doc, field)) {
        wf_jw_key(out, "override");
        if (!wf_override_write_one(x->s.call, x->doc, x->s.rights, field, out,
                                   err))
            return false;
    }
    wf_jw_close(out, '}');
    return true;
}

bool wf_view_explain(struct wf_call *call, const struct wf_doc *doc,
                     const struct wf_rights *rights, const char *field,
                     struct wf_json_writer *out, weft_error *err)
{
    struct explaining x = {
        .s = { .call = call, .form = doc->form, .rights = rights }, .doc = doc
    };
    const struct wf_field *found =
        field ? wf_field_placed(doc->form, call->arena, field) : NULL;

    if (!found || !wf_show_sees(&x.s, found) || !find_row(&x, found, field))
        return wf_fail(err, WEFT_E_NOTFOUND,
                       "This document has no field %s: give an id like "
                       "\"total\", or of a row \"items[1].weight\".",
                       field ? field : "");
    return write(&x, found, field, out, err);
}
