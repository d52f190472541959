/* support/package.c - a small package in text, compiled and deployed.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "support/package.h"

#include <check.h>

#include "support/store.h"

static const char PACKAGE[] =
    "<package xmlns='urn:weft:1' id='office' lang='en' label='Office'>\n"
    "<setting id='limit' type='number' default='500'/>\n"
    "<policy max-levels='3' nobody='admin'/>\n</package>";

static const char FORM[] =
    "<form xmlns='urn:weft:1' id='request' label='Request' subject='owner'"
    " title='{owner.name}: {total}'>\n"
    "<t xml:lang='zh-CN' label='申请'/>\n"
    "<fields>\n"
    "<field id='owner' type='person' default='me' required='true'/>\n"
    "<section id='what'>\n"
    "<items id='lines' min='1'>\n"
    "<field id='what' type='text' required='true'/>\n"
    "<field id='price' type='number' required='true' min='0'/>\n"
    "<field id='pieces' type='number' required='true' min='0'/>\n"
    "<field id='sum' type='number' formula='price * pieces'/>\n"
    "</items>\n"
    "</section>\n"
    "<field id='high' type='boolean' formula='total > settings.limit'/>\n"
    "<field id='total' type='number' formula='sum(lines.sum)'/>\n"
    "</fields>\n"
    "<workflow start='draft'>\n"
    "<step id='draft' by='owner' edit='*'>"
    "<action id='submit' to='check'/><action id='drop' to='gone'/></step>\n"
    "<approval id='check' approved='done' rejected='draft' agree='all'>\n"
    "<level id='lead' by='manager(owner)'/>\n"
    "<level id='head' by='head(unit(owner))' when='high' agree='any'/>\n"
    "</approval>\n"
    "<end id='done'/><end id='gone' state='void'/>\n"
    "</workflow>\n"
    "<access><create by='everyone'/><grant to='owner' rights='read'/>\n"
    "<grant to='everyone' rights='read' when='total == 0'/></access>\n"
    "<views><list columns='owner high'/></views>\n"
    "</form>";

const struct wf_text_file package_files[2] = {
    { "package.xml", PACKAGE, sizeof PACKAGE - 1 },
    { "request.form.xml", FORM, sizeof FORM - 1 },
};

struct wf_bundle package_compile(struct wf_arena *arena,
                                 const struct wf_text_file *files, size_t n,
                                 const struct wf_compile_options *options)
{
    struct wf_diags diags = WF_DIAGS_INIT(arena, "en");
    struct wf_buf out = WF_BUF_INIT(arena);
    struct wf_bundle bundle;

    wf_compile(arena, files, n, options, &diags, &bundle);
    wf_diags_write(&diags, &out);
    ck_assert_msg(!diags.n_errors, "%s", wf_buf_text(&out));
    return bundle;
}

struct wf_deployed *package_deploy(struct wf_arena *arena,
                                   struct wf_store *store,
                                   struct wf_definitions *definitions,
                                   const struct wf_text_file *files, size_t n,
                                   const char *pilot)
{
    struct wf_db *db = wf_store_writer(store);
    struct wf_deploy_options options = { .now = 1, .pilot = pilot };
    struct wf_compile_options compile = { .db = db };
    struct wf_deployed_rows rows = { 0 };
    weft_error err = WEFT_ERROR_INIT;
    struct wf_bundle bundle;

    options.ids = wf_ids_new(&wf_clock_real, 1);
    wf_ids_after(options.ids,
                 test_int(db, "SELECT MAX(id) FROM (SELECT id FROM definition"
                              " UNION ALL SELECT id FROM era) all_ids"));
    ck_assert(wf_db_begin(db, &err));
    ck_assert_msg(wf_registry_acquire(definitions, db, &compile.registry, &err),
                  "%s", err.text);
    bundle = package_compile(arena, files, n, &compile);
    ck_assert_msg(wf_deploy(db, arena, &bundle, &options, &rows, &err), "%s",
                  err.text);
    ck_assert(wf_db_commit(db, &err));
    wf_registry_release(&compile.registry);
    wf_ids_free(options.ids);
    return rows.at;
}
