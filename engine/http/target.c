/* http/target.c - what a request asks for: path segments and parameters.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/target.h"

#include <string.h>

#include "base/error.h"
#include "base/text.h"

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Decodes one part. A part never grows, so that its own length is room enough.
 * NULL where an escape is cut or the bytes are no text. */
static const char *decode(struct wf_arena *arena, struct wf_str part,
                          bool plus_is_space)
{
    char *text = wf_arena_alloc(arena, part.len + 1);
    size_t len = 0;

    for (size_t i = 0; i < part.len; i++) {
        char c = part.at[i];

        if (c == '%') {
            int high = i + 2 < part.len ? hex_digit(part.at[i + 1]) : -1;
            int low = high < 0 ? -1 : hex_digit(part.at[i + 2]);

            if (low < 0)
                return NULL;
            c = (char)(high << 4 | low);
            i += 2;
        } else if (c == '+' && plus_is_space) {
            c = ' ';
        }
        text[len++] = c;
    }
    return wf_utf8_is_valid(text, len) ? text : NULL;
}

/* --- Parameters */

static bool add_param(struct wf_arena *arena, struct wf_str pair,
                      struct http_params *out, weft_error *err)
{
    struct wf_str value = pair, name;
    weft_param *param = &out->at[out->n];

    wf_str_split(&value, '=', &name);
    param->name = decode(arena, name, true);
    param->value = decode(arena, value, true);
    if (!param->name || !param->value)
        return wf_fail(err, WEFT_E_MALFORMED,
                       "A parameter is not well encoded: use UTF-8 and %%XX.");
    if (http_params_find(out, param->name))
        return wf_fail(err, WEFT_E_MALFORMED,
                       "The parameter \"%s\" is given twice.", param->name);
    out->n++;
    return true;
}

bool http_params_parse(struct wf_arena *arena, struct wf_str text,
                       struct http_params *out, weft_error *err)
{
    struct wf_str pair;

    out->n = 0;
    while (wf_str_split(&text, '&', &pair)) {
        if (pair.len == 0)
            continue;
        if (out->n == HTTP_PARAMS_MAX)
            return wf_fail(err, WEFT_E_MALFORMED,
                           "At most %d parameters, please.", HTTP_PARAMS_MAX);
        if (!add_param(arena, pair, out, err))
            return false;
    }
    return true;
}

const char *http_params_find(const struct http_params *params, const char *name)
{
    for (size_t i = 0; i < params->n; i++) {
        if (strcmp(params->at[i].name, name) == 0)
            return params->at[i].value;
    }
    return NULL;
}

/* --- The path */

/* A proxy's form of a target: the authority is not our business, for Host says
 * the same. */
static const char *skip_authority(const char *raw)
{
    const char *rest = NULL;

    if (wf_str_starts(raw, "http://"))
        rest = raw + strlen("http://");
    else if (wf_str_starts(raw, "https://"))
        rest = raw + strlen("https://");
    if (!rest)
        return raw;
    rest += strcspn(rest, "/?");
    return *rest == '/' ? rest : "/";
}

static bool is_clean(const char *raw)
{
    for (const char *c = raw; *c; c++) {
        if (*c <= ' ' || *c >= 0x7f || *c == '#' || *c == '\\')
            return false;
    }
    return true;
}

static bool add_segment(struct wf_arena *arena, struct wf_str part,
                        struct http_target *out, weft_error *err)
{
    const char *text = decode(arena, part, false);

    if (!text || strchr(text, '/') || strcmp(text, ".") == 0
        || strcmp(text, "..") == 0)
        return wf_fail(err, WEFT_E_MALFORMED,
                       "The path is not well encoded: use UTF-8 and %%XX, no "
                       "\"..\" and no encoded slash.");
    if (out->n_segments == HTTP_SEGMENTS_MAX)
        return wf_fail(err, WEFT_E_NOTFOUND, "There is nothing at %s.",
                       out->path);
    out->segments[out->n_segments++] = text;
    return true;
}

/* "/" has no segment; "/a/" has two, the last one empty. */
static bool read_path(struct wf_arena *arena, struct http_target *out,
                      weft_error *err)
{
    const char *at = out->path;

    if (strcmp(at, "/") == 0)
        return true;
    while (*at == '/') {
        struct wf_str part = { at + 1, strcspn(at + 1, "/") };

        if (!add_segment(arena, part, out, err))
            return false;
        at = part.at + part.len;
    }
    return true;
}

bool http_target_parse(struct wf_arena *arena, const char *raw,
                       struct http_target *out, weft_error *err)
{
    size_t path_len;

    *out = (struct http_target){ .path = "" };
    if (!is_clean(raw))
        return wf_fail(err, WEFT_E_MALFORMED,
                       "The target of the request holds bytes that no address "
                       "may hold.");
    raw = skip_authority(raw);
    path_len = strcspn(raw, "?");
    out->path = wf_arena_mem(arena, raw, path_len);
    if (raw[0] != '/')
        return wf_fail(err, WEFT_E_MALFORMED,
                       "The target of the request is no path.");
    if (raw[path_len] == '?'
        && !http_params_parse(arena, wf_str_of(raw + path_len + 1),
                              &out->params, err))
        return false;
    return read_path(arena, out, err);
}

const char *http_target_quote(struct wf_arena *arena, const char *text)
{
    struct wf_buf out = WF_BUF_INIT(arena);

    for (; *text; text++) {
        bool plain =
            (*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z')
            || (*text >= '0' && *text <= '9') || strchr("-._~/", *text);

        if (plain)
            wf_buf_char(&out, *text);
        else
            wf_buf_printf(&out, "%%%02X", (unsigned char)*text);
    }
    return wf_buf_text(&out);
}
