/* bench/bench_tree.c - one change in a tree of twelve levels: what climbing to
 * the top costs inside its transaction.
 *
 *     bench_tree STORE DOCUMENTS [CHANGES]
 *
 * Makes the tree where the store is new: eleven levels that double, and all
 * others as leaves under the last of them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "company.h"

enum {
    INNER = 2047,  /* eleven levels */
    BOTTOM = 1023, /* the first of the last level of these */
    AT_ONCE = 64
};

static const char form_xml[] =
    "<form xmlns='urn:weft:1' id='branch' label='Branch' parent='parent'>"
    "<fields><field id='parent' type='link' form='branch' label='Under'/>"
    "<field id='weight' type='number' label='Weight'/>"
    "<field id='progress' type='progress' label='Progress'/>"
    "<rollup field='progress' of='branch' via='parent' fn='weighted'"
    " value='progress' weight='weight' absent='drop'/></fields>"
    "<workflow start='open'><step id='open' label='Open' by='role(admin)'"
    " edit='*'><action id='end' label='End' to='ended'/></step>"
    "<end id='ended' label='Ended'/></workflow>"
    "<access><create by='everyone'/>"
    "<grant to='everyone' rights='read'/></access></form>";

struct tree {
    weft_engine *engine;
    weft_session *system;
    int64_t *ids;
    size_t n;
    sem_t room; /* for commands in flight */
};

static int64_t done(weft_command *command)
{
    weft_reply *reply = weft_run(command);
    int64_t id;

    company_ok(reply);
    id = weft_reply_id(reply);
    weft_reply_free(reply);
    return id;
}

static size_t parent_of(size_t i)
{
    return i < INNER ? (i - 1) / 2 : BOTTOM + i % (INNER - BOTTOM);
}

static weft_command *planted(struct tree *tree, size_t i)
{
    char body[256];
    int len =
        snprintf(body, sizeof body,
                 "{\"form\":\"branch\",\"data\":{\"weight\":%zu", 1 + i % 7);

    if (i >= INNER)
        len += snprintf(body + len, sizeof body - (size_t)len,
                        ",\"progress\":%zu", i % 101);
    if (i > 0)
        len += snprintf(body + len, sizeof body - (size_t)len,
                        ",\"parent\":\"%" PRId64 "\"", tree->ids[parent_of(i)]);
    len += snprintf(body + len, sizeof body - (size_t)len, "}}");
    return weft_document_create(tree->system, body, (size_t)len, NULL);
}

/* One of many leaves on its way. */
struct leaf {
    struct tree *tree;
    size_t number;
};

static void has_grown(void *self, weft_reply *reply)
{
    struct leaf *leaf = self;
    struct tree *tree = leaf->tree;

    company_ok(reply);
    tree->ids[leaf->number] = weft_reply_id(reply);
    weft_reply_free(reply);
    free(leaf);
    sem_post(&tree->room);
}

static void grow(struct tree *tree)
{
    for (size_t i = 0; i < INNER; i++)
        tree->ids[i] = done(planted(tree, i));
    for (size_t i = INNER; i < tree->n; i++) {
        struct leaf *leaf = malloc(sizeof *leaf);

        *leaf = (struct leaf){ tree, i };
        sem_wait(&tree->room);
        weft_submit(planted(tree, i), has_grown, leaf);
    }
    for (int i = 0; i < AT_ONCE; i++)
        sem_wait(&tree->room);
}

static void open_tree(struct tree *tree, const char *path)
{
    static const char admin[] = "login,name,roles\nroot,Root,admin\n";
    weft_options options = WEFT_OPTIONS_INIT;
    weft_error err = WEFT_ERROR_INIT;
    weft_file file = { "branch.form.xml", form_xml, sizeof form_xml - 1 };
    weft_deploy what = { .files = &file, .n_files = 1 };
    char url[512];

    options.create = true;
    snprintf(url, sizeof url, "sqlite:%s", path);
    if (!weft_engine_open(url, &options, &tree->engine, &err)
        || !weft_session_as(tree->engine, NULL, "en", &tree->system, &err)) {
        fprintf(stderr, "%s: %s\n", path, err.text);
        exit(1);
    }
    done(weft_import(tree->system, "people", admin, sizeof admin - 1, false));
    done(weft_deploy_run(tree->system, &what));
}

static double change(struct tree *tree, int n)
{
    weft_stats before, after;
    int64_t start = monotonic_us();
    char body[64];

    weft_engine_stats(tree->engine, &before);
    for (int i = 0; i < n; i++) {
        size_t leaf = INNER + (size_t)i * 7919 % (tree->n - INNER);
        int len = snprintf(body, sizeof body, "{\"data\":{\"progress\":%d.%d}}",
                           i % 100, 1 + i % 9);

        done(weft_document_patch(tree->system, tree->ids[leaf], body,
                                 (size_t)len, NULL));
    }
    weft_engine_stats(tree->engine, &after);
    return (double)(monotonic_us() - start
                    - (after.commit_us - before.commit_us))
           / n;
}

int main(int argc, char **argv)
{
    struct tree tree = { .n = argc > 2 ? (size_t)atoi(argv[2]) : 0 };
    int changes = argc > 3 ? atoi(argv[3]) : 500;

    if (tree.n <= INNER) {
        fprintf(stderr,
                "usage: bench_tree STORE DOCUMENTS [CHANGES]: more "
                "than %d documents\n",
                INNER);
        return 2;
    }
    remove(argv[1]);
    tree.ids = calloc(tree.n, sizeof *tree.ids);
    sem_init(&tree.room, 0, AT_ONCE);
    open_tree(&tree, argv[1]);
    grow(&tree);
    printf("climb %.0f us\n", change(&tree, changes));
    weft_session_free(tree.system);
    weft_engine_close(tree.engine);
    free(tree.ids);
    return 0;
}
