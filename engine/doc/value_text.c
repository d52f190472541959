/* doc/value_text.c - texts that somebody sent: plain ones, and those that must
 * look like an address, a number to call or an emoji.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages.h"
#include "base/text.h"
#include "doc/value.h"

enum {
    TEXT_MAX = 1000,
    LONGTEXT_MAX = 100000,
    TAG_MAX = 100,
    URL_MAX = 2000,
    PHONE_MAX = 40,
    EMAIL_MAX = 254
};

/* The normal form of a text, or a finding and NULL. */
static struct wf_json *normal(const struct wf_shaping *s,
                              const struct wf_json *in)
{
    struct wf_str text;

    if (!wf_json_is(in, WF_JSON_TEXT)) {
        wf_shape_wrong_type(s, wf_message(s->call->lang, "a text"));
        return NULL;
    }
    text = wf_text_nfc(s->call->arena, in->u.text);
    return wf_json_text_n(s->call->arena, text.at, text.len);
}

static bool is_short_enough(const struct wf_shaping *s,
                            const struct wf_json *text, double max)
{
    size_t n;

    if ((double)text->u.text.len <= max) /* of bytes there are no fewer */
        return true;
    n = wf_utf8_count(text->u.text.at, text->u.text.len);
    if ((double)n <= max)
        return true;
    wf_diag_field(s->call->findings, s->place, "length",
                  "%s may have at most %.0f characters and has %zu: shorten "
                  "it.",
                  wf_shape_label(s), max, n);
    return false;
}

static bool is_long_enough(const struct wf_shaping *s,
                           const struct wf_json *text)
{
    size_t n;

    if (!s->field->has_min)
        return true;
    n = wf_utf8_count(text->u.text.at, text->u.text.len);
    if ((double)n >= s->field->min)
        return true;
    wf_diag_field(s->call->findings, s->place, "length",
                  "%s needs at least %.0f characters and has %zu: say more.",
                  wf_shape_label(s), s->field->min, n);
    return false;
}

static bool matches(const struct wf_shaping *s, const struct wf_json *text)
{
    if (!s->field->pattern
        || wf_pattern_matches(s->field->pattern, text->u.text.at,
                              text->u.text.len))
        return true;
    wf_diag_field(s->call->findings, s->place, "pattern",
                  "%s has not the form that it must have (%s).",
                  wf_shape_label(s), s->field->pattern_text);
    return false;
}

static struct wf_json *bounded(const struct wf_shaping *s,
                               const struct wf_json *in, double max)
{
    struct wf_json *text = normal(s, in);

    if (s->field->has_max)
        max = s->field->max;
    if (!text || !is_short_enough(s, text, max) || !is_long_enough(s, text)
        || !matches(s, text))
        return NULL;
    return text;
}

bool wf_shape_text(const struct wf_shaping *s, const struct wf_json *in,
                   struct wf_json **out, weft_error *err)
{
    (void)err;
    *out = bounded(s, in,
                   s->field->type == WF_F_LONGTEXT ? LONGTEXT_MAX : TEXT_MAX);
    return true;
}

/* A member of tags: min and max count the tags, not their characters. */
bool wf_shape_tag(const struct wf_shaping *s, const struct wf_json *in,
                  struct wf_json **out, weft_error *err)
{
    struct wf_json *text = normal(s, in);

    (void)err;
    *out = text && is_short_enough(s, text, TAG_MAX) && matches(s, text) ? text
                                                                         : NULL;
    return true;
}

static bool is_email(const char *text)
{
    const char *at = strchr(text, '@');
    const char *dot = at ? strrchr(at, '.') : NULL;

    return at && at != text && !strchr(at + 1, '@') && dot && dot > at + 1
           && dot[1] && !strpbrk(text, " \t\r\n<>,;\"");
}

static bool is_url(const char *text)
{
    static const char *const schemes[] = { "https://", "http://", "mailto:" };

    for (const char *c = text; *c; c++)
        if ((unsigned char)*c <= ' ' || strchr("<>\"\\", *c))
            return false;
    for (size_t i = 0; i < WF_COUNT(schemes); i++)
        if (wf_str_starts(text, schemes[i]))
            return text[strlen(schemes[i])] != '\0';
    return false;
}

static bool is_phone(const char *text)
{
    size_t n_digits = 0;

    for (const char *c = text; *c; c++) {
        if (*c >= '0' && *c <= '9')
            n_digits++;
        else if (!strchr("+-() ./#", *c))
            return false;
    }
    return n_digits >= 3;
}

/* A text that must look like something. */
static bool special(const struct wf_shaping *s, const struct wf_json *in,
                    double max, bool (*is)(const char *text), const char *takes,
                    struct wf_json **out)
{
    struct wf_json *text = bounded(s, in, max);

    *out = NULL;
    if (text && !is(text->u.text.at))
        wf_shape_wrong_type(s, takes);
    else
        *out = text;
    return true;
}

bool wf_shape_email(const struct wf_shaping *s, const struct wf_json *in,
                    struct wf_json **out, weft_error *err)
{
    (void)err;
    return special(
        s, in, EMAIL_MAX, is_email,
        wf_message(s->call->lang, "an address like name@example.com"), out);
}

bool wf_shape_url(const struct wf_shaping *s, const struct wf_json *in,
                  struct wf_json **out, weft_error *err)
{
    (void)err;
    return special(
        s, in, URL_MAX, is_url,
        wf_message(s->call->lang,
                   "an address that begins with https://, http:// or mailto:"),
        out);
}

bool wf_shape_phone(const struct wf_shaping *s, const struct wf_json *in,
                    struct wf_json **out, weft_error *err)
{
    (void)err;
    return special(
        s, in, PHONE_MAX, is_phone,
        wf_message(s->call->lang, "a number to call, like +86 10 5555 0100"),
        out);
}

bool wf_shape_emoji(const struct wf_shaping *s, const struct wf_json *in,
                    struct wf_json **out, weft_error *err)
{
    (void)err;
    return special(s, in, 32, wf_text_is_emoji,
                   wf_message(s->call->lang, "one emoji"), out);
}
