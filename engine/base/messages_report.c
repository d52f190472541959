/* base/messages_report.c - the Chinese twins of what report/ says, and what is
 * said about reports and dashboards when they are checked.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages_twins.h"

/* clang-format off */
const struct wf_twin wf_twins_report[] = {
    /* --- report/table.c, export.c */
    { "A file has at most %d rows: ask for fewer, by a filter, a period or a "
      "unit.",
      "一个文件最多 %d 行：请用筛选条件、周期或部门缩小范围。" },
    { "Id", "编号" },
    { "Form", "表单" },
    { "Version", "版本" },
    { "Title", "标题" },
    { "Step", "步骤" },
    { "State", "状态" },
    { "Made by", "创建人" },
    { "Made", "创建时间" },
    { "Changed at", "更新时间" },
    { "The form has no table \"%.100s\".", "该表单没有名为“%.100s”的明细表。" },
    { "There is no form \"%.100s\".", "没有名为“%.100s”的表单。" },
    { "Nobody is granted to export documents of this form: its access would "
      "say rights=\"export\".",
      "没有人获准导出该表单的单据：需要在其访问规则中写明 rights=\"export\"。" },
    { "No file can be made in %s for the workbook.",
      "无法在 %s 中为工作簿创建临时文件。" },
    { "The workbook could not be written in %s.", "无法在 %s 中写入工作簿。" },
    { "The formats are csv, xlsx and xes.",
      "格式有 csv、xlsx 和 xes。" },

    /* --- cli/cmd_export.c, cmd_report.c */
    { "the numbers of a report", "报表的数字" },
    { "the formats are csv, xlsx and json", "格式只能是 csv、xlsx 或 json" },
    { "a table has the documents of one form: documents FORM",
      "一张表只含一种表单的单据：documents FORM" },
    { "a workbook is made of documents alone", "工作簿只能由单据生成" },
    { "--table is for documents as csv", "--table 只用于导出 csv 格式的单据" },

    /* --- def/fact.c, link_report.c, parse_report.c, parse_dashboard.c */
    { "a report cannot read `%.*s`: it reads fields outside of tables, parts "
      "of the people in them, contains(list, 'word'), and what is known of "
      "every document; give the form a formula for it",
      "报表不能读取 `%.*s`：它只读取明细表之外的字段、其中人员的属性、contains(列表, '词') 以及每份单据都有的信息；请在表单中为它写一个公式字段" },
    { "group \"%s\" is by periods of a date that the report does not name; "
      "write date=\"created\" there",
      "分组“%s”按周期划分，但报表没有说明日期；请在报表上写 date=\"created\"" },
    { "tree=\"true\" is for units; write value=\"unit(owner)\" with the field "
      "of a person",
      "tree=\"true\" 只用于部门；请写 value=\"unit(owner)\"，其中 owner 为人员字段" },
    { "\"%s\" is no date of the form \"%s\"; write created, updated, or a field "
      "of type date, datetime or period",
      "“%s”不是表单“%s”的日期；请写 created、updated，或 date、datetime、period 类型的字段" },
    { "date=\"open\" counts what was open as a period ended: write "
      "over=\"week\" on the report, or a group over weeks",
      "date=\"open\" 统计每个周期结束时仍未办结的单据：请在报表上写 "
      "over=\"week\"，或加一个按周的分组" },
    { "date=\"open\" counts a document in several periods, and their "
      "differences would tell of single people: with a floor, write another "
      "date",
      "date=\"open\" 会把同一单据计入多个周期，其差值会暴露个人：带下限的报表请用别的日期" },
    { "a group or measure is called \"%s\" already",
      "已有名为“%s”的分组或度量" },
    { "measure", "度量" },
    { "\"%s\" is private: a report with a floor shows what its reader may not "
      "see, and a private field is not even counted",
      "“%s”是私密字段：带下限的报表会显示读者看不到的内容，私密字段连统计也不允许" },
    { "a report with a floor has the same numbers for everybody: it cannot "
      "ask who reads it",
      "带下限的报表对所有人都是同样的数字：不能询问读者是谁" },
    { "group \"%s\" counts a document in several places, and their "
      "differences would tell of single people: with a floor, group by single "
      "values, or by one tree alone",
      "分组“%s”会把同一单据计入多处，其差值会暴露个人：带下限的报表请按单值分组，或只按一棵树分组" },
    { "measure \"%s\" tells of single documents; with a floor, write count, "
      "sum, avg or share",
      "度量“%s”会暴露单份单据；带下限的报表请写 count、sum、avg 或 share" },
    { "a dashboard without parts shows nothing; write <report ref=\"…\"/>",
      "没有内容的看板什么也不显示；请写 <report ref=\"…\"/>" },
    { "the form \"%s\" has no field \"%s\"", "表单“%s”没有字段“%s”" },
    { "what is group \"%s\" by? Write value=\"…\", or over=\"month\" for the "
      "months of the report's date",
      "分组“%s”按什么划分？请写 value=\"…\"，或写 over=\"month\" 按报表日期的月份划分" },
    { "what is measure \"%s\"? Write fn=\"count\", or formula=\"…\" over the "
      "measures before it",
      "度量“%s”是什么？请写 fn=\"count\"，或写 formula=\"…\" 由前面的度量计算" },
    { "fn=\"%s\" needs value=\"…\"", "fn=\"%s\" 需要 value=\"…\"" },
    { "a formula is worked out of other measures; leave value out",
      "公式由其他度量计算得出；请去掉 value" },
    { "%s=\"…\" needs %s=\"…\" as well", "%s=\"…\" 还需要 %s=\"…\"" },
    { "a report without <measure> counts nothing; write <measure id=\"n\" "
      "fn=\"count\"/>",
      "没有 <measure> 的报表什么也不统计；请写 <measure id=\"n\" fn=\"count\"/>" },

    /* --- report/documents.c, floor.c, open.c, order.c, rows.c, run.c */
    { "The report has no group \"%.100s\".", "该报表没有分组“%.100s”。" },
    { "A report with a floor tells of no single document.",
      "带下限的报表不显示任何单份单据。" },
    { "A report with a floor is not narrowed to a unit: the difference would "
      "tell of single people.",
      "带下限的报表不能缩小到某个部门：差值会暴露个人。" },
    { "A report with a floor is shown when its period is over: until then, "
      "each look would tell what has changed since the last.",
      "带下限的报表在周期结束后才显示：在此之前，每次查看都会暴露上次以来的变化。" },
    { "Of this form and time, other numbers have been shown already, by "
      "another report or an earlier version: their difference would tell of "
      "single people. It counts from the next period on.",
      "该表单在这段时间内已由另一份报表或更早的版本公布过数字：两者之差会暴露个人。新的统计从下一周期开始。" },
    { "The numbers of this period are not worked out yet.",
      "该周期的数字尚未算出。" },
    { "There is no report or dashboard \"%.100s\".",
      "没有名为“%.100s”的报表或看板。" },
    { "You may look at this report and not take it out: no grant gives you "
      "the right to export documents of its form.",
      "您可以查看该报表，但不能导出：没有授权让您导出其表单的单据。" },
    { "Yes", "是" },
    { "No", "否" },
    { "The report has more than %d rows: ask for a shorter period or a unit.",
      "报表超过 %d 行：请缩短周期或限定部门。" },
    { "The documents differ in more than %d ways: ask for a shorter period or "
      "a unit.",
      "单据的不同情况超过 %d 种：请缩短周期或限定部门。" },
    { "The report \"%s\" is about no period: it says no date. Leave period "
      "out.",
      "报表“%s”没有期间：它没有指定日期。请去掉 period。" },
    { "\"%.40s\" is no period that this report knows: write a %s, such as "
      "2026, 2026-Q4, 2026-11 or 2026-W48.",
      "“%.40s”不是该报表的周期：请写一个 %s，例如 2026、2026-Q4、2026-11 或 2026-W48。" },
    { "The report reads more than %d different facts.",
      "该报表读取的信息超过 %d 项。" },
    { "%s: the numbers of %s are there.", "%s：%s 的数字已出。" },
    /* --- doc/smart.c */
    { "\"%s\" is short: say what will be different, and for whom.",
      "“%s”太短：请写清会有什么不同、对谁而言。" },
    { "\"%s\" can mean anything: say from what to what, such as from 80 to "
      "95.",
      "“%s”可以是任何意思：请写清从多少到多少，例如从 80 到 95。" },
    { "How will one see that it is reached? Fill in \"%s\", or write a number "
      "into its title.",
      "怎样看出它达成了？请填写“%s”，或在标题里写上数字。" },
    { "Nobody owns it: fill in \"%s\".", "没有负责人：请填写“%s”。" },
    { "It hangs under nothing: choose in \"%s\" what it supports.",
      "它没有支撑任何上级：请在“%s”中选择。" },
    { "It has no end: fill in \"%s\".", "没有期限：请填写“%s”。" },
    /* --- api/usage.c */
    { "\"%.100s\" is no day; write it as 2026-10-31.",
      "“%.100s”不是日期；请写成 2026-10-31 的形式。" },
    { "At most %d days are told at once.", "一次最多查询 %d 天。" },
    { "report", "报表" },
    { "dashboard", "看板" },
    { "approved",
      "同意" },
    { "rejected",
      "拒绝" },
    { "too few answers",
      "答复不足" },
    { "On track",
      "正常" },
    { "At risk",
      "有风险" },
    { "Off track",
      "落后" },
    { "No light",
      "没有状态灯" },
    { NULL, NULL },
};
/* clang-format on */
