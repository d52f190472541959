/* def/registry_load.c - stored definitions, compiled again when they are first
 * needed.
 *
 * All that are new to a snapshot are read before any is linked, so that they
 * may name one another. What passed its checks at deploying is not checked
 * again; what no longer compiles is left out, and said in the log.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/error.h"
#include "base/str.h"
#include "def/alert.h"
#include "def/registry_parts.h"

static const char SQL_LIVE[] =
    "SELECT id, audience FROM definition WHERE live = 1"
    " ORDER BY kind, name, version";

static const char SQL_ROW[] =
    "SELECT kind, name, version, package, package_version, base, base_version,"
    " file, text, hook_file, hook, deployed FROM definition WHERE id = $1";

static const char SQL_THEN[] =
    "SELECT version FROM era WHERE name = $1 AND audience IS NULL"
    " AND since <= $2 ORDER BY since DESC, id DESC LIMIT 1";

static const char SQL_FIND[] =
    "SELECT id FROM definition"
    " WHERE kind = $1 AND name = $2 AND version = $3";

/* One row as it is stored. */
struct row {
    wf_id id;
    const char *kind, *name, *package, *base, *file, *text, *hook_file, *hook;
    int version, package_version, base_version;
    int64_t deployed;
};

/* A form, or what is about forms, on its way: read, and not yet linked. */
struct pending {
    struct wf_loaded *loaded;
    struct wf_load load;
    struct wf_diags diags;
    int64_t deployed;
    bool linked;
};

/* One filling of a snapshot, or one version. */
struct loader {
    const struct wf_registry *registry; /* answers names */
    struct wf_definitions *owner;
    struct wf_db *db;
    struct wf_arena *scratch;
    struct wf_world world;
    int64_t deployed; /* of the form being linked */
    weft_error *err;  /* of a store that failed while names were looked up */
    bool failed;
    bool others; /* all forms are linked: what is about forms has its turn */
    WF_LIST(struct pending *) pending;
    WF_LIST(struct wf_loaded *) begun; /* in this turn */
};

/* --- Rows */

static bool find_row(struct wf_db *db, const char *kind, const char *name,
                     int version, wf_id *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(db, SQL_FIND, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, kind);
    wf_stmt_bind_text(&q, 2, name);
    wf_stmt_bind_int(&q, 3, version);
    switch (wf_stmt_step(&q, err)) {
    case WF_FETCH_ROW:
        *out = wf_stmt_int(&q, 0);
        return true;
    case WF_FETCH_DONE:
        return wf_fail(err, WEFT_E_NOTFOUND, "there is no version %d of \"%s\"",
                       version, name);
    default:
        return false;
    }
}

static bool read_row(struct loader *l, wf_id id, struct row *row,
                     weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetched;

    if (!wf_stmt_begin(l->db, SQL_ROW, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, id);
    fetched = wf_stmt_step(&q, err);
    if (fetched == WF_FETCH_DONE)
        return wf_fail(err, WEFT_E_NOTFOUND, "a definition is gone");
    if (fetched == WF_FETCH_ERROR)
        return false;
    row->id = id;
    row->kind = wf_stmt_str(&q, 0, l->scratch);
    row->name = wf_stmt_str(&q, 1, l->scratch);
    row->version = (int)wf_stmt_int(&q, 2);
    row->package = wf_stmt_str(&q, 3, l->scratch);
    row->package_version = (int)wf_stmt_int(&q, 4);
    row->base = wf_stmt_str(&q, 5, l->scratch);
    row->base_version = (int)wf_stmt_int(&q, 6);
    row->file = wf_stmt_str(&q, 7, l->scratch);
    row->text = wf_stmt_str(&q, 8, l->scratch);
    row->hook_file = wf_stmt_str(&q, 9, l->scratch);
    row->hook = wf_stmt_str(&q, 10, l->scratch);
    row->deployed = wf_stmt_int(&q, 11);
    return true;
}

/* --- Names while linking */

struct scripts {
    const struct wf_registry *registry;
    const char *package;
};

static const char *find_script(void *self, const char *name)
{
    const struct scripts *scripts = self;

    return wf_registry_script(scripts->registry, scripts->package, name);
}

/* --- One definition */

static bool load_row(struct loader *l, wf_id id, struct wf_loaded **out,
                     weft_error *err);

static bool load_named(struct loader *l, const char *kind, const char *name,
                       int version, struct wf_loaded **out, weft_error *err)
{
    wf_id id = 0;

    return find_row(l->db, kind, name, version, &id, err)
           && load_row(l, id, out, err);
}

/* The version of `id` for everyone when the form at hand was deployed; 0: none.
 */
static bool version_then(struct loader *l, const char *id, int *out)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetched;

    if (!wf_stmt_begin(l->db, SQL_THEN, &q, l->err))
        return false;
    wf_stmt_bind_text(&q, 1, id);
    wf_stmt_bind_int(&q, 2, l->deployed);
    fetched = wf_stmt_step(&q, l->err);
    if (fetched == WF_FETCH_ROW)
        *out = (int)wf_stmt_int(&q, 0);
    return fetched != WF_FETCH_ERROR;
}

