/* doc/value_file.c - values that name files: one that its writer has uploaded
 * and no document holds yet, or that stands there already.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages.h"
#include "doc/file.h"
#include "doc/file_type.h"
#include "doc/value.h"

/* Whether the id stood there before: alone, as a member, or in another row,
 * from where it may be moved. */
static bool was_there(const struct wf_shaping *s, const char *text,
                      const struct wf_file *file)
{
    if (file && file->document)
        return s->doc->stored && file->document == s->doc->id
               && wf_streq(file->field, s->field->path);
    return s->old && wf_streq(wf_json_str(s->old), text);
}

/* Uploaded by whoever writes, and free. */
static bool is_mine(const struct wf_shaping *s, const struct wf_file *file)
{
    const struct wf_call *call = s->call;

    return file && file->is_whole && !file->document
           && (call->system || (call->me && call->me->id == file->uploader));
}

static bool is_sound(const struct wf_shaping *s, const struct wf_file *file)
{
    const struct wf_field *field = s->field;

    if (field->type != WF_F_AUDIO)
        return true;
    if (!wf_file_type_is_sound(file->type)) {
        wf_shape_wrong_type(s, wf_message(s->call->lang, "a recording"));
        return false;
    }
    if (!field->has_max || (file->seconds > 0 && file->seconds <= field->max))
        return true;
    if (file->seconds > 0)
        wf_diag_field(s->call->findings, s->place, "length",
                      "%s may last at most %.0f seconds and lasts %.0f.",
                      wf_shape_label(s), field->max, file->seconds);
    else
        wf_diag_field(s->call->findings, s->place, "length",
                      "%s may last at most %.0f seconds: say at the upload how "
                      "long it lasts.",
                      wf_shape_label(s), field->max);
    return false;
}

static bool is_good(const struct wf_shaping *s, const struct wf_file *file)
{
    if (s->doc->veil) {
        wf_diag_field(s->call->findings, s->place, "file",
                      "%s: an anonymous answer takes no files: they would tell "
                      "who it is of.",
                      wf_shape_label(s));
        return false;
    }
    if (!is_mine(s, file)) {
        wf_diag_field(s->call->findings, s->place, "file",
                      "%s: there is no such file of yours that is still free; "
                      "upload it first.",
                      wf_shape_label(s));
        return false;
    }
    return is_sound(s, file);
}

bool wf_shape_file(const struct wf_shaping *s, const struct wf_json *in,
                   struct wf_json **out, weft_error *err)
{
    const struct wf_json *json =
        wf_json_is(in, WF_JSON_OBJECT) ? wf_json_get(in, "id") : in;
    const char *text = wf_json_str(json);
    struct wf_file *file;
    wf_id id;

    *out = NULL;
    if (!text || !wf_id_parse(wf_str_of(text), &id)) {
        wf_shape_wrong_type(
            s, wf_message(s->call->lang, "the id of an uploaded file"));
        return true;
    }
    if (!wf_file_find(s->call, id, &file, err))
        return false;
    if (was_there(s, text, file) || is_good(s, file))
        *out = wf_json_text(s->call->arena, text);
    return true;
}
