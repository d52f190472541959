/* org/who_words.h - the vocabulary of "who": one row a word, with both of its
 * readings. Shared by who.c, who_words.c and who_query.c.
 *
 * A word either stands for itself (`owner`, a field) or leads from people or
 * units to others (`manager(…)`, `members(…)`): a relation, which is a
 * statement forward and a subquery backward. The documents of a person are
 * found by going a word backward, from the outside in: `manager(owner)` is me
 * where the subject is one of those whose manager I am.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_ORG_WHO_WORDS_H
#define WF_ORG_WHO_WORDS_H

#include "org/idmap.h"
#include "org/who.h"

struct wf_who_word;

/* The relations around the words in turn, from the inside out: backward, the
 * outermost one comes first and begins with call->me. */
struct wf_who_chain {
    const struct wf_who_word *word;
    const struct wf_who *who;
    const struct wf_who_chain *outer;
};

/* What is being written: a condition over `d`, or (`finds`) statements that
 * give ids of documents. */
struct wf_who_asking {
    struct wf_call *call;
    const struct wf_form *form;
    enum wf_who_way way;
    bool finds;
    struct wf_query *query;
};

enum wf_who_parameters {
    WF_WHO_NO_PARAMETERS,
    WF_WHO_LEVELS,
    WF_WHO_NAME
};

enum {
    WF_WHO_N = 0, /* the distance that who->n says */
    WF_WHO_ALL = 1000000
};

struct wf_who_word {
    enum wf_who_kind kind;

    /* A word that stands for itself: its people or units, and a condition that
     * holds where they meet the people that `chain` leads back to, or the
     * statement that finds these documents. Without `ask` it asks nothing of
     * the document. */
    bool (*start)(const struct wf_who_context *context,
                  const struct wf_who *who, struct wf_idset *out,
                  weft_error *err);
    bool (*ask)(struct wf_who_asking *asking, const struct wf_who *who,
                const struct wf_who_chain *chain, weft_error *err);
    /* Whether a person is among them; NULL: by making the list. */
    bool (*includes)(const struct wf_who_context *context,
                     const struct wf_who *who, wf_id person, bool *out,
                     weft_error *err);

    /* A relation. forward: from $1, levels from $2, gives ids in order. test:
     * the same with a person $2, levels from $3, gives a row. backward: ends
     * where the ids that it comes back from stand; the parameters follow;
     * gives: what it leads to, before " FROM …". */
    const char *forward, *test;
    struct wf_sql gives, backward;
    enum wf_who_parameters parameters;
    int low, high; /* of WF_WHO_LEVELS: the least and the greatest distance */
};

/* The row of a word; operators have none. */
const struct wf_who_word *wf_who_word(enum wf_who_kind kind);

/* Whether a word stands for units, not for people. */
bool wf_who_is_unit(const struct wf_who *who);

/* `level`, a word's low or high, as a distance. */
int wf_who_distance(int level, const struct wf_who *who);

/* All that `who` stands for, active or not. */
WF_MUST_CHECK bool wf_who_evaluate(const struct wf_who_context *context,
                                   const struct wf_who *who,
                                   struct wf_idset *out, weft_error *err);

/* --- who_query.c: the conditions of words that stand for themselves. */
bool wf_who_ask_owner(struct wf_who_asking *asking, const struct wf_who *who,
                      const struct wf_who_chain *chain, weft_error *err);
bool wf_who_ask_creator(struct wf_who_asking *asking, const struct wf_who *who,
                        const struct wf_who_chain *chain, weft_error *err);
bool wf_who_ask_participants(struct wf_who_asking *asking,
                             const struct wf_who *who,
                             const struct wf_who_chain *chain, weft_error *err);
bool wf_who_ask_field(struct wf_who_asking *asking, const struct wf_who *who,
                      const struct wf_who_chain *chain, weft_error *err);
bool wf_who_ask_role(struct wf_who_asking *asking, const struct wf_who *who,
                     const struct wf_who_chain *chain, weft_error *err);

#endif