static void free_arena(void *arena)
{
    wf_arena_free(arena);
}

/* What lives as long as the holder, a definition each. */
static struct wf_arena *new_arena(struct wf_definitions *owner)
{
    struct wf_arena *arena = wf_arena_new();

    wf_arena_defer(owner->arena, free_arena, arena);
    return arena;
}

static struct pending *new_pending(struct loader *l, struct wf_loaded *loaded)
{
    struct pending *p = WF_NEW(l->scratch, struct pending);
    struct wf_diags none = WF_DIAGS_INIT(l->scratch, "en");

    p->loaded = loaded;
    p->diags = none;
    p->load.arena = new_arena(l->owner);
    p->load.scratch = l->scratch;
    p->load.diags = &p->diags;
    p->load.world = &l->world;
    return p;
}

static void complain(struct loader *l, const struct row *row,
                     const struct wf_diags *diags)
{
    wf_log(l->owner->log, WF_LOG_ERROR, "definition",
           "stored %s \"%s\" version %d does not compile: line %d: %s",
           row->kind, row->name, row->version,
           diags->n ? diags->at[0].place.line : 0,
           diags->n ? diags->at[0].message : "it cannot be read");
}

static void load_package(struct loader *l, const struct row *row,
                         struct wf_loaded *loaded)
{
    struct pending *p = new_pending(l, loaded);
    struct wf_arena *arena = p->load.arena;
    struct wf_elem *root =
        wf_xml_parse(l->scratch, wf_arena_str(arena, row->file), row->text,
                     strlen(row->text), &p->diags);
    struct wf_package *package = root ? wf_parse_package(&p->load, root)
                                      : wf_package_new(arena, row->name);

    package->version = row->version;
    if (p->diags.n_errors)
        complain(l, row, &p->diags);
    loaded->package = package;
}

/* The package version that a form was checked with; package_version 0: it has
 * no package.xml. */
static bool package_of(struct loader *l, const struct row *row,
                       struct wf_arena *arena, const struct wf_package **out,
                       weft_error *err)
{
    struct wf_loaded *loaded;

    if (!row->package_version) {
        *out = wf_package_new(arena, row->package);
        return true;
    }
    if (!load_named(l, "package", row->package, row->package_version, &loaded,
                    err))
        return false;
    *out = loaded->package;
    return true;
}

/* A calendar in the words of its package's version. */
static bool load_calendar(struct loader *l, const struct row *row,
                          struct wf_loaded *loaded, weft_error *err)
{
    struct pending *p = new_pending(l, loaded);
    struct wf_arena *arena = p->load.arena;
    struct wf_elem *root =
        wf_xml_parse(l->scratch, wf_arena_str(arena, row->file), row->text,
                     strlen(row->text), &p->diags);

