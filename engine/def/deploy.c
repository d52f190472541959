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
    "SELECT version, hash, audience, live FROM definition"
    " WHERE kind = $1 AND name = $2 ORDER BY version DESC LIMIT 1";

static const char SQL_RETIRE[] = "UPDATE definition SET live = 0"
                                 " WHERE kind = $1 AND name = $2 AND live = 1";

static const char SQL_INSERT[] =
    "INSERT INTO definition (id, kind, name, version, package,"
    " package_version, base, base_version, file, text, hook, hook_file, hash,"
    " uses, audience, live, deployed, deployed_by)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,"
    " $15, 1, $16, $17)";

#define VERSION_COLUMNS                                                        \
    "name, package, file, text, hook, hash, base, audience, version,"          \
    " base_version, live, deployed, deployed_by"

static const char SQL_VERSION[] =
    "SELECT " VERSION_COLUMNS " FROM definition"
    " WHERE kind = 'form' AND name = $1 AND version = $2";

static const char SQL_LIVE_VERSION[] =
    "SELECT " VERSION_COLUMNS " FROM definition"
    " WHERE kind = 'form' AND name = $1 AND live = 1 AND audience IS NULL"
    " ORDER BY version DESC LIMIT 1";

static const char SQL_VERSIONS[] =
    "SELECT " VERSION_COLUMNS " FROM definition"
    " WHERE kind = 'form' AND name = $1 ORDER BY version DESC";

static const char SQL_SET[] =
    "INSERT INTO setting (package, name, value, changed, changed_by)"
    " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (package, name)"
    " DO UPDATE SET value = excluded.value, changed = excluded.changed,"
    " changed_by = excluded.changed_by";

static const char SQL_UNSET[] =
    "DELETE FROM setting WHERE package = $1 AND name = $2";

/* --- Deploying */

/* What is known of a definition's newest version; version 0: there is none. */
struct latest {
    int version;
    const char *hash, *audience;
    bool live;
};

struct insert {
    const struct wf_deploy_options *options;
    const struct wf_compiled *made;
    const char *package;
    int package_version;
    int version;
    const char *pilot;
};

