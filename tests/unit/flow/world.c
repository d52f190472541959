/* unit/flow/world.c - a small company with one form, in a store of its own.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "world_turn.h"

#include <string.h>

#include "base/vault.h"
#include "def/deploy.h"
#include "doc/history.h"
#include "flow/after.h"
#include "flow/record.h"
#include "flow/timer.h"
#include "flow/verify.h"
#include "support/store.h"

static const char SQL_PEOPLE[] =
    "INSERT INTO person (id, login, name, pinyin, initials, manager, unit,"
    " grade, active, teams, attributes, changed) VALUES"
    " (1, 'boss', 'boss', 'boss', 'b', NULL, 1, 9, 1, '', '{}', 0),"
    " (2, 'lead', 'lead', 'lead', 'l', 1, 2, 6, 1, '', '{}', 0),"
    " (3, 'ann', 'ann', 'ann', 'a', 2, 2, 3, 1, '', '{}', 0),"
    " (4, 'ben', 'ben', 'ben', 'b', 2, 2, 3, 1, '', '{}', 0),"
    " (5, 'hr1', 'hr1', 'hr1', 'h', 1, 1, 5, 1, '', '{}', 0),"
    " (6, 'hr2', 'hr2', 'hr2', 'h', 1, 1, 5, 1, '', '{}', 0)";
static const char SQL_UNITS[] =
    "INSERT INTO unit (id, key, name, pinyin, parent, head) VALUES"
    " (1, 'hq', 'hq', 'hq', NULL, 1), (2, 'shop', 'shop', 'shop', 1, 2)";
static const char SQL_UNITS_ABOVE[] =
    "INSERT INTO unit_above (unit, above, distance) VALUES"
    " (1, 1, 0), (2, 2, 0), (2, 1, 1)";
static const char SQL_PEOPLE_ABOVE[] =
    "INSERT INTO person_above (person, above, distance) VALUES"
    " (1, 1, 0), (2, 2, 0), (2, 1, 1), (3, 3, 0), (3, 2, 1), (3, 1, 2),"
    " (4, 4, 0), (4, 2, 1), (4, 1, 2), (5, 5, 0), (5, 1, 1), (6, 6, 0),"
    " (6, 1, 1)";
static const char SQL_ROLES[] =
    "INSERT INTO role_grant (role, person, unit, unit_key) VALUES"
    " ('admin', 1, NULL, 0), ('hrbp', 5, 2, 2), ('hrbp', 6, 2, 2)";

static const char FORM[] =
    "<form xmlns=\"urn:weft:1\" id=\"form\" label=\"Form\" subject=\"owner\">"
    "<fields><field id=\"owner\" type=\"person\" default=\"me\"/>"
    "<field id=\"n\" type=\"number\" index=\"true\"/>"
    "<field id=\"note\" type=\"text\"/><field id=\"day\" type=\"date\"/>"
    "<field id=\"words\" type=\"tags\"/>"
    "<items id=\"rows\"><field id=\"helper\" type=\"person\"/>"
    "<field id=\"mark\" type=\"number\"/></items>"
    "<field id=\"twice\" type=\"number\" formula=\"n * 2\"/></fields>"
    "%s<access><create by=\"everyone\"/>"
    "<reopen by=\"owner, manager(owner)\"/>"
    "<grant to=\"everyone\" rights=\"read\"/></access>%s</form>";

/* 2026-10-12 09:00 in Shanghai */
static const int64_t MONDAY = INT64_C(1791766800000);

void world_begin(struct world *w, const char *inside, const char *lua)
{
    memset(w, 0, sizeof *w);
    w->arena = wf_arena_new();
    w->store = test_store_memory();
    w->db = wf_store_writer(w->store);
    w->now = w->start = MONDAY;
    w->clock = wf_clock_fixed(&w->now);
    w->log = (struct wf_log){ WF_LOG_ERROR, &w->clock, NULL, NULL };
    w->ids = wf_ids_new(&w->clock, 1);
    w->vault = wf_vault_new(NULL);
    w->definitions = wf_definitions_new(&w->log);
    WORLD_OK(w, wf_db_begin(w->db, &w->err));
    test_run(w->db, "INSERT INTO unit (id, key, name, pinyin) VALUES"
                    " (9, 'none', 'none', 'none')");
    test_run(w->db, SQL_UNITS);
    test_run(w->db, SQL_PEOPLE);
    test_run(w->db, SQL_UNITS_ABOVE);
    test_run(w->db, SQL_PEOPLE_ABOVE);
    test_run(w->db, SQL_ROLES);
    world_deploy(w, inside, lua);
}

