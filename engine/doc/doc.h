/* doc/doc.h - a document: loaded, kept, and its rows for searching.
 *
 * Data is a JSON object by field id in *stored shapes*: people and documents
 * are ids in text, units keys, money {"amount","currency"}, item tables arrays
 * of objects each with an "id", absent fields absent. shape.h turns what
 * people send into stored shapes, view.h turns them into what people see.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_DOC_H
#define WF_DOC_DOC_H

#include "org/call.h"
#include "org/person.h"
#include "org/who.h"

enum wf_state {
    WF_OPEN,
    WF_DONE,
    WF_VOID
};
const char *wf_state_name(enum wf_state state);
enum wf_state wf_state_of(const char *name);

/* Whether nobody may know who wrote it (veil.h). */
enum wf_veil {
    WF_VEIL_NONE,
    WF_VEIL_DOWN,   /* nobody but its writer sees it */
    WF_VEIL_LIFTED, /* shown, without its writer */
};

/* Where something stands in a workflow. */
struct wf_spot {
    const struct wf_step *step;
    const char *level; /* of an approval, NULL elsewhere */
    int64_t walk;      /* of approvals */
    struct wf_json *flow;
};

struct wf_doc {
    wf_id id;
    const struct wf_form *form; /* its version */
    /* step, level, walk and flow are those of `lane` while one is looked at
     * (doc_lane.h), and its own ones in `own`. */
    const struct wf_step *step;
    const char *level; /* of an approval, NULL elsewhere */
    enum wf_state state;
    const char *title, *title_other; /* in the package's language and in the
                                      * other one; NULL: the same */
    wf_id subject, creator, parent;
    const char *period, *health;
    double progress, score;
    bool has_progress, has_score;
    int64_t due;
    const struct wf_stage_times *stage; /* of a cycle (stage.h); NULL: none */
    const char *begun;                  /* the step in which a stage put it */
    struct wf_json *overrides; /* values set over its own (override.h); NULL */
    int64_t revision;          /* grows with edits and steps */
    int64_t walk;              /* of approvals */
    struct wf_json *flow;      /* what flow remembers of a running chain */
    int64_t created, updated;
    struct wf_doc_lane *lanes; /* rows, of its parallels; NULL: none */
    struct wf_doc_lane *lane;  /* looked at; NULL: the document itself */
    struct wf_spot own;        /* with a lane */
    bool lanes_known;          /* they were asked for */
    struct wf_json *data;
    /* What people wrote in fields that a rollup gives; NULL: nothing. */
    struct wf_json *entered;

    const struct wf_form *stored_form; /* the version of its row; NULL: new */
    struct wf_json *before; /* data as loaded, for changes; NULL when new */
    bool stored;
    enum wf_veil veil;
    const struct wf_index
        *index; /* its rows as stored, once known; index.c's */
};

/* Loads by id, whoever asks (rights are access.h's). `*out` NULL where there
 * is none. */
WF_MUST_CHECK bool wf_doc_load(struct wf_call *call, wf_id id,
                               struct wf_doc **out, weft_error *err);

/* Asks ahead for what wf_doc_load() will want (store/ahead.h). */
WF_MUST_CHECK bool wf_doc_ahead(struct wf_call *call, wf_id id,
                                weft_error *err);

/* A number that grows with every change of the document's row or of its seats:
 * each statement that changes the one says `stamp = stamp + 1`, the other
 * `changes = changes + 1`. -1: there is no such document. */
WF_MUST_CHECK bool wf_doc_stamp(struct wf_call *call, wf_id id, int64_t *out,
                                weft_error *err);

/* A new, unstored document of `form` with an id. */
struct wf_doc *wf_doc_new(struct wf_call *call, const struct wf_form *form);

/* Inserts or updates the row with its index rows, links, unique key and search
 * tokens, only those that changed. Title, subject, period, score, progress and
 * due are taken from the data. Errors: WEFT_E_CONFLICT unique (a finding names
 * the fields). */
WF_MUST_CHECK bool wf_doc_save(struct wf_call *call, struct wf_doc *doc,
                               weft_error *err);

/* Brings title, subject, period, score, progress and due up to date with the
 * data, before anybody is asked by them; wf_doc_save() calls it too. */
WF_MUST_CHECK bool wf_doc_refresh(struct wf_call *call, struct wf_doc *doc,
                                  weft_error *err);

/* What it is called for whoever reads `lang`; of a row, which need not be
 * loaded, the same. */
const char *wf_doc_title(const struct wf_doc *doc, const char *lang);
const char *wf_title_in(const struct wf_form *form, const char *lang,
                        const char *title, const char *other);

/* Somebody has edited it or acted on it now: for If-Match, `updated`, and how
 * long it has been quiet. What only follows other documents touches none. */
void wf_doc_touch(const struct wf_call *call, struct wf_doc *doc);

/* Moves the number of its last event on, as wf_doc_save() does, for one that is
 * not saved after it. */
WF_MUST_CHECK bool wf_doc_follow(struct wf_call *call, wf_id id,
                                 weft_error *err);

/* Removes a document and what hangs on it but its history. */
WF_MUST_CHECK bool wf_doc_delete(struct wf_call *call, struct wf_doc *doc,
                                 weft_error *err);

/* Whether `id` is the document `above`, or hangs under it, near or far. */
WF_MUST_CHECK bool wf_doc_is_under(struct wf_call *call, wf_id id, wf_id above,
                                   bool *out, weft_error *err);

/* The environment of its formulas, conditions and templates. */
struct wf_doc_env {
    struct wf_env env;
    struct wf_source source;
    struct wf_call *call;
    const struct wf_doc *doc;
    const struct wf_person *approver;
};
void wf_doc_env_init(struct wf_doc_env *env, struct wf_call *call,
                     const struct wf_doc *doc);

struct wf_who_doc wf_doc_who(const struct wf_doc *doc);

/* Fields changed since it was loaded: [{"field","from","to"}], rows by
 * "items[1].weight"; [] if none. */
struct wf_json *wf_doc_changes(struct wf_call *call, const struct wf_doc *doc);

#endif
