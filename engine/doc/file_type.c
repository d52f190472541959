/* doc/file_type.c - the table of media types that are taken, and safe names.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/file_type.h"

#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/macros.h"
#include "base/text.h"

enum {
    NAME_MAX_CHARS = 120,
    ENDING_MAX = 8
};

/* Endings that go with a type; the first one is added where none of them is
 * there. */
/* clang-format off */
static const struct type {
    const char *type;
    const char *endings; /* by spaces */
} types[] = {
    { "image/png",       "png"      },
    { "image/jpeg",      "jpg jpeg jpe" },
    { "image/gif",       "gif"      },
    { "image/webp",      "webp"     },
    { "image/heic",      "heic heif" },
    { "application/pdf", "pdf"      },
    { "application/zip", "zip"      },
    { "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx" },
    { "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx" },
    { "application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx" },
    { "application/vnd.oasis.opendocument.text", "odt" },
    { "application/vnd.oasis.opendocument.spreadsheet", "ods" },
    { "application/vnd.oasis.opendocument.presentation", "odp" },
    { "application/msword",            "doc wps" },
    { "application/vnd.ms-excel",      "xls et"  },
    { "application/vnd.ms-powerpoint", "ppt dps" },
    { "audio/webm", "weba webm" },
    { "audio/ogg",  "ogg oga opus" },
    { "audio/mpeg", "mp3"      },
    { "audio/aac",  "aac"      },
    { "audio/wav",  "wav"      },
    { "audio/mp4",  "m4a mp4"  },
    { "audio/amr",  "amr"      },
    { "video/webm", "webm"     },
    { "video/mp4",  "mp4 m4v mov" },
    { "text/csv",   "csv"      },
    { "text/plain", "txt md log" },
};

static const struct magic {
    const char *bytes;
    size_t len, at;
    const char *type;
} magics[] = {
    { "\x89PNG\r\n\x1a\n", 8, 0, "image/png"       },
    { "\xff\xd8\xff",      3, 0, "image/jpeg"      },
    { "GIF87a",            6, 0, "image/gif"       },
    { "GIF89a",            6, 0, "image/gif"       },
    { "WEBP",              4, 8, "image/webp"      },
    { "%PDF-",             5, 0, "application/pdf" },
    { "OggS",              4, 0, "audio/ogg"       },
    { "ID3",               3, 0, "audio/mpeg"      },
    { "\xff\xfb",          2, 0, "audio/mpeg"      },
    { "\xff\xf3",          2, 0, "audio/mpeg"      },
    { "\xff\xf2",          2, 0, "audio/mpeg"      },
    { "\xff\xf1",          2, 0, "audio/aac"       },
    { "\xff\xf9",          2, 0, "audio/aac"       },
    { "WAVE",              4, 8, "audio/wav"       },
    { "#!AMR",             5, 0, "audio/amr"       },
};
/* clang-format on */

/* --- Endings */

/* Behind the last dot, "" where there is none. */
static const char *ending_of(const char *name)
{
    const char *dot = name ? strrchr(name, '.') : NULL;

    return dot && dot != name ? dot + 1 : "";
}

static bool has_ending(const struct type *type, const char *ending)
{
    struct wf_str rest = wf_str_of(type->endings), one;

    while (wf_str_split(&rest, ' ', &one))
        if (strlen(ending) == one.len
            && strncasecmp(one.at, ending, one.len) == 0)
            return true;
    return false;
}

static const struct type *type_named(const char *name)
{
    for (size_t i = 0; i < WF_COUNT(types); i++)
        if (wf_streq(types[i].type, name))
            return &types[i];
    return NULL;
}

/* The type of the rows `from` to `to` that the ending of `name` names. */
static const char *by_ending(const char *name, const char *from, const char *to)
{
    const struct type *type = type_named(from), *last = type_named(to);

    for (; type <= last; type++)
        if (has_ending(type, ending_of(name)))
            return type->type;
    return NULL;
}

/* --- Looking into it */

static bool has_at(struct wf_str bytes, size_t at, const char *wanted,
                   size_t len)
{
    return bytes.len >= at + len && memcmp(bytes.at + at, wanted, len) == 0;
}

/* No byte that a text does not have; a text that is not UTF-8 (an older table)
 * has to be called one. */
static const char *text_type(struct wf_str bytes, const char *name)
{
    const char *named = by_ending(name, "text/csv", "text/plain");

    for (size_t i = 0; i < bytes.len; i++) {
        unsigned char c = (unsigned char)bytes.at[i];

        if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f')
            || c == 0x7f)
            return NULL;
    }
    if (!named && !wf_utf8_is_valid(bytes.at, bytes.len))
        return NULL;
    return named ? named : "text/plain";
}

