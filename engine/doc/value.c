/* doc/value.c - one value that somebody sent, made a stored one: the table of
 * types, and lists of values.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/value.h"

#include "base/messages.h"
#include "doc/fields.h"

enum {
    MEMBERS_MAX = 1000
};

const char *wf_shape_label(const struct wf_shaping *s)
{
    return wf_field_label(s->call, s->field);
}

void wf_shape_wrong_type(const struct wf_shaping *s, const char *takes)
{
    wf_diag_field(s->call->findings, s->place, "type", "%s takes %s.",
                  wf_shape_label(s), takes);
}

static bool boolean(const struct wf_shaping *s, const struct wf_json *in,
                    struct wf_json **out, weft_error *err)
{
    (void)err;
    *out = NULL;
    if (wf_json_is(in, WF_JSON_TRUE) || wf_json_is(in, WF_JSON_FALSE))
        *out = wf_json_bool(s->call->arena, wf_json_is_true(in));
    else
        wf_shape_wrong_type(s, wf_message(s->call->lang, "true or false"));
    return true;
}

static bool date(const struct wf_shaping *s, const struct wf_json *in,
                 struct wf_json **out, weft_error *err)
{
    char text[WF_DATE_TEXT];
    int32_t day;

    (void)err;
    *out = NULL;
    if (!wf_json_is(in, WF_JSON_TEXT) || !wf_date_parse(in->u.text, &day)) {
        wf_shape_wrong_type(
            s, wf_message(s->call->lang, "a day that exists, like 2026-10-12"));
        return true;
    }
    wf_date_write(day, text);
    *out = wf_json_text(s->call->arena, text);
    return true;
}

static bool datetime(const struct wf_shaping *s, const struct wf_json *in,
                     struct wf_json **out, weft_error *err)
{
    char text[WF_TIME_TEXT];
    int64_t ms;

    (void)err;
    *out = NULL;
    if (!wf_json_is(in, WF_JSON_TEXT) || !wf_time_parse(in->u.text, &ms)) {
        wf_shape_wrong_type(
            s, wf_message(
                   s->call->lang,
                   "a time with its offset, like 2026-10-12T09:00:00+08:00"));
        return true;
    }
    wf_time_write(ms, text);
    *out = wf_json_text(s->call->arena, text);
    return true;
}

static bool period(const struct wf_shaping *s, const struct wf_json *in,
                   struct wf_json **out, weft_error *err)
{
    enum wf_period_unit unit = s->field->period;
    char text[WF_PERIOD_TEXT];
    struct wf_period parsed;

    (void)err;
    *out = NULL;
    if (!wf_json_is(in, WF_JSON_TEXT) || !wf_period_parse(in->u.text, &parsed)
        || (unit != WF_PERIOD_NONE && parsed.unit != unit)) {
        wf_period_write(
            wf_period_at(unit == WF_PERIOD_NONE ? WF_PERIOD_QUARTER : unit,
                         (int32_t)(s->call->now / (24 * 60 * 60 * 1000))),
            text);
        wf_diag_field(s->call->findings, s->place, "type",
                      "%s takes a period like %s.", wf_shape_label(s), text);
        return true;
    }
    wf_period_write(parsed, text);
    *out = wf_json_text(s->call->arena, text);
    return true;
}

static bool json(const struct wf_shaping *s, const struct wf_json *in,
                 struct wf_json **out, weft_error *err)
{
    (void)err;
    *out = wf_json_copy(s->call->arena, in);
    return true;
}

/* clang-format off */
static const struct type {
    wf_shape_fn *shape;
    bool is_list; /* of such values */
} types[WF_N_FIELD_TYPES] = {
    [WF_F_TEXT]     = { wf_shape_text,     false },
    [WF_F_LONGTEXT] = { wf_shape_text,     false },
    [WF_F_NUMBER]   = { wf_shape_number,   false },
    [WF_F_PERCENT]  = { wf_shape_percent,  false },
    [WF_F_MONEY]    = { wf_shape_money,    false },
    [WF_F_BOOLEAN]  = { boolean,           false },
    [WF_F_DATE]     = { date,              false },
    [WF_F_DATETIME] = { datetime,          false },
    [WF_F_DURATION] = { wf_shape_duration, false },
    [WF_F_CHOICE]   = { wf_shape_choice,   false },
    [WF_F_CHOICES]  = { wf_shape_choice,   true  },
    [WF_F_RATING]   = { wf_shape_rating,   false },
    [WF_F_PERSON]   = { wf_shape_person,   false },
    [WF_F_PEOPLE]   = { wf_shape_person,   true  },
    [WF_F_UNIT]     = { wf_shape_unit,     false },
    [WF_F_LINK]     = { wf_shape_link,     false },
    [WF_F_LINKS]    = { wf_shape_link,     true  },
    [WF_F_FILE]     = { wf_shape_file,     false },
    [WF_F_FILES]    = { wf_shape_file,     true  },
    [WF_F_AUDIO]    = { wf_shape_file,     false },
    [WF_F_EMOJI]    = { wf_shape_emoji,    false },
    [WF_F_TAGS]     = { wf_shape_tag,      true  },
    [WF_F_PERIOD]   = { period,            false },
    [WF_F_PROGRESS] = { wf_shape_progress, false },
    [WF_F_EMAIL]    = { wf_shape_email,    false },
    [WF_F_URL]      = { wf_shape_url,      false },
    [WF_F_PHONE]    = { wf_shape_phone,    false },
    [WF_F_JSON]     = { json,              false },
    [WF_F_ITEMS]    = { NULL,              true  },
};
/* clang-format on */

