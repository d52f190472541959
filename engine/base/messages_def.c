/* base/messages_def.c - the Chinese twins of what def/ says to people.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages_twins.h"

/* clang-format off */
const struct wf_twin wf_twins_def[] = {
    /* --- def/expr.c, expr_parse.c */
    { "A function takes at most %d arguments.",
      "函数最多有 %d 个参数。" },
    { "The formula is nested deeper than %d; split it into fields.",
      "公式嵌套超过 %d 层；请拆成多个字段。" },
    { "The formula ends where a value is missing.",
      "公式在缺少值的地方结束了。" },
    { "`%.*s` stands where a value is missing.",
      "`%.*s` 处缺少一个值。" },
    { "This `(` is not closed; add `)`.",
      "这个 `(` 没有闭合；请补上 `)`。" },
    { "Before `%.*s` an operator, `,` or `)` is missing.",
      "`%.*s` 之前缺少运算符、`,` 或 `)`。" },
    { "Behind `.` the name of a part is missing.",
      "`.` 后面缺少名称。" },
    { "Comparisons do not chain; write `a %s b and b %s c`.",
      "比较不能连写；请写成 `a %s b and b %s c`。" },
    { "The formula is longer than %d bytes; split it into fields.",
      "公式超过 %d 字节；请拆成多个字段。" },
    { "The formula is not UTF-8.",
      "公式不是有效的 UTF-8。" },
    { "The formula is empty; write a value, or leave the attribute out.",
      "公式是空的；请写一个值，或去掉该属性。" },
    { "`%.*s` stands where the formula should end; an operator is missing "
      "before it, or a `(` is.",
      "公式应在 `%.*s` 之前结束；它前面缺少运算符或 `(`。" },

    /* --- def/expr_lex.c */
    { "`%.*s` means nothing in a formula. Texts stand in quotes; fields are "
      "named by their id.",
      "`%.*s` 在公式中没有意义。文本要加引号，字段用其 id 表示。" },
    { "`=` compares nothing here; write `==`. A formula assigns nothing "
      "either.",
      "这里 `=` 不是比较；请写 `==`。公式也不能赋值。" },
    { "`%s` is written `%s` here.",
      "这里 `%s` 要写成 `%s`。" },
    { "There is no `%s`: a formula is one expression, without loops, "
      "functions or assignments. Choose with `if_(condition, then, else)`.",
      "没有 `%s`：公式是一个表达式，没有循环、函数定义和赋值。需要选择时用 `if_(条件, 值, 否则)`。" },
    { "`%.*s` is not a number; numbers are decimal, such as 12.5 or 1e6.",
      "`%.*s` 不是数字；数字是十进制的，例如 12.5 或 1e6。" },

    /* --- def/expr_text.c */
    { "This `\\` begins no escape of Lua; write `\\\\` for a backslash.",
      "这个 `\\` 不是 Lua 的转义；反斜杠请写成 `\\\\`。" },
    { "This text is not closed; add the quote %c at its end.",
      "文本没有闭合；请在末尾补上引号 %c。" },
    { "This text is not UTF-8 without U+0000; look at its escapes.",
      "文本不是有效的 UTF-8 或含有 U+0000；请检查其中的转义。" },

    /* --- def/expr_link.c */
    { "nil",
      "空值" },
    { "a date",
      "日期" },
    { "a date with time",
      "日期时间" },
    { "a period",
      "周期" },
    { "a person",
      "人员" },
    { "a unit",
      "部门" },
    { "a link to a document",
      "单据链接" },
    { "a list",
      "列表" },
    { "a table",
      "明细表" },
    { "any value",
      "任意值" },
    { "`%s` takes numbers, but `%s` is a whole column; name the table and "
      "what to work out in each row, as in `sum(table, a * b)`.",
      "`%s` 用于数字，而 `%s` 是整列；请写出表和每行的算式，例如 `sum(table, a * b)`。" },
    { "`%s` takes numbers, but `%s` is a date; the days between two are "
      "`days(a, b)`.",
      "`%s` 用于数字，而 `%s` 是日期；两个日期相差的天数是 `days(a, b)`。" },
    { "`%s` takes numbers, but `%s` is %s.",
      "`%s` 用于数字，而 `%s` 是%s。" },
    { "`..` joins single values, but `%s` is %s; write `concat(list, ', ')`.",
      "`..` 连接单个值，而 `%s` 是%s；请写 `concat(list, ', ')`。" },
    { "`%s` is a person; write `%s.name`.",
      "`%s` 是人员；请写 `%s.name`。" },
    { "`%s` is %s and never nil, so that this always holds; compare it with "
      "something.",
      "`%s` 是%s且不会为空，条件总是成立；请与某个值比较。" },
    { "`%s` is %s, but %s is needed here.",
      "`%s` 是%s，而这里需要%s。" },

    /* --- def/expr_link_call.c */
    { "`%s` is compared with %s and is none; write '2026-12-31' for a date, "
      "'2026-12-31T09:00:00Z' for a time, '2026-Q4' for a period.",
      "`%s` 与%s比较，但它不是；日期写作 '2026-12-31'，时间写作 '2026-12-31T09:00:00Z'，周期写作 '2026-Q4'。" },
    { "`%s` is a time and is compared with a date; write `date(%s)`.",
      "`%s` 是时间，却与日期比较；请写 `date(%s)`。" },
    { "A person is compared only with a person; for a text compare the "
      "login: `%s.login`.",
      "人员只能与人员比较；与文本比较请用登录名：`%s.login`。" },
    { "`%s` is %s and `%s` is %s: `%s` compares like with like.",
      "`%s` 是%s，`%s` 是%s：`%s` 只比较同类的值。" },
    { "`%s` with nil never holds; write `== nil` or `~= nil`.",
      "`%s` 与 nil 比较永不成立；请写 `== nil` 或 `~= nil`。" },
    { "`%s` is %s, which is neither more nor less than another.",
      "`%s` 是%s，没有大小之分。" },
    { "`%s` is %s; ask `count(…)`, `contains(list, value)` or `any(table, "
      "condition)`.",
      "`%s` 是%s；请用 `count(…)`、`contains(list, value)` 或 `any(table, condition)`。" },
    { "`%s` has no option '%s'; did you mean '%s'?",
      "`%s` 没有选项 '%s'；是否指 '%s'？" },
    { "`%s` has no option '%s'.",
      "`%s` 没有选项 '%s'。" },
    { "unknown function `%s`; did you mean `%s`?",
      "没有函数 `%s`；是否指 `%s`？" },
    { "unknown function `%s`; a field is named without `(`.",
      "没有函数 `%s`；字段名后面不写 `(`。" },
    { "`%s` is called with %zu arguments; it is `%s`.",
      "`%s` 给了 %zu 个参数；用法是 `%s`。" },
    { "Argument %zu of `%s` is %s, but `%s` is %s: `%s`.",
      "第 %zu 个参数（`%s`）应是%s，而 `%s` 是%s：`%s`。" },

    /* --- def/expr_link_aggregate.c */
    { "`%s` leaves out absent parts by itself; leave '%s' out.",
      "`%s` 本身就略过空值；请去掉 '%s'。" },
    { "`%s` is no word for absent parts; write 'drop', 'zero' or 'block'.",
      "`%s` 不能说明空值如何处理；请写 'drop'、'zero' 或 'block'。" },
    { "`%s` cannot be called with these arguments; it is `%s`.",
      "`%s` 不能这样调用；用法是 `%s`。" },
    { "`%s` is no column of `%s`, as the first one is.",
      "`%s` 不是 `%s` 的列，而第一个参数是。" },
    { "`%s` is %s, but `%s` goes through a column, a list, or a table: `%s`.",
      "`%s` 是%s，而 `%s` 用于列、列表或表：`%s`。" },
    { "`%s` cannot be made of `%s`, which is %s.",
      "`%s` 不能用于 `%s`，它是%s。" },
    { "`%s` compares like with like, but `%s` is %s.",
      "`%s` 只比较同类的值，而 `%s` 是%s。" },
    { "`%s` can meet a part that is absent; say what that does, by 'drop', "
      "'zero' or 'block' as the last argument.",
      "`%s` 可能遇到空值；请在最后一个参数用 'drop'、'zero' 或 'block' 说明如何处理。" },
    { "'zero' is for numbers, and here is %s; write 'drop' or 'block'.",
      "'zero' 用于数字，而这里是%s；请写 'drop' 或 'block'。" },

    /* --- def/expr_names.c */
    { "`%s` is JSON, which only hooks read.",
      "`%s` 是 JSON，只有钩子能读取。" },
    { "`%s` is private: what is not private may not read it.",
      "`%s` 是私密字段：非私密的内容不能读取它。" },
    { "Each `%s` is a list, and a column of lists cannot be read; name the "
      "table and what to work out in each row, as in `any(table, "
      "contains(list, value))`.",
      "每行的 `%s` 是列表，不能整列读取；请写出表和每行的算式，例如 `any(table, contains(list, value))`。" },
    { "unknown field `%s`; did you mean `%s`?",
      "没有字段 `%s`；是否指 `%s`？" },
    { "`%s` is a function; write `%s(…)`.",
      "`%s` 是函数；请写 `%s(…)`。" },
    { "unknown field `%s`; a text stands in quotes: '%s'.",
      "没有字段 `%s`；文本要加引号：'%s'。" },
    { "`%s` alone is no value; write `%s.NAME`.",
      "`%s` 本身不是值；请写 `%s.NAME`。" },
    { "`me` is somebody else at each look: a value that is kept may not "
      "depend on it.",
      "`me` 因人而异：要保存的值不能依赖它。" },
    { "`approver` is known only where a chain of approvers is climbed.",
      "`approver` 只在逐级上升的审批中可用。" },
    { "`%s` has no `%s`; did you mean `%s`?",
      "`%s` 没有 `%s`；是否指 `%s`？" },
    { "`%s` has no `%s`.",
      "`%s` 没有 `%s`。" },
    { "unknown setting `%s`; did you mean `%s`?",
      "没有设置项 `%s`；是否指 `%s`？" },
    { "unknown setting `%s`; settings stand in package.xml.",
      "没有设置项 `%s`；设置项在 package.xml 中。" },
    { "A person has no `%s`; formulas read login, name, unit, grade and "
      "title.",
      "人员没有 `%s`；公式可读取 login、name、unit、grade 和 title。" },
    { "A value that is kept may not read through the link `%s`: it would not "
      "notice changes there. Use a rollup.",
      "要保存的值不能通过链接 `%s` 读取：那里的变化不会被察觉。请用 rollup。" },
    { "It is not known what `%s` leads to; nothing can be read through it "
      "here.",
      "不知道 `%s` 指向哪种单据；这里不能通过它读取。" },
    { "The table `%s` cannot be read through a link; use a rollup.",
      "不能通过链接读取明细表 `%s`；请用 rollup。" },
    { "`%s` is %s and has no parts such as `%s`.",
      "`%s` 是%s，没有 `%s` 这样的部分。" },

    /* --- def/expr_functions.c, expr_math.c, expr_dates.c, expr_words.c */
    { "a date or a period",
      "日期或周期" },
    { "a text or a list",
      "文本或列表" },
    { "The threshold `%s` is never reached: thresholds of `band` fall, the "
      "highest comes first.",
      "永远达不到分界 `%s`：`band` 的分界由高到低排列。" },
    { "`%s` stands where `band` takes a threshold, a number: `%s`.",
      "`%s` 处应是 `band` 的分界，一个数字：`%s`。" },
    { "`band` ends with the value for what reaches no threshold: `%s`.",
      "`band` 的最后是未达到任何分界时的值：`%s`。" },
    { "`%s` is no field of the document; `stale` asks when fields were "
      "changed: `%s`.",
      "`%s` 不是单据的字段；`stale` 询问字段何时变更：`%s`。" },
    { "`contains` looks into a list or a text, but `%s` is %s.",
      "`contains` 用于列表或文本，而 `%s` 是%s。" },
    { "`%s` holds %s, but `%s` is %s.",
      "`%s` 的内容是%s，而 `%s` 是%s。" },
    { "`%s` is %s; a list stands alone with its separator: `concat(list, ', "
      "')`.",
      "`%s` 是%s；列表要单独与分隔符一起写：`concat(list, ', ')`。" },
    { "`%s` is %s and has no text.",
      "`%s` 是%s，不能转为文本。" },
    { "`number` reads a text, but `%s` is %s.",
      "`number` 读取文本，而 `%s` 是%s。" },
    { "`%s` is no currency of ISO 4217; write 'CNY', 'USD' …",
      "`%s` 不是 ISO 4217 货币；请写 'CNY'、'USD' 等。" },
    { "unknown scale %s; scales stand in package.xml.",
      "没有量表 %s；量表在 package.xml 中。" },

    /* --- def/expr_eval.c */
    { "The formula took too long: its budget is used up.",
      "公式耗时过长：预算已用完。" },

    /* --- def/template.c */
    { "This `}` closes nothing; a brace that is meant is written `}}`.",
      "这个 `}` 没有对应的 `{`；花括号本身写作 `}}`。" },
    { "This `{` is not closed; add `}`, or write `{{` for a brace that is "
      "meant.",
      "这个 `{` 没有闭合；请补上 `}`，花括号本身写作 `{{`。" },
    { "The text is not UTF-8.",
      "文本不是有效的 UTF-8。" },

    { NULL, NULL },
};
/* clang-format on */
