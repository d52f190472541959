/* cli/cmd_export.c - weft export: documents, people, history, to standard
 * output.
 *
 * A CSV has the columns of the first level of each row; what is nested stands
 * there as JSON. A cell that a spreadsheet would take for a formula gets a
 * leading apostrophe.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/error.h"
#include "base/id.h"
#include "base/list.h"
#include "base/map.h"
#include "cli/cli.h"

/* All rows of what is exported. */
struct rows {
    const struct wf_json **at;
    size_t n, cap;
};

/* One kind of list: a page of it. */
struct source {
    weft_reply *(*page)(weft_session *session, const struct source *source,
                        const weft_param *params, size_t n);
    const char *form;
    wf_id id;
};

static weft_reply *page_of_documents(weft_session *session,
                                     const struct source *source,
                                     const weft_param *params, size_t n)
{
    (void)source;
    return weft_document_list(session, params, n);
}

static weft_reply *page_of_people(weft_session *session,
                                  const struct source *source,
                                  const weft_param *params, size_t n)
{
    (void)source;
    return weft_people_list(session, params, n);
}

static weft_reply *page_of_history(weft_session *session,
                                   const struct source *source,
                                   const weft_param *params, size_t n)
{
    return weft_document_history(session, source->id, params, n);
}

/* Fetches page after page. */
static int fetch(const struct cmd_line *line, weft_session *session,
                 const struct source *source, struct rows *out)
{
    const char *next = NULL;

    do {
        weft_param params[] = { { "limit", "200" },
                                { "form", source->form },
                                { "cursor", next } };
        size_t n = 1;
        weft_reply *reply;
        const struct wf_json *body, *items;

        if (source->form)
            n++;
        if (next)
            params[n++] = (weft_param){ "cursor", next };
        reply = source->page(session, source, params, n);
        if (weft_reply_error(reply))
            return cmd_tell(line, reply, NULL);
        body = cmd_body(line, reply);
        items = wf_json_get(body, "items");
        for (size_t i = 0; i < wf_json_len(items); i++)
            *WF_PUSH(line->arena, out) = items->u.array.at[i];
        next = wf_json_str(wf_json_get(body, "next"));
        weft_reply_free(reply);
    } while (next);
    return CMD_DONE;
}

/* A list tells no data; each document is asked for it. */
static int fetch_data(const struct cmd_line *line, weft_session *session,
                      struct rows *rows)
{
    for (size_t i = 0; i < rows->n; i++) {
        const char *text = wf_json_str(wf_json_get(rows->at[i], "id"));
        weft_reply *reply;
        wf_id id = 0;

        if (text)
            wf_id_parse(wf_str_of(text), &id);
        reply = weft_document_get(session, id);
        if (weft_reply_error(reply))
            return cmd_tell(line, reply, NULL);
        rows->at[i] = cmd_body(line, reply);
        weft_reply_free(reply);
    }
    return CMD_DONE;
}

/* --- Writing */

static void write_json(const struct cmd_line *line, const struct rows *rows)
{
    printf("[");
    for (size_t i = 0; i < rows->n; i++)
        printf("%s%s", i > 0 ? ",\n" : "",
               wf_json_dump(line->arena, rows->at[i]));
    printf("]\n");
}

/* A text that a spreadsheet would run. Full-width signs count as well. */
static bool looks_like_formula(const char *text)
{
    static const char *const signs[] = { "=",  "+",  "-",  "@",  "\t", "\r",
                                         "\n", "＝", "＋", "－", "＠" };

    for (size_t i = 0; i < WF_COUNT(signs); i++)
        if (wf_str_starts(text, signs[i]))
            return true;
    return false;
}

static void write_cell(const struct cmd_line *line, const struct wf_json *value)
{
    const char *text = wf_json_str(value);
    bool is_text = text != NULL;

    if (!text && value && !wf_json_is(value, WF_JSON_NULL))
        text = wf_json_dump(line->arena, value);
    if (!text)
        return;
    putchar('"');
    if (is_text && looks_like_formula(text))
        putchar('\'');
    for (; *text; text++) {
        if (*text == '"')
            putchar('"');
        putchar(*text);
    }
    putchar('"');
}

