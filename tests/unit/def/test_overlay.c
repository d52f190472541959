/* unit/def/test_overlay.c - overlays, clones, the model.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <string.h>

#include "support/package.h"
#include "support/store.h"

#define OVERLAY(inside)                                                        \
    "<form xmlns='urn:weft:1' id='shop-request' label='Shop'"                  \
    " from='request@1' for='head(shop_1), head(shop_2)'>\n" inside "\n</form>"

static struct wf_arena *arena;

static void setup(void)
{
    arena = wf_arena_new();
}

static void teardown(void)
{
    wf_arena_free(arena);
}

static struct wf_bundle compile_beside(const char *overlay,
                                       struct wf_diags *diags)
{
    struct wf_text_file files[3] = { package_files[0], package_files[1] };
    struct wf_compile_options options = { 0 };
    struct wf_bundle bundle;

    files[2].name = "shop.form.xml";
    files[2].text = overlay;
    files[2].len = strlen(overlay);
    wf_compile(arena, files, 3, &options, diags, &bundle);
    return bundle;
}

static const struct wf_form *form_of(const struct wf_bundle *bundle,
                                     const char *id)
{
    for (const struct wf_compiled *at = bundle->compiled; at; at = at->next)
        if (at->form && !strcmp(at->id, id))
            return at->form;
    ck_abort_msg("no form %s", id);
}

static const char *written(const struct wf_diags *diags)
{
    struct wf_buf out = WF_BUF_INIT(arena);

    wf_diags_write(diags, &out);
    return wf_buf_text(&out);
}

START_TEST(an_overlay_is_its_base_with_what_differs)
{
    struct wf_diags diags = WF_DIAGS_INIT(arena, "en");
    struct wf_bundle bundle = compile_beside(
        OVERLAY("<add sel=\"fields/section[@id='what']\">"
                "<field id='shop' type='text'/></add>"
                "<replace sel=\"fields/field[@id='total']/@formula\">"
                "sum(lines.sum) + 1</replace>"
                "<remove sel=\"workflow/approval[@id='check']"
                "/level[@id='head']\"/>"),
        &diags);
    const struct wf_form *form = form_of(&bundle, "shop-request");

    ck_assert_msg(!diags.n, "%s", written(&diags));
    ck_assert_str_eq(form->family, "request");
    ck_assert_str_eq(form->base, "request");
    ck_assert_int_eq(form->base_version, 1);
    ck_assert_ptr_nonnull(form->audience);
    ck_assert_ptr_nonnull(wf_form_field(form, "shop"));
    ck_assert_str_eq(wf_form_field(form, "shop")->place.file, "shop.form.xml");
    ck_assert_str_eq(wf_form_field(form, "total")->place.file,
                     "request.form.xml");
    ck_assert_str_eq(wf_expr_text(wf_form_field(form, "total")->formula),
                     "sum(lines.sum) + 1");
    ck_assert_ptr_null(wf_step_level(wf_form_step(form, "check"), "head"));
    ck_assert_str_eq(wf_words_label(form->words, "zh-CN", form->id), "Shop");
}
END_TEST

START_TEST(mistakes_of_the_merged_whole_stand_in_the_overlays_text)
{
    static const struct {
        const char *text;
        const char *says;
    } rows[] = {
        { OVERLAY("<add sel=\"fields\"><field id='x' type='tekst'/></add>"),
          "shop.form.xml:2:39: error: there is no field type" },
        { OVERLAY("<add sel=\"fieldz\"><field id='x' type='text'/></add>"),
          "shop.form.xml:2:" },
        { OVERLAY("<remove sel=\"fields/section[@id='what']\"/>"), "error: " },
        { OVERLAY("<fields/>"),
          "shop.form.xml:2:1: error: <fields> cannot stand here" },
    };

    for (size_t i = 0; i < WF_COUNT(rows); i++) {
        struct wf_diags diags = WF_DIAGS_INIT(arena, "en");

        compile_beside(rows[i].text, &diags);

        ck_assert_msg(diags.n_errors && strstr(written(&diags), rows[i].says),
                      "%s\n%s", rows[i].text, written(&diags));
    }
}
END_TEST

START_TEST(an_overlay_of_itself_is_refused)
{
    struct wf_diags diags = WF_DIAGS_INIT(arena, "en");

    compile_beside("<form xmlns='urn:weft:1' id='a' from='a@1'/>", &diags);

    ck_assert_uint_eq(diags.n_errors, 1);
    ck_assert_msg(strstr(written(&diags), "no circle"), "%s", written(&diags));
}
END_TEST

START_TEST(a_stored_overlay_stays_on_the_version_that_it_names)
{
    static const char TEXT[] =
        OVERLAY("<remove sel=\"workflow/approval[@id='check']"
                "/level[@id='head']\"/>");
    struct wf_log quiet = { .least = WF_LOG_ERROR, .clock = &wf_clock_real };
    struct wf_store *store = test_store_memory();
    struct wf_definitions *definitions = wf_definitions_new(&quiet);
    struct wf_text_file overlay = { "shop.form.xml", TEXT, sizeof TEXT - 1 };
    struct wf_text_file changed = package_files[1];
    const struct wf_registry *registry = NULL;
    struct wf_reader reader = WF_READER_INIT;
    weft_error err = WEFT_ERROR_INIT;
    size_t cursor = 0;

    package_deploy(arena, store, definitions, package_files, 2, NULL);
    package_deploy(arena, store, definitions, &overlay, 1, NULL);
    changed.text = wf_arena_printf(arena, "%s\n", changed.text);
    changed.len++;
    package_deploy(arena, store, definitions, &changed, 1, NULL);
    ck_assert(wf_reader_begin(store, 0, &reader, &err));
    wf_definitions_free(definitions);
    definitions = wf_definitions_new(&quiet); /* as after a restart */
    ck_assert(wf_registry_acquire(definitions, reader.db, &registry, &err));

    ck_assert_int_eq(wf_registry_form(registry, "request")->version, 2);
    ck_assert_int_eq(wf_registry_form(registry, "shop-request")->base_version,
                     1);
    ck_assert_str_eq(wf_registry_form(registry, "shop-request")->package->id,
                     "office");
    ck_assert_str_eq(wf_registry_overlay(registry, "request", &cursor)->id,
                     "shop-request");
    ck_assert_ptr_null(wf_registry_overlay(registry, "request", &cursor));
    wf_registry_release(&registry);
    wf_reader_end(&reader);
    wf_definitions_free(definitions);
    wf_store_close(store);
}
END_TEST