static bool load_latest(struct wf_db *db, struct wf_arena *arena,
                        const char *kind, const char *id, struct latest *out,
                        weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetched;

    memset(out, 0, sizeof *out);
    if (!wf_stmt_begin(db, SQL_LATEST, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, kind);
    wf_stmt_bind_text(&q, 2, id);
    fetched = wf_stmt_step(&q, err);
    if (fetched == WF_FETCH_ROW) {
        out->version = (int)wf_stmt_int(&q, 0);
        out->hash = wf_stmt_str(&q, 1, arena);
        out->audience = wf_stmt_str(&q, 2, arena);
        out->live = wf_stmt_int(&q, 3);
    }
    return fetched != WF_FETCH_ERROR;
}

/* Whether it is there already, for the same people. */
static bool is_same(const struct latest *latest, const struct insert *in)
{
    return latest->live && wf_streq(latest->audience, in->pilot)
           && wf_streq(latest->hash, in->made->hash);
}

/* A version for everyone ends all others, pilots too; a pilot ends none. */
static bool retire(struct wf_db *db, const struct wf_compiled *made,
                   weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(db, SQL_RETIRE, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, made->kind);
    wf_stmt_bind_text(&q, 2, made->id);
    return wf_stmt_run(&q, err);
}

static bool insert(struct wf_db *db, const struct insert *in, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    const struct wf_compiled *made = in->made;
    const struct wf_form *form = made->form;

    if (!wf_stmt_begin(db, SQL_INSERT, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, wf_id_next(in->options->ids));
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
    wf_stmt_bind_text(&q, 15, in->pilot);
    wf_stmt_bind_int(&q, 16, in->options->now);
    wf_stmt_bind_id(&q, 17, in->options->by);
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

static bool deploy_one(struct wf_db *db, struct wf_arena *arena,
                       const struct wf_bundle *bundle, struct insert *in,
                       struct wf_deployed *out, weft_error *err)
{
    const struct wf_compiled *made = in->made;
    struct latest latest, package;
    bool same;

    /* only forms are tried out by some */
    in->pilot = made->form ? in->options->pilot : NULL;
    if (!load_latest(db, arena, made->kind, made->id, &latest, err))
        return false;
    same = is_same(&latest, in);
    out->kind = made->kind;
    out->id = made->id;
    out->is_new = !same;
    out->version = latest.version + (same ? 0 : 1);
    if (same)
        return true;
    in->version = out->version;
    in->package = package_id(arena, bundle, made);
    if (!load_latest(db, arena, "package", in->package, &package, err))
        return false;
    in->package_version =
        wf_streq(made->kind, "package") ? in->version : package.version;
    return (in->pilot || retire(db, made, err)) && insert(db, in, err)
           && (!made->form || wf_registry_note_rollups(db, made->form, err));
}

bool wf_deploy(struct wf_db *db, struct wf_arena *arena,
               const struct wf_bundle *bundle,
               const struct wf_deploy_options *options,
               struct wf_deployed_rows *out, weft_error *err)
{
    WF_LIST(struct wf_deployed) rows = { 0 };
    struct insert in = { .options = options };
    bool changed = false;

    for (const struct wf_compiled *at = bundle->compiled; at; at = at->next) {
        struct wf_deployed *row = WF_PUSH(arena, &rows);

        in.made = at;
        if (!deploy_one(db, arena, bundle, &in, row, err))
            return false;
        changed = changed || row->is_new;
    }
    if (changed && !wf_generation_bump(db, "definition", err))
        return false;
    out->at = rows.at;
    out->n = rows.n;
    return true;
}

/* --- Versions */

static void read_info(struct wf_stmt *q, struct wf_arena *arena,
                      struct wf_version_info *out)
{
    out->id = wf_stmt_str(q, 0, arena);
    out->package = wf_stmt_str(q, 1, arena);
    out->file = wf_stmt_str(q, 2, arena);
    out->text = wf_stmt_str(q, 3, arena);
    out->hook = wf_stmt_str(q, 4, arena);
    out->hash = wf_stmt_str(q, 5, arena);
    out->base = wf_stmt_str(q, 6, arena);
    out->audience = wf_stmt_str(q, 7, arena);
    out->version = (int)wf_stmt_int(q, 8);
    out->base_version = (int)wf_stmt_int(q, 9);
    out->live = wf_stmt_int(q, 10);
    out->deployed = wf_stmt_int(q, 11);
    out->deployed_by = wf_stmt_int(q, 12);
}

bool wf_version_load(struct wf_db *db, struct wf_arena *arena, const char *form,
                     int version, struct wf_version_info *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(db, version ? SQL_VERSION : SQL_LIVE_VERSION, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, form);
    if (version)
        wf_stmt_bind_int(&q, 2, version);
    switch (wf_stmt_step(&q, err)) {
    case WF_FETCH_ROW:
        read_info(&q, arena, out);
        return true;
    case WF_FETCH_DONE:
        return version
                   ? wf_fail(err, WEFT_E_NOTFOUND,
                             "there is no version %d of \"%s\"", version, form)
                   : wf_fail(err, WEFT_E_NOTFOUND,
                             "nothing called \"%s\" is deployed", form);
    default:
        return false;
    }
}

bool wf_versions_load(struct wf_db *db, struct wf_arena *arena,
                      const char *form, struct wf_version_rows *out,
                      weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    WF_LIST(struct wf_version_info) rows = { 0 };
    enum wf_fetch fetched;

    if (!wf_stmt_begin(db, SQL_VERSIONS, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, form);
    while ((fetched = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        read_info(&q, arena, WF_PUSH(arena, &rows));
    out->at = rows.at;
    out->n = rows.n;
    return fetched == WF_FETCH_DONE;
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
