/* def/value.c - values of formulas: between them and the stored JSON of each
 * type of field, their text, their equality and order.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "def/expr_tree.h"

const struct wf_value wf_value_nil = { WF_T_NIL, WF_T_NIL, { false } };

static bool is_text(enum wf_type type)
{
    return type == WF_T_TEXT || (type >= WF_T_DATE && type <= WF_T_LINK);
}

bool wf_value_is_absent(struct wf_value value)
{
    switch (value.type) {
    case WF_T_NIL:
        return true;
    case WF_T_LIST:
        return value.u.list.n == 0;
    case WF_T_TABLE:
        return wf_json_len(value.u.json) == 0;
    default:
        return is_text(value.type) && value.u.text.len == 0;
    }
}

bool wf_value_holds(struct wf_value value)
{
    return !wf_value_is_absent(value)
           && (value.type != WF_T_BOOLEAN || value.u.boolean);
}

struct wf_value wf_value_number(double number)
{
    struct wf_value value = wf_value_nil;

    if (!isfinite(number))
        return wf_value_nil;
    value.type = WF_T_NUMBER;
    value.u.number = number + 0.0; /* -0 becomes 0 */
    return value;
}

struct wf_value wf_value_boolean(bool boolean)
{
    struct wf_value value = wf_value_nil;

    value.type = WF_T_BOOLEAN;
    value.u.boolean = boolean;
    return value;
}

static struct wf_value borrowed_text(enum wf_type type, struct wf_str text)
{
    struct wf_value value = wf_value_nil;

    value.type = type;
    value.u.text = text;
    return value;
}

struct wf_value wf_value_text(struct wf_arena *arena, enum wf_type type,
                              const char *text)
{
    return borrowed_text(type, wf_str_of(wf_arena_str(arena, text)));
}

/* --- From JSON */

static struct wf_value number_of(const struct wf_json *json)
{
    if (!wf_json_is(json, WF_JSON_NUMBER))
        return wf_value_nil;
    return wf_value_number(json->u.number);
}

static struct wf_value money_of(const struct wf_json *json)
{
    const char *currency;
    const struct wf_json *amount;

    if (!wf_json_is(json, WF_JSON_OBJECT))
        return wf_value_nil;
    amount = wf_json_get(json, "amount");
    currency = wf_json_str(wf_json_get(json, "currency"));
    if (!wf_json_is(amount, WF_JSON_NUMBER) || !currency)
        return wf_value_nil;
    return wf_value_number(amount->u.number
                           / pow(10, wf_currency_digits(currency)));
}

static struct wf_value duration_of(const struct wf_json *json)
{
    static const int minutes_per[] = {
        [WF_DURATION_MINUTES] = 1,         [WF_DURATION_HOURS] = 60,
        [WF_DURATION_DAYS] = 24 * 60,      [WF_DURATION_WORKING_DAYS] = 8 * 60,
        [WF_DURATION_WEEKS] = 7 * 24 * 60,
    };
    struct wf_duration duration;

    if (!wf_json_is(json, WF_JSON_TEXT)
        || !wf_duration_parse(json->u.text, &duration))
        return wf_value_nil;
    return wf_value_number(duration.n * minutes_per[duration.unit] / 60.0);
}

double wf_rating_value(const struct wf_field *field,
                       const struct wf_option *point)
{
    double least = point->value, most = point->value;

    if (!field || !field->reverse)
        return point->value;
    for (const struct wf_option *p = field->scale->options; p; p = p->next) {
        least = fmin(least, p->value);
        most = fmax(most, p->value);
    }
    return least + most - point->value;
}

static struct wf_value rating_of(const struct wf_field *field,
                                 const struct wf_json *json)
{
    const char *id = wf_json_str(json);
    const struct wf_option *point =
        id && field->scale ? wf_choices_find(field->scale, id) : NULL;

    return point ? wf_value_number(wf_rating_value(field, point))
                 : wf_value_nil;
}

static struct wf_value list_of(struct wf_arena *arena, enum wf_type of,
                               const struct wf_json *json)
{
    size_t n = wf_json_len(json);
    struct wf_value value = wf_value_nil;
    struct wf_value *members = WF_NEW_N(arena, struct wf_value, n);

    value.type = WF_T_LIST;
    value.of = of;
    value.u.list.at = members;
    for (size_t i = 0; i < n; i++)
        if (wf_json_is(json->u.array.at[i], WF_JSON_TEXT))
            members[value.u.list.n++] =
                borrowed_text(of, json->u.array.at[i]->u.text);
    return value;
}

static struct wf_value table_of(const struct wf_json *json)
{
    struct wf_value value = wf_value_nil;

    value.type = WF_T_TABLE;
    value.u.json = wf_json_is(json, WF_JSON_ARRAY) ? json : NULL;
    return value;
}