void world_end(struct world *w)
{
    wf_db_rollback(w->db);
    wf_registry_release(&w->registry);
    wf_definitions_free(w->definitions);
    wf_ids_free(w->ids);
    wf_vault_free(w->vault);
    wf_store_close(w->store);
    wf_arena_free(w->arena);
}

static void fresh(struct world *w)
{
    w->err = (weft_error)WEFT_ERROR_INIT;
    w->findings = (struct wf_diags)WF_DIAGS_INIT(w->arena, "en");
}

static void deploy(struct world *w, const struct wf_text_file *files, size_t n)
{
    struct wf_compile_options options = { .registry = w->registry,
                                          .db = w->db };
    struct wf_deploy_options how = { .now = w->now, .ids = w->ids };
    struct wf_bundle bundle;
    struct wf_deployed_rows deployed;

    fresh(w);
    wf_compile(w->arena, files, n, &options, &w->findings, &bundle);
    ck_assert_msg(w->findings.n_errors == 0, "%s", world_found(w));
    WORLD_OK(w, wf_deploy(w->db, w->arena, &bundle, &how, &deployed, &w->err));
    wf_registry_release(&w->registry);
    WORLD_OK(w,
             wf_registry_acquire(w->definitions, w->db, &w->registry, &w->err));
}

void world_deploy(struct world *w, const char *inside, const char *lua)
{
    const char *hooks = lua ? "<hooks src=\"form.lua\"/>" : "";
    char *xml = wf_arena_printf(w->arena, FORM, inside, hooks);
    struct wf_text_file files[] = {
        { "form.form.xml", xml, strlen(xml) },
        { "form.lua", lua, lua ? strlen(lua) : 0 },
    };

    deploy(w, files, lua ? 2 : 1);
}

void world_deploy_form(struct world *w, const char *xml)
{
    struct wf_text_file file = { "other.form.xml", xml, strlen(xml) };

    deploy(w, &file, 1);
}

const char *world_found(struct world *w)
{
    struct wf_buf buf = WF_BUF_INIT(w->arena);

    for (size_t i = 0; i < w->findings.n; i++)
        wf_buf_printf(&buf, "%s%s:%s %s", i ? "; " : "",
                      w->findings.at[i].field ? w->findings.at[i].field : "",
                      w->findings.at[i].code, w->findings.at[i].message);
    return wf_buf_text(&buf);
}

/* --- Commands */

void world_turn_begin(struct turn *t, struct world *w, const char *login)
{
    fresh(w);
    t->w = w;
    t->call = (struct wf_call){ .arena = w->arena,
                                .db = w->db,
                                .registry = w->registry,
                                .ids = w->ids,
                                .log = &w->log,
                                .now = w->now++,
                                .lang = "en",
                                .findings = &w->findings,
                                .people = wf_people_new(w->arena, NULL),
                                .vault = w->vault };
    t->call.system = !login;
    if (login) {
        WORLD_OK(w,
                 wf_person_find_login(&t->call, login, &t->call.me, &w->err));
        ck_assert_ptr_nonnull(t->call.me);
    }
    wf_flow_begin(&t->flow, &t->call, (struct wf_budget)WF_BUDGET_COMMAND);
}

struct wf_json *world_parse(struct world *w, const char *json)
{
    struct wf_json_limits limits = WF_JSON_LIMITS;
    struct wf_json *out = NULL;

    if (json)
        WORLD_OK(w, wf_json_parse(w->arena, json, strlen(json), &limits, &out,
                                  &w->err));
    return out;
}

static bool create(struct turn *t, const char *json)
{
    struct world *w = t->w;
    struct wf_save save WF_CLEANUP(wf_save_end) = WF_SAVE_INIT;
    struct wf_creation creation = { .data = world_parse(w, json) };
    struct wf_doc *doc;

    if (!wf_save_begin(w->db, &save, &w->err)
        || !wf_flow_pick_form(&t->flow, "form", &creation.form, &w->err)
        || !wf_flow_create(&t->flow, &creation, &doc, &w->err))
        return false;
    w->doc = doc->id;
    return wf_save_keep(&save, &w->err);
}

