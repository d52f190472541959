/* markup/zip.c - unpacks packages by libzip, in memory.
 *
 * Whatever an archive says of itself is believed only as far as it refuses it:
 * the sizes it states are checked first, and what is then unpacked must keep
 * to them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "markup/zip.h"

#include <string.h>
#include <sys/stat.h>

#include <zip.h>

#include "base/error.h"
#include "base/map.h"
#include "base/text.h"

enum {
    UNPACKED_MAX = 10 << 20,
    FILES_MAX = 500,
    RATIO_MAX = 100,
    NAME_MAX_BYTES = 255,
};

/* One unpacking. `archive` is closed, not written, by whoever opened it. */
struct unpack {
    struct wf_arena *arena;
    zip_t *archive;
    size_t len;     /* of the archive */
    size_t n_bytes; /* unpacked so far */
    struct wf_map names;
};

static void discard(zip_t **archive)
{
    if (*archive)
        zip_discard(*archive);
}

static void close_file(zip_file_t **file)
{
    if (*file)
        zip_fclose(*file);
}

/* --- Names */

/* Names are taken as the bytes they are: what libzip would guess from other
 * encodings is not what the author sees. "a/b.xml": no part empty, ".", "..",
 * with a backslash or a colon. */
static bool is_plain_path(const char *name)
{
    struct wf_str rest = wf_str_of(name);
    struct wf_str part;

    if (!rest.len || rest.len > NAME_MAX_BYTES || strpbrk(name, "\\:")
        || wf_str_ends(name, "/"))
        return false;
    while (wf_str_split(&rest, '/', &part)) {
        if (!part.len || wf_str_is(part, ".") || wf_str_is(part, ".."))
            return false;
    }
    return true;
}

static bool is_clean_text(const char *name)
{
    for (const char *at = name; *at; at++) {
        if ((unsigned char)*at < 0x20 || *at == 0x7F)
            return false;
    }
    return wf_utf8_is_valid(name, strlen(name));
}

/* A link or a device, which has no place in a package. */
static bool is_special(zip_t *archive, zip_uint64_t index)
{
    zip_uint8_t system = 0;
    zip_uint32_t attributes = 0;
    mode_t type;

    if (zip_file_get_external_attributes(archive, index, 0, &system,
                                         &attributes)
            != 0
        || system != ZIP_OPSYS_UNIX)
        return false;
    type = (mode_t)(attributes >> 16) & S_IFMT;
    return type != 0 && type != S_IFREG && type != S_IFDIR;
}

/* --- One file */

static bool check_entry(struct unpack *u, const zip_stat_t *stat,
                        weft_error *err)
{
    const zip_uint64_t needed = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_INDEX;

    if ((stat->valid & needed) != needed || !is_clean_text(stat->name)
        || !is_plain_path(stat->name))
        return wf_fail(
            err, WEFT_E_MALFORMED,
            "The name of a file in the package is not a plain relative "
            "path.");
    if (is_special(u->archive, stat->index))
        return wf_fail(
            err, WEFT_E_MALFORMED,
            "The package has a link at %s: put the file itself there.",
            stat->name);
    if ((stat->valid & ZIP_STAT_ENCRYPTION_METHOD)
        && stat->encryption_method != ZIP_EM_NONE)
        return wf_fail(
            err, WEFT_E_MALFORMED,
            "The package is encrypted at %s: pack it without a password.",
            stat->name);
    if (stat->size > UNPACKED_MAX - u->n_bytes)
        return wf_fail(err, WEFT_E_TOO_LARGE,
                       "The package is larger than %d bytes when unpacked.",
                       UNPACKED_MAX);
    u->n_bytes += (size_t)stat->size;
    if (u->n_bytes / RATIO_MAX > u->len)
        return wf_fail(err, WEFT_E_TOO_LARGE,
                       "The package unpacks to more than %d times its size.",
                       RATIO_MAX);
    return true;
}

/* Unpacks exactly the bytes that were stated; libzip checks their sum when
 * the end is read. */
static bool read_data(struct unpack *u, const zip_stat_t *stat, char *data,
                      weft_error *err)
{
    zip_file_t *file WF_CLEANUP(close_file) =
        zip_fopen_index(u->archive, stat->index, 0);
    zip_int64_t n = 0;
    size_t len = 0;
    char more;

    while (file && len < stat->size) {
        n = zip_fread(file, data + len, stat->size - len);
        if (n <= 0)
            break;
        len += (size_t)n;
    }
    if (!file || len != stat->size || zip_fread(file, &more, 1) != 0)
        return wf_fail(err, WEFT_E_MALFORMED, "The package is damaged at %s.",
                       stat->name);
    return true;
}

static bool read_entry(struct unpack *u, zip_uint64_t index,
                       struct wf_file **out, weft_error *err)
{
    struct wf_file *file;
    zip_stat_t stat;
    char *data;

    *out = NULL;
    zip_stat_init(&stat);
    if (zip_stat_index(u->archive, index, ZIP_FL_ENC_RAW, &stat) != 0)
        return wf_fail(err, WEFT_E_MALFORMED, "The package is damaged.");
    if ((stat.valid & ZIP_STAT_NAME) && wf_str_ends(stat.name, "/")
        && stat.size == 0)
        return true; /* a folder */
    if (!check_entry(u, &stat, err))
        return false;
    file = WF_NEW(u->arena, struct wf_file);
    file->name =
        wf_arena_slice(u->arena, wf_text_nfc(u->arena, wf_str_of(stat.name)));
    file->len = (size_t)stat.size;
    data = wf_arena_alloc(u->arena, file->len + 1);
    file->data = data;
    if (!wf_map_add(u->arena, &u->names, file->name, file))
        return wf_fail(err, WEFT_E_MALFORMED, "The package has %s twice.",
                       file->name);
    *out = file;
    return read_data(u, &stat, data, err);
}

/* --- The archive */

static zip_t *open_archive(const void *data, size_t len)
{
    zip_error_t error;
    zip_source_t *source;
    zip_t *archive;

    zip_error_init(&error);
    source = zip_source_buffer_create(data, len, 0, &error);
    if (!source)
        wf_oom();
    archive = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
    if (!archive)
        zip_source_free(source);
    zip_error_fini(&error);
    return archive;
}

static void insert_sorted(struct wf_file **first, struct wf_file *file)
{
    while (*first && strcmp((*first)->name, file->name) < 0)
        first = &(*first)->next;
    file->next = *first;
    *first = file;
}

bool wf_zip_read(struct wf_arena *arena, const void *data, size_t len,
                 struct wf_file **out, weft_error *err)
{
    zip_t *archive WF_CLEANUP(discard) = open_archive(data, len);
    struct unpack u = { .arena = arena, .archive = archive, .len = len };
    struct wf_file *first = NULL;
    struct wf_file *file;
    zip_int64_t n;

    if (!archive)
        return wf_fail(err, WEFT_E_MALFORMED,
                       "This is not a zip file, or it is damaged.");
    n = zip_get_num_entries(archive, 0);
    if (n == 0)
        return wf_fail(err, WEFT_E_MALFORMED, "The package is empty.");
    if (n > FILES_MAX)
        return wf_fail(err, WEFT_E_TOO_LARGE,
                       "The package has more than %d files.", FILES_MAX);
    for (zip_int64_t i = 0; i < n; i++) {
        if (!read_entry(&u, (zip_uint64_t)i, &file, err))
            return false;
        if (file)
            insert_sorted(&first, file);
    }
    *out = first;
    return true;
}
