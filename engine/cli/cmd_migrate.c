/* cli/cmd_migrate.c - weft migrate: running documents move to another version,
 * and the command waits until they are there; or tells what would happen.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include <weft/package.h>

#include "base/error.h"
#include "base/id.h"
#include "cli/cli.h"

enum {
    PAGE = 200 /* documents that one trial looks at */
};

struct wishes {
    const char *to, *reason;
    struct cmd_list steps, fields;
    bool dry_run;
};

/* "old=new" rows as an object; false: one has no "=". */
static bool write_map(struct wf_arena *arena, struct wf_json_writer *w,
                      const char *key, const struct cmd_list *rows)
{
    wf_jw_key(w, key);
    wf_jw_open(w, '{');
    for (size_t i = 0; i < rows->n; i++) {
        const char *equals = strchr(rows->at[i], '=');

        if (!equals)
            return false;
        wf_jw_key(w, wf_arena_mem(arena, rows->at[i],
                                  (size_t)(equals - rows->at[i])));
        wf_jw_text(w, equals + 1);
    }
    wf_jw_close(w, '}');
    return true;
}

/* `cursor` NULL: from the start. */
static const char *body_of(struct wf_arena *arena, const struct wishes *wishes,
                           const char *cursor)
{
    struct wf_buf buf = WF_BUF_INIT(arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&buf);

    wf_jw_open(&w, '{');
    wf_jw_key(&w, "to");
    wf_jw_raw(&w, wishes->to, strlen(wishes->to));
    wf_jw_key(&w, "dry_run");
    wf_jw_bool(&w, wishes->dry_run);
    wf_jw_key_text(&w, "reason", wishes->reason);
    wf_jw_key_text(&w, "cursor", cursor);
    if (wishes->dry_run) {
        wf_jw_key(&w, "limit");
        wf_jw_int(&w, PAGE);
    }
    if (!write_map(arena, &w, "steps", &wishes->steps)
        || !write_map(arena, &w, "fields", &wishes->fields))
        return NULL;
    wf_jw_close(&w, '}');
    return wf_buf_text(&buf);
}

/* --- A trial */

static const char *place_text(struct wf_arena *arena,
                              const struct wf_json *place)
{
    const char *step = wf_json_str(wf_json_get(place, "step"));
    const char *level = wf_json_str(wf_json_get(place, "level"));

    if (!step)
        return "-";
    return level ? wf_arena_printf(arena, "%s/%s", step, level) : step;
}

/* "12  1: check/lead > check/lead  kept" */
static void tell_plan(struct wf_arena *arena, const struct wf_json *body)
{
    const struct wf_json *steps = wf_json_get(body, "steps");
    const struct wf_json *fields = wf_json_get(body, "fields");

    for (size_t i = 0; i < wf_json_len(steps); i++) {
        const struct wf_json *at = steps->u.array.at[i];

        printf("%.0f\t@%.0f\t%s > %s\t%s\n",
               wf_json_num(wf_json_get(at, "documents"), 0),
               wf_json_num(wf_json_get(at, "version"), 0),
               place_text(arena, wf_json_get(at, "from")),
               place_text(arena, wf_json_get(at, "to")),
               wf_json_str(wf_json_get(at, "people")));
    }
    for (size_t i = 0; i < wf_json_len(fields); i++) {
        const struct wf_json *at = fields->u.array.at[i];
        const char *to = wf_json_str(wf_json_get(at, "to"));

        printf("field\t@%.0f\t%s\t%s > %s\n",
               wf_json_num(wf_json_get(at, "version"), 0),
               wf_json_str(wf_json_get(at, "field")),
               wf_json_str(wf_json_get(at, "from")), to ? to : "-");
    }
}

/* "897…  total: 6 > 15", and why one stays. */
static void tell_document(struct wf_arena *arena, const struct wf_json *one)
{
    static const char *const lists[] = { "lost", "changed", "unfit", "values" };
    const char *id = wf_json_str(wf_json_get(one, "id"));
    const struct wf_json *refused = wf_json_get(one, "refused");

    if (wf_json_is(refused, WF_JSON_OBJECT))
        printf("%s\trefused\t%s\n", id,
               wf_json_str(wf_json_get(refused, "text")));
    for (size_t i = 0; i < WF_COUNT(lists); i++) {
        const struct wf_json *rows = wf_json_get(one, lists[i]);

        for (size_t k = 0; k < wf_json_len(rows); k++) {
            const struct wf_json *row = rows->u.array.at[k];
            const struct wf_json *from = wf_json_get(row, "from");
            const struct wf_json *to = wf_json_get(row, "to");

            printf("%s\t%s\t%s\t%s > %s\n", id, lists[i],
                   wf_json_str(wf_json_get(row, "field")),
                   wf_json_dump(arena, from ? from : wf_json_get(row, "value")),
                   to ? wf_json_dump(arena, to) : "-");
        }
    }
}

