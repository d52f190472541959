/* unit/def/test_registry.c - deploying, and the snapshots of what is deployed.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "support/package.h"
#include "support/store.h"

static struct wf_arena *arena;
static struct wf_store *store;
static struct wf_definitions *definitions;
static const struct wf_log quiet = { .least = WF_LOG_ERROR,
                                     .clock = &wf_clock_real };

static void setup(void)
{
    arena = wf_arena_new();
    store = test_store_memory();
    definitions = wf_definitions_new(&quiet);
}

static void teardown(void)
{
    wf_definitions_free(definitions);
    wf_store_close(store);
    wf_arena_free(arena);
}

static struct wf_deployed *deploy(const struct wf_text_file *files, size_t n,
                                  const char *pilot)
{
    return package_deploy(arena, store, definitions, files, n, pilot);
}

/* The form `request` with another label. */
static struct wf_text_file relabelled(const char *label)
{
    const char *text = package_files[1].text;
    const char *at = strstr(text, "label='Request'");
    const char *made =
        wf_arena_printf(arena, "%.*slabel='%s'%s", (int)(at - text), text,
                        label, at + strlen("label='Request'"));
    struct wf_text_file file = { "request.form.xml", made, strlen(made) };

    return file;
}

/* A snapshot as a reader sees it, until the reader is ended. */
static const struct wf_registry *look(struct wf_reader *reader)
{
    const struct wf_registry *registry = NULL;
    weft_error err = WEFT_ERROR_INIT;

    ck_assert(wf_reader_begin(store, 0, reader, &err));
    ck_assert_msg(wf_registry_acquire(definitions, reader->db, &registry, &err),
                  "%s", err.text);
    return registry;
}

static const char *label_of(const struct wf_form *form)
{
    return wf_words_label(form->words, "en", form->id);
}

START_TEST(a_deployed_form_is_live_as_it_was_compiled)
{
    struct wf_reader reader WF_CLEANUP(wf_reader_end) = WF_READER_INIT;
    const struct wf_registry *registry;
    const struct wf_form *form;

    deploy(package_files, 2, NULL);
    registry = look(&reader);
    form = wf_registry_form(registry, "request");

    ck_assert_ptr_nonnull(form);
    ck_assert_int_eq(form->version, 1);
    ck_assert_str_eq(form->package->id, "office");
    ck_assert_uint_eq(form->n_formulas, 3);
    ck_assert_str_eq(form->formulas[0]->path, "lines.sum");
    ck_assert_str_eq(form->formulas[1]->path, "total");
    ck_assert_str_eq(form->formulas[2]->path, "high");
    ck_assert(wf_form_field(form, "total")->index);
    ck_assert(wf_form_field(form, "high")->index);
    ck_assert_int_eq(wf_step_level(wf_form_step(form, "check"), "lead")->agree,
                     WF_AGREE_ALL);
    ck_assert_int_eq(wf_step_level(wf_form_step(form, "check"), "head")->agree,
                     WF_AGREE_ANY);
    ck_assert_int_eq(wf_step_level(wf_form_step(form, "check"), "head")->nobody,
                     WF_NOBODY_ADMIN);
    wf_registry_release(&registry);
}
END_TEST

START_TEST(the_same_text_deployed_again_is_no_new_version)
{
    struct wf_deployed *rows;

    deploy(package_files, 2, NULL);
    rows = deploy(package_files, 2, NULL);

    ck_assert(!rows[0].is_new && !rows[1].is_new);
    ck_assert_int_eq(rows[1].version, 1);
    rows = deploy(&package_files[1], 1, NULL);
    ck_assert_msg(!rows[0].is_new, "alone it hashes as in its package");
}
END_TEST

