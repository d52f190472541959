/* http/page_style.c - how the plain pages look, on a telephone and on a desk.
 *
 * A text of its own because the policy of all pages forbids styles inside
 * them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/handlers.h"

/* clang-format off */
static const char STYLE[] =
    ":root{color-scheme:light dark;--line:#8886;--tint:#2563a8;"
    "font:1rem/1.5 system-ui,'PingFang SC','Microsoft YaHei',"
    "'Noto Sans CJK SC',sans-serif}\n"
    "body{margin:0}\n"
    "main{max-width:36rem;margin:0 auto;padding:1.5rem 1rem}\n"
    "h1{font-size:1.5rem;margin:0 0 1rem}\n"
    "h2{font-size:1.1rem;margin:0}\n"
    "p,ul{margin:.5rem 0}\n"
    "ol{list-style:none;margin:0;padding:0}\n"
    "li form{border:1px solid var(--line);border-radius:.5rem;"
    "padding:1rem;margin-bottom:1rem}\n"
    "input,textarea{display:block;box-sizing:border-box;width:100%;padding:.5rem;"
    "border:1px solid var(--line);border-radius:.3rem;font:inherit}\n"
    "button{padding:.5rem 1rem;margin:.5rem .5rem 0 0;font:inherit;"
    "border:1px solid var(--tint);border-radius:.3rem;"
    "background:none;color:inherit;cursor:pointer}\n"
    "button:first-of-type{background:var(--tint);color:#fff}\n"
    "footer{margin-top:2rem;border-top:1px solid var(--line)}\n"
    "footer button:first-of-type{background:none;color:inherit}\n"
    "[role=alert],.late{color:#c62828}\n"
    "@media(prefers-color-scheme:dark){[role=alert],.late{color:#ff8a80}}\n";
/* clang-format on */

void http_page_style(struct http_request *req)
{
    req->result.type = "text/css; charset=utf-8";
    req->result.body = (struct wf_str){ STYLE, sizeof STYLE - 1 };
}
