/* plan/calibrate_write.c - a group beside the shares that it should have, and
 * the grid of two fields.
 *
 * Shares are of people, who are whole: of seven people, 10 in a hundred is none
 * or one. So a share is met by the whole numbers on both sides of its bounds,
 * and where even these cannot be met together, that is said.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "base/list.h"
#include "base/messages.h"
#include "doc/access_ask.h"
#include "plan/calibrate.h"

enum {
    PERCENT = 100
};

/* --- A group */

/* The text of a value, as shares name it. */
static const char *text_of(struct wf_call *call, const struct wf_json *value)
{
    if (!value)
        return "";
    return wf_json_str(value) ? wf_json_str(value)
                              : wf_json_dump(call->arena, value);
}

static int64_t count(struct wf_call *call, const struct wf_calibrated *at,
                     size_t n, const char *value, bool before)
{
    int64_t sum = 0;

    for (size_t i = 0; i < n; i++)
        sum +=
            wf_streq(text_of(call, before ? at[i].before : at[i].value), value);
    return sum;
}

/* The whole numbers of people by which a share is met. */
static int64_t least_of(const struct wf_share *share, size_t n)
{
    return share->least * (int64_t)n / PERCENT;
}

static int64_t most_of(const struct wf_share *share, size_t n)
{
    return (share->most * (int64_t)n + PERCENT - 1) / PERCENT;
}

static void write_value(struct wf_call *call, const struct wf_calibrated *at,
                        size_t n, const char *value,
                        const struct wf_share *share,
                        struct wf_json_writer *out)
{
    int64_t now = count(call, at, n, value, false);

    wf_jw_open(out, '{');
    wf_jw_key_text(out, "value", value);
    wf_jw_key(out, "n");
    wf_jw_int(out, now);
    wf_jw_key(out, "before");
    wf_jw_int(out, count(call, at, n, value, true));
    wf_jw_key(out, "percent");
    wf_jw_number(out,
                 n ? wf_number_round(PERCENT * (double)now / (double)n, 1) : 0);
    if (share) {
        wf_jw_key(out, "least");
        wf_jw_int(out, share->least);
        wf_jw_key(out, "most");
        wf_jw_int(out, share->most);
        wf_jw_key(out, "met");
        wf_jw_bool(out, now >= least_of(share, n) && now <= most_of(share, n));
    }
    wf_jw_close(out, '}');
}

static bool has_share(const struct wf_calibrate *calibrate, const char *value)
{
    for (const struct wf_share *s = calibrate->shares; s; s = s->next)
        if (wf_streq(s->value, value))
            return true;
    return false;
}

/* Values that no share speaks of come behind, each once. */
static void write_rest(struct wf_call *call,
                       const struct wf_calibrate *calibrate,
                       const struct wf_calibrated *at, size_t n,
                       struct wf_json_writer *out)
{
    WF_LIST(const char *) seen = { 0 };

    for (size_t i = 0; i < 2 * n; i++) {
        const struct wf_calibrated *one = &at[i / 2];
        const char *value = text_of(call, i % 2 ? one->before : one->value);
        bool known = !*value || has_share(calibrate, value);

        for (size_t k = 0; k < seen.n && !known; k++)
            known = wf_streq(seen.at[k], value);
        if (known)
            continue;
        *WF_PUSH(call->arena, &seen) = value;
        write_value(call, at, n, value, NULL, out);
    }
}

static void tell(struct wf_json_writer *out, struct wf_call *call,
                 const char *text)
{
    (void)call;
    wf_jw_text(out, text);
}

static void write_problems(struct wf_call *call,
                           const struct wf_calibrate *calibrate,
                           const struct wf_calibrated *at, size_t n,
                           struct wf_json_writer *out)
{
    struct wf_arena *arena = call->arena;
    int64_t least = 0, most = 0;

