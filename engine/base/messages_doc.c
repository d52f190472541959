/* base/messages_doc.c - the Chinese twins of what doc/ says to people.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages_twins.h"

/* clang-format off */
const struct wf_twin wf_twins_doc[] = {
    /* --- doc/access.c */
    { "There is no document %lld.",
      "没有编号为 %lld 的单据。" },
    /* --- doc/comment.c */
    { "A comment has 1 to %d characters, and this one %zu.",
      "评论应有 1 到 %d 个字符，这一条有 %zu 个。" },
    { "You may not comment on this.",
      "您无权在此评论。" },
    /* --- doc/cursor.c */
    { "This cursor is none of this list: take `next` of the page before, with "
      "the same sort.",
      "该游标不属于这个列表：请使用上一页的 `next`，并保持排序不变。" },
    { "`limit` is 1 to %d, not %d.",
      "`limit` 应在 1 到 %d 之间，不能是 %d。" },
    /* --- doc/doc.c */
    { "Document %lld is in the step %s, which its form does not have: run weft "
      "verify.",
      "单据 %lld 处于步骤 %s，而其表单没有该步骤：请运行 weft verify。" },
    { "There is already a document with the same %s: open that one, or change "
      "one of them.",
      "已有 %s 相同的单据：请打开那一份，或修改其中一项。" },
    { "There is already a document with the same %s.",
      "已有 %s 相同的单据。" },
    /* --- doc/explain.c */
    { "This document has no field %s: give an id like \"total\", or of a row "
      "\"items[1].weight\".",
      "该单据没有字段 %s：请给出字段 id，例如 \"total\"，或行内字段 "
      "\"items[1].weight\"。" },

    /* --- doc/filter.c */
    { "\"%.100s\" cannot be filtered for here: give %s.",
      "此处不能按“%.100s”筛选：请给出%s。" },
    { "a number, true or false",
      "数字、true 或 false" },
    { "a day like 2026-10-12 or a time like 2026-10-12T01:00:00Z",
      "日期（例如 2026-10-12）或时间（例如 2026-10-12T01:00:00Z）" },
    { "a period like 2026, 2026-Q4, 2026-11 or 2026-W48",
      "周期（例如 2026、2026-Q4、2026-11 或 2026-W48）" },
    { "filter[%.100s] does not take [%.20s]: take lt, lte, gt, gte, ne, or of "
      "a list has.",
      "filter[%.100s] 不支持 [%.20s]：可用 lt、lte、gt、gte、ne，列表可用 has。" },

    /* --- doc/history.c */
    { "The head of the history is damaged: run weft verify.",
      "历史记录的链头已损坏：请运行 weft verify。" },
    /* --- doc/history_verify.c */
    { "The history was changed behind the engine's back: lane %lld does not "
      "hold at event %lld.",
      "历史记录被绕过引擎修改：链 %lld 在第 %lld 个事件处不成立。" },

    /* --- doc/listing.c */
    { "Lists are not sorted by %s: it has several values.",
      "列表不能按 %s 排序：它有多个值。" },

    /* --- doc/rows.c */
    { "A row is an object with column ids as names.",
      "每一行应是以列 id 为名的对象。" },
    { "A row's id is the one that it was given, each once: leave it out for a "
      "new row.",
      "行的 id 由系统给定且不可重复：新行请不要填写 id。" },
    { "A table is a list of rows, in [ ].",
      "表格应是由行组成的列表，写在 [ ] 中。" },
    { "%s takes at most %.0f rows and has %zu: remove some.",
      "%s 最多 %.0f 行，现有 %zu 行：请删去一些。" },
    /* --- doc/rules.c */
    { "A rule of the form does not hold here: %s must not be so.",
      "不符合表单规则：不应出现 %s。" },
    { "%s is missing: fill it in first.",
      "缺少 %s：请先填写。" },
    { "%s needs at least %.0f rows and has %zu: add some.",
      "%s 至少需要 %.0f 行，现有 %zu 行：请添加。" },
    { "%s must total %s over all rows, and totals %s: change some of them.",
      "%s 各行合计应为 %s，现为 %s：请调整。" },
    /* --- doc/shape.c */
    { "%s is computed and cannot be written: leave it out.",
      "%s 由系统计算，不能填写：请去掉。" },
    { "%s is read-only and cannot be written: leave it out.",
      "%s 为只读，不能填写：请去掉。" },
    { "%s cannot be changed in this step: leave it out, or wait for a step "
      "that edits it.",
      "%s 在当前步骤不能修改：请去掉，或等到可编辑它的步骤。" },
    { "The form has no field %s: see its model for those that it has.",
      "表单没有字段 %s：请查看表单模型中的字段。" },
    { "\"data\" must be an object with field ids as names.",
      "“data”应是以字段 id 为名的对象。" },
    { "This cannot be saved yet: see what is said at each field.",
      "暂时无法保存：请查看各字段的说明。" },
    /* --- doc/target.c */
    { "Lists are not filtered or sorted by %s: take a field of the form with "
      "index=\"true\", or form, step, state, subject, creator, health, "
      "progress, score, created, updated, due.",
      "列表不能按 %s 筛选或排序：请使用表单中 index=\"true\" 的字段，或 form、"
      "step、state、subject、creator、health、progress、score、created、updated、"
      "due。" },

    /* --- doc/value.c */
    { "%s takes %s.",
      "%s 应填写%s。" },
    { "%s takes a period like %s.",
      "%s 应填写周期，例如 %s。" },
    { "%s takes at most %.0f and has %zu: remove some.",
      "%s 最多 %.0f 项，现有 %zu 项：请删去一些。" },
    { "%s needs at least %.0f and has %zu: add some.",
      "%s 至少需要 %.0f 项，现有 %zu 项：请添加。" },
    { "%s names %s twice: once is enough.",
      "%s 中 %s 重复：一次即可。" },
    { "a text",
      "文本" },
    { "a number",
      "数字" },
    { "true or false",
      "true 或 false" },
    { "a list, in [ ]",
      "列表，写在 [ ] 中" },
    { "one emoji",
      "一个表情符号" },
    { "a day that exists, like 2026-10-12",
      "存在的日期，例如 2026-10-12" },
    { "a time with its offset, like 2026-10-12T09:00:00+08:00",
      "带时区的时间，例如 2026-10-12T09:00:00+08:00" },
    { "an address like name@example.com",
      "邮箱地址，例如 name@example.com" },
    { "an address that begins with https://, http:// or mailto:",
      "以 https://、http:// 或 mailto: 开头的地址" },
    { "a number to call, like +86 10 5555 0100",
      "电话号码，例如 +86 10 5555 0100" },
    { "a duration like 30min, 4h, 2d, 3wd or 2w",
      "时长，例如 30min、4h、2d、3wd 或 2w" },
    { "an object with \"amount\" in whole minor units and \"currency\"",
      "对象：\"amount\" 为最小单位的整数，\"currency\" 为币种" },
    { "a person: a login, or an object with \"id\"",
      "人员：登录名，或含 \"id\" 的对象" },
    { "the id of a unit",
      "部门的 id" },
    { "the id of a document, as text",
      "单据的 id（文本）" },
    { "the id of an option, as text",
      "选项的 id（文本）" },
    /* --- doc/value_number.c */
    { "%s must be at least %s.",
      "%s 不能小于 %s。" },
    { "%s must be at most %s.",
      "%s 不能大于 %s。" },
    { "%s takes at most %d digits behind the point: round it.",
      "%s 小数点后最多 %d 位：请四舍五入。" },
    { "%s is in %s: give its currency so, or leave it out.",
      "%s 的币种是 %s：请按此填写，或省略币种。" },
    /* --- doc/value_ref.c */
    { "%s: there is no such person; give the login or id of one.",
      "%s：没有此人；请填写已有人员的登录名或 id。" },
    { "%s: there is no unit %s; give the id of one.",
      "%s：没有部门 %s；请填写已有部门的 id。" },
    { "%s: what was chosen has been given up; choose another one.",
      "%s：所选的单据已作废，请另选一个。" },
    { "%s: there is no document %lld of the form %s that you can see.",
      "%s：没有您可见的单据 %lld（表单 %s）。" },
    { "%s: what was chosen is this document itself, or hangs under it; choose "
      "one that does not.",
      "%s：所选的就是本单据，或者位于本单据之下；请另选一个不在其下的。" },
    { "%s takes one of: %s.",
      "%s 只能是以下之一：%s。" },
    /* --- doc/value_text.c */
    { "%s may have at most %.0f characters and has %zu: shorten it.",
      "%s 最多 %.0f 个字符，现有 %zu 个：请缩短。" },
    { "%s needs at least %.0f characters and has %zu: say more.",
      "%s 至少需要 %.0f 个字符，现有 %zu 个：请补充。" },
    { "%s has not the form that it must have (%s).",
      "%s 的格式不符合要求（%s）。" },

    /* --- doc/when_query.c */
    { "A condition of access cannot be asked of the store (%d).",
      "该访问条件无法转换为查询（%d）。" },

    /* --- doc/reaction.c */
    { "A reaction is one emoji.", "回应是一个表情符号。" },

    /* --- doc/lint_say.c */
    { "\"%s\" was empty in all %lld cases looked at: leave the field out.",
      "“%s”在所查的 %lld 例中全部为空：可以去掉该字段。" },
    { "\"%s\" was filled in %lld times, but no grant shows it and nothing uses "
      "it: leave it out, or show it to somebody.",
      "“%s”填写过 %lld 次，但没有授权让人看到，也没有被使用：请去掉，或授权给他人"
      "查看。" },
    { "\"%s\" and \"%s\" said the same in all %lld documents that had both: "
      "ask once, and take the other by a formula.",
      "“%s”与“%s”在同时填写的 %lld 份文档中完全相同：只问一次，另一个用公式取值。" },
    { "Level \"%s\" decided %lld times, never otherwise than the one below: "
      "leave it out, or send it a copy.",
      "层级“%s”审批了 %lld 次，结论从未与下一级不同：可以去掉，或改为抄送。" },
    { "In step \"%s\" nobody wrote anything in %lld passes; it waited for %.1f "
      "days on average: leave it out.",
      "步骤“%s”经过 %lld 次，无人填写任何内容，平均等待 %.1f 天：可以去掉。" },

    /* --- doc/seal.c */
    { "The history is not the one that was sealed: event %lld of lane %lld "
      "is missing or another.",
      "历史记录与封存时不符：第 %2$lld 条链的第 %1$lld 个事件缺失或已不同。" },
    { "There is no seal in this file: it is a line that begins with "
      "\"weft-seal\".",
      "此文件中没有封印：封印是以“weft-seal”开头的一行。" },
    { NULL, NULL },
};
/* clang-format on */