    if (!package_of(l, row, arena, &p->load.package, err))
        return false;
    if (root)
        loaded->calendar = wf_parse_calendar(&p->load, root);
    if (p->diags.n_errors) {
        complain(l, row, &p->diags);
        loaded->calendar = NULL;
    }
    return true;
}

static bool base_of(struct loader *l, const struct row *row,
                    const struct wf_form **out, weft_error *err)
{
    struct wf_loaded *loaded;

    if (!row->base)
        return true;
    if (!load_named(l, "form", row->base, row->base_version, &loaded, err))
        return false;
    *out = loaded->form;
    return loaded->form
           || wf_fail(err, WEFT_E_INTERNAL,
                      "version %d of \"%s\" does not compile",
                      row->base_version, row->base);
}

static bool load_form(struct loader *l, const struct row *row,
                      struct wf_loaded *loaded, weft_error *err)
{
    struct pending *p = new_pending(l, loaded);
    struct wf_arena *arena = p->load.arena;
    struct wf_form_source source = { .file = wf_arena_str(arena, row->file),
                                     .text = row->text,
                                     .hook_file = row->hook_file,
                                     .hook = row->hook,
                                     .version = row->version };
    struct wf_elem *root = wf_xml_parse(l->scratch, source.file, row->text,
                                        strlen(row->text), &p->diags);

    if (!package_of(l, row, arena, &source.package, err)
        || !base_of(l, row, &source.base, err))
        return false;
    if (root && source.base)
        root = wf_overlay_merge(&p->load, root, source.base);
    if (root)
        loaded->form = wf_form_read(&p->load, &source, root);
    if (p->diags.n_errors) {
        complain(l, row, &p->diags);
        loaded->form = NULL;
    }
    p->deployed = row->deployed;
    if (loaded->form)
        *WF_PUSH(l->scratch, &l->pending) = p;
    return true;
}

static bool load_other(struct loader *l, const struct row *row,
                       const struct wf_kind *kind, struct wf_loaded *loaded,
                       weft_error *err)
{
    struct pending *p = new_pending(l, loaded);
    struct wf_kind_source source = { .file = row->file,
                                     .hook_file = row->hook_file,
                                     .hook = row->hook,
                                     .version = row->version };
    struct wf_elem *root =
        wf_xml_parse(l->scratch, wf_arena_str(p->load.arena, row->file),
                     row->text, strlen(row->text), &p->diags);

    if (!package_of(l, row, p->load.arena, &source.package, err))
        return false;
    if (root)
        loaded->head = wf_kind_read(&p->load, kind, &source, root);
    if (p->diags.n_errors) {
        complain(l, row, &p->diags);
        loaded->head = NULL;
    }
    p->deployed = row->deployed;
    if (loaded->head)
        *WF_PUSH(l->scratch, &l->pending) = p;
    return true;
}

static struct wf_loaded *new_loaded(struct loader *l, const struct row *row)
{
    struct wf_arena *arena = l->owner->arena;
    struct wf_loaded *loaded = WF_NEW(arena, struct wf_loaded);
    char *key = wf_arena_alloc(arena, WF_ID_TEXT);

    loaded->id = row->id;
    loaded->kind = wf_arena_str(arena, row->kind);
    loaded->name = wf_arena_str(arena, row->name);
    loaded->version = row->version;
    wf_id_write(row->id, key);
    (void)wf_map_add(arena, &l->owner->loaded, key, loaded);
    return loaded;
}