/* What a list may hold: between its min and max members. */
static bool counts(const struct wf_shaping *s, size_t n)
{
    const struct wf_field *f = s->field;
    double max = f->has_max ? f->max : MEMBERS_MAX;

    if ((double)n > max)
        wf_diag_field(s->call->findings, s->place, "length",
                      "%s takes at most %.0f and has %zu: remove some.",
                      wf_shape_label(s), max, n);
    else if (f->has_min && (double)n < f->min)
        wf_diag_field(s->call->findings, s->place, "length",
                      "%s needs at least %.0f and has %zu: add some.",
                      wf_shape_label(s), f->min, n);
    else
        return true;
    return false;
}

static void add_member(const struct wf_shaping *s, struct wf_map *seen,
                       struct wf_json *list, struct wf_json *member,
                       const struct wf_json *in)
{
    const char *said = wf_json_str(in); /* a login, where that was written */

    /* Every shape of a member is a text. */
    if (wf_map_add(s->call->arena, seen, wf_json_str(member), member))
        wf_json_push(s->call->arena, list, member);
    else
        wf_diag_field(s->call->findings, s->place, "option",
                      "%s names %s twice: once is enough.", wf_shape_label(s),
                      said ? said : wf_json_str(member));
}

static bool list(const struct wf_shaping *s, const struct wf_json *in,
                 wf_shape_fn *shape, struct wf_json **out, weft_error *err)
{
    struct wf_map seen = { 0 };

    *out = NULL;
    if (!wf_json_is(in, WF_JSON_ARRAY)) {
        wf_shape_wrong_type(s, wf_message(s->call->lang, "a list, in [ ]"));
        return true;
    }
    if (!counts(s, wf_json_len(in)))
        return true;
    *out = wf_json_array(s->call->arena);
    for (size_t i = 0; i < wf_json_len(in); i++) {
        struct wf_json *member;

        if (!shape(s, in->u.array.at[i], &member, err))
            return false;
        if (member)
            add_member(s, &seen, *out, member, in->u.array.at[i]);
    }
    return true;
}

bool wf_shape_value(const struct wf_shaping *s, const struct wf_json *in,
                    struct wf_json **out, weft_error *err)
{
    const struct type *type = &types[s->field->type];

    return type->is_list ? list(s, in, type->shape, out, err)
                         : type->shape(s, in, out, err);
}
