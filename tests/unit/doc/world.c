/* unit/doc/world.c - a store with a small company and a package of forms, and
 * a call in it for each test.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "world.h"

#include "org/import.h"
#include "support/package.h"
#include "support/store.h"

static const char PACKAGE[] =
    "<package xmlns='urn:weft:1' id='office' lang='en' label='Office'"
    " timezone='Asia/Shanghai'>"
    "<setting id='limit' type='number' default='500'/>"
    "<scale id='five'><point id='low' value='1'/><point id='mid' value='3'/>"
    "<point id='high' value='5'/></scale>"
    "<policy nobody='admin'/></package>";

/* Every type of field. */
static const char SHEET[] =
    "<form xmlns='urn:weft:1' id='sheet' label='Sheet' subject='owner'"
    " title='{owner.name}: {name}' unique='owner period' parent='above'>"
    "<fields>"
    "<field id='owner' type='person' default='me' required='true'/>"
    "<field id='name' type='text' label='Name' required='true' min='2'"
    " max='10' index='true'/>"
    "<field id='code' type='text' pattern='[A-Z]{2}'/>"
    "<field id='notes' type='longtext'/>"
    "<field id='count' type='number' min='0' max='100' digits='1'"
    " index='true'/>"
    "<field id='share' type='percent'/>"
    "<field id='cost' type='money' max='1000' index='true'/>"
    "<field id='urgent' type='boolean' index='true'/>"
    "<field id='day' type='date' index='true'/>"
    "<field id='moment' type='datetime'/>"
    "<field id='span' type='duration' max='100'/>"
    "<field id='colour' type='choice'><option id='red'/><option id='blue'/>"
    "</field>"
    "<field id='colours' type='choices' max='2' index='true'>"
    "<option id='red'/><option id='blue'/><option id='green'/></field>"
    "<field id='mark' type='rating' scale='five'/>"
    "<field id='friends' type='people' max='2'/>"
    "<field id='place' type='unit'/>"
    "<field id='above' type='link' form='sheet'/>"
    "<field id='others' type='links' form='sheet'/>"
    "<field id='mood' type='emoji'/>"
    "<field id='words' type='tags' max='3'/>"
    "<field id='period' type='period' unit='quarter'/>"
    "<field id='progress' type='progress' text='true'/>"
    "<field id='mail' type='email'/>"
    "<field id='site' type='url'/>"
    "<field id='phone' type='phone'/>"
    "<field id='memo' type='json'/>"
    "<field id='fixed' type='text' readonly='true'/>"
    "<field id='closed' type='text' readonly-when='urgent'/>"
    "<field id='reason' type='text' label='Reason' required-when='urgent'/>"
    "<field id='extra' type='text' required='true' visible-when='urgent'/>"
    "<field id='due' type='date'/>"
    "<field id='since' type='date' index='true'/>"
    "<items id='lines' label='Lines' min='1' max='4'>"
    "<field id='what' type='text' required='true'/>"
    "<field id='weight' type='percent' label='Weight' total='100'/>"
    "<field id='price' type='number' default='1'/>"
    "<field id='twice' type='number' formula='price * 2'/>"
    "<field id='who' type='person'/>"
    "</items>"
    "<field id='total' type='number' formula='sum(lines.twice)'/>"
    "<field id='score' type='number' formula='total + 1' digits='1'/>"
    "</fields>"
    "<rules>"
    "<rule field='count' when='count == 13' message='Not thirteen.'/>"
    "<rule field='count' when='count == 14' on='save' message='Never 14.'/>"
    "<rule field='count' when='count &gt; 50' severity='warning'"
    " message='That is much.'/>"
    "</rules>"
    "<workflow start='draft'>"
    "<step id='draft' by='owner' edit='*'><action id='go' to='next'/></step>"
    "<step id='next' by='owner' edit='lines.price notes'>"
    "<action id='finish' to='done'/></step>"
    "<end id='done'/></workflow>"
    "<access><create by='everyone'/>"
    "<grant to='owner' rights='read comment'/>"
    "<grant to='manager(owner)' rights='read'/>"
    "<grant to='role(hr)' rights='read'/>"
    "<grant to='friends' rights='read' when='urgent'/>"
    "</access></form>";