bool world_create(struct world *w, const char *login, const char *json)
{
    struct turn t;
    bool ok;

    world_turn_begin(&t, w, login);
    ok = create(&t, json);
    wf_flow_end(&t.flow);
    return ok;
}

static bool act(struct turn *t, struct wf_act *a)
{
    struct world *w = t->w;
    struct wf_save save WF_CLEANUP(wf_save_end) = WF_SAVE_INIT;
    struct wf_rights rights;
    struct wf_doc *doc;

    a->rights = &rights;
    return wf_save_begin(w->db, &save, &w->err)
           && wf_doc_open(&t->call, w->doc, &doc, &rights, &w->err)
           && wf_flow_act(&t->flow, doc, a, &w->err)
           && wf_save_keep(&save, &w->err);
}

static bool act_as(struct world *w, const char *login, struct wf_act a)
{
    struct turn t;
    bool ok;

    world_turn_begin(&t, w, login);
    ok = act(&t, &a);
    wf_flow_end(&t.flow);
    return ok;
}

bool world_act(struct world *w, const char *login, const char *action,
               const char *json)
{
    return act_as(
        w, login,
        (struct wf_act){ .action = action, .data = world_parse(w, json) });
}

bool world_say(struct world *w, const char *login, const char *action,
               const char *comment)
{
    return act_as(w, login,
                  (struct wf_act){ .action = action, .comment = comment });
}

bool world_return(struct world *w, const char *login, const char *to)
{
    return act_as(w, login, (struct wf_act){ .action = "return", .to = to });
}

bool world_name(struct world *w, const char *login, const char *action,
                const char *people, const char *place)
{
    struct wf_json *list = wf_json_array(w->arena);
    struct wf_str rest = wf_str_of(people), part;

    while (wf_str_split(&rest, ',', &part))
        wf_json_push(w->arena, list,
                     wf_json_text_n(w->arena, part.at, part.len));
    return act_as(
        w, login,
        (struct wf_act){ .action = action, .people = list, .place = place });
}

static bool patch(struct turn *t, const struct wf_json *json)
{
    struct world *w = t->w;
    struct wf_save save WF_CLEANUP(wf_save_end) = WF_SAVE_INIT;
    struct wf_rights rights;
    struct wf_doc *doc;

    return wf_save_begin(w->db, &save, &w->err)
           && wf_doc_open(&t->call, w->doc, &doc, &rights, &w->err)
           && wf_flow_patch(&t->flow, doc, &rights, json, &w->err)
           && wf_save_keep(&save, &w->err);
}

bool world_patch(struct world *w, const char *login, const char *json)
{
    struct turn t;
    bool ok;

    world_turn_begin(&t, w, login);
    ok = patch(&t, world_parse(w, json));
    wf_flow_end(&t.flow);
    return ok;
}

/* --- Questions */

static struct wf_doc *load(struct turn *t, struct wf_rights *rights)
{
    struct wf_doc *doc;

    WORLD_OK(t->w, wf_doc_open(&t->call, t->w->doc, &doc, rights, &t->w->err));
    return doc;
}

const char *world_at(struct world *w)
{
    struct wf_rights rights;
    struct wf_doc *doc;
    struct turn t;

    world_turn_begin(&t, w, "boss");
    doc = load(&t, &rights);
    wf_flow_end(&t.flow);
    if (!doc->level)
        return doc->step->id;
    return wf_arena_printf(w->arena, "%s/%s", doc->step->id, doc->level);
}

static const char *column(struct world *w, const char *sql)
{
    struct wf_buf buf = WF_BUF_INIT(w->arena);
    struct wf_stmt q = WF_STMT_INIT;

    WORLD_OK(w, wf_stmt_begin(w->db, sql, &q, &w->err));
    wf_stmt_bind_id(&q, 1, w->doc);
    while (wf_stmt_step(&q, &w->err) == WF_FETCH_ROW)
        wf_buf_printf(&buf, "%s%s", buf.len ? " " : "", wf_stmt_text(&q, 0));
    wf_stmt_end(&q);
    return wf_buf_text(&buf);
}

const char *world_waiting(struct world *w)
{
    return column(w, "SELECT p.login FROM seat s JOIN person p"
                     " ON p.id = s.person WHERE s.document = $1"
                     " AND s.state = 'open' ORDER BY s.id");
}

