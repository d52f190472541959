/* def/who.h - "who": the words for people, parsed. org/ gives them their two
 * readings: the people of a document, and the documents of a person.
 *
 * `and` binds closest, then `,`, then `except`.
 * Source: docs/definition-language.md, "Who".
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_WHO_H
#define WF_DEF_WHO_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/json.h"

struct wf_form;
struct wf_field;

enum wf_who_kind {
    /* operators, with `left` and `right` */
    WF_WHO_AND,
    WF_WHO_OR,
    WF_WHO_EXCEPT,
    /* words */
    WF_WHO_OWNER,
    WF_WHO_CREATOR,
    WF_WHO_ME,
    WF_WHO_PARTICIPANTS,
    WF_WHO_FIELD,  /* field */
    WF_WHO_PERSON, /* name: login or id */
    WF_WHO_EVERYONE,
    WF_WHO_MANAGER,  /* arg; n: level, 1 */
    WF_WHO_MANAGERS, /* arg; n: levels 1 to n */
    WF_WHO_ABOVE,    /* arg */
    WF_WHO_REPORTS,  /* arg */
    WF_WHO_BELOW,    /* arg */
    WF_WHO_DOTTED,   /* arg */
    WF_WHO_TEAM,     /* name, or field */
    WF_WHO_PEERS,    /* arg */
    WF_WHO_HEAD,     /* arg: a unit */
    WF_WHO_HEADS,    /* arg: a unit; its head, and those of all beneath */
    WF_WHO_MEMBERS,  /* arg: a unit */
    WF_WHO_ROLE,     /* name; arg: a person or a unit, or NULL */
    WF_WHO_LUA,      /* name of a hook function */
    /* units, as arguments of head, heads, members and role */
    WF_WHO_UNIT_OF,    /* arg: a person */
    WF_WHO_UNIT_FIELD, /* field */
    WF_WHO_UNIT_KEY,   /* name */
};

struct wf_who {
    enum wf_who_kind kind;
    const struct wf_who *left, *right;
    const struct wf_who *arg;
    const char *name;
    const struct wf_field *field;
    int n;
    struct wf_place place;
};

/* How a row of the vocabulary may be used, from one table. */
enum wf_who_use {
    WF_WHO_FOR_WORK = 1,    /* giving work, telling */
    WF_WHO_FOR_ACCESS = 2,  /* rights: no lua() */
    WF_WHO_NO_DOCUMENT = 4, /* audiences, create: no owner, no fields */
};

/* Parses and links `text` at `place`; `form` resolves field names (NULL: none
 * are known). NULL and findings on any mistake (depth at most 32). Names of
 * roles, units, persons and teams cannot be checked here. */
struct wf_who *wf_who_parse(struct wf_arena *arena, struct wf_place place,
                            const char *text, const struct wf_form *form,
                            enum wf_who_use use, struct wf_diags *diags);

/* The same where names mean more: first the columns of the table `each` (NULL:
 * none), whose rows it is asked for one by one, then fields of `form`. */
struct wf_who_scope {
    const struct wf_form *form;
    const struct wf_field *each;
    enum wf_who_use use;
};
struct wf_who *wf_who_parse_in(struct wf_arena *arena, struct wf_place place,
                               const char *text,
                               const struct wf_who_scope *scope,
                               struct wf_diags *diags);

/* Its text, normalised, for models and messages. */
void wf_who_write(struct wf_buf *out, const struct wf_who *who);

/* Whether the words ask anything of the document (its people or fields). */
bool wf_who_needs_document(const struct wf_who *who);

#endif
