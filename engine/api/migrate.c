/* api/migrate.c - running documents move to another version of their form:
 * tried, begun, looked at.
 *
 * A trial does what the migration would do, each document in a savepoint that
 * is undone: what it tells is what will happen. It goes through documents page
 * by page; how many are where is counted over all of them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/package.h>

#include "api/command.h"
#include "api/form.h"
#include "api/migration.h"
#include "api/versions.h"
#include "base/error.h"
#include "def/release.h"
#include "doc/fields.h"
#include "doc/running.h"

enum {
    LIMIT_DEFAULT = 50,
    LIMIT_MAX = 200
};

/* --- What was asked for */

struct plan {
    const char *form;
    int64_t to, limit;
    bool dry_run;
    const struct wf_json *steps, *fields;
    const char *reason, *cursor;
};

/* Whether any version but the one that is moved to has this step or field. */
static bool is_of_old(struct wf_turn *turn, const struct plan *plan,
                      const char *name, bool step, bool *out, weft_error *err)
{
    const struct wf_form *const *versions;
    size_t n;

    *out = false;
    if (!wf_registry_versions(turn->call.registry, turn->call.db, plan->form,
                              &versions, &n, err))
        return false;
    for (size_t i = 0; i < n; i++)
        if (versions[i]->version != plan->to
            && (step ? wf_form_step(versions[i], name) != NULL
                     : wf_form_field(versions[i], name) != NULL))
            *out = true;
    return true;
}

static bool check_mapping(struct wf_turn *turn, const struct plan *plan,
                          const struct wf_form *to, bool step, weft_error *err)
{
    const struct wf_json *map = step ? plan->steps : plan->fields;

    for (size_t i = 0; map && i < map->u.object.n; i++) {
        const char *old = map->u.object.at[i].key.at;
        const char *new = wf_json_str(map->u.object.at[i].value);
        const char *place = wf_arena_printf(turn->call.arena, "%s.%s",
                                            step ? "steps" : "fields", old);
        bool known;

        if (!is_of_old(turn, plan, old, step, &known, err))
            return false;
        if (!known)
            wf_diag_field(&turn->findings, place, "unknown",
                          step ? "No other version has a step \"%s\"."
                               : "No other version has a field \"%s\".",
                          old);
        if (!new
            || !(step ? wf_form_step(to, new) != NULL
                      : wf_form_field(to, new) != NULL))
            wf_diag_field(&turn->findings, place, "unknown",
                          step ? "Version %d has no step \"%s\"."
                               : "Version %d has no field \"%s\".",
                          to->version, new ? new : "");
    }
    return turn->findings.n_errors == 0 || wf_body_misfits(err);
}

/* The version that is moved to, which takes new documents too. */
static bool find_target(struct wf_turn *turn, const struct plan *plan,
                        const struct wf_form **out, weft_error *err)
{
    struct wf_version_info info;
    const char *package;

    if (!wf_versions_open(turn, plan->form, &package, err))
        return false;
    if (plan->to < 1 || plan->to > INT32_MAX)
        return wf_fail(err, WEFT_E_NOTFOUND,
                       "there is no version %lld of \"%s\"",
                       (long long)plan->to, plan->form);
    if (!wf_version_load(turn->call.db, turn->call.arena, plan->form,
                         (int)plan->to, &info, err))
        return false;
    if (!info.live)
        return wf_fail(err, WEFT_E_CONFLICT,
                       "Version %d of \"%s\" is not live: release it first.",
                       info.version, plan->form);
    return wf_registry_version(turn->call.registry, turn->call.db, plan->form,
                               info.version, out, err)
           && check_mapping(turn, plan, *out, true, err)
           && check_mapping(turn, plan, *out, false, err);
}

/* --- A trial: where all of them go */

struct trial {
    struct wf_turn *turn;
    const struct plan *plan;
    struct wf_migration migration;
    int64_t total, examined, moves, refused, hidden;
    struct wf_rights rights; /* on the document at hand, before */
    const struct wf_form *old;
    bool written;
};

static void write_place(struct wf_json_writer *out, const char *key,
                        const char *step, const char *level)
{
    wf_jw_key(out, key);
    if (!step) {
        wf_jw_null(out);
        return;
    }
    wf_jw_open(out, '{');
    wf_jw_key_text(out, "step", step);
    wf_jw_key_text_or_null(out, "level", level);
    wf_jw_close(out, '}');
}

