/* def/deploy.c - the tables `definition` and `setting`: versions are added and
 * never changed; what is live moves from one to the next.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "def/deploy.h"

#include <string.h>

#include "base/date.h"
#include "base/error.h"
#include "base/list.h"
#include "base/str.h"
#include "store/db.h"

static const char SQL_LATEST[] =
    "SELECT MAX(version) FROM definition WHERE kind = $1 AND name = $2";

static const char SQL_SAME[] =
    "SELECT id, version, audience, live, planned FROM definition"
    " WHERE kind = $1 AND name = $2 AND hash = $3"
    " AND (live = 1 OR planned IS NOT NULL) ORDER BY version DESC LIMIT 1";

static const char SQL_LIVE[] =
    "SELECT version FROM definition"
    " WHERE kind = $1 AND name = $2 AND live = 1 ORDER BY version DESC LIMIT 1";

static const char SQL_INSERT[] =
    "INSERT INTO definition (id, kind, name, version, package,"
    " package_version, base, base_version, file, text, hook, hook_file, hash,"
    " uses, audience, live, deployed, deployed_by)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,"
    " NULL, 0, $15, $16)";

static const char SQL_SET[] =
    "INSERT INTO setting (package, name, value, changed, changed_by)"
    " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (package, name)"
    " DO UPDATE SET value = excluded.value, changed = excluded.changed,"
    " changed_by = excluded.changed_by";

static const char SQL_UNSET[] =
    "DELETE FROM setting WHERE package = $1 AND name = $2";

/* --- Deploying */

struct insert {
    struct wf_db *db;
    struct wf_arena *arena;
    const struct wf_deploy_options *options;
    const struct wf_compiled *made;
    const char *package;
    int package_version;
    int version;
    wf_id row;
    const char *pilot; /* only forms are tried out by some */
};

/* A version of the same hash that is live or planned; row 0: none. */
struct same {
    wf_id row;
    int version;
    const char *audience;
    bool live;
    int64_t planned;
};