/* The columns: all members of the rows, those of "data" among them. */
static void add_columns(const struct cmd_line *line, struct cmd_list *columns,
                        struct wf_map *seen, const struct wf_json *row)
{
    for (size_t i = 0; row && i < wf_json_len(row); i++) {
        const struct wf_json_member *member = &row->u.object.at[i];

        if (wf_str_is(member->key, "data"))
            add_columns(line, columns, seen, member->value);
        else if (wf_map_add(line->arena, seen, member->key.at, columns))
            *WF_PUSH(line->arena, columns) = member->key.at;
    }
}

static const struct wf_json *cell_of(const struct wf_json *row,
                                     const char *column)
{
    const struct wf_json *value = wf_json_get(wf_json_get(row, "data"), column);

    return value ? value : wf_json_get(row, column);
}

static void write_csv(const struct cmd_line *line, const struct rows *rows)
{
    struct cmd_list columns = { NULL, 0, 0 };
    struct wf_map seen = { .n = 0 };

    for (size_t i = 0; i < rows->n; i++)
        add_columns(line, &columns, &seen, rows->at[i]);
    for (size_t k = 0; k < columns.n; k++)
        printf("%s%s", k > 0 ? "," : "", columns.at[k]);
    printf("\r\n");
    for (size_t i = 0; i < rows->n; i++) {
        for (size_t k = 0; k < columns.n; k++) {
            if (k > 0)
                putchar(',');
            write_cell(line, cell_of(rows->at[i], columns.at[k]));
        }
        printf("\r\n");
    }
}

/* --- The command */

/* No documents of a form may be a word that is no form. */
static int check_form(const struct cmd_line *line, weft_session *session,
                      const char *form)
{
    weft_reply *reply = weft_form_get(session, form, 0);

    if (weft_reply_error(reply))
        return cmd_tell(line, reply, NULL);
    weft_reply_free(reply);
    return CMD_DONE;
}

static int export_rows(const struct cmd_line *line, const struct source *source,
                       bool csv)
{
    struct cmd_store store WF_CLEANUP(cmd_store_close) = CMD_STORE_INIT;
    weft_options how = WEFT_OPTIONS_INIT;
    struct rows rows = { NULL, 0, 0 };
    int status;

    how.no_jobs = true;
    if (!cmd_store_open(line, &how, &store, &status))
        return status;
    status = fetch(line, store.session, source, &rows);
    if (status == CMD_DONE && source->form && rows.n == 0)
        status = check_form(line, store.session, source->form);
    if (status == CMD_DONE && source->page == page_of_documents)
        status = fetch_data(line, store.session, &rows);
    if (status != CMD_DONE)
        return status;
    if (csv)
        write_csv(line, &rows);
    else
        write_json(line, &rows);
    return CMD_DONE;
}

/* False: these are no words of ours. */
static bool read_source(const struct cmd_line *line, struct source *out)
{
    const char *what = line->args[0];
    const char *of = line->n_args > 1 ? line->args[1] : NULL;

    *out = (struct source){ .page = page_of_people };
    if (wf_streq(what, "people"))
        return !of;
    if (wf_streq(what, "documents")) {
        out->page = page_of_documents;
        out->form = of; /* NULL: of every form */
        return true;
    }
    out->page = page_of_history;
    return wf_streq(what, "history") && of
           && wf_id_parse(wf_str_of(of), &out->id);
}

int cmd_export(struct cmd_line *line)
{
    const char *format = "json";
    const struct cmd_option options[] = { { "--format", NULL, &format, NULL } };
    struct source source;

    if (!cmd_options(line, options, WF_COUNT(options), 1, 2))
        return CMD_MISUSED;
    if (!wf_streq(format, "csv") && !wf_streq(format, "json"))
        return cmd_misused(line, "the formats are csv and json");
    if (!read_source(line, &source))
        return cmd_misused(line,
                           "documents [FORM], people, or history DOCUMENT");
    return export_rows(line, &source, wf_streq(format, "csv"));
}