static bool write_step(struct trial *t, const struct wf_running_place *at,
                       weft_error *err)
{
    struct wf_json_writer *out = &t->turn->out;
    const struct wf_form *old;
    const struct wf_step *step, *to;
    bool kept;

    if (!wf_registry_version(t->turn->call.registry, t->turn->call.db,
                             t->plan->form, at->version, &old, err))
        return false;
    step = wf_form_step(old, at->step);
    to = step ? wf_migrate_step(&t->migration, step) : NULL;
    kept = to && wf_migrate_keeps(&t->migration, old, step, at->level, to);
    wf_jw_open(out, '{');
    wf_jw_key(out, "version");
    wf_jw_int(out, at->version);
    write_place(out, "from", at->step, at->level);
    write_place(out, "to", to ? to->id : NULL, kept ? at->level : NULL);
    wf_jw_key_text(out, "people", !to ? "refused" : kept ? "kept" : "asked");
    wf_jw_key(out, "documents");
    wf_jw_int(out, at->n);
    wf_jw_close(out, '}');
    return true;
}

static bool write_steps(struct trial *t, weft_error *err)
{
    struct wf_json_writer *out = &t->turn->out;
    struct wf_running_places places;

    if (!wf_running_places(&t->turn->call, t->plan->form, &places, err))
        return false;
    wf_jw_key(out, "steps");
    wf_jw_open(out, '[');
    for (size_t i = 0; i < places.n; i++) {
        if (places.at[i].version == t->plan->to)
            continue;
        t->total += places.at[i].n;
        if (!write_step(t, &places.at[i], err))
            return false;
    }
    wf_jw_close(out, ']');
    return true;
}

/* --- A trial: what becomes of the fields */

static void write_field(struct trial *t, int version,
                        const struct wf_field *field, const struct wf_field *to)
{
    struct wf_json_writer *out = &t->turn->out;

    wf_jw_open(out, '{');
    wf_jw_key(out, "version");
    wf_jw_int(out, version);
    wf_jw_key_text(out, "field", field->path);
    wf_jw_key_text(out, "label", wf_field_label(&t->turn->call, field));
    wf_jw_key_text(out, "change", to ? "type" : "lost");
    wf_jw_key_text(out, "from", wf_field_kind(field->type)->word);
    wf_jw_key_text_or_null(out, "to",
                           to ? wf_field_kind(to->type)->word : NULL);
    wf_jw_close(out, '}');
}

static bool write_fields(struct trial *t, weft_error *err)
{
    const struct wf_converting how = { t->migration.to, t->plan->fields };
    struct wf_call *call = &t->turn->call;
    struct wf_running running;
    const struct wf_form *old;

    if (!wf_running_load(call, t->plan->form, &running, err))
        return false;
    wf_jw_key(&t->turn->out, "fields");
    wf_jw_open(&t->turn->out, '[');
    for (size_t i = 0; i < running.n; i++) {
        if (running.at[i].version == t->plan->to)
            continue;
        if (!wf_registry_version(call->registry, call->db, t->plan->form,
                                 running.at[i].version, &old, err))
            return false;
        for (const struct wf_field *f = wf_field_after(old, NULL); f;
             f = wf_field_after(old, f)) {
            const struct wf_field *to = wf_convert_target(&how, f);

            if (!f->formula && (!to || !wf_convert_same(f, to)))
                write_field(t, old->version, f, to);
        }
    }
    wf_jw_close(&t->turn->out, ']');
    return true;
}

/* --- A trial: the documents one by one */

static bool before(void *self, struct wf_doc *doc, weft_error *err)
{
    struct trial *t = self;

    t->old = doc->form;
    return wf_access_decide(&t->turn->call, doc, &t->rights, err);
}

/* Rows of values, those of fields that one sees. */
static void write_values(struct trial *t, const char *key,
                         const struct wf_json *rows, const struct wf_form *form,
                         const struct wf_rights *rights)
{
    struct wf_json_writer *out = &t->turn->out;

    wf_jw_key(out, key);
    wf_jw_open(out, '[');
    for (size_t i = 0; i < wf_json_len(rows); i++) {
        const char *place =
            wf_json_str(wf_json_get(rows->u.array.at[i], "field"));
        const struct wf_field *field =
            wf_field_placed(form, t->turn->call.arena, place);

        if (field && wf_rights_see(rights, form, field))
            wf_jw_tree(out, rows->u.array.at[i]);
    }
    wf_jw_close(out, ']');
}

