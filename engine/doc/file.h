/* doc/file.h - files: uploaded in parts, their uploader's alone until a
 * document holds them, read by whoever sees the field that holds them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_FILE_H
#define WF_DOC_FILE_H

#include "base/hash.h"
#include "doc/access.h"

enum {
    WF_FILE_MAX = 25 * 1024 * 1024,
    WF_FILE_PART = 256 * 1024,
    WF_FILES_LOOSE = 64,                    /* of one person, in no document */
    WF_FILES_KEPT_MS = 24 * 60 * 60 * 1000, /* until a document holds them */
};

struct wf_file {
    wf_id id, uploader;
    wf_id document, comment; /* 0: none holds it; not said with one */
    const char *name, *type;
    const char *field; /* path; NULL: attached beside the fields, or said */
    int64_t size, created;
    double seconds; /* of sound; 0: not said */
    bool is_whole;
};

/* --- Coming in, each in a transaction of its own */

/* A new file of call->me, without its bytes. Errors: WEFT_E_LIMITED too many
 * that no document holds. */
WF_MUST_CHECK bool wf_file_begin(struct wf_call *call, struct wf_file *file,
                                 weft_error *err);
WF_MUST_CHECK bool wf_file_part_add(struct wf_call *call, wf_id file, int64_t n,
                                    const void *data, size_t len,
                                    weft_error *err);
/* All of its bytes are there. */
WF_MUST_CHECK bool wf_file_end(struct wf_call *call, wf_id file,
                               const struct wf_hash *hash, weft_error *err);

/* --- Looking */

/* NULL where there is none. */
WF_MUST_CHECK bool wf_file_find(struct wf_call *call, wf_id id,
                                struct wf_file **out, weft_error *err);

/* The file, if call->me may read it: their own that no document holds, or one
 * of a document whose field they see. Errors: WEFT_E_NOTFOUND. */
WF_MUST_CHECK bool wf_file_open(struct wf_call *call, wf_id id,
                                struct wf_file **out, weft_error *err);

/* Whether who has these rights sees what is attached beside the fields: who
 * may comment, or has work with it; not who sees single fields only. */
bool wf_files_are_seen(const struct wf_call *call,
                       const struct wf_rights *rights);

/* Its bytes, in the arena of the call. */
WF_MUST_CHECK bool wf_file_read(struct wf_call *call,
                                const struct wf_file *file, struct wf_str *out,
                                weft_error *err);

/* All that a document holds, by the text of their ids. */
WF_MUST_CHECK bool wf_files_load(struct wf_call *call, wf_id document,
                                 struct wf_map *out, weft_error *err);

/* {"id","name","type","size","seconds"?}; NULL: {"id"} of one that is gone. */
struct wf_json *wf_file_json(struct wf_arena *arena, const char *id,
                             const struct wf_file *file);

/* Writes {"items":[{"id","name","type","size","seconds","by","at"}]}: what was
 * attached beside the fields, oldest first. */
WF_MUST_CHECK bool wf_files_list(struct wf_call *call, wf_id document,
                                 struct wf_json_writer *out, weft_error *err);

/* --- Belonging */

bool wf_field_holds_files(const struct wf_field *field);

/* Binds what the document's fields hold now and did not before, and removes
 * what they hold no more. Errors: WEFT_E_CONFLICT one was taken by another
 * document meanwhile. */
WF_MUST_CHECK bool wf_files_settle(struct wf_call *call,
                                   const struct wf_doc *doc, weft_error *err);

/* Binds a file of call->me to the document, beside its fields; `*bound` is
 * false if it is none of theirs that is still free. */
WF_MUST_CHECK bool wf_file_attach(struct wf_call *call,
                                  const struct wf_doc *doc, wf_id id,
                                  bool *bound, weft_error *err);

/* --- Said with a comment (file_said.c) */

/* Gives a file of call->me to a comment beneath the document; `*bound` is false
 * if it is none of theirs that is still free. */
WF_MUST_CHECK bool wf_file_say(struct wf_call *call, const struct wf_doc *doc,
                               wf_id comment, wf_id id, bool *bound,
                               weft_error *err);

/* Writes "files":[{"id","name","type","size","seconds"?}] of those among
 * `files`, by wf_files_load(), that are said with `comment`; nothing for none.
 */
void wf_files_said(struct wf_arena *arena, const struct wf_map *files,
                   wf_id comment, struct wf_json_writer *out);

/* Removes what somebody has said so, beneath all documents. */
WF_MUST_CHECK bool wf_files_unsay(struct wf_call *call, wf_id author,
                                  weft_error *err);

/* With the document. */
WF_MUST_CHECK bool wf_files_remove(struct wf_call *call, wf_id document,
                                   weft_error *err);

/* Removes it unless a document holds it. */
WF_MUST_CHECK bool wf_file_expire(struct wf_call *call, wf_id id,
                                  weft_error *err);

/* Whether all that its fields hold is there, and its own. */
WF_MUST_CHECK bool wf_files_are_there(struct wf_call *call,
                                      const struct wf_doc *doc, bool *out,
                                      weft_error *err);

/* Findings: bytes that are not what was uploaded, files of documents that are
 * gone (file_verify.c). */
WF_MUST_CHECK bool wf_files_verify(struct wf_call *call, weft_error *err);

#endif