static weft_reply *ask(const struct cmd_line *line, weft_session *session,
                       const struct wishes *wishes, const char *cursor)
{
    const char *body = body_of(line->arena, wishes, cursor);

    return weft_run(
        weft_form_migrate(session, line->args[0], body, strlen(body)));
}

/* Page by page; with --json each page is a line. */
static int try_out(const struct cmd_line *line, weft_session *session,
                   const struct wishes *wishes)
{
    const char *cursor = NULL;
    bool first = true;
    int status;

    do {
        weft_reply *reply = ask(line, session, wishes, cursor);
        const struct wf_json *body = cmd_body(line, reply);
        const struct wf_json *documents = wf_json_get(body, "documents");

        if (first && !line->json)
            tell_plan(line->arena, body);
        for (size_t i = 0; !line->json && i < wf_json_len(documents); i++)
            tell_document(line->arena, documents->u.array.at[i]);
        cursor = wf_json_str(wf_json_get(body, "next"));
        first = false;
        status = cmd_tell(line, reply, NULL);
    } while (status == CMD_DONE && cursor);
    return status;
}

/* --- The migration */

static void tell_refusals(const struct wf_json *body)
{
    const struct wf_json *rows = wf_json_get(body, "refusals");

    for (size_t i = 0; i < wf_json_len(rows); i++)
        fprintf(stderr, "%s: %s\n",
                wf_json_str(wf_json_get(rows->u.array.at[i], "document")),
                wf_json_str(wf_json_get(rows->u.array.at[i], "text")));
}

/* Whoever stays is a refusal of the whole. */
static int migrate(const struct cmd_line *line, weft_session *session,
                   const struct wishes *wishes)
{
    weft_reply *reply = ask(line, session, wishes, NULL);
    const struct wf_json *body = cmd_body(line, reply);
    wf_id run = 0;
    int status;

    while (
        wf_streq(wf_json_str(wf_json_get(body, "state")), "running")
        && wf_id_parse(wf_str_of(wf_json_str(wf_json_get(body, "id"))), &run)) {
        weft_reply_free(reply);
        reply = weft_run(weft_migration_go_on(session, line->args[0], run));
        body = cmd_body(line, reply);
    }
    if (!line->json && !weft_reply_error(reply)) {
        printf("%.0f moved, %.0f refused\n",
               wf_json_num(wf_json_get(body, "moved"), 0),
               wf_json_num(wf_json_get(body, "refused"), 0));
        tell_refusals(body);
    }
    status = cmd_tell(line, reply, NULL);
    return status == CMD_DONE
                   && wf_json_num(wf_json_get(body, "refused"), 0) > 0
               ? CMD_REFUSED
               : status;
}

int cmd_migrate(struct cmd_line *line)
{
    struct cmd_store store WF_CLEANUP(cmd_store_close) = CMD_STORE_INIT;
    struct wishes wishes = { .to = NULL };
    const struct cmd_option options[] = {
        { "--to", NULL, &wishes.to, NULL },
        { "--dry-run", &wishes.dry_run, NULL, NULL },
        { "--step", NULL, NULL, &wishes.steps },
        { "--field", NULL, NULL, &wishes.fields },
        { "--reason", NULL, &wishes.reason, NULL },
    };
    int64_t version;
    int status;

    if (!cmd_options(line, options, WF_COUNT(options), 1, 1))
        return CMD_MISUSED;
    if (!wishes.to || !wf_str_to_int(wf_str_of(wishes.to), &version))
        return cmd_misused(line, "--to is the number of a version");
    if (!body_of(line->arena, &wishes, NULL))
        return cmd_misused(line, "--step and --field are written OLD=NEW");
    if (!cmd_store_open(line, &store, &status))
        return status;
    return wishes.dry_run ? try_out(line, store.session, &wishes)
                          : migrate(line, store.session, &wishes);
}
