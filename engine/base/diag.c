/* base/diag.c - findings for people, and their forms for terminals and the
 * API.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/diag.h"

#include <stdarg.h>

#include "base/list.h"
#include "base/messages.h"
#include "base/str.h"

static const char *message_of(const struct wf_diags *diags, const char *fmt,
                              va_list args) WF_PRINTF(2, 0);

static const char *message_of(const struct wf_diags *diags, const char *fmt,
                              va_list args)
{
    return wf_arena_vprintf(diags->arena, wf_message(diags->lang, fmt), args);
}

/* Counts `diag`, and keeps it with copies of its texts while there is room. */
static void add(struct wf_diags *diags, struct wf_diag diag)
{
    diags->n_errors += diag.severity == WF_SEVERITY_ERROR;
    if (diags->n >= WF_DIAGS_MAX)
        return;
    diag.place.file = wf_arena_str(diags->arena, diag.place.file);
    diag.field = wf_arena_str(diags->arena, diag.field);
    diag.code = wf_arena_str(diags->arena, diag.code);
    *WF_PUSH(diags->arena, diags) = diag;
}

void wf_diag_at(struct wf_diags *diags, struct wf_place place, const char *code,
                const char *fmt, ...)
{
    struct wf_diag diag = { WF_SEVERITY_ERROR, place, NULL, code, NULL };
    va_list args;

    va_start(args, fmt);
    diag.message = message_of(diags, fmt, args);
    va_end(args);
    add(diags, diag);
}

void wf_diag_warn_at(struct wf_diags *diags, struct wf_place place,
                     const char *code, const char *fmt, ...)
{
    struct wf_diag diag = { WF_SEVERITY_WARNING, place, NULL, code, NULL };
    va_list args;

    va_start(args, fmt);
    diag.message = message_of(diags, fmt, args);
    va_end(args);
    add(diags, diag);
}

void wf_diag_field(struct wf_diags *diags, const char *field, const char *code,
                   const char *fmt, ...)
{
    struct wf_diag diag = {
        WF_SEVERITY_ERROR, { NULL, 0, 0 }, field, code, NULL
    };
    va_list args;

    va_start(args, fmt);
    diag.message = message_of(diags, fmt, args);
    va_end(args);
    add(diags, diag);
}

void wf_diag_field_text(struct wf_diags *diags, enum wf_severity severity,
                        const char *field, const char *code,
                        const char *message)
{
    struct wf_diag diag = { severity, { NULL, 0, 0 }, field, code, NULL };

    diag.message = wf_arena_str(diags->arena, message);
    add(diags, diag);
}

/* Findings without a file come first. */
static int compare(const struct wf_diag *a, const struct wf_diag *b)
{
    const char *a_file = a->place.file ? a->place.file : "";
    const char *b_file = b->place.file ? b->place.file : "";
    int files = strcmp(a_file, b_file);

    if (files)
        return files;
    if (a->place.line != b->place.line)
        return a->place.line < b->place.line ? -1 : 1;
    return (a->place.column > b->place.column)
           - (a->place.column < b->place.column);
}

/* By insertion: stable, and the list is short and nearly in order. */
void wf_diags_sort(struct wf_diags *diags)
{
    for (size_t i = 1; i < diags->n; i++) {
        struct wf_diag diag = diags->at[i];
        size_t to = i;

        for (; to > 0 && compare(&diags->at[to - 1], &diag) > 0; to--)
            diags->at[to] = diags->at[to - 1];
        diags->at[to] = diag;
    }
}

static const char *severity_name(enum wf_severity severity)
{
    return severity == WF_SEVERITY_ERROR ? "error" : "warning";
}

static void write_place(const struct wf_diag *diag, struct wf_buf *out)
{
    if (diag->place.file)
        wf_buf_printf(out, "%s:", diag->place.file);
    if (diag->place.line)
        wf_buf_printf(out, "%d:", diag->place.line);
    if (diag->place.column)
        wf_buf_printf(out, "%d:", diag->place.column);
    if (!wf_str_empty(diag->field))
        wf_buf_printf(out, "%s:", diag->field);
    if (out->len && out->data[out->len - 1] == ':')
        wf_buf_char(out, ' ');
}

void wf_diags_write(const struct wf_diags *diags, struct wf_buf *out)
{
    for (size_t i = 0; i < diags->n; i++) {
        const struct wf_diag *diag = &diags->at[i];

        write_place(diag, out);
        wf_buf_printf(out, "%s: %s\n", severity_name(diag->severity),
                      diag->message);
    }
}

static void key_int(struct wf_json_writer *out, const char *key, int value)
{
    wf_jw_key(out, key);
    wf_jw_int(out, value);
}

void wf_diags_json(const struct wf_diags *diags, struct wf_json_writer *out)
{
    wf_jw_open(out, '[');
    for (size_t i = 0; i < diags->n; i++) {
        const struct wf_diag *diag = &diags->at[i];

        wf_jw_open(out, '{');
        wf_jw_key_text_or_null(out, "file", diag->place.file);
        key_int(out, "line", diag->place.line);
        key_int(out, "column", diag->place.column);
        wf_jw_key_text(out, "field", diag->field);
        wf_jw_key_text(out, "severity", severity_name(diag->severity));
        wf_jw_key_text(out, "code", diag->code);
        wf_jw_key_text(out, "message", diag->message);
        wf_jw_close(out, '}');
    }
    wf_jw_close(out, ']');
}

void wf_diags_fields_json(const struct wf_diags *diags,
                          enum wf_severity severity, struct wf_json_writer *out)
{
    wf_jw_open(out, '[');
    for (size_t i = 0; i < diags->n; i++) {
        const struct wf_diag *diag = &diags->at[i];

        if (diag->severity != severity)
            continue;
        wf_jw_open(out, '{');
        wf_jw_key_text_or_null(out, "field", diag->field ? diag->field : "");
        wf_jw_key_text(out, "code", diag->code);
        wf_jw_key_text(out, "message", diag->message);
        wf_jw_close(out, '}');
    }
    wf_jw_close(out, ']');
}
