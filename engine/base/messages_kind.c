/* base/messages_kind.c - the Chinese twins of what is said of the kinds of
 * definitions beside forms: metrics, alerts.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages_twins.h"

/* clang-format off */
const struct wf_twin wf_twins_kind[] = {
    /* --- def/check_field.c */
    { "\"%s\" is part of a table and has no index",
      "“%s”属于明细表，没有索引" },

    /* --- def/compile.c */
    { "the form \"%s\" is one of the package \"%s\": give this one another id",
      "表单 \"%s\" 属于包 \"%s\"：请为此表单换一个标识" },

    /* --- def/compile_kind.c, diff_say.c */
    { "there is a %s \"%s\" already, in %s",
      "%s \"%s\" 已存在于 %s" },
    { "metric",
      "指标" },
    { "alert",
      "预警" },

    /* --- def/parse_metric.c */
    { "hold=\"%s\" is neither so many points in a row (1 to %d) nor a duration "
      "such as 30min, 4h or 2d",
      "hold=\"%s\" 既不是连续的点数（1 到 %d），也不是 30min、4h、2d 这样的时长" },
    { "%s=\"%s\" counts no working days here; write d",
      "%s=\"%s\"：这里不按工作日计算，请写 d" },
    { "there is a level \"%s\" already, in line %d",
      "第 %2$d 行已有等级 \"%1$s\"" },
    { "fn=\"…\" gathers the points of a span; write over=\"day\", or leave it "
      "out to look at each point",
      "fn=\"…\" 汇总一段时间内的点；请写 over=\"day\"，或去掉 fn 以逐点判断" },
    { "`%s` looks back over whole days, 1 to %d.",
      "`%s` 回看整天数，1 到 %d。" },

    /* --- def/parse_alert.c */
    { "check=\"%s\" says no time; write daily and the time of day, such as "
      "\"daily 08:00\"",
      "check=\"%s\" 没有说明时间；请写 daily 加时刻，例如 \"daily 08:00\"" },
    { "an alert without <level> watches nothing",
      "没有 <level> 的预警什么也不看" },
    { "level \"%s\" reads the table \"%s\"; an alert reads fields outside of "
      "tables: give the form a formula for it",
      "等级 \"%s\" 读取明细表 \"%s\"；预警只读取明细表之外的字段：请在表单中为它写一个公式字段" },
    { "level \"%s\" reads the list \"%s\"; an alert reads single values: give the "
      "form a formula for it",
      "等级 \"%s\" 读取列表 \"%s\"；预警只读取单个值：请在表单中为它写一个公式字段" },

    /* --- def/parse_step.c */
    { "Void", "作废" },

    /* --- def/parse_intent.c */
    { "there is a <slot> \"%s\" already",
      "<slot>“%s”已存在" },
    { "nothing answers this: name a file by <hooks src=\"FILE.lua\"/> that "
      "has function answer(context)",
      "没有回答它的函数：请用 <hooks src=\"FILE.lua\"/> 指定一个含有 "
      "answer(context) 函数的文件" },

    /* --- flow/host_series.c */
    { "series(metric, subject, from, to): there is no metric \"%s\".",
      "series(metric, subject, from, to)：没有指标 \"%s\"。" },
    { "series(metric, subject, from, to): from and to are days or times.",
      "series(metric, subject, from, to)：from 和 to 是日期或时间。" },

    /* --- api/metric.c, metric_feed.c, doc/series.c */
    { "There is no metric \"%s\".",
      "没有指标 \"%s\"。" },
    { "Say of whom: ?subject=LOGIN, or the id of a unit.",
      "请说明是谁的：?subject=登录名，或部门的 id。" },
    { "There are no points of \"%s\" for you to see.",
      "没有您可以看到的 \"%s\" 的数据点。" },
    { "\"%s\" is no time.",
      "\"%s\" 不是时间。" },
    { "step=%s is not possible; write hour, day, week or month.",
      "step=%s 不可用；请写 hour、day、week 或 month。" },
    { "fn=%s is not possible; write avg, sum, min, max, count or last.",
      "fn=%s 不可用；请写 avg、sum、min、max、count 或 last。" },
    { "A point is an object with subject, at and value.",
      "数据点是含有 subject、at 和 value 的对象。" },
    { "Points come as a list: [{\"subject\": …, \"at\": …, \"value\": …}].",
      "数据点以列表发送：[{\"subject\": …, \"at\": …, \"value\": …}]。" },
    { "At most %d points come at once: send them in parts.",
      "一次最多 %d 个数据点：请分批发送。" },
    { "The column \"%s\" is missing: metrics have metric, subject, at and value.",
      "缺少列 \"%s\"：指标文件有 metric、subject、at 和 value 四列。" },
    { "You may not bring points of \"%s\".",
      "您不能提交 \"%s\" 的数据点。" },
    { "This is missing.",
      "缺少此项。" },
    { "There is no such unit.",
      "没有这个部门。" },
    { "This is no time: write one such as 2026-10-12T18:00:00+08:00.",
      "这不是时间：请写成 2026-10-12T18:00:00+08:00 这样。" },
    { "This has not happened yet.",
      "这还没有发生。" },
    { "This is no number.",
      "这不是数字。" },
    { "These are more than %zu values: ask for a shorter time, or for larger "
      "steps.",
      "超过 %zu 个值：请缩短时间范围，或加大 step。" },
    { NULL, NULL },
};
