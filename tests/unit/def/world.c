/* unit/def/world.c - a small world for the tests of formulas.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "world.h"

#include <check.h>

static const char COMMON[] =
    "{'now':'2026-10-12T01:00:00Z','zone':'Asia/Shanghai',"
    "'package':{'settings':{'cap':10},"
    "'scales':{'three':[['a',3,'好'],['b',2,'中'],['c',1,'差']]}},"
    "'people':{'7':{'login':'zhangwei','name':'张伟','unit':'sales',"
    "'grade':6,'manager':'8'},'8':{'login':'lina','name':'李娜'}},"
    "'documents':{'100':{'form':'task','data':{'title':'任务'}}},"
    "'forms':{'task':[{'id':'title','type':'text'}]},"
    "'names':{'step':'draft'},"
    "'fields':["
    "{'id':'owner','type':'person','required':true},"
    "{'id':'a','type':'number'},{'id':'b','type':'number'},"
    "{'id':'secret','type':'number','private':true},"
    "{'id':'due','type':'date'},{'id':'tags','type':'tags'},"
    "{'id':'people','type':'people'},"
    "{'id':'method','type':'choice','options':['weighted','manual']},"
    "{'id':'parent','type':'link','form':'task'},"
    "{'id':'price','type':'money','currency':'CNY'},"
    "{'id':'mark','type':'rating','scale':'three'},"
    "{'id':'lines','type':'items','columns':["
    "{'id':'name','type':'text'},{'id':'amount','type':'number'},"
    "{'id':'price','type':'number','required':true},"
    "{'id':'secret_price','type':'number','private':true}]}],"
    "'data':{'owner':'7','a':1,'b':2,'secret':9,'tags':['x','y'],"
    "'people':['7','8'],'method':'manual','parent':'100','mark':'b',"
    "'lines':[{'name':'one','amount':2,'price':10},"
    "{'name':'two','price':20,'secret_price':5}]}}";

struct wf_json *json_of(struct wf_arena *arena, const char *text)
{
    const struct wf_json_limits limits = WF_JSON_LIMITS;
    weft_error err = WEFT_ERROR_INIT;
    char *quoted = wf_arena_str(arena, text);
    struct wf_json *json = NULL;

    for (char *c = quoted; *c; c++)
        if (*c == '\'')
            *c = '"';
    if (!wf_json_parse(arena, quoted, strlen(quoted), &limits, &json, &err))
        ck_abort_msg("%s in %s", err.text, quoted);
    return json;
}

struct expr_world *world_of(struct wf_arena *arena, const char *own)
{
    struct expr_world *world = WF_NEW(arena, struct expr_world);

    expr_world_init(world, arena, json_of(arena, COMMON),
                    json_of(arena, own ? own : "{}"));
    return world;
}

const char *findings_of(struct expr_world *world, const char *text,
                        enum wf_type want, const char *lang)
{
    struct wf_diags diags = WF_DIAGS_INIT(world->arena, lang);
    struct wf_buf out = WF_BUF_INIT(world->arena);

    expr_world_link(world, text, want, &diags);
    for (size_t i = 0; i < diags.n; i++)
        wf_buf_printf(&out, "%s%s %d:%d %s", i ? "\n" : "", diags.at[i].code,
                      diags.at[i].place.line, diags.at[i].place.column,
                      diags.at[i].message);
    return wf_buf_text(&out);
}

struct wf_expr *linked(struct expr_world *world, const char *text)
{
    struct wf_diags diags = WF_DIAGS_INIT(world->arena, "en");
    struct wf_expr *expr = expr_world_link(world, text, WF_T_ANY, &diags);

    if (!expr)
        ck_abort_msg("%s: %s", text, diags.at[0].message);
    return expr;
}
