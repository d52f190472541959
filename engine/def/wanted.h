/* def/wanted.h - what <call> and <collect> say of the documents that they ask
 * for.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_WANTED_H
#define WF_DEF_WANTED_H

#include "def/field.h"
#include "def/moment.h"

struct wf_step;

/* <set field= value=>: a field of the document that is asked for. */
struct wf_put {
    const char *field; /* of the other form */
    struct wf_expr *value;
    struct wf_place place;
    struct wf_put *next;
};

/* Some of those whom a <collect> asks. */
struct wf_group {
    const char *id;
    struct wf_words *words;
    struct wf_place place;
    const struct wf_who *from;
    double weight; /* NAN: not said */
    int min;       /* answers that are needed */
    bool anonymous;
    struct wf_group *next;
};

/* What <collect> and <call> say of the documents that they ask for. */
struct wf_wanted {
    const char *form;
    struct wf_put *puts;
    const struct wf_step *next; /* where it goes on */
    /* call */
    const struct wf_who *whom;   /* for= */
    const struct wf_field *each; /* a table: once for every row */
    bool no_wait;                /* wait="none" */
    /* collect */
    struct wf_group *groups;
    const struct wf_field *table; /* what has come in, for formulas */
    struct wf_duration within;    /* n 0: as long as it takes */
    double enough;                /* a share above 0; 0: all */
    int floor; /* at least WF_MIN_FLOOR, also where nothing was said */
    const struct wf_step *short_; /* too few answers; NULL: cannot be */
};

#endif
