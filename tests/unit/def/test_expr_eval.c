/* unit/def/test_expr_eval.c - how formulas run: budgets, stores that fail,
 * explanations. What they give is in test_expr_vectors.c.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include "base/error.h"
#include "world.h"

static struct wf_arena *arena;
static struct expr_world *world;

static void setup(void)
{
    arena = wf_arena_new();
    world = world_of(arena, NULL);
}

static void teardown(void)
{
    wf_arena_free(arena);
}

START_TEST(each_node_and_each_row_costs_a_unit)
{
    weft_error err = WEFT_ERROR_INIT;
    struct wf_value value;

    world->units = 100;
    ck_assert(wf_expr_eval(linked(world, "a + 1"), &world->env, &value, &err));
    ck_assert_int_eq(world->units, 97);
    ck_assert(wf_expr_eval(linked(world, "sum(lines, price * 2)"), &world->env,
                           &value, &err));
    ck_assert_int_eq(world->units, 97 - 1 - 2 * (1 + 3));
}
END_TEST

START_TEST(a_formula_over_its_budget_stops)
{
    weft_error err = WEFT_ERROR_INIT;
    struct wf_value value;

    world->units = 5;

    ck_assert(!wf_expr_eval(linked(world, "sum(lines, price * 2)"), &world->env,
                            &value, &err));
    ck_assert_int_eq(err.code, WEFT_E_SCRIPT);
    ck_assert_ptr_nonnull(strstr(err.text, "took too long"));
}
END_TEST

START_TEST(a_condition_holds_unless_it_is_nil_or_false)
{
    static const struct {
        const char *text;
        bool holds;
    } conditions[] = {
        { "a == 1", true }, { "a == 2", false }, { "nil", false },
        { "due", false },   { "0", true },       { "''", false },
    };

    for (size_t i = 0; i < WF_COUNT(conditions); i++) {
        weft_error err = WEFT_ERROR_INIT;
        bool holds;

        ck_assert(wf_expr_holds(linked(world, conditions[i].text), &world->env,
                                &holds, &err));
        ck_assert_msg(holds == conditions[i].holds, "%s", conditions[i].text);
    }
}
END_TEST

static bool store_is_gone(void *self, const char *id, struct wf_value *out,
                          weft_error *err)
{
    (void)self;
    (void)id;
    (void)out;
    return wf_fail(err, WEFT_E_STORE, "%s", "gone");
}

START_TEST(a_store_that_fails_is_passed_on_through_every_node)
{
    static const char *const texts[] = {
        "settings.cap",
        "-settings.cap + 1",
        "a > 5 or settings.cap",
        "if_(settings.cap, 1, 2)",
        "if_(true, settings.cap)",
        "clamp(settings.cap, 0, 1)",
        "sum(lines, price * settings.cap)",
        "min(1, settings.cap)",
        "stale(settings.cap)",
        "scale_label('three', settings.cap)",
    };

    world->source.setting = store_is_gone;
    for (size_t i = 0; i < WF_COUNT(texts); i++) {
        weft_error err = WEFT_ERROR_INIT;
        struct wf_value value;

        ck_assert_msg(
            !wf_expr_eval(linked(world, texts[i]), &world->env, &value, &err),
            "%s", texts[i]);
        ck_assert_str_eq(err.text, "gone");
    }
}
END_TEST

START_TEST(without_a_source_everything_outside_the_document_is_nil)
{
    static const char *const texts[] = {
        "step",         "settings.cap",   "owner.name",
        "parent.title", "manager(owner)", "working_days('2026-01-01', today())",
        "me",           "unit(owner)",
    };
    static const struct wf_source empty;

    for (size_t i = 0; i < 2 * WF_COUNT(texts); i++) {
        weft_error err = WEFT_ERROR_INIT;
        struct wf_value value;

        world->env.source = i < WF_COUNT(texts) ? NULL : &empty;
        ck_assert(wf_expr_eval(linked(world, texts[i % WF_COUNT(texts)]),
                               &world->env, &value, &err));
        ck_assert_int_eq(value.type, WF_T_NIL);
    }
}
END_TEST

START_TEST(no_data_at_all_is_all_absent)
{
    weft_error err = WEFT_ERROR_INIT;
    struct wf_value value;

    world->env.data = NULL;

    ck_assert(wf_expr_eval(linked(world, "(a or 5) + sum(lines.price)"),
                           &world->env, &value, &err));
    ck_assert_double_eq(value.u.number, 5);
}
END_TEST

/* --- Explanations */

