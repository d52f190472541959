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
    req->result.reply = weft_person_get(req->session, req->args[0]);
}

void http_unit_list(struct http_request *req)
{
    req->result.reply = weft_unit_list(req->session);
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

void http_setting_list(struct http_request *req)
{
    req->result.reply = weft_setting_list(req->session);
}

void http_setting_set(struct http_request *req)
{
    req->result.command =
        weft_setting_set(req->session, req->text.at, req->text.len);
}