const char *world_asked(struct world *w)
{
    return column(w, "SELECT p.login FROM errand e"
                     " JOIN seat s ON s.document = e.document"
                     " JOIN person p ON p.id = s.person"
                     " WHERE e.parent = $1 ORDER BY e.document");
}

const char *world_history(struct world *w)
{
    return column(w, "SELECT kind || CASE WHEN reason IS NULL THEN ''"
                     " ELSE ':' || reason END FROM event"
                     " WHERE document = $1 ORDER BY lane, seq");
}

static const char *login_of(const struct wf_json *person)
{
    const char *login = wf_json_str(wf_json_get(person, "login"));

    return login ? login : "-";
}

const char *world_last_event(struct world *w)
{
    struct wf_buf buf = WF_BUF_INIT(w->arena), text = WF_BUF_INIT(w->arena);
    struct wf_json_writer out = WF_JSON_WRITER_INIT(&text);
    const struct wf_page page = { NULL, 200 };
    const struct wf_json *items, *event, *people;
    const char *reason;
    struct wf_rights rights;
    struct wf_doc *doc;
    struct turn t;

    world_turn_begin(&t, w, "boss");
    doc = load(&t, &rights);
    WORLD_OK(w, wf_history_list(&t.call, doc, &rights, &page, &out, &w->err));
    wf_flow_end(&t.flow);
    items = wf_json_get(world_parse(w, wf_buf_text(&text)), "items");
    event = items->u.array.at[wf_json_len(items) - 1];
    people = wf_json_get(event, "people");
    reason = wf_json_str(wf_json_get(event, "reason"));
    wf_buf_printf(&buf, "%s %s", login_of(wf_json_get(event, "actor")),
                  wf_json_str(wf_json_get(event, "kind")));
    if (wf_json_is(wf_json_get(event, "for"), WF_JSON_OBJECT))
        wf_buf_printf(&buf, " for %s", login_of(wf_json_get(event, "for")));
    for (size_t i = 0; i < wf_json_len(people); i++)
        wf_buf_printf(&buf, "%s%s", i ? "," : ": ",
                      login_of(people->u.array.at[i]));
    if (reason)
        wf_buf_printf(&buf, " (%s)", reason);
    return wf_buf_text(&buf);
}

const char *world_field(struct world *w, const char *field)
{
    struct wf_rights rights;
    struct wf_doc *doc;
    struct turn t;

    world_turn_begin(&t, w, "boss");
    doc = load(&t, &rights);
    wf_flow_end(&t.flow);
    return wf_json_get(doc->data, field)
               ? wf_json_dump(w->arena, wf_json_get(doc->data, field))
               : "";
}

const char *world_can(struct world *w, const char *login)
{
    struct wf_buf buf = WF_BUF_INIT(w->arena);
    struct wf_rights rights;
    struct wf_doc *doc;
    struct wf_can can;
    struct turn t;

    world_turn_begin(&t, w, login);
    doc = load(&t, &rights);
    WORLD_OK(w, wf_flow_can(&t.flow, doc, &rights, &can, &w->err));
    wf_flow_end(&t.flow);
    for (size_t i = 0; i < can.n_actions; i++)
        wf_buf_printf(&buf, "%s%s", i ? " " : "", can.actions[i]);
    return wf_buf_text(&buf);
}

static void write_link(struct wf_buf *out, const struct wf_json *link)
{
    const struct wf_json *people = wf_json_get(link, "people");
    const char *skipped = wf_json_str(wf_json_get(link, "skipped"));

    wf_buf_printf(out, "%s%s", out->len ? " " : "",
                  wf_json_str(wf_json_get(link, "level")));
    for (size_t i = 0; i < wf_json_len(people); i++)
        wf_buf_printf(out, "%s%s", i ? "," : ":",
                      wf_json_str(wf_json_get(people->u.array.at[i], "login")));
    if (skipped)
        wf_buf_printf(out, "!%s", skipped);
}

const char *world_chain(struct world *w, const char *login, const char *json)
{
    struct wf_buf buf = WF_BUF_INIT(w->arena);
    struct wf_buf text = WF_BUF_INIT(w->arena);
    struct wf_json_writer out = WF_JSON_WRITER_INIT(&text);
    const struct wf_form *form;
    const struct wf_json *chain;
    struct turn t;

    world_turn_begin(&t, w, login);
    WORLD_OK(w, wf_flow_pick_form(&t.flow, "form", &form, &w->err));
    WORLD_OK(w, wf_flow_simulate(&t.flow, form, world_parse(w, json), &out,
                                 &w->err));
    wf_flow_end(&t.flow);
    chain = wf_json_get(world_parse(w, wf_buf_text(&text)), "chain");
    for (size_t i = 0; i < wf_json_len(chain); i++)
        write_link(&buf, chain->u.array.at[i]);
    return wf_buf_text(&buf);
}