static bool see_all(void *self, const struct wf_field *field)
{
    (void)self;
    (void)field;
    return true;
}

static bool see_public(void *self, const struct wf_field *field)
{
    (void)self;
    return !field->hidden_by_default;
}

static const char *explained(const char *text,
                             bool (*may_see)(void *self,
                                             const struct wf_field *field))
{
    weft_error err = WEFT_ERROR_INIT;
    struct wf_json *json;

    world->scope.with_private = true;
    if (!wf_expr_explain(linked(world, text), &world->env, may_see, NULL, &json,
                         &err))
        ck_abort_msg("%s", err.text);
    return wf_json_dump(arena, json);
}

START_TEST(an_explanation_names_parts_and_fields_but_no_constants)
{
    ck_assert_str_eq(explained("a * 2 + b", see_all),
                     "{\"text\":\"a * 2 + b\",\"value\":4,\"parts\":["
                     "{\"text\":\"a * 2\",\"value\":2,\"parts\":["
                     "{\"text\":\"a\",\"value\":1,\"field\":\"a\"}]},"
                     "{\"text\":\"b\",\"value\":2,\"field\":\"b\"}]}");
}
END_TEST

START_TEST(an_explanation_goes_through_rows)
{
    ck_assert_str_eq(
        explained("sum(lines.price)", see_all),
        "{\"text\":\"sum(lines.price)\",\"value\":30,\"parts\":["
        "{\"row\":1,\"parts\":[{\"text\":\"lines.price\",\"value\":10,"
        "\"field\":\"lines.price\"}]},"
        "{\"row\":2,\"parts\":[{\"text\":\"lines.price\",\"value\":20,"
        "\"field\":\"lines.price\"}]}]}");
}
END_TEST

START_TEST(an_explanation_of_a_choice_shows_the_side_that_was_taken)
{
    const char *told = explained("if_(a > 5, secret, b)", see_all);

    ck_assert_ptr_null(strstr(told, "\"field\":\"secret\""));
    ck_assert_ptr_nonnull(strstr(told, "\"field\":\"b\""));
}
END_TEST

START_TEST(what_may_not_be_seen_is_hidden_with_all_that_reads_it)
{
    ck_assert_str_eq(
        explained("a + secret * 2", see_public),
        "{\"text\":\"a + secret * 2\",\"value\":19,\"parts\":["
        "{\"text\":\"a\",\"value\":1,\"field\":\"a\"},{\"hidden\":true}]}");
    ck_assert_str_eq(explained("secret", see_public), "{\"hidden\":true}");
    ck_assert_ptr_null(strstr(
        explained("sum(lines, price * secret_price) + a", see_public), "100"));
}
END_TEST

START_TEST(an_explanation_of_many_rows_says_how_many_it_leaves_out)
{
    struct wf_json *rows = wf_json_array(arena);
    struct wf_json *data = wf_json_object(arena);
    const char *told;

    for (int i = 0; i < 130; i++)
        wf_json_push(arena, rows, json_of(arena, "{'price':1}"));
    wf_json_set(arena, data, "lines", rows);
    world->env.data = data;

    told = explained("sum(lines.price)", see_all);

    ck_assert_ptr_nonnull(strstr(told, "{\"rows\":30}]}"));
    ck_assert_ptr_null(strstr(told, "\"row\":101"));
}
END_TEST

TCase *expr_eval_tests(void)
{
    TCase *tc = tcase_create("def/expr_eval");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, each_node_and_each_row_costs_a_unit);
    tcase_add_test(tc, a_formula_over_its_budget_stops);
    tcase_add_test(tc, a_condition_holds_unless_it_is_nil_or_false);
    tcase_add_test(tc, a_store_that_fails_is_passed_on_through_every_node);
    tcase_add_test(tc, without_a_source_everything_outside_the_document_is_nil);
    tcase_add_test(tc, no_data_at_all_is_all_absent);
    tcase_add_test(tc, an_explanation_names_parts_and_fields_but_no_constants);
    tcase_add_test(tc, an_explanation_goes_through_rows);
    tcase_add_test(tc,
                   an_explanation_of_a_choice_shows_the_side_that_was_taken);
    tcase_add_test(tc, what_may_not_be_seen_is_hidden_with_all_that_reads_it);
    tcase_add_test(tc, an_explanation_of_many_rows_says_how_many_it_leaves_out);
    return tc;
}
