/* cli/files.c - reading definitions from the disk.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "cli/files.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/list.h"

enum {
    FILE_MAX = 64 << 20,
    FILES_MAX = 500,
    DEPTH_MAX = 8,
    PART = 64 << 10
};

static bool read_stream(struct wf_arena *arena, FILE *stream, weft_file *out,
                        weft_error *err)
{
    struct wf_buf buf = WF_BUF_INIT(arena);
    size_t n = PART;

    while (n == PART) {
        n = fread(wf_buf_room(&buf, PART), 1, PART, stream);
        buf.len += n;
        if (buf.len > FILE_MAX)
            return wf_fail(err, WEFT_E_TOO_LARGE, "%s is larger than %d MiB.",
                           out->name, FILE_MAX >> 20);
    }
    if (ferror(stream))
        return wf_fail(err, WEFT_E_NOTFOUND, "%s cannot be read.", out->name);
    out->text = wf_arena_mem(arena, wf_buf_text(&buf), buf.len);
    out->len = buf.len;
    return true;
}

static void close_stream(FILE **stream)
{
    if (*stream)
        fclose(*stream);
}

bool cmd_file_read(struct wf_arena *arena, const char *path, weft_file *out,
                   weft_error *err)
{
    FILE *stream WF_CLEANUP(close_stream) = fopen(path, "rb");

    if (!stream || cmd_is_folder(path))
        return wf_fail(err, WEFT_E_NOTFOUND, "%s cannot be read.", path);
    out->name = path;
    return read_stream(arena, stream, out, err);
}

bool cmd_input_read(struct wf_arena *arena, weft_file *out, weft_error *err)
{
    out->name = "<stdin>";
    return read_stream(arena, stdin, out, err);
}

bool cmd_is_folder(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

/* --- Folders */

static void close_folder(DIR **folder)
{
    if (*folder)
        closedir(*folder);
}

struct walk {
    struct wf_arena *arena;
    const char *top;
    struct cmd_files *out;
    int depth;
};

static bool walk_folder(struct walk *walk, const char *below, weft_error *err);

static bool walk_entry(struct walk *walk, const char *name, weft_error *err)
{
    const char *path = wf_arena_printf(walk->arena, "%s/%s", walk->top, name);
    weft_file *file;

    if (cmd_is_folder(path))
        return walk_folder(walk, name, err);
    if (!wf_str_ends(name, ".xml") && !wf_str_ends(name, ".lua"))
        return true;
    if (walk->out->n == FILES_MAX)
        return wf_fail(err, WEFT_E_TOO_LARGE,
                       "%s holds more than %d definitions.", walk->top,
                       FILES_MAX);
    file = WF_PUSH(walk->arena, walk->out);
    if (!cmd_file_read(walk->arena, path, file, err))
        return false;
    file->name = name;
    return true;
}

static bool walk_folder(struct walk *walk, const char *below, weft_error *err)
{
    const char *path =
        below ? wf_arena_printf(walk->arena, "%s/%s", walk->top, below)
              : walk->top;
    DIR *folder WF_CLEANUP(close_folder) = opendir(path);
    struct dirent *entry;
    bool ok = folder && ++walk->depth <= DEPTH_MAX;

    if (!ok)
        return wf_fail(err, WEFT_E_NOTFOUND, "%s cannot be read.", path);
    while (ok && (entry = readdir(folder))) {
        const char *name =
            below ? wf_arena_printf(walk->arena, "%s/%s", below, entry->d_name)
                  : wf_arena_str(walk->arena, entry->d_name);

        if (entry->d_name[0] != '.')
            ok = walk_entry(walk, name, err);
    }
    walk->depth--;
    return ok;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const weft_file *)a)->name, ((const weft_file *)b)->name);
}

bool cmd_folder_read(struct wf_arena *arena, const char *folder,
                     struct cmd_files *out, weft_error *err)
{
    struct walk walk = { arena, folder, out, 0 };
    size_t first = out->n;

    out->folder = folder;
    if (!walk_folder(&walk, NULL, err))
        return false;
    if (out->n == first)
        return wf_fail(err, WEFT_E_NOTFOUND, "%s holds no definitions.",
                       folder);
    qsort(&out->at[first], out->n - first, sizeof *out->at, by_name);
    return true;
}

bool cmd_company_read(struct wf_arena *arena, struct cmd_files *out,
                      weft_error *err)
{
    static const char *const names[] = { "tests/units.csv",
                                         "tests/people.csv" };

    for (size_t i = 0; i < WF_COUNT(names); i++) {
        const char *path =
            wf_arena_printf(arena, "%s/%s", out->folder, names[i]);
        weft_file *file;

        if (access(path, F_OK) != 0)
            continue;
        file = WF_PUSH(arena, out);
        if (!cmd_file_read(arena, path, file, err))
            return false;
        file->name = names[i];
    }
    return true;
}

bool cmd_file_add(struct wf_arena *arena, const char *path,
                  struct cmd_files *out, weft_error *err)
{
    const char *slash = strrchr(path, '/');
    weft_file *file = WF_PUSH(arena, out);
    size_t len;

    if (out->n == 1 && slash)
        out->folder = wf_arena_mem(arena, path, (size_t)(slash - path));
    if (!cmd_file_read(arena, path, file, err))
        return false;
    len = out->folder ? strlen(out->folder) : 0;
    if (len > 0 && wf_str_starts(path, out->folder) && path[len] == '/')
        file->name = path + len + 1;
    return true;
}
