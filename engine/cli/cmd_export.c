/* cli/cmd_export.c - weft export: documents, people, history, workflows, to
 * standard output.
 *
 * Tables of documents are the engine's own; here only lists become one, with
 * the columns of their rows. A text that a spreadsheet would take for a formula
 * gets a leading apostrophe.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "base/csv.h"
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
    wf_id id;      /* of the document whose history it is; 0: of a form's */
    bool workflow; /* the form's, drawn */
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

static void add_text(struct wf_buf *out, const struct wf_json *value);

static void add_members(struct wf_buf *out, const struct wf_json *list)
{
    for (size_t i = 0; i < wf_json_len(list); i++) {
        if (i > 0)
            wf_buf_char(out, ';');
        add_text(out, list->u.array.at[i]);
    }
}

/* A person is their login, a list its members. */
static void add_text(struct wf_buf *out, const struct wf_json *value)
{
    const char *text = wf_json_str(value);

    if (text)
        wf_buf_str(out, text);
    else if (wf_json_is(value, WF_JSON_NUMBER))
        wf_buf_printf(out, "%.15g", value->u.number);
    else if (wf_json_is(value, WF_JSON_TRUE)
             || wf_json_is(value, WF_JSON_FALSE))
        wf_buf_str(out, wf_json_is_true(value) ? "true" : "false");
    else if (wf_json_is(value, WF_JSON_ARRAY))
        add_members(out, value);
    else if (wf_json_is(value, WF_JSON_OBJECT))
        add_text(out, wf_json_get(value, "login"));
}

static void write_cell(const struct cmd_line *line, const struct wf_json *value)
{
    struct wf_buf text = WF_BUF_INIT(line->arena);
    struct wf_buf cell = WF_BUF_INIT(line->arena);

    add_text(&text, value);
    if (text.len && wf_json_is(value, WF_JSON_NUMBER))
        wf_buf_str(&cell, wf_buf_text(&text));
    else if (text.len)
        wf_csv_write_text(&cell, wf_buf_text(&text));
    fputs(wf_buf_text(&cell), stdout);
}

/* The columns: all members of the rows. */
static void add_columns(const struct cmd_line *line, struct cmd_list *columns,
                        struct wf_map *seen, const struct wf_json *row)
{
    for (size_t i = 0; row && i < wf_json_len(row); i++) {
        const struct wf_json_member *member = &row->u.object.at[i];

        if (wf_map_add(line->arena, seen, member->key.at, columns))
            *WF_PUSH(line->arena, columns) = member->key.at;
    }
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
            write_cell(line, wf_json_get(rows->at[i], columns.at[k]));
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

/* What is asked on the line. */
struct wish {
    struct source source;
    const char *format, *table;
};

static bool is_documents(const struct wish *wish)
{
    return wish->source.page == page_of_documents;
}

static int export_file(const struct cmd_line *line, weft_session *session,
                       const struct wish *wish)
{
    const weft_param params[] = { { "form", wish->source.form },
                                  { "format", wish->format },
                                  { "table", wish->table } };

    return cmd_tell_file(
        line, weft_document_export(session, params, wish->table ? 3 : 2));
}

static int export_rows(const struct cmd_line *line, weft_session *session,
                       const struct wish *wish)
{
    struct rows rows = { NULL, 0, 0 };
    int status = fetch(line, session, &wish->source, &rows);

    if (status == CMD_DONE && wish->source.form && rows.n == 0)
        status = check_form(line, session, wish->source.form);
    if (status == CMD_DONE && is_documents(wish))
        status = fetch_data(line, session, &rows);
    if (status != CMD_DONE)
        return status;
    if (wf_streq(wish->format, "csv"))
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
    out->form = of;
    out->workflow = wf_streq(what, "workflow");
    if (!out->workflow && of && wf_id_parse(wf_str_of(of), &out->id))
        out->form = NULL;
    return of && (out->workflow || wf_streq(what, "history"));
}

/* What is made of it unless the line says otherwise. */
static const char *usual_format(const struct source *source)
{
    if (source->workflow)
        return "bpmn";
    return source->page == page_of_history && source->form ? "xes" : "json";
}

/* A form's history is a log, and its workflow a diagram, and each nothing else.
 * True for other sources. */
static bool fits_form(const struct wish *wish)
{
    const struct source *source = &wish->source;

    if (source->page != page_of_history)
        return true;
    return wf_streq(wish->format, "bpmn") == source->workflow
           && wf_streq(wish->format, "xes")
                  == (source->form && !source->workflow);
}

/* Wrong use is said. */
static int check_wish(const struct cmd_line *line, const struct wish *wish)
{
    bool json = wf_streq(wish->format, "json");
    bool xlsx = wf_streq(wish->format, "xlsx");
    bool of_form = wish->source.page == page_of_history && wish->source.form;

    if (!fits_form(wish))
        return cmd_misused(line, "the history of a form is xes, its workflow "
                                 "bpmn");
    if (!json && !xlsx && !of_form && !wf_streq(wish->format, "csv"))
        return cmd_misused(line, "the formats are csv, xlsx and json");
    if (is_documents(wish) && !json && !wish->source.form)
        return cmd_misused(line, "a table has the documents of one form: "
                                 "documents FORM");
    if (xlsx && !is_documents(wish))
        return cmd_misused(line, "a workbook is made of documents alone");
    if (wish->table && (!is_documents(wish) || json || xlsx))
        return cmd_misused(line, "--table is for documents as csv");
    return CMD_DONE;
}

int cmd_export(struct cmd_line *line)
{
    struct wish wish = { .format = NULL };
    const struct cmd_option options[] = {
        { "--format", NULL, &wish.format, NULL },
        { "--table", NULL, &wish.table, NULL },
    };
    struct cmd_store store WF_CLEANUP(cmd_store_close) = CMD_STORE_INIT;
    int status;

    if (!cmd_options(line, options, WF_COUNT(options), 1, 2))
        return CMD_MISUSED;
    if (!read_source(line, &wish.source))
        return cmd_misused(line, "documents [FORM], people, history DOCUMENT "
                                 "or FORM, or workflow FORM");
    if (!wish.format)
        wish.format = usual_format(&wish.source);
    status = check_wish(line, &wish);
    if (status != CMD_DONE || !cmd_store_open(line, &store, &status))
        return status;
    if (wish.source.workflow)
        return cmd_tell_file(
            line, weft_form_bpmn(store.session, wish.source.form, 0));
    if ((is_documents(&wish) && !wf_streq(wish.format, "json"))
        || wf_streq(wish.format, "xes"))
        return export_file(line, store.session, &wish);
    return export_rows(line, store.session, &wish);
}
