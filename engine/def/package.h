/* def/package.h - what the forms of a package share: settings, scales, lists,
 * policy.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_PACKAGE_H
#define WF_DEF_PACKAGE_H

#include "base/diag.h"
#include "base/json.h"
#include "def/expr.h"
#include "def/who.h"
#include "def/words.h"

struct wf_option {
    const char *id;
    struct wf_words *words;
    struct wf_place place;
    double value; /* of a scale's point */
    struct wf_option *next;
};

/* A <list> of options or a <scale> of points. */
struct wf_choices {
    const char *id;
    struct wf_words *words;
    struct wf_place place;
    struct wf_option *options;
    struct wf_choices *next;
};

struct wf_setting {
    const char *id;
    struct wf_words *words;
    struct wf_place place;
    enum wf_type type;
    const struct wf_json *value; /* the default */
    struct wf_setting *next;
};

enum wf_nobody {
    WF_NOBODY_UNSET,
    WF_NOBODY_SKIP,
    WF_NOBODY_MANAGER,
    WF_NOBODY_ADMIN,
    WF_NOBODY_FAIL,
    WF_NOBODY_PERSON,
};

struct wf_policy {
    int max_levels; /* 0: none */
    enum wf_nobody nobody;
    const struct wf_who *nobody_person;
    const struct wf_who *deploy_by; /* NULL: administrators */
    const char *approval; /* the form by which deploys are asked for; NULL */
    struct wf_place place;
};

/* A <place>: where people go for documents of some forms, or for runs of some
 * cycles. */
struct wf_nav {
    const char *id;
    const char **forms;  /* ids, NULL at the end; the first one is shown first;
                            NULL: none */
    const char **cycles; /* the same */
    unsigned view;       /* see wf_nav_view() */
    unsigned icon;
    struct wf_words *words;
    struct wf_place place, forms_place, cycles_place, view_place;
    struct wf_nav *next;
};

struct wf_adjust;

struct wf_package {
    const char *id;
    int version;
    const char *hash;     /* of all but its words: what others rest on */
    const char *lang;     /* of its texts; "zh-CN" unless said */
    const char *timezone; /* "Asia/Shanghai" unless said */
    struct wf_words *words;
    struct wf_setting *settings;
    struct wf_choices *scales;
    struct wf_choices *lists;
    struct wf_nav *navs;
    struct wf_policy policy;
    struct wf_adjust *adjusts; /* def/adjust.h */
    const char **requires;     /* ids, NULL at the end */
};

/* "list", "board", "tree"; NULL: as the form says. And the name of a picture,
 * or NULL. */
const char *wf_nav_view(const struct wf_nav *nav);
const char *wf_nav_icon(const struct wf_nav *nav);

const struct wf_setting *wf_package_setting(const struct wf_package *package,
                                            const char *id);
const struct wf_choices *wf_package_scale(const struct wf_package *package,
                                          const char *id);
const struct wf_choices *wf_package_list(const struct wf_package *package,
                                         const char *id);
const struct wf_option *wf_choices_find(const struct wf_choices *choices,
                                        const char *id);

#endif
