/* report/ics.c - days and times as a calendar that other programs subscribe to
 * (iCalendar).
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "report/ics.h"

#include "base/date.h"

enum {
    LINE_MAX = 75, /* bytes of a line, without its end; RFC 5545, 3.1 */
    HALF_AN_HOUR = 30 * 60 * 1000,
    STAMP = 17, /* "20261012T090000Z" */
};

/* --- Lines */

static bool goes_on(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

/* How many bytes of `text` fit into `room` without cutting a character. */
static size_t fitting(const char *text, size_t len, size_t room)
{
    if (len <= room)
        return len;
    while (room > 0 && goes_on(text[room]))
        room--;
    return room;
}

/* One line, folded: what does not fit goes on behind a space. */
static void add_line(struct wf_buf *out, const struct wf_buf *line)
{
    const char *at = line->data;
    size_t left = line->len, room = LINE_MAX;

    for (;;) {
        size_t n = fitting(at, left, room);

        wf_buf_add(out, at, n);
        wf_buf_str(out, "\r\n");
        at += n;
        left -= n;
        if (left == 0)
            return;
        wf_buf_char(out, ' ');
        room = LINE_MAX - 1;
    }
}

/* A text: what has a meaning in it is escaped, and a line break is "\n". */
static void add_text(struct wf_buf *out, const char *name, const char *text)
{
    struct wf_buf line = WF_BUF_INIT(out->arena);

    wf_buf_printf(&line, "%s:", name);
    for (; *text; text++) {
        if (*text == '\n')
            wf_buf_str(&line, "\\n");
        else if (*text == '\\' || *text == ';' || *text == ',')
            wf_buf_printf(&line, "\\%c", *text);
        else if ((unsigned char)*text >= ' ')
            wf_buf_char(&line, *text);
    }
    add_line(out, &line);
}

static void add_url(struct wf_buf *out, const char *url)
{
    struct wf_buf line = WF_BUF_INIT(out->arena);

    wf_buf_printf(&line, "URL:%s", url);
    add_line(out, &line);
}

static void add_time(struct wf_buf *out, const char *name, int64_t ms)
{
    char text[WF_TIME_TEXT], stamp[STAMP];
    size_t n = 0;

    wf_time_write(ms, text); /* 2026-10-12T09:00:00.000Z */
    for (const char *c = text; *c != '.'; c++)
        if (*c != '-' && *c != ':' && n < STAMP - 2)
            stamp[n++] = *c;
    stamp[n++] = 'Z';
    stamp[n] = '\0';
    wf_buf_printf(out, "%s:%s\r\n", name, stamp);
}

/* --- The calendar */

void wf_ics_begin(struct wf_buf *out, const char *name)
{
    wf_buf_str(out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Weft//EN\r\n"
                    "METHOD:PUBLISH\r\n");
    add_text(out, "NAME", name);
    add_text(out, "X-WR-CALNAME", name);
    wf_buf_str(out, "REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n"
                    "X-PUBLISHED-TTL:PT1H\r\n");
}

void wf_ics_add(struct wf_buf *out, const struct wf_ics_entry *entry,
                bool as_task)
{
    const char *kind = as_task ? "VTODO" : "VEVENT";

    wf_buf_printf(out, "BEGIN:%s\r\n", kind);
    add_text(out, "UID", entry->uid);
    add_time(out, "DTSTAMP", entry->changed);
    add_time(out, "LAST-MODIFIED", entry->changed);
    wf_buf_str(out, "SEQUENCE:0\r\n");
    if (as_task) {
        add_time(out, "DUE", entry->due);
        wf_buf_str(out, "STATUS:NEEDS-ACTION\r\n");
    } else {
        add_time(out, "DTSTART", entry->due - HALF_AN_HOUR);
        add_time(out, "DTEND", entry->due);
        wf_buf_str(out, "STATUS:CONFIRMED\r\nTRANSP:TRANSPARENT\r\n");
    }
    add_text(out, "SUMMARY", entry->summary);
    add_url(out, entry->url);
    wf_buf_printf(out, "END:%s\r\n", kind);
}

void wf_ics_end(struct wf_buf *out)
{
    wf_buf_str(out, "END:VCALENDAR\r\n");
}