static const char *clone(bool overlay, const struct wf_change *change,
                         struct wf_diags *diags)
{
    struct wf_compile_options options = { 0 };
    struct wf_bundle bundle =
        package_compile(arena, package_files, 2, &options);
    struct wf_clone_options how = { .id = "copy",
                                    .label = "Copy & more",
                                    .overlay = overlay,
                                    .changes = change,
                                    .n_changes = 1 };

    return wf_clone_text(arena, form_of(&bundle, "request"), &how, diags);
}

START_TEST(a_clone_and_an_overlay_of_one_change_are_the_same_form)
{
    static const struct wf_change change = { "add", "fields",
                                             "<field id='note' type='text'/>",
                                             NULL, NULL };

    for (int overlay = 0; overlay < 2; overlay++) {
        struct wf_diags diags = WF_DIAGS_INIT(arena, "en");
        const char *text = clone(overlay, &change, &diags);
        struct wf_bundle bundle;
        const struct wf_form *form;

        ck_assert_msg(text, "%s", written(&diags));
        bundle = compile_beside(text, &diags);
        ck_assert_msg(!diags.n, "%s\n%s", text, written(&diags));
        form = form_of(&bundle, "copy");
        ck_assert_str_eq(form->family, overlay ? "request" : "copy");
        ck_assert_str_eq(wf_words_label(form->words, "en", ""), "Copy & more");
        ck_assert_ptr_nonnull(wf_form_field(form, "note"));
        ck_assert_uint_eq(form->n_formulas, 3);
    }
}
END_TEST

START_TEST(a_change_that_does_not_fit_is_named_by_its_number)
{
    static const struct wf_change changes[] = {
        { "add", "fields/field[@id='nothing']", "<field id='x' type='text'/>",
          NULL, NULL },
        { "alter", "fields", "<field/>", NULL, NULL },
        { "add", "fields", "<field", NULL, NULL },
        { "add", NULL, "<field/>", NULL, NULL },
    };

    for (size_t i = 0; i < WF_COUNT(changes); i++) {
        struct wf_diags diags = WF_DIAGS_INIT(arena, "en");

        ck_assert_ptr_null(clone(false, &changes[i], &diags));
        ck_assert_uint_ge(diags.n_errors, 1);
        ck_assert_str_eq(diags.at[0].place.file, "changes");
    }
}
END_TEST

START_TEST(the_model_says_all_that_a_page_needs)
{
    struct wf_compile_options options = { 0 };
    struct wf_bundle bundle =
        package_compile(arena, package_files, 2, &options);
    struct wf_buf out = WF_BUF_INIT(arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&out);
    struct wf_json_limits limits = WF_JSON_LIMITS;
    weft_error err = WEFT_ERROR_INIT;
    struct wf_json *json, *fields, *steps, *draft;

    wf_form_json(form_of(&bundle, "request"), NULL, "zh-CN", &w);
    ck_assert_msg(
        wf_json_parse(arena, wf_buf_text(&out), out.len, &limits, &json, &err),
        "%s\n%s", err.text, wf_buf_text(&out));

    ck_assert_str_eq(wf_json_str(wf_json_get(json, "label")), "申请");
    fields = wf_json_get(json, "fields");
    ck_assert_uint_eq(wf_json_len(fields), 4);
    ck_assert_str_eq(wf_json_str(wf_json_get(
                         fields->u.array.at[0]->u.object.n
                             ? wf_json_get(fields->u.array.at[0], "default")
                             : NULL,
                         "kind")),
                     "me");
    ck_assert_uint_eq(
        wf_json_len(wf_json_get(fields->u.array.at[1], "columns")), 4);
    ck_assert_ptr_nonnull(wf_json_get(fields->u.array.at[3], "formula"));
    steps = wf_json_get(json, "steps");
    draft = steps->u.array.at[0];
    ck_assert_str_eq(wf_json_str(wf_json_get(draft, "edit")), "*");
    ck_assert_uint_eq(wf_json_len(wf_json_get(draft, "actions")), 2);
    ck_assert_uint_eq(wf_json_len(wf_json_get(steps->u.array.at[1], "levels")),
                      2);
}
END_TEST

TCase *overlay_tests(void)
{
    TCase *tc = tcase_create("def/overlay");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, an_overlay_is_its_base_with_what_differs);
    tcase_add_test(tc, mistakes_of_the_merged_whole_stand_in_the_overlays_text);
    tcase_add_test(tc, an_overlay_of_itself_is_refused);
    tcase_add_test(tc, a_stored_overlay_stays_on_the_version_that_it_names);
    tcase_add_test(tc, a_clone_and_an_overlay_of_one_change_are_the_same_form);
    tcase_add_test(tc, a_change_that_does_not_fit_is_named_by_its_number);
    tcase_add_test(tc, the_model_says_all_that_a_page_needs);
    return tc;
}
