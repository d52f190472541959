/* weft/file.h - files: uploaded, attached to documents, read again.
 *
 * A file that was uploaded is its uploader's alone until a document holds it:
 * in a field of the type file, files or audio, where its id is the value, or
 * beside the fields, by the verb attach. Until then it goes after a day.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WEFT_FILE_H
#define WEFT_FILE_H

#include <weft/document.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct weft_new_file {
    const char *name; /* made safe; NULL: "file" */
    const char *type; /* what its uploader calls it; NULL: nothing */
    double seconds;   /* of sound; 0: not said */
    const void *bytes;
    size_t len; /* at most 25 MiB */
} weft_new_file;

/* Writes the bytes, in parts of 256 KiB that are a command each, and waits for
 * them; so not on a thread of the engine. The command that it returns makes
 * the file whole: {"id","name","type","size","seconds"?}.
 * Errors, when it is run: WEFT_E_TOO_LARGE; WEFT_E_UNSUPPORTED what is not
 * taken, by what is in it; WEFT_E_LIMITED too many that no document holds. */
WEFT_API WEFT_MUST_CHECK weft_command *weft_file_upload(
    weft_session *session, const weft_new_file *what);

/* The bytes, for who sees the field that holds it. The reply's type and name
 * are those of the file, its entity tag is made of its bytes. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_file_get(weft_session *session,
                                                   int64_t id);
WEFT_API const char *weft_reply_type(const weft_reply *reply); /* NULL: JSON */
WEFT_API const char *weft_reply_name(const weft_reply *reply); /* of a file */

/* {"items":[{"id","name","type","size","seconds"?,"by","at"}]}: what was
 * attached to a document beside its fields; for who may comment on it or has
 * work with it, else there is nothing. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_document_files(weft_session *session,
                                                         int64_t id);

#ifdef __cplusplus
}
#endif

#endif