static bool load_row(struct loader *l, wf_id id, struct wf_loaded **out,
                     weft_error *err)
{
    struct wf_loaded *loaded;
    char key[WF_ID_TEXT];
    struct row row = { .id = id };

    wf_id_write(id, key);
    loaded = wf_map_find(&l->owner->loaded, key);
    *out = loaded;
    if (loaded && loaded->begun)
        return true;
    if (!read_row(l, id, &row, err))
        return false;
    if (!loaded)
        *out = loaded = new_loaded(l, &row);
    loaded->begun = true;
    *WF_PUSH(l->scratch, &l->begun) = loaded;
    if (wf_streq(row.kind, "form"))
        return load_form(l, &row, loaded, err);
    if (wf_streq(row.kind, "calendar"))
        return load_calendar(l, &row, loaded, err);
    if (wf_kind_find(row.kind))
        return load_other(l, &row, wf_kind_find(row.kind), loaded, err);
    if (wf_streq(row.kind, "package"))
        load_package(l, &row, loaded);
    else
        loaded->text = wf_arena_str(l->owner->arena, row.text);
    return true;
}

/* The store failed on the way: what was begun in this turn is not whole. */
static bool break_off(struct loader *l)
{
    for (size_t i = 0; i < l->begun.n; i++)
        l->begun.at[i]->begun = false;
    return false;
}

/* --- Linking what was read */

/* `p` has mistakes, if any: it is left out. */
static void link_one(struct loader *l, struct pending *p)
{
    struct wf_loaded *loaded = p->loaded;
    struct scripts scripts = { l->registry, loaded->form
                                                ? loaded->form->package->id
                                                : loaded->head->package->id };
    struct row row = { .kind = loaded->kind,
                       .name = loaded->name,
                       .version = loaded->version };

    l->deployed = p->deployed;
    if (loaded->form) {
        wf_form_read_hook(&p->load, find_script, &scripts);
        wf_link_form(&p->load);
    } else {
        wf_kind_link(&p->load, NULL, loaded->head, find_script, &scripts);
    }
    if (!p->diags.n_errors)
        return;
    complain(l, &row, &p->diags);
    loaded->form = NULL;
    loaded->head = NULL;
}

/* Looking up names may read more forms, which are linked in their turn. */
static void link_those(struct loader *l, bool others)
{
    l->others = others;
    for (size_t i = 0; i < l->pending.n && !l->failed; i++) {
        struct pending *p = l->pending.at[i];

        if (!p->linked && (others || p->loaded->form)) {
            p->linked = true;
            link_one(l, p);
        }
    }
}

/* A form that another definition names is the one that it was checked against:
 * a later version may have lost the field that is read through a link. Forms
 * need it read only, what is about forms needs it linked. */
static const struct wf_form *world_form(void *self, const char *id)
{
    struct loader *l = self;
    struct wf_loaded *loaded = NULL;
    int64_t deployed = l->deployed;
    int version = 0;

    if (!version_then(l, id, &version)
        || (version && !load_named(l, "form", id, version, &loaded, l->err)))
        l->failed = true;
    if (l->others) {
        link_those(l, false);
        l->others = true;
        l->deployed = deployed;
    }
    return loaded ? loaded->form : NULL;
}

static bool link_pending(struct loader *l, weft_error *err)
{
    l->err = err;
    link_those(l, false);
    link_those(l, true);
    return !l->failed;
}

static void start(struct loader *l, const struct wf_registry *registry,
                  struct wf_db *db, struct wf_arena *scratch)
{
    *l = (struct loader){ .registry = registry,
                          .owner = registry->owner,
                          .db = db,
                          .scratch = scratch,
                          .world = {
                              .self = l, .form = world_form, .open = true } };
}

bool wf_registry_load_form(const struct wf_registry *registry, struct wf_db *db,
                           const char *id, int version,
                           const struct wf_form **out, weft_error *err)
{
    struct wf_arena *scratch WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct wf_loaded *loaded;
    struct loader l;

    start(&l, registry, db, scratch);
    if (!load_named(&l, "form", id, version, &loaded, err))
        return break_off(&l);
    if (!link_pending(&l, err))
        return break_off(&l);
    if (!loaded->form)
        return wf_fail(err, WEFT_E_INTERNAL,
                       "version %d of \"%s\" does not compile", version, id);
    *out = loaded->form;
    return true;
}

