/* def/connector.h - a connector: what is fetched from another system, how
 * often, and what becomes of its rows: points of a metric, or documents of a
 * form.
 *
 * Where from is a channel of the kind "source", which administrators set: so a
 * definition cannot choose a machine.
 *
 * Source: docs/definition-language.md, "Connectors".
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_CONNECTOR_H
#define WF_DEF_CONNECTOR_H

#include "base/date.h"
#include "def/head.h"

/* One member of what comes out, and where it stands in a row. */
struct wf_connector_map {
    const char *to;   /* "subject", "at", "value"; a field */
    const char *from; /* "person.login" within a row; a column */
    bool number;      /* text that is read as one */
    struct wf_place place;
    struct wf_connector_map *next;
};

enum wf_connector_format {
    WF_CONNECTOR_JSON,
    WF_CONNECTOR_CSV,
};

struct wf_connector {
    struct wf_head head;
    const char *channel;
    const char *path;    /* behind the channel's address; NULL: nothing */
    const char *items;   /* "data.rows": where the rows are; NULL: the whole */
    const char *metric;  /* whose points they are; NULL: none's */
    const char *form_id; /* whose documents they are; NULL: none's */
    const char *key;     /* the field by which a row is the same again */
    const char *act;     /* taken on what is new; NULL: nothing */
    enum wf_connector_format format;
    struct wf_duration every;
    const struct wf_form *form; /* NULL: it is not here */
    struct wf_connector_map *maps;
};

/* How long from one time to the next, in ms. */
int64_t wf_connector_pause(const struct wf_connector *connector);

#endif
