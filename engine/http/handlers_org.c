/* http/handlers_org.c - people, units, roles, settings.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/handlers.h"

void http_people_list(struct http_request *req)
{
    req->result.reply = weft_people_list(req->session, req->target.params.at,
                                         req->target.params.n);
}

void http_person_get(struct http_request *req)
{
    const char *day = http_params_find(&req->target.params, "on");

    req->result.reply = day ? weft_person_on(req->session, req->args[0], day)
                            : weft_person_get(req->session, req->args[0]);
}

void http_person_lines(struct http_request *req)
{
    req->result.reply =
        weft_person_lines(req->session, req->args[0], req->target.params.at,
                          req->target.params.n);
}

void http_person_record(struct http_request *req)
{
    req->result.reply = weft_person_record(req->session, req->args[0]);
}

void http_person_add(struct http_request *req)
{
    req->result.command =
        weft_person_add(req->session, req->text.at, req->text.len);
}

void http_person_edit(struct http_request *req)
{
    req->result.command = weft_person_edit(req->session, req->args[0],
                                           req->text.at, req->text.len);
}

void http_unit_list(struct http_request *req)
{
    req->result.reply = weft_unit_list(req->session);
}

void http_unit_record(struct http_request *req)
{
    req->result.reply = weft_unit_record(req->session, req->args[0]);
}

void http_unit_add(struct http_request *req)
{
    req->result.command =
        weft_unit_add(req->session, req->text.at, req->text.len);
}

void http_unit_edit(struct http_request *req)
{
    req->result.command =
        weft_unit_edit(req->session, req->args[0], req->text.at, req->text.len);
}

void http_unit_move(struct http_request *req)
{
    req->result.command =
        weft_unit_move(req->session, req->args[0], req->text.at, req->text.len);
}

void http_planned_list(struct http_request *req)
{
    req->result.reply = weft_planned_list(req->session);
}

void http_planned_cancel(struct http_request *req)
{
    int64_t id = 0;

    wf_str_to_int(wf_str_of(req->args[0]), &id);
    req->result.command = weft_planned_cancel(req->session, id);
}

void http_role_list(struct http_request *req)
{
    req->result.reply = weft_role_list(req->session);
}

static void import(struct http_request *req, const char *what)
{
    bool check;

    if (http_request_flag(req, "check", &check))
        req->result.command =
            weft_import(req->session, what, req->text.at, req->text.len, check);
}

void http_people_import(struct http_request *req)
{
    import(req, "people");
}

void http_unit_import(struct http_request *req)
{
    import(req, "units");
}

void http_history_import(struct http_request *req)
{
    import(req, "history");
}

void http_setting_list(struct http_request *req)
{
    req->result.reply = weft_setting_list(req->session);
}

void http_setting_set(struct http_request *req)
{
    req->result.command =
        weft_setting_set(req->session, req->text.at, req->text.len);
}

/* --- The rights of whom data are about */

void http_person_readers(struct http_request *req)
{
    const struct http_params *params = &req->target.params;

    req->result.reply =
        weft_person_readers(req->session, req->args[0], params->at, params->n);
}

void http_person_data(struct http_request *req)
{
    req->result.reply =
        weft_person_data(req->session, req->args[0],
                         http_params_find(&req->target.params, "cursor"));
}

void http_person_erase(struct http_request *req)
{
    req->result.command = weft_person_erase(req->session, req->args[0]);
}