START_TEST(a_new_version_replaces_the_old_one_which_stays_to_be_had)
{
    struct wf_reader reader WF_CLEANUP(wf_reader_end) = WF_READER_INIT;
    struct wf_text_file second = relabelled("Second");
    const struct wf_registry *registry;
    const struct wf_form *old = NULL, *again = NULL, *const * all;
    weft_error err = WEFT_ERROR_INIT;
    size_t n;

    deploy(package_files, 2, NULL);
    ck_assert_int_eq(deploy(&second, 1, NULL)[0].version, 2);
    registry = look(&reader);

    ck_assert_str_eq(label_of(wf_registry_form(registry, "request")), "Second");
    ck_assert_str_eq(wf_registry_form(registry, "request")->package->id,
                     "office");
    ck_assert(
        wf_registry_version(registry, reader.db, "request", 1, &old, &err));
    ck_assert_str_eq(label_of(old), "Request");
    ck_assert(
        wf_registry_version(registry, reader.db, "request", 1, &again, &err));
    ck_assert_ptr_eq(old, again);
    ck_assert(
        !wf_registry_version(registry, reader.db, "request", 3, &old, &err));
    ck_assert_int_eq(err.code, WEFT_E_NOTFOUND);
    ck_assert(
        wf_registry_versions(registry, reader.db, "request", &all, &n, &err));
    ck_assert_uint_eq(n, 2);
    ck_assert_int_eq(all[0]->version, 2);
    wf_registry_release(&registry);
}
END_TEST

START_TEST(a_reader_keeps_its_snapshot_while_another_is_published)
{
    struct wf_reader before WF_CLEANUP(wf_reader_end) = WF_READER_INIT;
    struct wf_reader after WF_CLEANUP(wf_reader_end) = WF_READER_INIT;
    struct wf_text_file second = relabelled("Second");
    const struct wf_registry *old, *new;

    deploy(package_files, 2, NULL);
    old = look(&before);
    wf_reader_end(&before);
    deploy(&second, 1, NULL);
    new = look(&after);

    ck_assert_str_eq(label_of(wf_registry_form(old, "request")), "Request");
    ck_assert_str_eq(label_of(wf_registry_form(new, "request")), "Second");
    ck_assert_int_ne(wf_registry_generation(old), wf_registry_generation(new));
    wf_registry_release(&old);
    wf_registry_release(&new);
}
END_TEST

START_TEST(what_a_transaction_sees_and_undoes_is_never_published)
{
    struct wf_reader reader WF_CLEANUP(wf_reader_end) = WF_READER_INIT;
    struct wf_db *db = wf_store_writer(store);
    struct wf_compile_options options = { 0 };
    struct wf_deploy_options how = { .now = 1 };
    const struct wf_registry *inside = NULL, *outside;
    struct wf_bundle bundle =
        package_compile(arena, package_files, 2, &options);
    weft_error err = WEFT_ERROR_INIT;
    struct wf_deployed_rows rows;

    how.ids = wf_ids_new(&wf_clock_real, 1);
    ck_assert(wf_db_begin(db, &err));
    ck_assert(wf_deploy(db, arena, &bundle, &how, &rows, &err));
    ck_assert(wf_registry_acquire(definitions, db, &inside, &err));
    ck_assert_ptr_nonnull(wf_registry_form(inside, "request"));
    wf_db_rollback(db);
    outside = look(&reader);

    ck_assert_ptr_null(wf_registry_form(outside, "request"));
    wf_registry_release(&inside);
    wf_registry_release(&outside);
    wf_ids_free(how.ids);
}
END_TEST

START_TEST(asking_again_on_the_same_snapshot_costs_no_statement)
{
    struct wf_reader reader WF_CLEANUP(wf_reader_end) = WF_READER_INIT;
    const struct wf_registry *first, *second = NULL;
    weft_error err = WEFT_ERROR_INIT;
    int64_t n_before;

    deploy(package_files, 2, NULL);
    first = look(&reader);
    n_before = wf_db_statements(reader.db);
    ck_assert(wf_registry_acquire(definitions, reader.db, &second, &err));

    ck_assert_ptr_eq(first, second);
    ck_assert_int_eq(wf_db_statements(reader.db), n_before);
    wf_registry_release(&first);
    wf_registry_release(&second);
}
END_TEST

