/* base/log.c - lines for operators.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/json.h"
#include "base/text.h"

enum {
    LINE_MAX_BYTES = 2048
};

static const char *const level_names[] = {
    [WF_LOG_DEBUG] = "debug",
    [WF_LOG_INFO] = "info",
    [WF_LOG_WARN] = "warn",
    [WF_LOG_ERROR] = "error",
};

/* A line must be JSON whatever the text holds: what is not UTF-8 loses all but
 * its ASCII, and what is too long its end. */
static void make_sound(char text[LINE_MAX_BYTES])
{
    size_t len = strlen(text);

    if (len == LINE_MAX_BYTES - 1)
        len = wf_utf8_cut(text, len, len);
    text[len] = '\0';
    if (wf_utf8_is_valid(text, len))
        return;
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)text[i] >= 0x80)
            text[i] = '?';
}

static void write_line(const struct wf_log *log, const char *line)
{
    if (log->write) {
        log->write(log->self, line);
        return;
    }
    /* One call, so that lines of threads do not mix. */
    fprintf(stderr, "%s\n", line);
}

void wf_log(const struct wf_log *log, enum wf_log_level level,
            const char *event, const char *fmt, ...)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = NULL;
    char text[LINE_MAX_BYTES] = "";
    va_list args;

    if (level < log->least)
        return;
    arena = wf_arena_new();
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    make_sound(text);

    struct wf_buf buf = WF_BUF_INIT(arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&buf);

    wf_jw_open(&w, '{');
    wf_jw_key_time(&w, "time", wf_clock_now(log->clock));
    wf_jw_key_text(&w, "level", level_names[level]);
    wf_jw_key_text(&w, "event", event);
    wf_jw_key_text(&w, "text", text);
    wf_jw_close(&w, '}');
    write_line(log, wf_buf_text(&buf));
}