    for (const struct wf_share *s = calibrate->shares; s; s = s->next) {
        int64_t now = count(call, at, n, s->value, false);

        least += least_of(s, n);
        most += most_of(s, n);
        if (now > most_of(s, n))
            tell(out, call,
                 wf_arena_printf(
                     arena,
                     wf_message(call->lang,
                                WF_MESSAGE("%d of %d have %s; %d to %d in a "
                                           "hundred are at most %d.")),
                     (int)now, (int)n, s->value, (int)s->least, (int)s->most,
                     (int)most_of(s, n)));
        if (now < least_of(s, n))
            tell(out, call,
                 wf_arena_printf(
                     arena,
                     wf_message(call->lang,
                                WF_MESSAGE("%d of %d have %s; %d to %d in a "
                                           "hundred are at least %d.")),
                     (int)now, (int)n, s->value, (int)s->least, (int)s->most,
                     (int)least_of(s, n)));
    }
    if (calibrate->shares && (least > (int64_t)n || most < (int64_t)n))
        tell(out, call,
             wf_arena_printf(
                 arena,
                 wf_message(call->lang,
                            WF_MESSAGE("%d people cannot meet these shares: "
                                       "together they are %d to %d of them. "
                                       "Look at a larger group, or say why "
                                       "they are not met.")),
                 (int)n, (int)least, (int)most));
}

void wf_calibrate_write_group(struct wf_call *call,
                              const struct wf_calibrate *calibrate,
                              const struct wf_calibrated *at, size_t n,
                              struct wf_json_writer *out)
{
    wf_jw_key_text_or_null(out, "unit",
                           n && !calibrate->all ? at[0].unit : NULL);
    wf_jw_key_text_or_null(out, "name",
                           n && !calibrate->all ? at[0].unit_name : NULL);
    wf_jw_key(out, "n");
    wf_jw_int(out, (int64_t)n);
    wf_jw_key(out, "distribution");
    wf_jw_open(out, '[');
    for (const struct wf_share *s = calibrate->shares; s; s = s->next)
        write_value(call, at, n, s->value, s, out);
    write_rest(call, calibrate, at, n, out);
    wf_jw_close(out, ']');
    wf_jw_key(out, "problems");
    wf_jw_open(out, '[');
    write_problems(call, calibrate, at, n, out);
    wf_jw_close(out, ']');
}

/* --- The grid */

struct box {
    const char *x, *y;
    wf_id person, document;
    const char *login, *name;
};
struct boxes {
    struct box *at;
    size_t n, cap;
};

static bool check_axis(const struct wf_form *form,
                       const struct wf_calibrate *calibrate, const char *path,
                       weft_error *err)
{
    const struct wf_field *field =
        form && path ? wf_form_field(form, path) : NULL;

    return (field && !field->items
            && (field->index || wf_streq(path, calibrate->field)))
           || wf_fail(err, WEFT_E_MALFORMED,
                      "A grid needs x and y: two fields of the form outside "
                      "of tables, with index=\"true\".");
}

static void add_axis(struct wf_query *q, const char *path)
{
    wf_query_add(q, WF_SQL("(SELECT COALESCE(i.text, CAST(i.num AS TEXT))"
                           " FROM field_index i WHERE i.document = d.id"
                           " AND i.row = 0 AND i.field = "));
    wf_query_bind_text(q, path);
    wf_query_add(q, WF_SQL(")"));
}

static bool add_condition(struct wf_call *call, const char *form,
                          const char *path, struct wf_query *q, weft_error *err)
{
    struct wf_ask ask = wf_ask_field(form, path);

    wf_query_add(q, WF_SQL(" AND "));
    return wf_ask_add(call, &ask, q, err);
}

