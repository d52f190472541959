/* org/company.h - what an administrator sets for the whole company.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_ORG_COMPANY_H
#define WF_ORG_COMPANY_H

#include "base/date.h"
#include "org/call.h"

struct wf_company {
    const char
        *timezone;       /* in which a change of the organisation has its day */
    int64_t idle_ms;     /* sessions end after so long without use */
    int64_t life_ms;     /* and after so long at the latest */
    int reads_kept_days; /* who looked at whose documents; 0: is not kept */
    const char *address; /* "https://weft.example.com", for links; NULL: nobody
                          * has said */
};
WF_MUST_CHECK bool wf_company_load(struct wf_call *call, struct wf_company *out,
                                   weft_error *err);
/* Asks for them before they are wanted (store/ahead.h). */
WF_MUST_CHECK bool wf_company_ahead(struct wf_call *call, weft_error *err);

/* Today, in the company's zone. */
WF_MUST_CHECK bool wf_company_today(struct wf_call *call,
                                    char text[WF_DATE_TEXT], weft_error *err);

/* Its settings, as the API shows those of packages, for the list that is being
 * written. */
WF_MUST_CHECK bool wf_company_list(struct wf_call *call,
                                   struct wf_json_writer *out, weft_error *err);

/* NULL as value: back to the default. Errors: WEFT_E_NOTFOUND there is no such
 * setting; WEFT_E_INVALID it cannot be that. */
WF_MUST_CHECK bool wf_company_set(struct wf_call *call, const char *name,
                                  const struct wf_json *value, weft_error *err);

/* What such settings belong to, where others belong to a package. */
#define WF_COMPANY "weft"

#endif
