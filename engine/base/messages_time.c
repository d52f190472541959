/* base/messages_time.c - the Chinese twins of what def/ and flow/ say of time:
 * calendars, deadlines, timers.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages_twins.h"

/* clang-format off */
const struct wf_twin wf_twins_time[] = {
    /* --- def/parse_calendar.c */
    { "a calendar has at most %d days off and on together",
      "一个日历中，休息日和补班日合计最多 %d 天" },

    /* --- def/moment.c */
    { "\"%s\" is no time: write a day, a date field, now, start or end, then "
      "durations such as + 7d or - 2wd, then 18:00; or a duration alone",
      "“%s”不是时间：请写日期、日期字段、now、start 或 end，其后可加时长（如 + 7d、- 2wd）和 18:00；或只写一个时长" },
    { "field \"%s\" is private, but everybody sees when something is due",
      "字段“%s”是私密的，而到期时间人人可见" },
    { "field \"%s\" is no date: a time counts from a field of type date or "
      "datetime",
      "字段“%s”不是日期：时间只能从 date 或 datetime 类型的字段算起" },
    { "the form has no period, so it has no \"%s\": say in period= of <form> "
      "which of its fields is it",
      "该表单没有周期，因此没有“%s”：请在 <form> 的 period= 中写明哪个字段是周期" },
    { "\"%s\" is neither a date field nor a word for a time; did you mean "
      "\"%s\"?",
      "“%s”既不是日期字段，也不是表示时间的词；是否想写“%s”？" },
    { "\"%s\" is neither a date field nor a word for a time",
      "“%s”既不是日期字段，也不是表示时间的词" },

    /* --- def/parse_deadline.c, check_flow.c */
    { "%s=\"%s\" is no duration: write one like 30min, 4h, 2d, 3wd or 2w",
      "%s=\"%s\" 不是时长：请写成 30min、4h、2d、3wd 或 2w 这样的形式" },
    { "step \"%s\" asks nobody (asks=\"never\"), so nobody is late there: leave "
      "out %s, or say from when it asks",
      "步骤“%s”不向任何人派待办（asks=\"never\"），也就无人会超时：请去掉 %s，"
      "或者写明从何时起派待办" },
    { "timeout=\"%s\" is never reached; add within=\"…\"",
      "timeout=\"%s\" 永远不会生效；请添加 within=\"…\"" },
    { "what does \"%s\" wait for? Write until=\"…\", a time, or signal=\"…\", "
      "or both for whichever comes first",
      "“%s”在等什么？请写 until=\"…\"（时间）或 signal=\"…\"（信号），或两者都写，以先到者为准" },
    { "step \"%s\" has within and due; one of them says until when",
      "步骤“%s”同时写了 within 和 due；期限只能由其中一个给出" },

    /* --- def/parse_calendar.c, compile.c */
    { "\"%s\" is no day of the week; write some of: mon tue wed thu fri sat "
      "sun",
      "“%s”不是星期几；请从 mon tue wed thu fri sat sun 中选写" },
    { "hours=\"%s\" must be a time, - and a later one, such as 09:00-18:00",
      "hours=\"%s\" 必须是一个时间、- 和更晚的时间，例如 09:00-18:00" },
    { "<off> ends on the day it begins or later, and has at most %d days",
      "<off> 的结束日不能早于开始日，且最多 %d 天" },
    { "a calendar without working days has no use; name at least one in "
      "week=\"…\"",
      "没有工作日的日历没有用处；请在 week=\"…\" 中至少写一天" },
    { "there is a calendar \"%s\" already, in %s",
      "已经有日历“%s”，在 %s 中" },
    { "calendar \"%s\" is the default one already, and a package has one",
      "日历“%s”已是默认日历，而一个包只有一个默认日历" },

    /* --- flow/deadline.c, late.c */
    { "This waits for you", "等待您处理" },
    { "This is overdue", "已超过期限" },
    { "You were late, somebody else has it now", "您已超时，现由他人处理" },
    { "Somebody was late, you have it now", "有人超时，现由您处理" },

    /* --- flow/work.c, verify.c */
    { "due takes overdue, today or a day such as 2026-10-31, not \"%s\".",
      "due 可以是 overdue、today 或 2026-10-31 这样的日期，不能是“%s”。" },
    { "document %lld: its timer \"%s\" has failed for good: %s",
      "单据 %lld：其定时器“%s”已彻底失败：%s" },

    /* --- flow/wait.c */
    { "\"%s\" waits until \"%s\", which is not known: fill in what it counts "
      "from.",
      "“%s”要等到“%s”，但该时间尚不确定：请填写它所依据的内容。" },

    /* --- flow/timer.c */
    { "This Weft knows no timer of the kind \"%s\".",
      "本版本的 Weft 没有“%s”类定时器。" },
    { NULL, NULL },
};
/* clang-format on */