/* --- A snapshot */

/* A definition that is live. */
struct found {
    wf_id id;
    const char *audience; /* of a pilot */
    struct wf_loaded *loaded;
};

struct founds {
    struct found *at;
    size_t n, cap;
};

static bool list_live(struct loader *l, struct founds *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetched;

    if (!wf_stmt_begin(l->db, SQL_LIVE, &q, err))
        return false;
    while ((fetched = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *WF_PUSH(l->scratch, out) =
            (struct found){ wf_stmt_int(&q, 0), wf_stmt_str(&q, 1, l->scratch),
                            NULL };
    return fetched == WF_FETCH_DONE;
}

/* Where a package has had two default calendars, the later one counts. */
static void register_calendar(struct wf_registry *registry,
                              struct wf_loaded *loaded)
{
    const char *package = loaded->calendar->package;
    struct wf_loaded **last = wf_map_find(&registry->calendars, package);

    if (!last) {
        last = WF_NEW(registry->arena, struct wf_loaded *);
        (void)wf_map_add(registry->arena, &registry->calendars, package, last);
    }
    if (!*last || (*last)->id < loaded->id)
        *last = loaded;
}

/* Whose a pilot is may change while its text does not. */
static void register_pilot(struct wf_registry *registry,
                           const struct found *found)
{
    struct wf_diags none = WF_DIAGS_INIT(registry->arena, "en");
    struct wf_place place = { NULL, 0, 0 };
    struct wf_pilot *pilot = WF_PUSH(registry->arena, &registry->pilots);

    pilot->form = found->loaded->form;
    pilot->audience = wf_who_parse(
        registry->arena, place, wf_arena_str(registry->arena, found->audience),
        NULL, (enum wf_who_use)(WF_WHO_FOR_ACCESS | WF_WHO_NO_DOCUMENT), &none);
    if (!pilot->audience)
        registry->pilots.n--;
}

/* Puts a definition under its name, once it is linked. */
static void register_live(struct wf_registry *registry,
                          const struct found *found)
{
    struct wf_loaded *loaded = found->loaded;

    *WF_PUSH(registry->arena, &registry->live) = loaded;
    if (loaded->head && loaded->head->kind == &wf_kind_alert)
        *WF_PUSH(registry->arena, &registry->alerts) =
            (const struct wf_alert *)(const void *)loaded->head;
    if (loaded->text)
        (void)wf_map_add(registry->arena, &registry->scripts, loaded->name,
                         loaded);
    else if (loaded->form && found->audience)
        register_pilot(registry, found);
    else if (loaded->form)
        (void)wf_map_add(registry->arena, &registry->forms, loaded->name,
                         loaded->form);
    else if (loaded->calendar && loaded->calendar->is_default)
        register_calendar(registry, loaded);
    else if (loaded->package)
        (void)wf_map_add(registry->arena, &registry->packages, loaded->name,
                         loaded->package);
}

bool wf_registry_load(struct wf_registry *registry, struct wf_db *db,
                      weft_error *err)
{
    struct wf_arena *scratch WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct founds found = { NULL, 0, 0 };
    struct loader l;

    start(&l, registry, db, scratch);
    if (!list_live(&l, &found, err)
        || !wf_registry_load_facts(registry, db, err)
        || !wf_registry_load_takers(registry, db, err)
        || !wf_registry_load_indexes(registry, db, err))
        return false;
    for (size_t i = 0; i < found.n; i++)
        if (!load_row(&l, found.at[i].id, &found.at[i].loaded, err))
            return break_off(&l);
    for (size_t i = 0; i < found.n; i++)
        if (found.at[i].loaded->text)
            register_live(registry, &found.at[i]);
    if (!link_pending(&l, err))
        return break_off(&l);
    for (size_t i = 0; i < found.n; i++)
        if (!found.at[i].loaded->text)
            register_live(registry, &found.at[i]);
    return true;
}
