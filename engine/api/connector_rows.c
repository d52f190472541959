/* api/connector_rows.c - from what another system answers to rows of ours.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/connector.h"

#include <math.h>
#include <stdlib.h>

#include "base/csv.h"
#include "base/error.h"

enum {
    ROWS_MAX = 10000,
};

static bool fail_rows(weft_error *err)
{
    return wf_fail(err, WEFT_E_TOO_LARGE,
                   "More than %d rows came. Fetch fewer at once.", ROWS_MAX);
}

/* Text that is to be a number, and is one. */
static struct wf_json *number_of(struct wf_arena *arena, struct wf_json *value)
{
    const char *text = wf_json_str(value);
    char *end = NULL;
    double number;

    if (!text)
        return value;
    number = strtod(text, &end);
    return *text && !*end && isfinite(number) ? wf_json_number(arena, number)
                                              : value;
}

static void put(struct wf_arena *arena, struct wf_json *row,
                const struct wf_connector_map *map, struct wf_json *value)
{
    if (value && !wf_json_is(value, WF_JSON_NULL))
        wf_json_set(arena, row, map->to,
                    map->number ? number_of(arena, value) : value);
}

/* --- JSON */

/* "a.b" in nested objects; NULL: there is no such thing. */
static struct wf_json *walk(struct wf_arena *arena, struct wf_json *json,
                            const char *path)
{
    struct wf_str rest = wf_str_of(path), part;

    while (json && wf_str_split(&rest, '.', &part))
        json = wf_json_is(json, WF_JSON_OBJECT)
                   ? wf_json_get(json, wf_arena_slice(arena, part))
                   : NULL;
    return json;
}

static bool read_json(struct wf_arena *arena,
                      const struct wf_connector *connector, struct wf_str body,
                      struct wf_json *out, weft_error *err)
{
    static const struct wf_json_limits limits = WF_JSON_LIMITS;
    struct wf_json *all, *rows;

    if (!wf_json_parse(arena, body.at, body.len, &limits, &all, err))
        return false;
    rows = connector->items ? walk(arena, all, connector->items) : all;
    if (!wf_json_is(rows, WF_JSON_ARRAY))
        return wf_fail(err, WEFT_E_MALFORMED,
                       "There is no list of rows at \"%s\" in what came.",
                       connector->items ? connector->items : "");
    if (wf_json_len(rows) > ROWS_MAX)
        return fail_rows(err);
    for (size_t i = 0; i < wf_json_len(rows); i++) {
        struct wf_json *row = wf_json_object(arena);

        for (const struct wf_connector_map *map = connector->maps; map;
             map = map->next)
            put(arena, row, map, walk(arena, rows->u.array.at[i], map->from));
        wf_json_push(arena, out, row);
    }
    return true;
}

/* --- CSV */

struct table {
    struct wf_arena *arena;
    const struct wf_connector *connector;
    struct wf_str header[WF_CSV_COLUMNS_MAX];
    size_t n;
    struct wf_json *out;
};

static bool take_header(struct table *table, const struct wf_str *cells,
                        size_t n, weft_error *err)
{
    for (size_t i = 0; i < n; i++)
        table->header[i] = wf_str_of(wf_arena_slice(table->arena, cells[i]));
    table->n = n;
    for (const struct wf_connector_map *map = table->connector->maps; map;
         map = map->next) {
        size_t i = 0;

        while (i < n && !wf_str_is(table->header[i], map->from))
            i++;
        if (i == n)
            return wf_fail(err, WEFT_E_MALFORMED,
                           "There is no column \"%s\" in what came.",
                           map->from);
    }
    return true;
}

static bool take_row(void *self, int64_t number, const struct wf_str *cells,
                     size_t n, weft_error *err)
{
    struct table *table = self;
    struct wf_json *row;

    if (number == 0)
        return take_header(table, cells, n, err);
    if (number > ROWS_MAX)
        return fail_rows(err);
    row = wf_json_object(table->arena);
    for (const struct wf_connector_map *map = table->connector->maps; map;
         map = map->next)
        for (size_t i = 0; i < n && i < table->n; i++)
            if (cells[i].len > 0 && wf_str_is(table->header[i], map->from))
                put(table->arena, row, map,
                    wf_json_text(table->arena,
                                 wf_arena_slice(table->arena, cells[i])));
    wf_json_push(table->arena, table->out, row);
    return true;
}

bool wf_connector_rows(struct wf_arena *arena,
                       const struct wf_connector *connector, struct wf_str body,
                       struct wf_json **out, weft_error *err)
{
    struct table table = { .arena = arena, .connector = connector };

    *out = wf_json_array(arena);
    if (connector->format == WF_CONNECTOR_JSON)
        return read_json(arena, connector, body, *out, err);
    table.out = *out;
    return wf_csv_read(arena, body.at, body.len, take_row, &table, err);
}