START_TEST(a_pilot_lives_beside_the_version_for_everyone)
{
    struct wf_reader reader WF_CLEANUP(wf_reader_end) = WF_READER_INIT;
    struct wf_text_file second = relabelled("Tried");
    const struct wf_who *audience = NULL;
    const struct wf_registry *registry;
    const struct wf_form *pilot;
    size_t cursor = 0;

    deploy(package_files, 2, NULL);
    deploy(&second, 1, "members(north)");
    registry = look(&reader);
    pilot = wf_registry_pilot(registry, "request", &cursor, &audience);

    ck_assert_int_eq(wf_registry_form(registry, "request")->version, 1);
    ck_assert_int_eq(pilot->version, 2);
    ck_assert_int_eq(audience->kind, WF_WHO_MEMBERS);
    ck_assert_ptr_null(
        wf_registry_pilot(registry, "request", &cursor, &audience));
    wf_registry_release(&registry);
}
END_TEST

START_TEST(a_setting_is_the_default_until_it_is_set_and_after_it_is_unset)
{
    struct wf_db *db = wf_store_writer(store);
    struct wf_json *text = wf_json_text(arena, "much");
    weft_error err = WEFT_ERROR_INIT;
    const struct wf_json *values[] = { wf_json_number(arena, 70), NULL };
    const double wanted[] = { 70, 500 };

    deploy(package_files, 2, NULL);
    for (size_t i = 0; i < 2; i++) {
        struct wf_reader reader WF_CLEANUP(wf_reader_end) = WF_READER_INIT;
        struct wf_reader later WF_CLEANUP(wf_reader_end) = WF_READER_INIT;
        const struct wf_registry *registry = look(&reader);
        const struct wf_setting *setting = wf_package_setting(
            wf_registry_package(registry, "office"), "limit");
        struct wf_setting_change wrong = { "office", setting, text, 0, 1 };
        struct wf_setting_change change = { "office", setting, values[i], 0,
                                            1 };

        ck_assert(!wf_setting_save(db, &wrong, &err));
        ck_assert_int_eq(err.code, WEFT_E_INVALID);
        ck_assert(wf_db_begin(db, &err));
        ck_assert(wf_setting_save(db, &change, &err));
        ck_assert(wf_db_commit(db, &err));
        wf_registry_release(&registry);
        wf_reader_end(&reader);
        registry = look(&later);
        ck_assert_double_eq(
            wf_json_num(wf_registry_setting(registry, "office", "limit"), 0),
            wanted[i]);
        wf_registry_release(&registry);
    }
}
END_TEST

START_TEST(versions_are_listed_with_their_texts)
{
    struct wf_reader reader WF_CLEANUP(wf_reader_end) = WF_READER_INIT;
    struct wf_text_file second = relabelled("Second");
    struct wf_version_rows all;
    struct wf_version_info live;
    weft_error err = WEFT_ERROR_INIT;

    deploy(package_files, 2, NULL);
    deploy(&second, 1, NULL);
    ck_assert(wf_reader_begin(store, 0, &reader, &err));

    ck_assert(wf_versions_load(reader.db, arena, "request", &all, &err));
    ck_assert_uint_eq(all.n, 2);
    ck_assert_str_eq(all.at[1].text, package_files[1].text);
    ck_assert(all.at[0].live && !all.at[1].live);
    ck_assert(wf_version_load(reader.db, arena, "request", 0, &live, &err));
    ck_assert_int_eq(live.version, 2);
    ck_assert(!wf_version_load(reader.db, arena, "nothing", 0, &live, &err));
    ck_assert_int_eq(err.code, WEFT_E_NOTFOUND);
}
END_TEST

/* `a` reads `b.word` through a link. */
static struct wf_text_file linked(const char *id, const char *field,
                                  const char *when)
{
    const char *text = wf_arena_printf(
        arena,
        "<form xmlns='urn:weft:1' id='%s'><fields>"
        "<field id='to' type='link' form='b'/>"
        "<field id='%s' type='text' visible-when=\"%s\"/></fields>"
        "<workflow start='d'><step id='d' by='creator' edit='*'>"
        "<action id='go' to='e'/></step><end id='e'/></workflow></form>",
        id, field, when);
    struct wf_text_file file = { wf_arena_printf(arena, "%s.form.xml", id),
                                 text, strlen(text) };

    return file;
}

