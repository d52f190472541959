/* api/file.c - files come in, part by part, and go out.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/file.h"

#include <stdio.h>

#include <weft/file.h>

#include "api/command.h"
#include "api/reads.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/text.h"
#include "doc/file.h"
#include "doc/file_type.h"

static const char TIMER[] = "file";

/* --- What no document came for */

static bool expire(struct wf_flow *flow, const struct wf_timer *timer,
                   weft_error *err)
{
    wf_id id;

    return !wf_id_parse(wf_str_of(timer->key), &id)
           || wf_file_expire(flow->call, id, err);
}

const struct wf_timer_kind wf_file_timers[] = { { TIMER, expire },
                                                { NULL, NULL } };

/* --- Coming in */

/* A file on its way; of all commands that bring it. */
struct upload {
    struct wf_file file;
    struct wf_hash hash;
    int64_t part;
    struct wf_str bytes; /* of the part */
};

static bool begin(struct wf_turn *turn, const void *with, weft_error *err)
{
    struct upload *upload = *(struct upload *const *)with;
    struct wf_timer timer = { .kind = TIMER,
                              .due = turn->call.now + WF_FILES_KEPT_MS };
    char key[WF_ID_TEXT];

    if (!wf_file_begin(&turn->call, &upload->file, err))
        return false;
    wf_id_write(upload->file.id, key);
    timer.key = key;
    return wf_timer_set(&turn->flow, &timer, err);
}

static bool add_part(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct upload *upload = *(struct upload *const *)with;

    return wf_file_part_add(&turn->call, upload->file.id, upload->part,
                            upload->bytes.at, upload->bytes.len, err);
}

static bool end(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct upload *upload = *(struct upload *const *)with;
    char id[WF_ID_TEXT];

    if (!wf_file_end(&turn->call, upload->file.id, &upload->hash, err))
        return false;
    wf_id_write(upload->file.id, id);
    wf_jw_tree(&turn->out, wf_file_json(turn->call.arena, id, &upload->file));
    return true;
}

static weft_command *step(weft_session *session, wf_answer_fn *run,
                          struct upload *upload)
{
    weft_command *command = wf_command_new(session, WEFT_SCOPE_WRITE, run);
    struct upload **with = WF_NEW(command->arena, struct upload *);

    *with = upload;
    command->with = with;
    return command;
}

/* Runs one of the commands; false with `err` filled if it failed. */
static bool take(weft_session *session, wf_answer_fn *run,
                 struct upload *upload, weft_error *err)
{
    weft_reply *reply = weft_run(step(session, run, upload));
    const weft_error *failure = weft_reply_error(reply);

    if (failure)
        wf_fail_as(err, failure);
    weft_reply_free(reply);
    return !failure;
}

static bool bring(weft_session *session, struct upload *upload,
                  const weft_new_file *what, weft_error *err)
{
    const char *bytes = what->bytes;

    if (!take(session, begin, upload, err))
        return false;
    for (size_t at = 0; at < what->len; at += WF_FILE_PART) {
        size_t left = what->len - at;

        upload->bytes =
            (struct wf_str){ bytes + at,
                             left < WF_FILE_PART ? left : WF_FILE_PART };
        if (!take(session, add_part, upload, err))
            return false;
        upload->part++;
    }
    return true;
}

/* What it is, and how it may be called. */
static bool judge(struct wf_arena *arena, const weft_new_file *what,
                  struct wf_file *out, weft_error *err)
{
    struct wf_str bytes = { what->bytes, what->len };

    if (what->len > WF_FILE_MAX)
        return wf_fail(err, WEFT_E_TOO_LARGE,
                       "A file has at most 25 MB: this one is too large.");
    if (what->name && !wf_utf8_is_valid(what->name, strlen(what->name)))
        return wf_fail(err, WEFT_E_MALFORMED,
                       "The name of the file is not UTF-8.");
    out->type = wf_file_type(bytes, what->name, what->type);
    if (!out->type)
        return wf_fail(err, WEFT_E_UNSUPPORTED,
                       what->len > 0
                           ? "Files of this kind are not taken: send pictures, "
                             "sound, film, PDF, office documents, zip or text."
                           : "The file is empty.");
    out->name = wf_file_name(arena, what->name, out->type);
    out->size = (int64_t)what->len;
    out->seconds = wf_file_type_is_sound(out->type) && what->seconds > 0
                           && what->seconds < 86400
                       ? what->seconds
                       : 0;
    return true;
}

weft_command *weft_file_upload(weft_session *session, const weft_new_file *what)
{
    weft_command *command = wf_command_new(session, WEFT_SCOPE_WRITE, end);
    struct upload *upload = WF_NEW(command->arena, struct upload);
    struct upload **with = WF_NEW(command->arena, struct upload *);

    *with = upload;
    command->with = with;
    if (!wf_command_is_sound(command)
        || !judge(command->arena, what, &upload->file, &command->err))
        return command;
    upload->hash = wf_hash_of(what->bytes, what->len);
    if (!bring(session, upload, what, &command->err))
        return command;
    return command;
}

/* --- Going out */

struct wanted {
    wf_id id;
    struct wf_str bytes;
    const struct wf_file *file;
};

static bool get(struct wf_turn *turn, const void *with, weft_error *err)
{
    struct wanted *wanted = *(struct wanted *const *)with;
    char hash[WF_HASH_TEXT];
    struct wf_hash own;
    struct wf_file *file;

    if (!wf_file_open(&turn->call, wanted->id, &file, err)
        || !wf_file_read(&turn->call, file, &wanted->bytes, err))
        return false;
    own = wf_hash_of(wanted->bytes.at, wanted->bytes.len);
    wf_hash_write(&own, hash);
    snprintf(turn->reply->etag, sizeof turn->reply->etag, "%.32s", hash);
    wanted->file = file;
    if (file->document)
        wf_reads_note(turn, file->document);
    return true;
}

weft_reply *weft_file_get(weft_session *session, int64_t id)
{
    struct wanted wanted = { .id = id }, *with = &wanted;
    weft_reply *reply = wf_question(session, WEFT_SCOPE_READ, get, &with);

    if (wanted.file) {
        reply->body = wanted.bytes.at;
        reply->len = wanted.bytes.len;
        reply->type = wanted.file->type;
        reply->name = wanted.file->name;
    }
    return reply;
}

static bool list(struct wf_turn *turn, const void *with, weft_error *err)
{
    const wf_id *id = with;
    struct wf_rights rights;
    struct wf_doc *doc;

    return wf_doc_open(&turn->call, *id, &doc, &rights, err)
           && wf_files_list(&turn->call,
                            wf_files_are_seen(&turn->call, &rights) ? doc->id
                                                                    : 0,
                            &turn->out, err);
}

weft_reply *weft_document_files(weft_session *session, int64_t id)
{
    return wf_question(session, WEFT_SCOPE_READ, list, &id);
}