static bool write_asked(struct trial *t, const struct wf_who_list *asked,
                        weft_error *err)
{
    wf_jw_key(&t->turn->out, "people");
    wf_jw_open(&t->turn->out, '[');
    for (size_t i = 0; i < asked->n; i++) {
        const struct wf_person *person;

        if (!wf_person_find(&t->turn->call, asked->at[i], &person, err))
            return false;
        if (person)
            wf_person_json(person, &t->turn->out);
    }
    wf_jw_close(&t->turn->out, ']');
    return true;
}

static void open_document(struct trial *t, const struct wf_doc *doc)
{
    struct wf_json_writer *out = &t->turn->out;

    wf_jw_open(out, '{');
    wf_jw_key(out, "id");
    wf_jw_id(out, doc->id);
    wf_jw_key_text(out, "title", doc->title);
    wf_jw_key(out, "version");
    wf_jw_int(out, t->old->version);
}

static bool after(void *self, struct wf_doc *doc, const struct wf_moved *moved,
                  weft_error *err)
{
    struct trial *t = self;
    struct wf_json_writer *out = &t->turn->out;
    struct wf_rights rights;

    if (!(t->rights.rights & WF_RIGHT_READ))
        return true;
    if (!wf_access_decide(&t->turn->call, doc, &rights, err))
        return false;
    t->written = true;
    open_document(t, doc);
    write_place(out, "from", moved->from->id, moved->from_level);
    write_place(out, "to", moved->to->id, moved->to_level);
    wf_jw_key_text(out, "seats", moved->kept ? "kept" : "asked");
    if (!write_asked(t, &moved->asked, err))
        return false;
    write_values(t, "lost", moved->values.lost, t->old, &t->rights);
    write_values(t, "changed", moved->values.changed, t->old, &t->rights);
    write_values(t, "unfit", moved->values.unfit, t->old, &t->rights);
    write_values(t, "values", moved->derived, doc->form, &rights);
    wf_jw_key(out, "refused");
    wf_jw_null(out);
    wf_jw_close(out, '}');
    return true;
}

static bool write_refused(struct trial *t, wf_id id, const weft_error *why,
                          weft_error *err)
{
    struct wf_json_writer *out = &t->turn->out;
    struct wf_doc *doc;

    if (!wf_doc_load(&t->turn->call, id, &doc, err))
        return false;
    t->written = true;
    open_document(t, doc);
    write_place(out, "from", doc->step->id, doc->level);
    write_place(out, "to", NULL, NULL);
    wf_jw_key(out, "refused");
    wf_jw_open(out, '{');
    wf_jw_key_text(out, "code", weft_code_name(why->code));
    wf_jw_key_text(out, "text", why->text);
    wf_jw_close(out, '}');
    wf_jw_close(out, '}');
    return true;
}

static bool try_document(struct trial *t, wf_id id, weft_error *err)
{
    struct wf_migration_one one = {
        .document = id, .before = before, .after = after, .self = t
    };
    weft_error refused = wf_error_in(t->turn->call.lang);

    t->written = false;
    t->rights = (struct wf_rights){ 0 };
    if (!wf_migration_try(&t->turn->flow, &t->migration, &one, &refused, err))
        return false;
    t->examined++;
    t->moves += refused.code == WEFT_OK;
    t->refused += refused.code != WEFT_OK;
    if (refused.code != WEFT_OK && (t->rights.rights & WF_RIGHT_READ)
        && !write_refused(t, id, &refused, err))
        return false;
    t->hidden += !t->written;
    return true;
}

/* "VERSION.ID": the last document of the page before. */
static bool read_cursor(const char *cursor, int *version, wf_id *id)
{
    struct wf_str rest = wf_str_of(cursor), part;
    int64_t n;

    if (!cursor)
        return true;
    if (!wf_str_split(&rest, '.', &part) || !wf_str_to_int(part, &n) || n < 1
        || n > INT32_MAX)
        return false;
    *version = (int)n;
    return wf_id_parse(rest, id);
}

