/* http/router.c - from a path and a method to the row of the route table.
 *
 * A node stands for one segment of a pattern; below it are the segments that
 * may follow. "/people/import" and "/people/{person}" both fit one path, so
 * that every child that fits is tried until one has the method.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/router.h"

#include "base/list.h"
#include "http/route.h"

struct node {
    struct wf_str segment; /* of a pattern, maybe in braces */
    const struct http_route *routes[HTTP_OTHER]; /* that end here, by method */
    WF_LIST(struct node *) children;
};

struct http_router {
    struct wf_arena *arena;
    struct node root;
};

/* What a walk down the tree looks for and has met. */
struct walk {
    const struct http_request *req;
    const char *args[2];
    bool allowed[HTTP_OTHER]; /* methods of all that fits the path */
};

/* --- Making */

static struct node *child_of(struct http_router *router, struct node *parent,
                             struct wf_str segment)
{
    struct node *child;

    for (size_t i = 0; i < parent->children.n; i++) {
        child = parent->children.at[i];
        if (child->segment.len == segment.len
            && memcmp(child->segment.at, segment.at, segment.len) == 0)
            return child;
    }
    child = WF_NEW(router->arena, struct node);
    child->segment = segment;
    *WF_PUSH(router->arena, &parent->children) = child;
    return child;
}

struct http_router *http_router_new(void)
{
    struct wf_arena *arena = wf_arena_new();
    struct http_router *router = WF_NEW(arena, struct http_router);
    const struct http_route *route;

    router->arena = arena;
    for (size_t i = 0; (route = http_route_at(i)); i++) {
        struct wf_str rest = wf_str_of(route->pattern + 1), segment;
        struct node *node = &router->root;

        while (wf_str_split(&rest, '/', &segment))
            node = child_of(router, node, segment);
        node->routes[route->method] = route;
    }
    return router;
}

void http_router_free(struct http_router *router)
{
    if (router)
        wf_arena_free(router->arena);
}

/* --- Finding */

static bool is_argument(struct wf_str segment)
{
    return segment.at[0] == '{';
}

static bool fits(struct wf_str segment, const char *text)
{
    int64_t n;

    if (!is_argument(segment))
        return wf_str_is(segment, text);
    if (!wf_str_is(segment, "{id}"))
        return text[0] != '\0';
    return wf_str_to_int(wf_str_of(text), &n) && n > 0;
}

/* The first node of the request's path that has its method; NULL where none
 * has it, and then every method of the path is in `walk->allowed`. */
static const struct http_route *descend(const struct node *node, size_t depth,
                                        size_t n_args, struct walk *walk)
{
    const struct http_target *target = &walk->req->target;

    if (depth == target->n_segments) {
        for (size_t i = 0; i < HTTP_OTHER; i++)
            walk->allowed[i] |= node->routes[i] != NULL;
        return walk->req->method < HTTP_OTHER ? node->routes[walk->req->method]
                                              : NULL;
    }
    for (size_t i = 0; i < node->children.n; i++) {
        const struct node *child = node->children.at[i];
        const struct http_route *found;

        if (!fits(child->segment, target->segments[depth]))
            continue;
        if (is_argument(child->segment))
            walk->args[n_args] = target->segments[depth];
        found = descend(child, depth + 1, n_args + is_argument(child->segment),
                        walk);
        if (found)
            return found;
    }
    return NULL;
}

static const char *allow_text(const struct walk *walk)
{
    struct wf_buf allow = WF_BUF_INIT(walk->req->arena);

    for (size_t i = 0; i < HTTP_OTHER; i++) {
        if (!walk->allowed[i])
            continue;
        if (allow.len > 0)
            wf_buf_str(&allow, ", ");
        wf_buf_str(&allow, http_method_name((enum http_method)i));
        if (i == HTTP_GET)
            wf_buf_str(&allow, ", HEAD");
    }
    return wf_buf_text(&allow);
}

const struct http_route *http_router_find(const struct http_router *router,
                                          struct http_request *req,
                                          const char **allow)
{
    struct walk walk = { .req = req };
    const struct http_route *route = descend(&router->root, 0, 0, &walk);

    if (route)
        memcpy(req->args, walk.args, sizeof walk.args);
    else
        *allow = allow_text(&walk);
    return route;
}
