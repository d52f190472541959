/* base/json.h - JSON: read by jansson into a tree of ours, written as a stream.
 *
 * The tree lives in an arena and is plain to look at; documents, hook values
 * and formula values are such trees. Text is UTF-8 without U+0000. Numbers are
 * finite doubles with at most 15 significant digits, as in a spreadsheet: what
 * enters or is computed is rounded to them by wf_json_number(), so that a
 * stored value read back is the same value, in both stores and the browser.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_BASE_JSON_H
#define WF_BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <weft/error.h>

#include "base/arena.h"
#include "base/buf.h"

enum wf_json_type {
    WF_JSON_NULL,
    WF_JSON_FALSE,
    WF_JSON_TRUE,
    WF_JSON_NUMBER,
    WF_JSON_TEXT,
    WF_JSON_ARRAY,
    WF_JSON_OBJECT,
};

struct wf_json_member;

struct wf_json {
    enum wf_json_type type;
    union {
        double number;
        struct wf_str text; /* NUL-terminated behind its len */
        struct {
            struct wf_json **at;
            size_t n, cap;
        } array;
        struct {
            struct wf_json_member *at; /* in order of insertion */
            size_t n, cap;
        } object;
    } u;
};

struct wf_json_member {
    struct wf_str key; /* NUL-terminated behind its len */
    struct wf_json *value;
};

/* What a stranger's JSON may be. */
struct wf_json_limits {
    size_t max_depth; /* 32 */
    size_t max_nodes; /* 100,000 */
};
#define WF_JSON_LIMITS                                                         \
    {                                                                          \
        32, 100000                                                             \
    }

/* Reads one JSON text (RFC 8259: any value at the top). Refuses duplicate
 * keys, U+0000, broken UTF-8, numbers that no double holds, and what exceeds
 * `limits` (checked before memory is spent).
 * Errors: WEFT_E_MALFORMED with line and column; WEFT_E_TOO_LARGE. */
WF_MUST_CHECK bool wf_json_parse(struct wf_arena *arena, const char *text,
                                 size_t len,
                                 const struct wf_json_limits *limits,
                                 struct wf_json **out, weft_error *err);

/* The same for what wf_json_write() wrote and the store kept, without limits:
 * tables are filled bit by bit, each within those of its time.
 * Errors: WEFT_E_MALFORMED, a damaged store. */
WF_MUST_CHECK bool wf_json_read_stored(struct wf_arena *arena, const char *text,
                                       struct wf_json **out, weft_error *err);

/* Makers. Text is copied. wf_json_number() rounds to 15 significant digits
 * and gives null for what is not finite. */
struct wf_json *wf_json_null(struct wf_arena *arena);
struct wf_json *wf_json_bool(struct wf_arena *arena, bool value);
struct wf_json *wf_json_number(struct wf_arena *arena, double value);
struct wf_json *wf_json_int(struct wf_arena *arena, int64_t value);
struct wf_json *wf_json_text(struct wf_arena *arena, const char *text);
struct wf_json *wf_json_text_n(struct wf_arena *arena, const char *text,
                               size_t len);
struct wf_json *wf_json_array(struct wf_arena *arena);
struct wf_json *wf_json_object(struct wf_arena *arena);

/* Objects. get: the member or NULL (a JSON null is a value, not NULL). set:
 * replaces or appends; `key` is copied, `value` is borrowed by the tree. */
struct wf_json *wf_json_get(const struct wf_json *object, const char *key);
void wf_json_set(struct wf_arena *arena, struct wf_json *object,
                 const char *key, struct wf_json *value);
bool wf_json_remove(struct wf_json *object, const char *key);
void wf_json_push(struct wf_arena *arena, struct wf_json *array,
                  struct wf_json *value);

/* Questions; all take NULL (as absent). is_nothing: absent, null, "" or []. */
bool wf_json_is(const struct wf_json *json, enum wf_json_type type);
bool wf_json_is_nothing(const struct wf_json *json);
bool wf_json_is_true(const struct wf_json *json);
const char *wf_json_str(const struct wf_json *json); /* text, else NULL */
double wf_json_num(const struct wf_json *json, double otherwise);
bool wf_json_to_int(const struct wf_json *json, int64_t *out); /* whole only */
size_t wf_json_len(const struct wf_json *json); /* of array or object */

/* Deep. Members of objects in any order. */
bool wf_json_equal(const struct wf_json *a, const struct wf_json *b);
struct wf_json *wf_json_copy(struct wf_arena *arena,
                             const struct wf_json *json);

/* `target` changed by `patch`, a new tree that shares unchanged parts
 * (RFC 7396). Either may be NULL. */
struct wf_json *wf_json_merge(struct wf_arena *arena,
                              const struct wf_json *target,
                              const struct wf_json *patch);

/* --- Writing. wf_json_write() appends compact text of a tree. The writer
 * below streams without a tree; it puts the commas. */
void wf_json_write(struct wf_buf *buf, const struct wf_json *json);
const char *wf_json_dump(struct wf_arena *arena, const struct wf_json *json);

/* The same with sorted keys and no other freedom: for hashes. */
void wf_json_write_canonical(struct wf_buf *buf, const struct wf_json *json);

struct wf_json_writer {
    struct wf_buf *buf;
    bool comma; /* a value came before on this level */
};
#define WF_JSON_WRITER_INIT(buf)                                               \
    {                                                                          \
        (buf), false                                                           \
    }

/* Inside an object every value is preceded by its key: wf_jw_key(), or the
 * short forms with `key`, which write nothing for a NULL text. */
void wf_jw_open(struct wf_json_writer *w, char bracket);  /* '{' or '[' */
void wf_jw_close(struct wf_json_writer *w, char bracket); /* '}' or ']' */
void wf_jw_key(struct wf_json_writer *w, const char *key);
void wf_jw_null(struct wf_json_writer *w);
void wf_jw_bool(struct wf_json_writer *w, bool value);
void wf_jw_int(struct wf_json_writer *w, int64_t value);
void wf_jw_number(struct wf_json_writer *w, double value);
void wf_jw_text(struct wf_json_writer *w, const char *text);
void wf_jw_text_n(struct wf_json_writer *w, const char *text, size_t len);
void wf_jw_tree(struct wf_json_writer *w, const struct wf_json *json);
void wf_jw_raw(struct wf_json_writer *w, const char *json, size_t len);
void wf_jw_id(struct wf_json_writer *w, int64_t id); /* as a string */
void wf_jw_key_text(struct wf_json_writer *w, const char *key,
                    const char *text);
void wf_jw_key_text_or_null(struct wf_json_writer *w, const char *key,
                            const char *text);
void wf_jw_key_id_or_null(struct wf_json_writer *w, const char *key,
                          int64_t id); /* 0 is null */
/* RFC 3339 UTC with milliseconds; 0 is null. */
void wf_jw_key_time(struct wf_json_writer *w, const char *key, int64_t ms);

/* A finite number rounded to 15 significant digits; -0 becomes 0. */
double wf_number_rounded(double value);

/* As strtod(), but a point is a point in whatever locale the process runs. */
double wf_number_parse(const char *text, char **end);

/* A number as text, the shortest of at most 15 digits; integers without a
 * point. `text` has room for 32 bytes. */
void wf_number_write(double value, char text[32]);

#endif