/* Of one kind of box, what the first of its brands says. */
static const char *mp4_type(struct wf_str bytes, bool sound)
{
    if (has_at(bytes, 8, "M4A", 3))
        return "audio/mp4";
    if (has_at(bytes, 8, "heic", 4) || has_at(bytes, 8, "heix", 4)
        || has_at(bytes, 8, "mif1", 4))
        return "image/heic";
    return sound ? "audio/mp4" : "video/mp4";
}

static const char *packed_type(const char *name)
{
    const char *type = by_ending(
        name,
        "application/vnd.openxmlformats-officedocument.wordprocessingml."
        "document",
        "application/vnd.oasis.opendocument.presentation");

    return type ? type : "application/zip";
}

const char *wf_file_type(struct wf_str bytes, const char *name,
                         const char *said)
{
    bool sound = said && wf_file_type_is_sound(said);

    if (bytes.len == 0)
        return NULL;
    for (size_t i = 0; i < WF_COUNT(magics); i++)
        if (has_at(bytes, magics[i].at, magics[i].bytes, magics[i].len)
            && (magics[i].at == 0 || has_at(bytes, 0, "RIFF", 4)))
            return magics[i].type;
    if (has_at(bytes, 0, "\x1a\x45\xdf\xa3", 4))
        return sound ? "audio/webm" : "video/webm";
    if (has_at(bytes, 4, "ftyp", 4))
        return mp4_type(bytes, sound);
    if (has_at(bytes, 0, "PK\x03\x04", 4))
        return packed_type(name);
    if (has_at(bytes, 0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8))
        return by_ending(name, "application/msword",
                         "application/vnd.ms-powerpoint");
    return text_type(bytes, name);
}

bool wf_file_type_is_sound(const char *type)
{
    return wf_str_starts(type, "audio/");
}

/* --- Names */

/* What is not seen, or turns the order of what is: "gpj.exe" must not look
 * like "exe.jpg". */
static bool is_hidden(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xad || c == 0x61c
           || (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e)
           || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff
           || (c >= 0xfff0 && c <= 0xffff) || c >= 0xe0000;
}

/* What some system gives a meaning to. */
static bool is_special(uint32_t c)
{
    return c < 0x80 && strchr("<>:\"|?*%;", (int)c) != NULL;
}

static const char *without_folders(const char *name)
{
    for (const char *c = name; *c; c++)
        if (*c == '/' || *c == '\\')
            name = c + 1;
    return name;
}

/* The characters that may stay, without dots and spaces around them. */
static struct wf_str plain(struct wf_arena *arena, const char *name)
{
    struct wf_buf out = WF_BUF_INIT(arena);
    const char *at = name;
    struct wf_str text;

    while (*at) {
        const char *from = at;
        uint32_t c = wf_utf8_next(&at);

        if (is_hidden(c))
            continue;
        if (is_special(c))
            wf_buf_char(&out, '_');
        else
            wf_buf_add(&out, from, (size_t)(at - from));
    }
    text = (struct wf_str){ wf_buf_text(&out), out.len };
    while (text.len > 0 && strchr(". ", text.at[0]))
        text = (struct wf_str){ text.at + 1, text.len - 1 };
    while (text.len > 0 && strchr(". ", text.at[text.len - 1]))
        text.len--;
    return text;
}

/* Names that one system keeps for its devices. */
static bool is_device(struct wf_str stem)
{
    static const char *const devices[] = { "con", "prn", "aux", "nul" };

    for (size_t i = 0; i < WF_COUNT(devices); i++)
        if (stem.len == 3 && strncasecmp(stem.at, devices[i], 3) == 0)
            return true;
    return stem.len == 4
           && (strncasecmp(stem.at, "com", 3) == 0
               || strncasecmp(stem.at, "lpt", 3) == 0);
}

const char *wf_file_name(struct wf_arena *arena, const char *name,
                         const char *type)
{
    const struct type *row = type_named(type);
    const char *given = name ? without_folders(name) : "";
    const char *clean = wf_arena_slice(arena, plain(arena, given));
    const char *ending = ending_of(clean);
    bool fits = row && has_ending(row, ending) && strlen(ending) <= ENDING_MAX;
    struct wf_str stem = wf_str_of(clean);
    struct wf_str first = row ? wf_str_of(row->endings) : wf_str_of("bin");
    struct wf_str own;

    if (fits)
        stem.len -= strlen(ending) + 1;
    else
        wf_str_split(&first, ' ', &own);
    stem.len = wf_utf8_cut(stem.at, stem.len, NAME_MAX_CHARS);
    if (stem.len == 0)
        stem = wf_str_of("file");
    return wf_arena_printf(arena, "%s%.*s.%.*s", is_device(stem) ? "_" : "",
                           (int)stem.len, stem.at,
                           fits ? (int)strlen(ending) : (int)own.len,
                           fits ? ending : own.at);
}