struct wf_value wf_value_of(struct wf_arena *arena,
                            const struct wf_field *field,
                            const struct wf_json *json)
{
    const struct wf_field_kind *kind = wf_field_kind(field->type);

    if (field->type == WF_F_MONEY)
        return money_of(json);
    if (field->type == WF_F_DURATION)
        return duration_of(json);
    if (field->type == WF_F_RATING)
        return rating_of(field, json);
    switch (kind->type) {
    case WF_T_NUMBER: /* a progress told in a sentence is a text: nil */
        return number_of(json);
    case WF_T_BOOLEAN:
        if (wf_json_is(json, WF_JSON_TRUE) || wf_json_is(json, WF_JSON_FALSE))
            return wf_value_boolean(json->type == WF_JSON_TRUE);
        return wf_value_nil;
    case WF_T_LIST:
        return list_of(arena, kind->of,
                       wf_json_is(json, WF_JSON_ARRAY) ? json : NULL);
    case WF_T_TABLE:
        return table_of(json);
    case WF_T_ANY:
        return wf_value_of_plain(arena, json);
    default:
        if (wf_json_is_nothing(json) || !wf_json_is(json, WF_JSON_TEXT))
            return wf_value_nil;
        return borrowed_text(kind->type, json->u.text);
    }
}

static struct wf_value plain_list(struct wf_arena *arena,
                                  const struct wf_json *json)
{
    size_t n = wf_json_is(json, WF_JSON_ARRAY) ? wf_json_len(json) : 0;
    struct wf_value *members = WF_NEW_N(arena, struct wf_value, n);
    struct wf_value value = wf_value_nil;

    for (size_t i = 0; i < n; i++)
        members[i] = wf_value_of_plain(arena, json->u.array.at[i]);
    value.type = WF_T_LIST;
    value.of = WF_T_ANY;
    value.u.list.at = members;
    value.u.list.n = n;
    return value;
}

/* A person or a document as hooks know it stands for its id. */
static struct wf_value plain_id(const struct wf_json *json)
{
    const struct wf_json *id = wf_json_get(json, "id");

    return wf_json_is(id, WF_JSON_TEXT) ? borrowed_text(WF_T_TEXT, id->u.text)
                                        : wf_value_nil;
}

struct wf_value wf_value_of_plain(struct wf_arena *arena,
                                  const struct wf_json *json)
{
    if (!json)
        return wf_value_nil;
    switch (json->type) {
    case WF_JSON_TRUE:
    case WF_JSON_FALSE:
        return wf_value_boolean(json->type == WF_JSON_TRUE);
    case WF_JSON_NUMBER:
        return wf_value_number(json->u.number);
    case WF_JSON_TEXT:
        return borrowed_text(WF_T_TEXT, json->u.text);
    case WF_JSON_ARRAY:
        return plain_list(arena, json);
    case WF_JSON_OBJECT: /* Lua's {} is an empty list as well */
        return wf_json_len(json) ? plain_id(json) : plain_list(arena, json);
    default:
        return wf_value_nil;
    }
}

/* --- To JSON */

struct wf_json *wf_value_plain(struct wf_arena *arena, struct wf_value value)
{
    struct wf_json *array;

    switch (value.type) {
    case WF_T_NIL:
        return wf_json_null(arena);
    case WF_T_BOOLEAN:
        return wf_json_bool(arena, value.u.boolean);
    case WF_T_NUMBER:
        return wf_json_number(arena, value.u.number);
    case WF_T_LIST:
        array = wf_json_array(arena);
        for (size_t i = 0; i < value.u.list.n; i++)
            wf_json_push(arena, array,
                         wf_value_plain(arena, value.u.list.at[i]));
        return array;
    case WF_T_TABLE:
    case WF_T_ANY:
        return value.u.json ? wf_json_copy(arena, value.u.json)
                            : wf_json_array(arena);
    default:
        return wf_json_text_n(arena, value.u.text.at, value.u.text.len);
    }
}

static struct wf_json *money_to_json(struct wf_arena *arena,
                                     const struct wf_field *field,
                                     double number)
{
    const char *currency = field->currency ? field->currency : "CNY";
    double minor = number * pow(10, wf_currency_digits(currency));
    struct wf_json *amount = wf_json_number(
        arena, isfinite(minor) ? wf_number_round(minor, 0) : minor);
    struct wf_json *money;

    if (!wf_json_is(amount, WF_JSON_NUMBER))
        return wf_json_null(arena);
    money = wf_json_object(arena);
    wf_json_set(arena, money, "amount", amount);
    wf_json_set(arena, money, "currency", wf_json_text(arena, currency));
    return money;
}

/* Hours, or minutes where they are no whole hours. */
static struct wf_json *duration_to_json(struct wf_arena *arena, double hours)
{
    double minutes = wf_number_round(hours * 60, 0);

    if (minutes < 1 || hours > 9999)
        return wf_json_null(arena);
    if (fmod(minutes, 60) == 0)
        return wf_json_text(arena,
                            wf_arena_printf(arena, "%dh", (int)(minutes / 60)));
    if (minutes > 9999)
        return wf_json_text(arena,
                            wf_arena_printf(arena, "%dh", (int)(hours + 0.5)));
    return wf_json_text(arena, wf_arena_printf(arena, "%dmin", (int)minutes));
}