static bool find_boxes(struct wf_call *call, const struct wf_run *run,
                       const struct wf_form *form, const struct wf_grid *grid,
                       struct boxes *out, weft_error *err)
{
    struct wf_query q = WF_QUERY_INIT(call->arena);
    struct wf_stmt s WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    wf_query_add(&q, WF_SQL("SELECT "));
    add_axis(&q, grid->x);
    wf_query_add(&q, WF_SQL(", "));
    add_axis(&q, grid->y);
    wf_query_add(&q, WF_SQL(", p.id, p.login, p.name, d.id FROM document d"
                            " JOIN person p ON p.id = d.subject"
                            " LEFT JOIN unit u ON u.id = p.unit"
                            " WHERE d.state <> 'void' AND d.stage IN"
                            " (SELECT id FROM stage WHERE run = "));
    wf_query_bind_int(&q, run->id);
    wf_query_add(&q, WF_SQL(") AND d.family = "));
    wf_query_bind_text(&q, form->family);
    if (grid->unit) {
        wf_query_add(&q, WF_SQL(" AND u.key = "));
        wf_query_bind_text(&q, grid->unit);
    }
    if (!add_condition(call, form->id, grid->x, &q, err)
        || !add_condition(call, form->id, grid->y, &q, err))
        return false;
    wf_query_add(&q, WF_SQL(" ORDER BY 1 NULLS LAST, 2 NULLS LAST, p.login"
                            " LIMIT 20000"));
    if (!wf_query_begin(call->db, &q, &s, err))
        return false;
    while ((got = wf_stmt_step(&s, err)) == WF_FETCH_ROW)
        *WF_PUSH(call->arena, out) =
            (struct box){ wf_stmt_str(&s, 0, call->arena),
                          wf_stmt_str(&s, 1, call->arena),
                          wf_stmt_int(&s, 2),
                          wf_stmt_int(&s, 5),
                          wf_stmt_str(&s, 3, call->arena),
                          wf_stmt_str(&s, 4, call->arena) };
    return got == WF_FETCH_DONE;
}

static void write_box_person(const struct box *box, struct wf_json_writer *out)
{
    wf_jw_open(out, '{');
    wf_jw_key(out, "id");
    wf_jw_id(out, box->person);
    wf_jw_key_text(out, "login", box->login);
    wf_jw_key_text(out, "name", box->name);
    wf_jw_key(out, "document");
    wf_jw_id(out, box->document);
    wf_jw_close(out, '}');
}

/* The boxes of one cell stand together. */
static size_t write_cell(const struct boxes *boxes, size_t from,
                         struct wf_json_writer *out)
{
    const struct box *first = &boxes->at[from];
    size_t to = from;

    while (to < boxes->n && wf_streq(boxes->at[to].x, first->x)
           && wf_streq(boxes->at[to].y, first->y))
        to++;
    wf_jw_open(out, '{');
    wf_jw_key_text_or_null(out, "x", first->x);
    wf_jw_key_text_or_null(out, "y", first->y);
    wf_jw_key(out, "n");
    wf_jw_int(out, (int64_t)(to - from));
    wf_jw_key(out, "people");
    wf_jw_open(out, '[');
    for (size_t i = from; i < to; i++)
        write_box_person(&boxes->at[i], out);
    wf_jw_close(out, ']');
    wf_jw_close(out, '}');
    return to;
}

bool wf_calibrate_write_grid(struct wf_call *call, const struct wf_run *run,
                             const struct wf_calibrate *calibrate,
                             const struct wf_grid *grid,
                             struct wf_json_writer *out, weft_error *err)
{
    const struct wf_form *form =
        wf_registry_form(call->registry, calibrate->form_id);
    struct boxes boxes = { NULL, 0, 0 };

    if (!check_axis(form, calibrate, grid->x, err)
        || !check_axis(form, calibrate, grid->y, err)
        || !find_boxes(call, run, form, grid, &boxes, err))
        return false;
    wf_jw_open(out, '{');
    wf_jw_key_text(out, "x", grid->x);
    wf_jw_key_text(out, "y", grid->y);
    wf_jw_key(out, "cells");
    wf_jw_open(out, '[');
    for (size_t i = 0; i < boxes.n;)
        i = write_cell(&boxes, i, out);
    wf_jw_close(out, ']');
    wf_jw_close(out, '}');
    return true;
}
