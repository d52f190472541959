/* api/body.c - the JSON that comes with a call, read into a struct.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/body.h"

#include "base/error.h"

bool wf_body_misfits(weft_error *err)
{
    return wf_fail(err, WEFT_E_INVALID,
                   "The request does not fit; see the list.");
}

/* Puts `json` to where it belongs; false if it is of another type. */
static bool put(const struct wf_member *member, const struct wf_json *json,
                void *at)
{
    switch (member->type) {
    case WF_BODY_TEXT:
        *(const char **)at = wf_json_str(json);
        return wf_json_is(json, WF_JSON_TEXT);
    case WF_BODY_ID:
        return wf_json_is(json, WF_JSON_TEXT)
               && wf_id_parse(json->u.text, (wf_id *)at);
    case WF_BODY_INT:
        return wf_json_to_int(json, (int64_t *)at);
    case WF_BODY_BOOL:
        *(bool *)at = wf_json_is_true(json);
        return wf_json_is(json, WF_JSON_TRUE)
               || wf_json_is(json, WF_JSON_FALSE);
    case WF_BODY_OBJECT:
        *(const struct wf_json **)at = json;
        return wf_json_is(json, WF_JSON_OBJECT);
    case WF_BODY_ARRAY:
        *(const struct wf_json **)at = json;
        return wf_json_is(json, WF_JSON_ARRAY);
    case WF_BODY_ANY:
        *(const struct wf_json **)at = json;
        return true;
    }
    return false;
}

static const char *type_word(enum wf_member_type type)
{
    static const char *const words[] = {
        [WF_BODY_TEXT] = "text",     [WF_BODY_ID] = "id",
        [WF_BODY_INT] = "integer",   [WF_BODY_BOOL] = "boolean",
        [WF_BODY_OBJECT] = "object", [WF_BODY_ARRAY] = "array",
        [WF_BODY_ANY] = "value",
    };

    return words[type];
}

static const struct wf_member *find(const struct wf_member *members, size_t n,
                                    struct wf_str name)
{
    for (size_t i = 0; i < n; i++)
        if (wf_str_is(name, members[i].name))
            return &members[i];
    return NULL;
}

static void refuse_unknown(struct wf_diags *findings,
                           const struct wf_member *members, size_t n,
                           const struct wf_json *object)
{
    for (size_t i = 0; i < object->u.object.n; i++) {
        struct wf_str key = object->u.object.at[i].key;

        if (!find(members, n, key))
            wf_diag_field(findings, key.at, "unknown",
                          "\"%s\" is not known here.", key.at);
    }
}

static void take_member(struct wf_diags *findings,
                        const struct wf_member *member,
                        const struct wf_json *object, void *into)
{
    const struct wf_json *json = wf_json_get(object, member->name);

    if (!json || wf_json_is(json, WF_JSON_NULL)) {
        if (member->required)
            wf_diag_field(findings, member->name, "required",
                          "\"%s\" is missing.", member->name);
    } else if (!put(member, json, (char *)into + member->offset)) {
        wf_diag_field(findings, member->name, "type",
                      "\"%s\" has to be of type %s.", member->name,
                      type_word(member->type));
    }
}

bool wf_body_take(struct wf_diags *findings, const struct wf_member *members,
                  size_t n, const struct wf_json *object, void *into,
                  weft_error *err)
{
    if (!wf_json_is(object, WF_JSON_OBJECT))
        return wf_fail(err, WEFT_E_MALFORMED, "The JSON is not an object.");
    refuse_unknown(findings, members, n, object);
    for (size_t i = 0; i < n; i++)
        take_member(findings, &members[i], object, into);
    return findings->n_errors == 0 || wf_body_misfits(err);
}

bool wf_body_read(struct wf_diags *findings, const struct wf_member *members,
                  size_t n, struct wf_text text, void *into, weft_error *err)
{
    static const struct wf_json_limits limits = WF_JSON_LIMITS;
    static const struct wf_json empty = { .type = WF_JSON_OBJECT };
    struct wf_json *json;

    if (!text.at)
        return wf_body_take(findings, members, n, &empty, into, err);
    return wf_json_parse(findings->arena, text.at, text.len, &limits, &json,
                         err)
           && wf_body_take(findings, members, n, json, into, err);
}
