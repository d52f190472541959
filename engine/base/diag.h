/* base/diag.h - findings for people: all of them at once, each with its place.
 *
 * A finding is not an error: work goes on, and whoever asked for the work
 * decides. In a definition its place is a file, a line and a column; in a
 * document it is a field ("items[1].weight", rows from 1).
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_BASE_DIAG_H
#define WF_BASE_DIAG_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/json.h"

enum wf_severity {
    WF_SEVERITY_ERROR,
    WF_SEVERITY_WARNING
};

/* Where something stands in a text; line and column from 1, 0 unknown. */
struct wf_place {
    const char *file;
    int line;
    int column;
};

struct wf_diag {
    enum wf_severity severity;
    struct wf_place place; /* of a definition; file NULL: none */
    const char *field;     /* of a document; NULL: none */
    const char *code;      /* a word for programs: "required", "unknown" */
    const char *message;   /* in the language of the list */
};

/* In order of finding. Of those beyond WF_DIAGS_MAX only errors are counted,
 * and none is kept. */
struct wf_diags {
    struct wf_arena *arena;
    const char *lang;
    struct wf_diag *at;
    size_t n;
    size_t cap;
    size_t n_errors; /* of severity error, kept or not */
};

enum {
    WF_DIAGS_MAX = 500
};

#define WF_DIAGS_INIT(arena, lang)                                             \
    {                                                                          \
        (arena), (lang), NULL, 0, 0, 0                                         \
    }

/* Adds an error at `place` of a definition. `fmt` as for wf_fail(). */
void wf_diag_at(struct wf_diags *diags, struct wf_place place, const char *code,
                const char *fmt, ...) WF_PRINTF(4, 5);
void wf_diag_warn_at(struct wf_diags *diags, struct wf_place place,
                     const char *code, const char *fmt, ...) WF_PRINTF(4, 5);

/* Adds an error or a warning at a `field` of a document ("" is the whole). */
void wf_diag_field(struct wf_diags *diags, const char *field, const char *code,
                   const char *fmt, ...) WF_PRINTF(4, 5);
void wf_diag_field_text(struct wf_diags *diags, enum wf_severity severity,
                        const char *field, const char *code,
                        const char *message);

/* Stable order by file, line, column. */
void wf_diags_sort(struct wf_diags *diags);

/* "file:line:column: error: message\n" a finding, as compilers do. */
void wf_diags_write(const struct wf_diags *diags, struct wf_buf *out);

/* As the API's `diagnostics` and `errors` arrays; the second takes only the
 * given severity. */
void wf_diags_json(const struct wf_diags *diags, struct wf_json_writer *out);
void wf_diags_fields_json(const struct wf_diags *diags,
                          enum wf_severity severity,
                          struct wf_json_writer *out);

#endif
