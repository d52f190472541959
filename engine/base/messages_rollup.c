/* base/messages_rollup.c - what is said about values taken from other
 * documents.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages_twins.h"

/* clang-format off */
const struct wf_twin wf_twins_rollup[] = {
    { "a rollup gives its value to a field outside of tables",
      "汇总的值只能给表格以外的字段" },
    { "\"%s\" has a formula: take one of both away",
      "“%s”已有公式：两者请去掉一个" },
    { "this rollup needs %s: %s",
      "此汇总需要 %s：%s" },
    { "the form whose documents it takes values from",
      "从哪个表单的单据取值" },
    { "via and match exclude one another",
      "via 与 match 只能写一个" },
    { "the link by which the others name this one; or match, fields "
      "that are equal in both",
      "对方指向本单据的关联字段；或写 match，即双方相等的字段" },
    { "what is taken of each of them",
      "从每个来源取什么" },
    { "how much each of them counts",
      "每个来源占多大权重" },
    { "what one without a value does: drop, zero or block",
      "没有值的来源怎么算：drop、zero 或 block" },
    { "\"%s\" is no number, and only fn=\"latest\" gives anything else",
      "“%s”不是数字，只有 fn=\"latest\" 可以给出其他类型" },
    { "when is asked before anything is worked out and cannot read "
      "\"%s\", which is derived",
      "when 在计算之前判断，不能读取计算得出的“%s”" },
    { "doc.%s is derived, and a rollup may read only what was "
      "entered in the document that takes it",
      "doc.%s 是计算得出的；汇总只能读取本单据中填写的字段" },
    { "documents of this form and of \"%s\" would take their values "
      "from one another in a circle",
      "此表单与“%s”的单据会互相取值，形成循环" },
    { "The table `%s` of the form that takes the rollup cannot be "
      "read here; name a field outside of tables.",
      "这里不能读取汇总一方的表格 `%s`；请写表格以外的字段。" },
    { "the form \"%s\" has no table \"%s\" whose rows could be rolled up",
      "表单“%s”没有可以按行汇总的表格“%s”" },
    { "\"%s\" of the form \"%s\" is no link to documents of this form; "
      "via names the link by which the others name this one",
      "“%s”（表单“%s”）不是指向本表单单据的关联；via 要写对方指向本单据的关联字段" },
    { "\"%s\" cannot be matched: name a field that both forms have "
      "with one type (person, unit, period, date, text, choice or "
      "link), or FIELD:prev for the period before",
      "“%s”不能用来匹配：请写双方都有且类型相同的字段（人员、部门、周期、日期、文本、选项或关联），或用 字段:prev 表示上一周期" },
    { "documents of \"%s\" are found by \"%s\": write index=\"true\" at "
      "that field of theirs",
      "“%s”的单据要靠“%s”查找：请在对方的该字段上写 index=\"true\"" },
    { "\"%s\" would hang under itself: one of the documents above it "
      "already takes its values from it.",
      "“%s”会挂到自己下面：它上面的某个单据已经从它取值。" },
    { "\"%s\" would hang more than %d levels deep.",
      "“%s”会挂到 %d 层以下，太深了。" },
    { "This would break a rule of \"%s\", which takes values from this "
      "document.",
      "这会违反“%s”的规则，它从本单据取值。" },
    { "\"%s\" is measured of people: subject is a field of type person",
      "“%s”是按人员计量的：subject 必须是人员字段" },
    { "\"%s\" is measured of units: subject is a field of type unit",
      "“%s”是按部门计量的：subject 必须是部门字段" },
    { "\"%s\" is no number, and points add up to one",
      "“%s”不是数字，而数据点汇总得到的是数字" },
    { "subject is a field of type person or unit outside of tables",
      "subject 必须是表格以外的人员或部门字段" },
    { "over is a field of type period outside of tables: the days whose "
      "points count",
      "over 必须是表格以外的周期字段：统计这段日子的数据点" },
    { NULL, NULL },
};
/* clang-format on */
