/* doc/value_number.c - numbers that somebody sent: plain, percent, money,
 * durations, progress.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "base/messages.h"
#include "base/text.h"
#include "doc/value.h"

static bool in_range(const struct wf_shaping *s, double n, double min,
                     double max)
{
    char bound[32];
    const struct wf_field *f = s->field;

    if (f->has_min)
        min = f->min;
    if (f->has_max)
        max = f->max;
    if (n >= min && n <= max)
        return true;
    wf_number_write(n < min ? min : max, bound);
    if (n < min)
        wf_diag_field(s->call->findings, s->place, "range",
                      "%s must be at least %s.", wf_shape_label(s), bound);
    else
        wf_diag_field(s->call->findings, s->place, "range",
                      "%s must be at most %s.", wf_shape_label(s), bound);
    return false;
}

static bool has_few_digits(const struct wf_shaping *s, double n)
{
    double scaled = s->field->digits < 0 ? 0 : n * pow(10, s->field->digits);
    double off = fabs(scaled - round(scaled));

    /* 0.1 is no exact double: what is left over is far below a digit. */
    if (off <= 1e-6 || off <= fabs(scaled) * 1e-14)
        return true;
    wf_diag_field(s->call->findings, s->place, "digits",
                  "%s takes at most %d digits behind the point: round it.",
                  wf_shape_label(s), s->field->digits);
    return false;
}

static bool number(const struct wf_shaping *s, const struct wf_json *in,
                   double min, double max, struct wf_json **out)
{
    *out = NULL;
    if (!wf_json_is(in, WF_JSON_NUMBER))
        wf_shape_wrong_type(s, wf_message(s->call->lang, "a number"));
    else if (in_range(s, in->u.number, min, max)
             && has_few_digits(s, in->u.number))
        *out = wf_json_number(s->call->arena, in->u.number);
    return true;
}

bool wf_shape_number(const struct wf_shaping *s, const struct wf_json *in,
                     struct wf_json **out, weft_error *err)
{
    (void)err;
    return number(s, in, -HUGE_VAL, HUGE_VAL, out);
}

bool wf_shape_percent(const struct wf_shaping *s, const struct wf_json *in,
                      struct wf_json **out, weft_error *err)
{
    (void)err;
    return number(s, in, 0, 100, out);
}

/* A number of 0 to 100, or where the field allows it a sentence. */
bool wf_shape_progress(const struct wf_shaping *s, const struct wf_json *in,
                       struct wf_json **out, weft_error *err)
{
    if (s->field->sentence && wf_json_is(in, WF_JSON_TEXT))
        return wf_shape_tag(s, in, out, err);
    return number(s, in, 0, 100, out);
}

/* As text ("30min", "4h", "2d", "3wd", "2w"), or a number of hours. */
bool wf_shape_duration(const struct wf_shaping *s, const struct wf_json *in,
                       struct wf_json **out, weft_error *err)
{
    struct wf_json *json = wf_json_copy(s->call->arena, in);
    struct wf_value hours;

    (void)err;
    if (wf_json_is(in, WF_JSON_NUMBER)) {
        hours =
            (struct wf_value){ .type = WF_T_NUMBER, .u.number = in->u.number };
        json = wf_value_to_json(s->call->arena, s->field, hours);
    }
    hours = wf_value_of(s->call->arena, s->field, json);
    *out = NULL;
    if (hours.type != WF_T_NUMBER)
        wf_shape_wrong_type(
            s, wf_message(s->call->lang,
                          "a duration like 30min, 4h, 2d, 3wd or 2w"));
    else if (in_range(s, hours.u.number, 0, HUGE_VAL))
        *out = json;
    return true;
}

static const char *currency_of(const struct wf_field *field)
{
    return field->currency ? field->currency : "CNY";
}

static bool is_currency(const struct wf_shaping *s, const struct wf_json *in)
{
    const struct wf_json *json = wf_json_get(in, "currency");
    const char *wanted = currency_of(s->field);

    if (!json || wf_streq(wf_json_str(json), wanted))
        return true;
    wf_diag_field(s->call->findings, s->place, "currency",
                  "%s is in %s: give its currency so, or leave it out.",
                  wf_shape_label(s), wanted);
    return false;
}

bool wf_shape_money(const struct wf_shaping *s, const struct wf_json *in,
                    struct wf_json **out, weft_error *err)
{
    const char *currency = currency_of(s->field);
    size_t n_known;
    int64_t amount;

    (void)err;
    *out = NULL;
    n_known = wf_json_get(in, "currency") ? 2 : 1;
    if (!wf_json_is(in, WF_JSON_OBJECT) || wf_json_len(in) != n_known
        || !wf_json_to_int(wf_json_get(in, "amount"), &amount)) {
        wf_shape_wrong_type(s, wf_message(s->call->lang,
                                          "an object with \"amount\" in whole "
                                          "minor units and \"currency\""));
        return true;
    }
    if (!is_currency(s, in)
        || !in_range(s, (double)amount / pow(10, wf_currency_digits(currency)),
                     -HUGE_VAL, HUGE_VAL))
        return true;
    *out = wf_json_object(s->call->arena);
    wf_json_set(s->call->arena, *out, "amount",
                wf_json_int(s->call->arena, amount));
    wf_json_set(s->call->arena, *out, "currency",
                wf_json_text(s->call->arena, currency));
    return true;
}
