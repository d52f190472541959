/* plan/metric_doc.c - a point as a document of two fields, and as hooks know
 * it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/date.h"
#include "flow/hook.h"
#include "plan/metric.h"

static bool name_of(struct wf_call *call, const struct wf_metric *metric,
                    const struct wf_doc *doc, const char *subject,
                    const char **out, weft_error *err)
{
    const struct wf_person *person = NULL;
    struct wf_unit unit;
    bool found = false;

    *out = subject;
    if (metric->of == WF_METRIC_UNIT) {
        if (!wf_unit_find(call, subject, &unit, &found, err))
            return false;
        *out = found ? unit.name : subject;
        return true;
    }
    if (!wf_person_find(call, doc->subject, &person, err))
        return false;
    *out = person ? person->name : subject;
    return true;
}

/* "Wang Wei 94.2 %" */
static const char *title_of(struct wf_call *call,
                            const struct wf_metric *metric, const char *name,
                            double value)
{
    const char *unit =
        wf_words_get(metric->head.words, call->lang, WF_WORD_UNIT);

    return wf_arena_printf(
        call->arena, "%s %.15g%s%s", name,
        wf_number_round(value, metric->digits < 0 ? 2 : metric->digits),
        unit ? " " : "", unit ? unit : "");
}

bool wf_metric_doc(struct wf_call *call, const struct wf_metric *metric,
                   const struct wf_point *point, struct wf_doc **out,
                   weft_error *err)
{
    struct wf_arena *arena = call->arena;
    struct wf_doc *doc = WF_NEW(arena, struct wf_doc);
    double value = metric->digits < 0
                       ? point->value
                       : wf_number_round(point->value, metric->digits);
    const char *name;

    doc->form = metric->form;
    doc->created = doc->updated = point->at;
    doc->data = wf_json_object(arena);
    wf_json_set(arena, doc->data, "subject",
                wf_json_text(arena, point->subject));
    wf_json_set(arena, doc->data, "value", wf_json_number(arena, value));
    if (metric->of == WF_METRIC_PERSON
        && !wf_id_parse(wf_str_of(point->subject), &doc->subject))
        doc->subject = 0;
    if (!name_of(call, metric, doc, point->subject, &name, err))
        return false;
    doc->title = title_of(call, metric, name, point->value);
    *out = doc;
    return true;
}

bool wf_metric_point(struct wf_call *call, const struct wf_metric *metric,
                     const struct wf_point *point, struct wf_json **out,
                     weft_error *err)
{
    struct wf_arena *arena = call->arena;
    struct wf_json *json = wf_json_object(arena);
    const struct wf_person *person = NULL;
    char at[WF_TIME_TEXT];
    wf_id id;

    if (metric->of == WF_METRIC_PERSON
        && wf_id_parse(wf_str_of(point->subject), &id)
        && !wf_person_find(call, id, &person, err))
        return false;
    wf_time_write(point->at, at);
    wf_json_set(arena, json, "metric", wf_json_text(arena, metric->head.id));
    wf_json_set(arena, json, "subject",
                person ? wf_hook_person(arena, person)
                       : wf_json_text(arena, point->subject));
    wf_json_set(arena, json, "at", wf_json_text(arena, at));
    wf_json_set(arena, json, "value", wf_json_number(arena, point->value));
    *out = json;
    return true;
}