START_TEST(a_form_stays_with_the_version_of_another_that_it_was_checked_with)
{
    struct wf_reader reader WF_CLEANUP(wf_reader_end) = WF_READER_INIT;
    struct wf_text_file both[] = { linked("a", "word", "to.word == 'x'"),
                                   linked("b", "word", "true") };
    struct wf_text_file later = linked("b", "other", "true");
    const struct wf_registry *registry;

    deploy(both, 2, NULL);
    test_run(wf_store_writer(store), "UPDATE definition SET deployed = 0");
    test_run(wf_store_writer(store), "UPDATE era SET since = 0");
    deploy(&later, 1, NULL);
    wf_definitions_free(definitions);
    definitions = wf_definitions_new(&quiet); /* as after a restart */
    registry = look(&reader);

    ck_assert_int_eq(wf_registry_form(registry, "b")->version, 2);
    ck_assert_ptr_nonnull(wf_registry_form(registry, "a"));
    ck_assert_ptr_nonnull(
        wf_form_field(wf_registry_form(registry, "a"), "word")->visible_when);
    wf_registry_release(&registry);
}
END_TEST

static struct wf_text_file text_file(const char *name, const char *text)
{
    return (struct wf_text_file){ name, text, strlen(text) };
}

/* What is about a form is about the version that it was checked with too. */
START_TEST(a_cycle_outlives_the_version_that_it_was_checked_with)
{
    static const char form[] =
        "<form xmlns='urn:weft:1' id='part' label='%s' subject='owner'><fields>"
        "<field id='owner' type='person' default='me' index='true'/></fields>"
        "<workflow start='a'><step id='a' by='owner'><action id='go' to='z'/>"
        "</step><end id='z'/></workflow></form>";
    struct wf_reader reader WF_CLEANUP(wf_reader_end) = WF_READER_INIT;
    struct wf_text_file all[] = {
        text_file("part.form.xml", wf_arena_printf(arena, form, "Part")),
        text_file("each.cycle.xml",
                  "<cycle xmlns='urn:weft:1' id='each' every='quarter'"
                  " launch='hand'><audience who='everyone'/><stage id='s'"
                  " form='part' opens='start' due='end'/></cycle>"),
        text_file("dull.alert.xml",
                  "<alert xmlns='urn:weft:1' id='dull' form='part'"
                  " check='daily 08:00'><level id='still' colour='red'"
                  " when='stale(7)' tell='owner'/></alert>"),
    };
    struct wf_text_file later =
        text_file("part.form.xml", wf_arena_printf(arena, form, "Other"));
    const struct wf_registry *registry;

    deploy(all, WF_COUNT(all), NULL);
    test_run(wf_store_writer(store), "UPDATE definition SET deployed = 0");
    test_run(wf_store_writer(store), "UPDATE era SET since = 0");
    deploy(&later, 1, NULL);
    wf_definitions_free(definitions);
    definitions = wf_definitions_new(&quiet); /* as after a restart */
    registry = look(&reader);

    ck_assert_int_eq(wf_registry_form(registry, "part")->version, 2);
    ck_assert_ptr_nonnull(wf_registry_find(registry, "cycle", "each"));
    ck_assert_ptr_nonnull(wf_registry_find(registry, "alert", "dull"));
    wf_registry_release(&registry);
}
END_TEST

START_TEST(what_does_not_compile_any_more_is_known)
{
    struct wf_reader reader WF_CLEANUP(wf_reader_end) = WF_READER_INIT;
    struct wf_text_file file = linked("b", "word", "true");
    const struct wf_registry *registry;
    const char *kind = NULL, *name = NULL;
    size_t cursor = 0;
    int version = 0;

    deploy(&file, 1, NULL);
    test_run(wf_store_writer(store), "UPDATE definition SET text = '<form'");
    wf_definitions_free(definitions);
    definitions = wf_definitions_new(&quiet); /* as after a restart */
    registry = look(&reader);

    ck_assert(wf_registry_broken(registry, &cursor, &kind, &name, &version));
    ck_assert_str_eq(kind, "form");
    ck_assert_str_eq(name, "b");
    ck_assert_int_eq(version, 1);
    ck_assert(!wf_registry_broken(registry, &cursor, &kind, &name, &version));
    wf_registry_release(&registry);
}
END_TEST

/* --- Threads */

struct watcher {
    pthread_t thread;
    bool ok;
};