static struct wf_json *rating_to_json(struct wf_arena *arena,
                                      const struct wf_field *field,
                                      double number)
{
    const struct wf_option *point = field->scale ? field->scale->options : NULL;

    while (point
           && wf_number_compare(wf_rating_value(field, point), number) != 0)
        point = point->next;
    return point ? wf_json_text(arena, point->id) : wf_json_null(arena);
}

static struct wf_json *number_to_json(struct wf_arena *arena,
                                      const struct wf_field *field,
                                      double number)
{
    switch (field->type) {
    case WF_F_MONEY:
        return money_to_json(arena, field, number);
    case WF_F_DURATION:
        return duration_to_json(arena, number);
    case WF_F_RATING:
        return rating_to_json(arena, field, number);
    default:
        if (field->digits >= 0)
            number = wf_number_round(number, field->digits);
        return wf_json_number(arena, number);
    }
}

/* Whether a value of `type` may be kept in a field of type `kept`. */
static bool may_keep(enum wf_type kept, enum wf_type type)
{
    if (kept == WF_T_TEXT)
        return type == WF_T_TEXT || type == WF_T_DATE || type == WF_T_DATETIME
               || type == WF_T_PERIOD || type == WF_T_UNIT;
    if (kept == WF_T_UNIT)
        return type == WF_T_UNIT || type == WF_T_TEXT;
    return kept == type || kept == WF_T_ANY;
}

struct wf_json *wf_value_to_json(struct wf_arena *arena,
                                 const struct wf_field *field,
                                 struct wf_value value)
{
    const struct wf_field_kind *kind = wf_field_kind(field->type);

    if (wf_value_is_absent(value) || !may_keep(kind->type, value.type))
        return wf_json_null(arena);
    if (kind->type == WF_T_NUMBER)
        return number_to_json(arena, field, value.u.number);
    return wf_value_plain(arena, value);
}

/* --- Text, equality, order */

bool wf_value_write(struct wf_buf *out, struct wf_value value)
{
    char number[32];

    switch (value.type) {
    case WF_T_BOOLEAN:
        wf_buf_str(out, value.u.boolean ? "true" : "false");
        return true;
    case WF_T_NUMBER:
        wf_number_write(value.u.number, number);
        wf_buf_str(out, number);
        return true;
    case WF_T_NIL:
    case WF_T_LIST:
    case WF_T_TABLE:
    case WF_T_ANY:
        return false;
    default:
        wf_buf_add(out, value.u.text.at, value.u.text.len);
        return true;
    }
}

static int compare_text(struct wf_str a, struct wf_str b)
{
    size_t shorter = a.len < b.len ? a.len : b.len;
    int order = shorter ? memcmp(a.at, b.at, shorter) : 0;

    if (order)
        return order < 0 ? -1 : 1;
    return (a.len > b.len) - (a.len < b.len);
}

/* Times may be written in several ways. */
static bool equal_times(struct wf_str a, struct wf_str b)
{
    int64_t x, y;

    return wf_time_parse(a, &x) && wf_time_parse(b, &y) && x == y;
}

bool wf_value_equal(struct wf_value a, struct wf_value b)
{
    if (wf_value_is_absent(a) || wf_value_is_absent(b))
        return wf_value_is_absent(a) && wf_value_is_absent(b);
    if (is_text(a.type) && is_text(b.type))
        return compare_text(a.u.text, b.u.text) == 0
               || (a.type == WF_T_DATETIME && b.type == WF_T_DATETIME
                   && equal_times(a.u.text, b.u.text));
    if (a.type != b.type)
        return false;
    switch (a.type) {
    case WF_T_BOOLEAN:
        return a.u.boolean == b.u.boolean;
    case WF_T_NUMBER:
        return wf_number_compare(a.u.number, b.u.number) == 0;
    default:
        return false;
    }
}

/* Of times and periods, as numbers to compare; false for what is none. */
static bool instant(struct wf_value value, int64_t *out)
{
    struct wf_period period;

    if (value.type == WF_T_DATETIME)
        return wf_time_parse(value.u.text, out);
    if (!wf_period_parse(value.u.text, &period))
        return false;
    *out = wf_period_start(period);
    return true;
}

bool wf_value_order(struct wf_value a, struct wf_value b, int *order)
{
    int64_t x, y;

    if (a.type == WF_T_NUMBER && b.type == WF_T_NUMBER) {
        *order = wf_number_compare(a.u.number, b.u.number);
        return true;
    }
    if (!is_text(a.type) || a.type != b.type)
        return false;
    if (a.type != WF_T_DATETIME && a.type != WF_T_PERIOD) {
        *order = compare_text(a.u.text, b.u.text);
        return true;
    }
    if (!instant(a, &x) || !instant(b, &y))
        return false;
    *order = (x > y) - (x < y);
    return true;
}