static bool find_same(const struct insert *in, struct same *out,
                      weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetched;

    memset(out, 0, sizeof *out);
    if (!wf_stmt_begin(in->db, SQL_SAME, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, in->made->kind);
    wf_stmt_bind_text(&q, 2, in->made->id);
    wf_stmt_bind_text(&q, 3, in->made->hash);
    fetched = wf_stmt_step(&q, err);
    if (fetched == WF_FETCH_ROW) {
        out->row = wf_stmt_int(&q, 0);
        out->version = (int)wf_stmt_int(&q, 1);
        out->audience = wf_stmt_str(&q, 2, in->arena);
        out->live = wf_stmt_int(&q, 3);
        out->planned = wf_stmt_int(&q, 4);
    }
    return fetched != WF_FETCH_ERROR;
}

/* The number of a version by `sql`; 0: there is none. */
static bool load_version(struct wf_db *db, const char *kind, const char *id,
                         bool live, int *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetched;

    *out = 0;
    if (!wf_stmt_begin(db, live ? SQL_LIVE : SQL_LATEST, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, kind);
    wf_stmt_bind_text(&q, 2, id);
    fetched = wf_stmt_step(&q, err);
    if (fetched == WF_FETCH_ROW)
        *out = (int)wf_stmt_int(&q, 0);
    return fetched != WF_FETCH_ERROR;
}

static bool insert(struct insert *in, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    const struct wf_compiled *made = in->made;
    const struct wf_form *form = made->form;

    if (!wf_stmt_begin(in->db, SQL_INSERT, &q, err))
        return false;
    in->row = wf_id_next(in->options->ids);
    wf_stmt_bind_id(&q, 1, in->row);
    wf_stmt_bind_text(&q, 2, made->kind);
    wf_stmt_bind_text(&q, 3, made->id);
    wf_stmt_bind_int(&q, 4, in->version);
    wf_stmt_bind_text(&q, 5, in->package);
    wf_stmt_bind_int(&q, 6, in->package_version);
    wf_stmt_bind_text(&q, 7, form ? form->base : NULL);
    if (form && form->base)
        wf_stmt_bind_int(&q, 8, form->base_version);
    else
        wf_stmt_bind_null(&q, 8);
    wf_stmt_bind_text(&q, 9, made->file);
    wf_stmt_bind_text(&q, 10, made->text);
    wf_stmt_bind_text(&q, 11, made->hook);
    wf_stmt_bind_text(&q, 12, made->hook_file);
    wf_stmt_bind_text(&q, 13, made->hash);
    wf_stmt_bind_text(&q, 14, made->uses);
    wf_stmt_bind_int(&q, 15, in->options->now);
    wf_stmt_bind_id(&q, 16, in->options->by);
    return wf_stmt_run(&q, err);
}

/* Of a script: what stands before the slash of its name. */
static const char *package_id(struct wf_arena *arena,
                              const struct wf_bundle *bundle,
                              const struct wf_compiled *made)
{
    struct wf_str rest = wf_str_of(made->id), part;

    if (made->package)
        return made->package->id;
    if (wf_streq(made->kind, "script") && wf_str_split(&rest, '/', &part))
        return wf_arena_slice(arena, part);
    return bundle->package->id;
}

/* The version of its package that it was checked with: the one that comes with
 * it, else the one that is live. */
static bool find_package(struct insert *in, const struct wf_bundle *bundle,
                         const struct wf_deployed_rows *done, weft_error *err)
{
    in->package = package_id(in->arena, bundle, in->made);
    in->package_version = in->version;
    if (wf_streq(in->made->kind, "package"))
        return true;
    for (size_t i = 0; i < done->n; i++)
        if (wf_streq(done->at[i].kind, "package")
            && wf_streq(done->at[i].id, in->package)) {
            in->package_version = done->at[i].version;
            return true;
        }
    return load_version(in->db, "package", in->package, true,
                        &in->package_version, err);
}

static bool make_live(const struct insert *in, weft_error *err)
{
    const struct wf_deploy_options *options = in->options;
    const struct wf_compiled *made = in->made;
    struct wf_release release = { made->id,    in->version,  in->pilot,
                                  options->by, options->now, options->ids };

    if (options->at)
        return wf_release_plan(in->db, in->row, in->pilot, options->at, err);
    if (made->form)
        return wf_release(in->db, &release, err);
    return wf_release_row(in->db, in->row, made->kind, made->id, err);
}

/* Whether it is there already as it is asked for: what everyone has, those of a
 * pilot have. */
static bool is_done(const struct same *same, const struct insert *in)
{
    if (!same->row)
        return false;
    if (same->live && !same->audience)
        return true;
    return wf_streq(same->audience, in->pilot)
           && (same->live
               || (in->options->at && same->planned == in->options->at));
}

/* Whether a deploy for a pilot leaves all others with what they have. What a
 * form needs to be read may come with it, if it is new. */
static bool is_of_pilot(const struct insert *in, int latest, weft_error *err)
{
    const char *kind = in->made->kind;
    bool changes_nothing =
        latest == 0
        && (wf_streq(kind, "package") || wf_streq(kind, "script")
            || wf_streq(kind, "calendar"));

    return !in->options->pilot || in->made->form || changes_nothing
           || wf_fail(err, WEFT_E_INVALID,
                      "A pilot is of forms; %s would be for everyone. Deploy "
                      "it for everyone first, or leave it out.",
                      in->made->file);
}

/* Whether the version that is there may be given to those who are meant: what
 * everyone has is not taken from them. */
static bool may_reuse(const struct same *same, const struct insert *in)
{
    return same->row && !(same->live && (!same->audience || in->options->at));
}

static bool deploy_one(struct insert *in, const struct wf_bundle *bundle,
                       const struct wf_deployed_rows *done,
                       struct wf_deployed *out, weft_error *err)
{
    const struct wf_compiled *made = in->made;
    struct same same;
    int latest;

    in->pilot = made->form ? in->options->pilot : NULL;
    if (!find_same(in, &same, err)
        || !load_version(in->db, made->kind, made->id, false, &latest, err))
        return false;
    *out = (struct wf_deployed){
        made->kind,          made->id,
        same.version,        same.row,
        !is_done(&same, in), in->options->at && !same.live
    };
    if (!out->is_new)
        return true;
    if (!is_of_pilot(in, latest, err))
        return false;
    in->version = same.version;
    in->row = same.row;
    if (!may_reuse(&same, in)) {
        in->version = latest + 1;
        if (!find_package(in, bundle, done, err) || !insert(in, err)
            || (made->form
                && !wf_registry_note_rollups(in->db, made->form, err))
            || (made->head
                && !wf_registry_note_indexes(in->db, made->head, err)))
            return false;
    }
    out->version = in->version;
    out->row = in->row;
    out->planned = in->options->at;
    return make_live(in, err);
}

bool wf_deploy(struct wf_db *db, struct wf_arena *arena,
               const struct wf_bundle *bundle,
               const struct wf_deploy_options *options,
               struct wf_deployed_rows *out, weft_error *err)
{
    WF_LIST(struct wf_deployed) rows = { 0 };
    struct insert in = { .db = db, .arena = arena, .options = options };
    bool changed = false;

    for (const struct wf_compiled *at = bundle->compiled; at; at = at->next) {
        struct wf_deployed_rows done = { rows.at, rows.n };
        struct wf_deployed *row = WF_PUSH(arena, &rows);

        in.made = at;
        if (!deploy_one(&in, bundle, &done, row, err))
            return false;
        changed = changed || row->is_new;
    }
    if (changed && !wf_generation_bump(db, "definition", err))
        return false;
    out->at = rows.at;
    out->n = rows.n;
    return true;
}

/* --- Settings */

static bool fits(const struct wf_setting *setting, const struct wf_json *value)
{
    const char *text = wf_json_str(value);
    int32_t day;

    switch (setting->type) {
    case WF_T_NUMBER:
        return wf_json_is(value, WF_JSON_NUMBER);
    case WF_T_BOOLEAN:
        return wf_json_is(value, WF_JSON_TRUE)
               || wf_json_is(value, WF_JSON_FALSE);
    case WF_T_DATE:
        return text && wf_date_parse(wf_str_of(text), &day);
    default:
        return text;
    }
}

static bool unset(struct wf_db *db, const struct wf_setting_change *change,
                  weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(db, SQL_UNSET, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, change->package);
    wf_stmt_bind_text(&q, 2, change->setting->id);
    return wf_stmt_run(&q, err);
}

static bool set(struct wf_db *db, const struct wf_setting_change *change,
                weft_error *err)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!fits(change->setting, change->value))
        return wf_fail(
            err, WEFT_E_INVALID, "setting \"%s\" takes a value of type %s",
            change->setting->id, wf_type_name(change->setting->type));
    if (!wf_stmt_begin(db, SQL_SET, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, change->package);
    wf_stmt_bind_text(&q, 2, change->setting->id);
    wf_stmt_bind_text(&q, 3, wf_json_dump(arena, change->value));
    wf_stmt_bind_int(&q, 4, change->now);
    wf_stmt_bind_id(&q, 5, change->by);
    return wf_stmt_run(&q, err);
}

bool wf_setting_save(struct wf_db *db, const struct wf_setting_change *change,
                     weft_error *err)
{
    bool nothing = !change->value || wf_json_is(change->value, WF_JSON_NULL);

    return (nothing ? unset(db, change, err) : set(db, change, err))
           && wf_generation_bump(db, "definition", err);
}