static void *watch(void *arg)
{
    struct watcher *watcher = arg;
    weft_error err = WEFT_ERROR_INIT;

    watcher->ok = true;
    for (int i = 0; i < 100 && watcher->ok; i++) {
        struct wf_reader reader WF_CLEANUP(wf_reader_end) = WF_READER_INIT;
        const struct wf_registry *registry = NULL;
        const struct wf_form *form, *first = NULL;

        watcher->ok =
            wf_reader_begin(store, 0, &reader, &err)
            && wf_registry_acquire(definitions, reader.db, &registry, &err);
        form = watcher->ok ? wf_registry_form(registry, "request") : NULL;
        watcher->ok = form && form->n_formulas == 3
                      && wf_registry_version(registry, reader.db, "request", 1,
                                             &first, &err)
                      && first->version == 1;
        wf_registry_release(&registry);
    }
    return NULL;
}

START_TEST(readers_see_whole_snapshots_while_versions_are_deployed)
{
    struct watcher watchers[4];
    char label[32];

    deploy(package_files, 2, NULL);
    for (size_t i = 0; i < WF_COUNT(watchers); i++)
        pthread_create(&watchers[i].thread, NULL, watch, &watchers[i]);
    for (int i = 0; i < 20; i++) {
        struct wf_text_file next;

        snprintf(label, sizeof label, "Label %d", i);
        next = relabelled(label);
        deploy(&next, 1, NULL);
    }
    for (size_t i = 0; i < WF_COUNT(watchers); i++)
        pthread_join(watchers[i].thread, NULL);

    for (size_t i = 0; i < WF_COUNT(watchers); i++)
        ck_assert(watchers[i].ok);
}
END_TEST

START_TEST(a_hundred_definitions_are_loaded_at_once)
{
    struct wf_text_file files[101] = { package_files[0] };
    struct wf_reader reader WF_CLEANUP(wf_reader_end) = WF_READER_INIT;
    const struct wf_registry *registry;
    const char *text = package_files[1].text;
    const char *id = strstr(text, "id='request'");
    int64_t began;
    size_t n = 0, cursor = 0;

    for (size_t i = 1; i < WF_COUNT(files); i++) {
        files[i].name = wf_arena_printf(arena, "r%zu.form.xml", i);
        files[i].text =
            wf_arena_printf(arena, "%.*sid='r%zu'%s", (int)(id - text), text, i,
                            id + strlen("id='request'"));
        files[i].len = strlen(files[i].text);
    }
    deploy(files, WF_COUNT(files), NULL);
    began = wf_monotonic_ms();
    registry = look(&reader);
    printf("def: 100 forms loaded in %d ms\n",
           (int)(wf_monotonic_ms() - began));

    while (wf_registry_next(registry, &cursor))
        n++;
    ck_assert_uint_eq(n, 100);
    wf_registry_release(&registry);
}
END_TEST

TCase *registry_tests(void)
{
    TCase *tc = tcase_create("def/registry");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_deployed_form_is_live_as_it_was_compiled);
    tcase_add_test(tc, the_same_text_deployed_again_is_no_new_version);
    tcase_add_test(tc,
                   a_new_version_replaces_the_old_one_which_stays_to_be_had);
    tcase_add_test(tc, a_reader_keeps_its_snapshot_while_another_is_published);
    tcase_add_test(tc, what_a_transaction_sees_and_undoes_is_never_published);
    tcase_add_test(tc, asking_again_on_the_same_snapshot_costs_no_statement);
    tcase_add_test(tc, a_pilot_lives_beside_the_version_for_everyone);
    tcase_add_test(
        tc, a_setting_is_the_default_until_it_is_set_and_after_it_is_unset);
    tcase_add_test(tc, versions_are_listed_with_their_texts);
    tcase_add_test(
        tc, a_form_stays_with_the_version_of_another_that_it_was_checked_with);
    tcase_add_test(tc, a_cycle_outlives_the_version_that_it_was_checked_with);
    tcase_add_test(tc, what_does_not_compile_any_more_is_known);
    tcase_add_test(tc, readers_see_whole_snapshots_while_versions_are_deployed);
    tcase_add_test(tc, a_hundred_definitions_are_loaded_at_once);
    return tc;
}