const char *world_rest(struct world *w)
{
    struct wf_buf buf = WF_BUF_INIT(w->arena);
    struct wf_buf text = WF_BUF_INIT(w->arena);
    struct wf_json_writer out = WF_JSON_WRITER_INIT(&text);
    const struct wf_json *chain;
    struct wf_rights rights;
    struct wf_doc *doc;
    struct turn t;

    world_turn_begin(&t, w, "boss");
    doc = load(&t, &rights);
    WORLD_OK(w, wf_flow_chain(&t.flow, doc, &out, &w->err));
    wf_flow_end(&t.flow);
    chain = wf_json_get(world_parse(w, wf_buf_text(&text)), "chain");
    for (size_t i = 0; i < wf_json_len(chain); i++)
        if (wf_json_str(wf_json_get(chain->u.array.at[i], "level")))
            write_link(&buf, chain->u.array.at[i]);
    return wf_buf_text(&buf);
}

size_t world_verify(struct world *w)
{
    return world_verify_within(w, 1000000);
}

size_t world_verify_within(struct world *w, int64_t units)
{
    struct turn t;

    world_turn_begin(&t, w, "boss");
    t.flow.budget.units = units;
    WORLD_OK(w, wf_verify_documents(&t.call, &w->err));
    WORLD_OK(w, wf_history_verify(&t.call, &w->err));
    wf_flow_end(&t.flow);
    return w->findings.n;
}

static bool keep(struct world *w, const struct wf_job *job,
                 const struct wf_record *record)
{
    struct wf_save save WF_CLEANUP(wf_save_end) = WF_SAVE_INIT;
    struct turn t;
    bool ok;

    world_turn_begin(&t, w, "boss");
    ok = wf_save_begin(w->db, &save, &w->err)
         && wf_after_keep(&t.flow, job, record, &w->err)
         && wf_save_keep(&save, &w->err);
    wf_flow_end(&t.flow);
    return ok;
}

bool world_run_job(struct world *w, void (*meanwhile)(void))
{
    struct wf_record record;
    struct wf_job job;
    struct turn t;
    bool found;

    world_turn_begin(&t, w, "boss");
    wf_record_init(&record, w->arena);
    WORLD_OK(w, wf_job_take(&t.call, WF_JOB_HOOK, &job, &found, &w->err));
    if (found)
        WORLD_OK(w, wf_after_run(&t.flow, &job, &record, &w->err));
    wf_flow_end(&t.flow);
    if (meanwhile)
        meanwhile();
    return found && keep(w, &job, &record);
}

int world_jobs(struct world *w)
{
    int n = 0;

    while (world_run_job(w, NULL))
        n++;
    ck_assert_int_eq(w->err.code, WEFT_OK);
    return n;
}

/* As the engine itself: fires the next timer that is due by `to`. */
static bool fire_next(struct world *w, int64_t to, bool *fired)
{
    static const struct wf_timer_kind *const layers[] = { wf_flow_timers,
                                                          NULL };
    struct wf_save save WF_CLEANUP(wf_save_end) = WF_SAVE_INIT;
    struct wf_timer_due next;
    struct turn t;
    size_t n;
    bool ok;

    world_turn_begin(&t, w, NULL);
    *fired = false;
    ok = wf_timers_due(&t.call, to, &next, 1, &n, &w->err);
    if (ok && n > 0) {
        if (next.at > w->now)
            w->now = next.at;
        t.call.now = w->now;
        ok = wf_save_begin(w->db, &save, &w->err)
             && wf_timer_fire(&t.flow, layers, next.id, fired, &w->err)
             && wf_save_keep(&save, &w->err);
    }
    wf_flow_end(&t.flow);
    return ok;
}

bool world_wait(struct world *w, int64_t ms)
{
    int64_t to = w->start + ms;
    bool fired = true;

    while (fired)
        if (!fire_next(w, to, &fired))
            return false;
    if (to > w->now)
        w->now = to;
    return true;
}

int64_t world_count(struct world *w, const char *sql)
{
    return test_int(w->db, sql);
}
