/* base/messages_assistant.c - the Chinese twins of what is said of the
 * assistant: by its definitions, and by its doors.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages_twins.h"

/* clang-format off */
const struct wf_twin wf_twins_assistant[] = {
    /* --- def/parse_intent.c */
    { "there are words \"%s\" already in this file",
      "本文件中已有词组 \"%s\"" },
    { "there is an intent \"%s\" already in this file",
      "本文件中已有意图 \"%s\"" },
    { "an empty <say> would be said by everybody",
      "空的 <say> 人人都在说" },
    { "an intent without <say> is never understood",
      "没有 <say> 的意图永远不会被听懂" },
    { "%s is broken.",
      "%s 已损坏。" },

    /* --- def/diff_say.c */
    { "sentences of the assistant",
      "助手的语句" },
    { "intent",
      "意图" },
    { "words",
      "词组" },
    { "slot",
      "槽位" },

    /* --- api/bot.c, bot_host.c, bot_do.c */
    { "The assistant answers in \"zh-CN\" or \"en\", not in \"%s\".",
      "助手用 \"zh-CN\" 或 \"en\" 回答，不能用 \"%s\"。" },
    { "%s: there is no question \"%s\".",
      "%s：没有 \"%s\" 这样的查询。" },
    { "This confirmation is not valid any more. Ask again.",
      "这次确认已经失效。请重新提出。" },

    /* --- http/mcp_tools.c */
    { "Ask in words",
      "用自己的话问" },
    { "A question in a person's own words, Chinese or English, as the assistant "
      "of the company answers it. Changes nothing.",
      "用自己的话提问，中文或英文，由公司的助手回答。不作任何改动。" },
    { "What is asked.",
      "问题。" },
    { NULL, NULL },
};
/* clang-format on */
