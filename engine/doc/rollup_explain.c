/* doc/rollup_explain.c - why a field has the value that others give it.
 *
 * A total counts documents that its reader may not see; here these are a
 * number, and nothing else of them is told.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/access.h"
#include "doc/rollup.h"
#include "doc/rollup_part.h"
#include "doc/series.h"

enum {
    SHOWN_MAX = 100
};

static const char *const fn_words[] = {
    [WF_ROLLUP_SUM] = "sum",       [WF_ROLLUP_AVG] = "avg",
    [WF_ROLLUP_MIN] = "min",       [WF_ROLLUP_WEIGHTED] = "weighted",
    [WF_ROLLUP_MAX] = "max",       [WF_ROLLUP_COUNT] = "count",
    [WF_ROLLUP_SHARE] = "share",   [WF_ROLLUP_LATEST] = "latest",
    [WF_ROLLUP_MANUAL] = "manual",
};

static void set_number(struct wf_arena *arena, struct wf_json *object,
                       const char *key, bool there, double number)
{
    wf_json_set(arena, object, key,
                there ? wf_json_number(arena, number) : wf_json_null(arena));
}

/* {"document","title","value","weight"?} */
static bool show_part(struct wf_call *call, const struct wf_rollup *r,
                      const struct wf_part *part, const struct wf_doc *source,
                      struct wf_json *out, weft_error *err)
{
    char id[WF_ID_TEXT];
    struct wf_json *value;

    wf_id_write(source->id, id);
    wf_json_set(call->arena, out, "document",
                wf_json_text(call->arena, wf_arena_str(call->arena, id)));
    wf_json_set(call->arena, out, "title",
                wf_json_text(call->arena, source->title));
    if (part->value) {
        if (!wf_json_read_stored(call->arena, part->value, &value, err))
            return false;
        wf_json_set(call->arena, out, "value", value);
    } else if (r->fn != WF_ROLLUP_COUNT) {
        set_number(call->arena, out, "value", part->has_num, part->num);
    }
    if (r->weight)
        set_number(call->arena, out, "weight", part->has_weight, part->weight);
    return true;
}

/* The sources one after the other; *shown NULL where it is not seen. */
static bool see_source(struct wf_call *call, wf_id id, struct wf_doc **out,
                       weft_error *err)
{
    struct wf_rights rights;

    if (!wf_doc_load(call, id, out, err))
        return false;
    if (!*out)
        return true;
    if (!wf_access_decide(call, *out, &rights, err))
        return false;
    if (!call->system && !(rights.rights & WF_RIGHT_READ))
        *out = NULL;
    return true;
}

static bool show_parts(struct wf_call *call, const struct wf_doc *doc,
                       const struct wf_rollup *r, struct wf_json *out,
                       weft_error *err)
{
    struct wf_json *shown = wf_json_array(call->arena);
    struct wf_parts parts;
    int64_t n = 0, hidden = 0;

    if (!wf_parts_given_to(call, doc->id, &parts, err))
        return false;
    for (size_t i = 0; i < parts.list.n; i++) {
        const struct wf_part *part = &parts.list.at[i];
        struct wf_doc *source = NULL;
        struct wf_json *one;

        if (part->number != r->number)
            continue;
        if (++n <= SHOWN_MAX && !see_source(call, part->source, &source, err))
            return false;
        if (!source) {
            hidden++;
            continue;
        }
        one = wf_json_object(call->arena);
        if (!show_part(call, r, part, source, one, err))
            return false;
        wf_json_push(call->arena, shown, one);
    }
    set_number(call->arena, out, "parts", true, (double)n);
    wf_json_set(call->arena, out, "sources", shown);
    set_number(call->arena, out, "hidden", true, (double)hidden);
    return true;
}

static void set_day(struct wf_arena *arena, struct wf_json *object,
                    const char *key, int32_t day)
{
    char text[WF_DATE_TEXT];

    wf_date_write(day, text);
    wf_json_set(arena, object, key,
                wf_json_text(arena, wf_arena_str(arena, text)));
}

/* {"rollup","metric","label","parts","from","to"}: how many points of which
 * days, and none of them. */
static bool show_points(struct wf_call *call, const struct wf_doc *doc,
                        const struct wf_rollup *r, struct wf_json *out,
                        weft_error *err)
{
    const char *over = wf_json_str(wf_json_get(doc->data, r->over->id));
    const struct wf_metric *metric;
    struct wf_period period;
    struct wf_sums sums;

    if (!wf_rollup_points(call, doc, r, &sums, &metric, err))
        return false;
    wf_json_set(call->arena, out, "metric",
                wf_json_text(call->arena, r->metric));
    if (metric) {
        wf_json_set(call->arena, out, "rollup",
                    wf_json_text(call->arena,
                                 r->points ? r->points
                                           : wf_metric_fn_name(metric->fn)));
        wf_json_set(
            call->arena, out, "label",
            wf_json_text(call->arena, wf_words_label(metric->head.words,
                                                     call->lang, r->metric)));
    }
    set_number(call->arena, out, "parts", true, (double)sums.n);
    if (over && wf_period_parse(wf_str_of(over), &period)) {
        set_day(call->arena, out, "from", wf_period_start(period));
        set_day(call->arena, out, "to", wf_period_end(period));
    }
    return true;
}

bool wf_rollup_explain(struct wf_call *call, const struct wf_doc *doc,
                       const struct wf_field *field, struct wf_json **out,
                       weft_error *err)
{
    const struct wf_rollup *r;
    struct wf_json *tree = wf_json_object(call->arena);

    *out = NULL;
    if (!wf_rollup_chosen(call, doc, field, &r, err))
        return false;
    if (!r)
        return true;
    *out = tree;
    if (r->fn == WF_ROLLUP_POINTS)
        return show_points(call, doc, r, tree, err);
    wf_json_set(call->arena, tree, "rollup",
                wf_json_text(call->arena, fn_words[r->fn]));
    if (r->source_id)
        wf_json_set(call->arena, tree, "of", wf_json_text(call->arena, r->of));
    return r->fn == WF_ROLLUP_MANUAL || !doc->stored
           || show_parts(call, doc, r, tree, err);
}