/* Private fields, grants of some fields, and hides. */
static const char REVIEW[] =
    "<form xmlns='urn:weft:1' id='review' label='Review' subject='owner'"
    " title='{name} {grade}' score='points'>"
    "<fields>"
    "<field id='owner' type='person' default='me' required='true'/>"
    "<field id='name' type='text' index='true'/>"
    "<field id='open' type='boolean' index='true'/>"
    "<field id='secret' type='text' private='true' index='true'/>"
    "<field id='points' type='number' index='true'/>"
    "<field id='bonus' type='number' formula='points * 10' index='true'/>"
    "<field id='grade' type='choice' formula=\"band(points, 90, 'A', 'B')\""
    " index='true'><option id='A'/><option id='B'/></field>"
    "</fields>"
    "<rules><rule field='name' when='points &gt; 90' severity='warning'"
    " message='Over ninety.'/></rules>"
    "<workflow start='draft'>"
    "<step id='draft' by='owner' edit='name open'>"
    "<action id='go' to='rate'/></step>"
    "<step id='rate' by='manager(owner)' edit='points secret'>"
    "<action id='rated' to='done'/></step><end id='done'/></workflow>"
    "<access><create by='everyone'/>"
    "<grant to='owner, creator' rights='read'/>"
    "<grant to='above(owner)' rights='read'/>"
    "<grant to='role(hr)' rights='read' fields='name secret points'/>"
    "<grant to='everyone' rights='read' fields='name open' when='open'/>"
    "<hide fields='points' from='owner' when=\"state ~= 'done'\"/>"
    "</access></form>";

static const char UNITS[] = "id,name,parent,head\nroot,Root,,ada\n"
                            "north,North,root,ann\nsouth,South,root,dan\n";
static const char PEOPLE[] =
    "login,name,unit,manager,roles\n"
    "ada,Ada,root,,admin\nann,Ann,north,ada,\nbob,Bob,north,ann,\n"
    "cid,Cid,north,ann,\ndan,Dan,south,ada,\nhana,Hana,root,ada,hr\n";

static void ignore_line(void *self, const char *line)
{
    (void)self;
    (void)line;
}

static const struct wf_log quiet = { WF_LOG_ERROR, &wf_clock_real, ignore_line,
                                     NULL };

static void import_company(struct world *w)
{
    struct wf_import_result result;

    ck_ok(w, wf_import_units(&w->call, UNITS, strlen(UNITS), false, &result,
                             &w->err));
    ck_ok(w, wf_import_people(&w->call, PEOPLE, strlen(PEOPLE), false, &result,
                              &w->err));
}

static void begin(struct world *w)
{
    ck_ok(w, wf_db_begin(w->db, &w->err));
    ck_ok(w, wf_registry_acquire(w->definitions, w->db, &w->registry, &w->err));
    w->units = INT64_C(1) << 40;
    w->call = (struct wf_call){ .arena = w->arena,
                                .db = w->db,
                                .registry = w->registry,
                                .ids = w->ids,
                                .log = &quiet,
                                .now = WORLD_NOW,
                                .lang = "en",
                                .findings = &w->findings,
                                .people = wf_people_new(w->arena, NULL),
                                .units = &w->units };
    world_as(w, NULL);
}

static void end(struct world *w)
{
    wf_registry_release(&w->registry);
    ck_ok(w, wf_db_commit(w->db, &w->err));
}

void world_open(struct world *w)
{
    const struct wf_text_file files[] = {
        { "package.xml", PACKAGE, sizeof PACKAGE - 1 },
        { "sheet.form.xml", SHEET, sizeof SHEET - 1 },
        { "review.form.xml", REVIEW, sizeof REVIEW - 1 },
    };

    *w = (struct world){ .err = WEFT_ERROR_INIT };
    w->arena = wf_arena_new();
    w->store = test_store_memory();
    w->definitions = wf_definitions_new(&quiet);
    w->ids = wf_ids_new(&wf_clock_real, 1);
    w->db = wf_store_writer(w->store);
    package_deploy(w->arena, w->store, w->definitions, files, 3, NULL);
    begin(w);
    import_company(w);
    world_as(w, NULL);
}

void world_close(struct world *w)
{
    end(w);
    wf_definitions_free(w->definitions);
    wf_store_close(w->store);
    wf_ids_free(w->ids);
    wf_arena_free(w->arena);
}

void world_deploy(struct world *w, const char *name, const char *xml)
{
    const struct wf_text_file file = { name, xml, strlen(xml) };

    end(w);
    package_deploy(w->arena, w->store, w->definitions, &file, 1, NULL);
    begin(w);
}

void world_as(struct world *w, const char *login)
{
    w->findings = (struct wf_diags)WF_DIAGS_INIT(w->arena, "en");
    w->call.me = NULL;
    w->call.system = login == NULL;
    if (login)
        ck_ok(w, wf_person_find_login(&w->call, login, &w->call.me, &w->err));
    ck_assert(!login || w->call.me);
}

const struct wf_form *world_form(struct world *w, const char *id)
{
    const struct wf_form *form = wf_registry_form(w->registry, id);

    ck_assert_ptr_nonnull(form);
    return form;
}

wf_id world_id(struct world *w, const char *login)
{
    const struct wf_person *person = NULL;

    ck_ok(w, wf_person_find_login(&w->call, login, &person, &w->err));
    ck_assert_ptr_nonnull(person);
    return person->id;
}

