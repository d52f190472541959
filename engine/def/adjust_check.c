/* def/adjust_check.c - the second reading of a change: what differs between the
 * form and what came of it, held to the rules.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "def/adjust_rules.h"

#include <string.h>

#include "base/error.h"
#include "base/str.h"
#include "def/deploy.h"

enum {
    NUMBER_TEXT = 32
};

static bool beyond(const struct wf_adjusting *with, const char *path,
                   const char *what)
{
    wf_diag_field(with->findings, path, "adjust",
                  "this reaches beyond what is yours to change: %s", what);
    return false;
}

/* An attribute of an added part, as the comparison tells it. */
static bool check_added(const struct wf_adjusting *with,
                        const struct wf_part *part)
{
    if (!wf_adjust_may(with, part->kind, part->path, WF_ADJUST_ADD))
        return beyond(with, part->path, part->kind);
    for (const struct wf_attr *a = part->elem->attrs; a; a = a->next) {
        const struct wf_may_value *value =
            wf_adjust_value(with, part->kind, part->path, a->name);

        if (wf_streq(a->name, "id"))
            continue;
        if (!value)
            return beyond(with, part->path, a->name);
        if (!wf_adjust_fits(with, value, a->value, part->path))
            return false;
    }
    return (!part->elem->first && part->elem->text[0] == '\0')
           || beyond(with, part->path, part->kind);
}

static bool check_row(const struct wf_adjusting *with,
                      const struct wf_parts *to, const struct wf_json *row)
{
    const char *kind = wf_json_str(wf_json_get(row, "kind"));
    const char *path = wf_json_str(wf_json_get(row, "path"));
    const char *change = wf_json_str(wf_json_get(row, "change"));
    const char *name = wf_json_str(wf_json_get(row, "attribute"));
    const struct wf_part *part = wf_adjust_part(to, with->arena, kind, path);
    const struct wf_may_value *value;

    if (wf_streq(change, "added"))
        return part && part->elem ? check_added(with, part)
                                  : beyond(with, path, kind);
    if (wf_streq(change, "removed"))
        return wf_adjust_may(with, kind, path, WF_ADJUST_REMOVE)
               || beyond(with, path, kind);
    if (wf_streq(change, "renamed")) { /* one gone, another just like it here */
        const char *old = wf_json_str(wf_json_get(row, "from"));

        return part && part->elem && check_added(with, part)
               && (wf_adjust_may(with, kind, old, WF_ADJUST_REMOVE)
                   || beyond(with, old, kind));
    }
    if (wf_streq(change, "reordered"))
        return wf_adjust_may(with, name,
                             wf_arena_printf(with->arena, "%s.x", path),
                             WF_ADJUST_MOVE)
               || wf_adjust_may(with, name,
                                wf_arena_printf(with->arena, "%s.x", path),
                                WF_ADJUST_ADD)
               || beyond(with, path, name);
    value = wf_streq(change, "changed")
                ? wf_adjust_value(with, kind, path, name)
                : NULL;
    if (!value || !part || !part->elem)
        return beyond(with, path, name ? name : change);
    return wf_adjust_fits(with, value, wf_elem_get(part->elem, name), path);
}

/* How many parts there are of a kind within another, and what their numbers
 * come to. */
static void check_counts(const struct wf_adjusting *with,
                         const struct wf_parts *to, const struct wf_may *may)
{
    int n = 0;

    for (size_t i = 0; i < to->n; i++)
        n += wf_streq(to->at[i]->kind, may->part)
             && wf_adjust_is_path_of(may->path, to->at[i]->path);
    if (may->min > 0 && n < may->min)
        wf_diag_field(with->findings, may->path, "adjust",
                      "of the parts %s at least %d have to stay, not %d",
                      may->path, may->min, n);
    if (may->max > 0 && n > may->max)
        wf_diag_field(with->findings, may->path, "adjust",
                      "of the parts %s there may be %d, not %d", may->path,
                      may->max, n);
}

static void check_sum(const struct wf_adjusting *with,
                      const struct wf_parts *to, const struct wf_may *may,
                      const struct wf_may_value *value)
{
    char is[NUMBER_TEXT], wanted[NUMBER_TEXT];
    double sum = 0;

    for (size_t i = 0; value->sum.given && i < to->n; i++) {
        const struct wf_part *part = to->at[i];
        const struct wf_part_attr *attr = wf_part_attr(part, value->of);
        char *end;

        if (attr && wf_streq(part->kind, may->part)
            && wf_adjust_is_path_of(may->path, part->path))
            sum += wf_number_parse(attr->value, &end);
    }
    wf_number_write(wf_number_rounded(sum), is);
    wf_number_write(value->sum.at, wanted);
    if (value->sum.given && !wf_streq(is, wanted))
        wf_diag_field(with->findings, may->path, "adjust",
                      "\"%s\" of %s has to come to %s together, not %s",
                      value->of, may->path, wanted, is);
}

static const struct wf_json *rows_between(const struct wf_adjusting *with,
                                          const struct wf_form *to)
{
    struct wf_buf text = WF_BUF_INIT(with->arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&text);
    struct wf_json *rows = NULL;
    weft_error err = WEFT_ERROR_INIT;

    wf_form_diff(with->form, to, "en", &w);
    return wf_json_read_stored(with->arena, wf_buf_text(&text), &rows, &err)
               ? rows
               : NULL;
}

void wf_adjust_check(const struct wf_adjusting *with, const struct wf_form *to)
{
    struct wf_diff_side side = wf_diff_form(with->arena, to);
    const struct wf_json *rows = rows_between(with, to);
    struct wf_parts parts = { 0 };

    wf_parts_read(with->arena, &side, &parts);
    if (!rows || !wf_streq(to->id, with->form->id)
        || !wf_streq(to->package->id, with->form->package->id)
        || !wf_streq(to->hook, with->form->hook)) {
        (void)beyond(with, "", to->id);
        return;
    }
    for (size_t i = 0; i < wf_json_len(rows); i++)
        (void)check_row(with, &parts, rows->u.array.at[i]);
    for (size_t i = 0; i < with->rules.n; i++)
        for (const struct wf_may *m = with->rules.at[i]->mays; m; m = m->next) {
            check_counts(with, &parts, m);
            for (const struct wf_may_value *v = m->values; v; v = v->next)
                check_sum(with, &parts, m, v);
        }
}
