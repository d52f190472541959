/* flow/harvest.c - means and texts of the answers of one group.
 *
 * Of anonymous answers a field shows only where as many filled it as the floor
 * asks, and its texts stand in an order of their own, so that no two of one
 * writer can be told to belong together.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/harvest.h"

#include <math.h>

#include "base/hash.h"
#include "base/list.h"

struct texts {
    struct wf_json **at;
    size_t n, cap;
};

/* Of `n`, any with the same chance. */
static size_t pick(size_t n)
{
    uint64_t random;

    wf_random(&random, sizeof random);
    return (size_t)(random % n);
}

static void shuffle(struct texts *texts)
{
    for (size_t i = texts->n; i > 1; i--) {
        size_t k = pick(i);
        struct wf_json *one = texts->at[i - 1];

        texts->at[i - 1] = texts->at[k];
        texts->at[k] = one;
    }
}

static size_t floor_of(const struct wf_harvest *h, const struct wf_step *step)
{
    return h->group->anonymous ? (size_t)step->wanted->floor : 1;
}

/* The mean of a column's field over the answers that have it; NULL: of too
 * few. */
static struct wf_json *mean(struct wf_call *call, const struct wf_harvest *h,
                            const struct wf_field *column, size_t floor)
{
    double sum = 0;
    size_t n = 0;

    for (size_t i = 0; i < h->answers.n; i++) {
        const struct wf_doc *doc = h->answers.at[i];
        const struct wf_field *field = wf_form_field(doc->form, column->id);
        struct wf_value value;

        if (!field)
            continue;
        value =
            wf_value_of(call->arena, field, wf_json_get(doc->data, field->id));
        if (value.type != WF_T_NUMBER)
            continue;
        sum += value.u.number;
        n++;
    }
    if (n < floor || n == 0)
        return NULL;
    return wf_value_to_json(call->arena, column,
                            wf_value_number(sum / (double)n));
}

static struct wf_json *texts_of(struct wf_call *call,
                                const struct wf_harvest *h,
                                const struct wf_field *column, size_t floor)
{
    struct wf_json *list = wf_json_array(call->arena);
    struct texts texts = { NULL, 0, 0 };

    for (size_t i = 0; i < h->answers.n; i++) {
        const struct wf_doc *doc = h->answers.at[i];
        struct wf_json *text = wf_json_get(doc->data, column->id);

        if (wf_json_is(text, WF_JSON_TEXT))
            *WF_PUSH(call->arena, &texts) = wf_json_copy(call->arena, text);
    }
    if (texts.n < floor || texts.n == 0)
        return NULL;
    if (h->group->anonymous)
        shuffle(&texts);
    for (size_t i = 0; i < texts.n; i++)
        wf_json_push(call->arena, list, texts.at[i]);
    return list;
}

static void put_answers(struct wf_call *call, const struct wf_harvest *h,
                        const struct wf_step *step, struct wf_json *row)
{
    const struct wf_field *column = step->wanted->table->columns;
    size_t floor = floor_of(h, step);

    /* weight and answers come first */
    for (column = column->next->next; column; column = column->next) {
        struct wf_json *value = column->type == WF_F_TAGS
                                    ? texts_of(call, h, column, floor)
                                    : mean(call, h, column, floor);

        if (value)
            wf_json_set(call->arena, row, column->id, value);
    }
}

bool wf_harvest_row(struct wf_call *call, const struct wf_harvest *h,
                    const struct wf_step *step, struct wf_json **out,
                    weft_error *err)
{
    struct wf_arena *arena = call->arena;
    struct wf_json *row = wf_json_object(arena);

    (void)err;
    wf_json_set(arena, row, "id", wf_json_text(arena, h->group->id));
    if (!isnan(h->group->weight))
        wf_json_set(arena, row, "weight",
                    wf_json_number(arena, h->group->weight));
    if (h->shown) {
        wf_json_set(arena, row, "answers",
                    wf_json_int(arena, (int64_t)h->answers.n));
        put_answers(call, h, step, row);
    }
    *out = row;
    return true;
}