struct wf_json *world_json(struct world *w, const char *text)
{
    static const struct wf_json_limits limits = WF_JSON_LIMITS;
    char *copy = wf_arena_str(w->arena, text);
    struct wf_json *json = NULL;

    for (char *c = copy; *c; c++)
        if (*c == '\'')
            *c = '"';
    ck_ok(w,
          wf_json_parse(w->arena, copy, strlen(copy), &limits, &json, &w->err));
    return json;
}

void world_patch(struct world *w, struct wf_doc *doc, const char *patch)
{
    static const struct wf_writable hook = { .hook = true };

    if (!wf_shape_patch(&w->call, doc, world_json(w, patch), &hook, &w->err))
        ck_abort_msg("%s (%s: %s)", w->err.text,
                     w->findings.n ? w->findings.at[0].field : "",
                     w->findings.n ? w->findings.at[0].message : "");
    ck_ok(w, wf_derive(&w->call, doc, &w->err));
}

void world_save(struct world *w, struct wf_doc *doc)
{
    ck_ok(w, wf_doc_save(&w->call, doc, &w->err));
}

struct wf_doc *world_make(struct world *w, const char *form, const char *data)
{
    struct wf_doc *doc = wf_doc_new(&w->call, world_form(w, form));

    ck_ok(w, wf_shape_defaults(&w->call, doc, &w->err));
    world_patch(w, doc, data);
    world_save(w, doc);
    return doc;
}

struct wf_doc *world_load(struct world *w, wf_id id)
{
    struct wf_doc *doc = NULL;

    ck_ok(w, wf_doc_load(&w->call, id, &doc, &w->err));
    return doc;
}

const char *world_code(struct world *w, const char *field)
{
    for (size_t i = 0; i < w->findings.n; i++)
        if (wf_streq(w->findings.at[i].field, field))
            return w->findings.at[i].code;
    return "";
}

void world_seat(struct world *w, const struct wf_doc *doc, const char *login)
{
    static const char SQL[] =
        "INSERT INTO seat (id, document, form, step, walk, place, person,"
        " source, state, made) VALUES ($1, $2, $3, $4, 0, 1, $5, 'rule',"
        " 'open', 0)";
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    ck_ok(w, wf_stmt_begin(w->db, SQL, &q, &w->err));
    wf_stmt_bind_int(&q, 1, wf_id_next(w->ids));
    wf_stmt_bind_int(&q, 2, doc->id);
    wf_stmt_bind_text(&q, 3, doc->form->id);
    wf_stmt_bind_text(&q, 4, doc->step->id);
    wf_stmt_bind_int(&q, 5, world_id(w, login));
    ck_ok(w, wf_stmt_run(&q, &w->err));
}

static struct wf_json *parse(struct world *w, const struct wf_buf *text)
{
    static const struct wf_json_limits limits = WF_JSON_LIMITS;
    struct wf_json *json = NULL;

    ck_ok(w, wf_json_parse(w->arena, wf_buf_text(text), text->len, &limits,
                           &json, &w->err));
    return json;
}

struct wf_json *world_list(struct world *w, const struct wf_list_query *query)
{
    struct wf_buf text = WF_BUF_INIT(w->arena);
    struct wf_json_writer out = WF_JSON_WRITER_INIT(&text);

    /* Words are found once they are committed. */
    ck_ok(w, wf_db_commit(w->db, &w->err) && wf_db_begin(w->db, &w->err));
    ck_ok(w, wf_list_documents(&w->call, query, &out, &w->err));
    return parse(w, &text);
}

bool world_lists(struct world *w, const char *form, wf_id id)
{
    const struct wf_list_query query = { .form = form, .limit = 200 };
    const struct wf_json *items = wf_json_get(world_list(w, &query), "items");
    char text[WF_ID_TEXT];

    wf_id_write(id, text);
    for (size_t i = 0; i < wf_json_len(items); i++)
        if (wf_streq(text,
                     wf_json_str(wf_json_get(items->u.array.at[i], "id"))))
            return true;
    return false;
}

struct wf_json *world_view(struct world *w, wf_id id)
{
    struct wf_buf text = WF_BUF_INIT(w->arena);
    struct wf_json_writer out = WF_JSON_WRITER_INIT(&text);
    struct wf_doc *doc;
    struct wf_rights rights;

    if (!wf_doc_open(&w->call, id, &doc, &rights, &w->err)) {
        ck_assert_int_eq(w->err.code, WEFT_E_NOTFOUND);
        return NULL;
    }
    ck_ok(w, wf_view_doc(&w->call, doc, &rights, NULL, &out, &w->err));
    return parse(w, &text);
}
