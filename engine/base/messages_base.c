/* base/messages_base.c - the Chinese twins of what base/ says to people.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages_twins.h"

/* clang-format off */
const struct wf_twin wf_twins_base[] = {
    /* --- base/csv.c */
    { "A row of a CSV has at most %d columns, and a cell at most %d bytes; row "
      "%lld has more.",
      "CSV 每行最多 %d 列，每个单元格最多 %d 个字节；第 %lld 行超出了限制。" },
    { "A CSV has at most %d rows. Bring it in parts.",
      "CSV 最多 %d 行，请分批导入。" },
    { "The CSV has a quotation mark out of place in row %lld. Inside a quoted "
      "cell it is written twice.",
      "CSV 第 %lld 行的引号位置有误；在带引号的单元格内，引号须写两次。" },
    { "A CSV has at most %d MB. Bring it in parts.",
      "CSV 最大 %d MB，请分批导入。" },
    { "The CSV is not UTF-8. Save it as \"CSV UTF-8\".",
      "CSV 不是 UTF-8 编码，请另存为“CSV UTF-8”。" },
    { "The CSV is empty. Its first row names the columns.",
      "CSV 为空，第一行应为列名。" },

    /* --- base/hash.c */
    { "The random number generator of this machine does not work.",
      "本机的随机数生成器无法使用。" },
    { "A password has at least %d characters and at most %d bytes.",
      "密码至少 %d 个字符，最多 %d 个字节。" },
    { "There is not enough memory for a password now. Try again.",
      "目前内存不足，无法处理密码，请稍后再试。" },

    /* --- base/json_parse.c */
    { "The JSON has an integer of more than 15 digits at line %d, column %d. "
      "Send it as a text.",
      "JSON 第 %d 行第 %d 列的整数超过 15 位，请改用文本。" },
    { "The JSON is nested deeper than %zu levels.",
      "JSON 嵌套超过 %zu 层。" },
    { "The JSON has more than %zu values.",
      "JSON 中的值超过 %zu 个。" },
    { "The JSON ends too early, at line %d, column %d.",
      "JSON 在第 %d 行第 %d 列处提前结束。" },
    { "The JSON has the same key twice in one object, at line %d, column %d.",
      "JSON 第 %d 行第 %d 列处，同一对象中的键重复。" },
    { "The JSON is not UTF-8 at line %d, column %d.",
      "JSON 第 %d 行第 %d 列处不是有效的 UTF-8。" },
    { "The JSON has the character U+0000, which no text may have, at line %d, "
      "column %d.",
      "JSON 第 %d 行第 %d 列处含有文本中不允许的字符 U+0000。" },
    { "The JSON has a number that is too large, at line %d, column %d.",
      "JSON 第 %d 行第 %d 列处的数字过大。" },
    { "The JSON is broken at line %d, column %d.",
      "JSON 第 %d 行第 %d 列处有语法错误。" },

    /* --- base/pattern.c */
    { "The pattern has a \"%c\" at character %d where it means nothing. "
      "Write \"\\%c\" for the character itself.",
      "正则表达式第 %2$d 个字符“%1$c”用在此处没有意义；要表示该字符本身，请写"
      "“\\%3$c”。" },
    { "The pattern does not close the \"%c\" at character %d.",
      "正则表达式第 %2$d 个字符的“%1$c”没有闭合。" },
    { "The pattern has an unknown category at character %d. Write a general "
      "category of Unicode, such as \\p{L} or \\p{Nd}.",
      "正则表达式第 %d 个字符处的类别未知，请写 Unicode 通用类别，如 \\p{L} 或 "
      "\\p{Nd}。" },
    { "The pattern has an escape at character %d that is not allowed. Write "
      "[0-9] for a digit, [A-Za-z0-9_] for a word character, [ \\t\\r\\n] for "
      "white space.",
      "正则表达式第 %d 个字符处的转义不被允许：数字请写 [0-9]，单词字符请写 "
      "[A-Za-z0-9_]，空白请写 [ \\t\\r\\n]。" },
    { "The pattern has a range at character %d that ends before it begins.",
      "正则表达式第 %d 个字符处的范围首尾颠倒。" },
    { "The pattern has a wrong repeat at character %d. Write {2}, {2,} or "
      "{2,5}.",
      "正则表达式第 %d 个字符处的重复次数有误，请写 {2}、{2,} 或 {2,5}。" },
    { "The pattern repeats more than %d times at character %d, counted through "
      "all groups.",
      "正则表达式的重复超过 %d 次（第 %d 个字符处，按所有嵌套的分组相乘计算）。" },
    { "The pattern is longer than %d bytes.",
      "正则表达式超过 %d 个字节。" },
    { "The pattern is not UTF-8.",
      "正则表达式不是有效的 UTF-8。" },
    { "Leave out ^ and $ at the ends of the pattern: it is always matched "
      "against the whole text.",
      "请去掉正则表达式首尾的 ^ 和 $：它总是匹配整段文本。" },
    { "The pattern is too large or cannot be read.",
      "正则表达式过大或无法识别。" },

    /* === store */
    { NULL, NULL },
};
/* clang-format on */