/* One page, over the versions in their order. */
static bool write_documents(struct trial *t, weft_error *err)
{
    struct wf_running running;
    int64_t limit = t->plan->limit ? t->plan->limit : LIMIT_DEFAULT;
    int version = 0;
    wf_id after_id = 0;
    const char *next = NULL;

    if (limit < 1 || limit > LIMIT_MAX
        || !read_cursor(t->plan->cursor, &version, &after_id))
        return wf_fail(err, WEFT_E_MALFORMED,
                       "\"limit\" is 1 to %d, \"cursor\" the \"next\" of the "
                       "answer before.",
                       LIMIT_MAX);
    if (!wf_running_load(&t->turn->call, t->plan->form, &running, err))
        return false;
    wf_jw_key(&t->turn->out, "documents");
    wf_jw_open(&t->turn->out, '[');
    for (size_t i = 0; i < running.n && t->examined < limit; i++) {
        struct wf_running_query query = { t->plan->form, running.at[i].version,
                                          0, (int)(limit - t->examined) };
        struct wf_running_ids ids;

        if (query.version < version || query.version == t->plan->to)
            continue;
        query.after = query.version == version ? after_id : 0;
        if (!wf_running_next(&t->turn->call, &query, &ids, err))
            return false;
        for (size_t k = 0; k < ids.n; k++)
            if (!try_document(t, ids.at[k], err))
                return false;
        if (ids.n > 0)
            next = wf_arena_printf(t->turn->call.arena, "%d.%lld",
                                   query.version, (long long)ids.at[ids.n - 1]);
    }
    wf_jw_close(&t->turn->out, ']');
    wf_jw_key_text_or_null(&t->turn->out, "next",
                           t->examined == limit ? next : NULL);
    return true;
}

static void write_count(struct wf_json_writer *out, const char *key, int64_t n)
{
    wf_jw_key(out, key);
    wf_jw_int(out, n);
}

static bool try_out(struct wf_turn *turn, const struct plan *plan,
                    const struct wf_form *to, weft_error *err)
{
    struct trial t = { .turn = turn,
                       .plan = plan,
                       .migration = { to, plan->steps, plan->fields,
                                      plan->reason } };
    struct wf_json_writer *out = &turn->out;

    wf_jw_open(out, '{');
    wf_jw_key_text(out, "form", plan->form);
    write_count(out, "to", to->version);
    wf_jw_key(out, "dry_run");
    wf_jw_bool(out, true);
    if (!write_steps(&t, err) || !write_fields(&t, err)
        || !write_documents(&t, err))
        return false;
    write_count(out, "total", t.total);
    write_count(out, "examined", t.examined);
    write_count(out, "moves", t.moves);
    write_count(out, "refused", t.refused);
    write_count(out, "hidden", t.hidden);
    wf_jw_close(out, '}');
    return true;
}

/* --- The migration itself */

static bool begin(struct wf_turn *turn, const struct plan *plan,
                  struct wf_migration_run *run, weft_error *err)
{
    bool found;

    if (!wf_migration_current(&turn->call, plan->form, run, &found, err))
        return false;
    if (found && run->version != plan->to)
        return wf_fail(err, WEFT_E_CONFLICT,
                       "Documents of \"%s\" are on their way to version %d. "
                       "Wait until they are there.",
                       plan->form, run->version);
    if (found)
        return true;
    *run = (struct wf_migration_run){ .form = plan->form,
                                      .version = (int)plan->to,
                                      .steps = plan->steps,
                                      .fields = plan->fields,
                                      .reason = plan->reason };
    return wf_migration_begin(&turn->call, run, err);
}

static bool migrate(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct plan *plan = with;
    struct wf_migration_run run;
    const struct wf_form *to;

    if (!find_target(turn, plan, &to, err))
        return false;
    if (plan->dry_run)
        return try_out(turn, plan, to, err);
    return begin(turn, plan, &run, err)
           && wf_migration_go_on(&turn->flow, &run, err)
           && wf_migration_write(turn, &run, err);
}

weft_command *weft_form_migrate(weft_session *session, const char *form,
                                const char *body, size_t len)
{
    static const struct wf_member members[] = {
        { "to", WF_BODY_INT, offsetof(struct plan, to), true },
        { "dry_run", WF_BODY_BOOL, offsetof(struct plan, dry_run), false },
        { "steps", WF_BODY_OBJECT, offsetof(struct plan, steps), false },
        { "fields", WF_BODY_OBJECT, offsetof(struct plan, fields), false },
        { "reason", WF_BODY_TEXT, offsetof(struct plan, reason), false },
        { "limit", WF_BODY_INT, offsetof(struct plan, limit), false },
        { "cursor", WF_BODY_TEXT, offsetof(struct plan, cursor), false },
    };
    weft_command *command = wf_command_new(session, WEFT_SCOPE_DEPLOY, migrate);
    struct plan *plan = WF_NEW(command->arena, struct plan);
    struct wf_text text = { body, len };

    plan->form = wf_arena_str(command->arena, form);
    wf_command_read(command, members, WF_COUNT(members), text, plan);
    return command;
}
