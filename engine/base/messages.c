/* base/messages.c - the sentences that people read, in Chinese.
 *
 * One table: English as it stands where it arises, then its twin, in sections
 * by layer and file. A twin takes the same arguments; where it needs them in
 * another order it numbers all of them ("%2$s").
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/str.h"

/* clang-format off */
static const struct twin {
    const char *en;
    const char *zh;
} twins[] = {
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

    /* === markup */
    /* --- markup/parse.c */
    { "the attribute %s:%s belongs to another namespace: remove it",
      "属性 %s:%s 属于其他命名空间，请删除" },
    { "<%s> has no namespace: write <%s xmlns=\"urn:weft:1\">",
      "<%s> 没有命名空间，请写作 <%s xmlns=\"urn:weft:1\">" },
    { "<%s> is not in the namespace urn:weft:1: remove it",
      "<%s> 不在命名空间 urn:weft:1 中，请删除" },
    { "</%.60s> closes nothing here: line %d has opened <%.60s>",
      "</%.60s> 与第 %d 行打开的 <%.60s> 不匹配" },
    { "this is not well-formed XML: %.*s",
      "XML 格式不正确：%.*s" },
    { "there is no element in this file",
      "文件中没有任何元素" },
    { "there is something behind the end of the first element",
      "第一个元素结束之后还有内容" },
    { "&%.60s; is not known: write the character itself",
      "&%.60s; 未定义，请直接写该字符" },
    { "a < in a value must be written &lt;",
      "属性值中的 < 须写作 &lt;" },
    { "a name is missing or not ended: write & as &amp; and < as &lt;",
      "缺少名称或名称未结束：& 须写作 &amp;，< 须写作 &lt;" },
    { "the attribute %.60s stands twice in this tag",
      "此标签中属性 %.60s 重复" },

    /* --- markup/patch.c */
    { "elements are nested more than %d deep",
      "元素嵌套超过 %d 层" },
    { "<%s> holds no element to put there",
      "<%s> 中没有可放入的元素" },
    { "type=\"%.60s\": write @ and a name",
      "type=\"%.60s\"：请写 @ 加名称" },
    { "%.60s is there already: use <replace>",
      "%.60s 已存在，请用 <replace>" },
    { "this tag has more than %d attributes",
      "此标签的属性超过 %d 个" },
    { "<add> needs the path of an element",
      "<add> 需要一个元素的路径" },
    { "pos=\"%.60s\": write before, after or prepend",
      "pos=\"%.60s\"：请写 before、after 或 prepend" },
    { "nothing can stand beside the first element",
      "根元素旁边不能有其他元素" },
    { "the first element cannot be replaced",
      "根元素不能替换" },
    { "<replace> must hold exactly one element",
      "<replace> 中须恰好有一个元素" },
    { "the first element cannot be removed",
      "根元素不能删除" },
    { "<%s> needs sel=, the path of what it changes",
      "<%s> 需要 sel=，即要修改之处的路径" },
    { "there are more than %d operations",
      "操作超过 %d 个" },

    /* --- markup/scan.c */
    { "this is not UTF-8: save the file in that encoding",
      "文件不是 UTF-8 编码，请改存为 UTF-8" },
    { "a control character is not allowed here: remove it",
      "此处不允许控制字符，请删除" },
    { "the encoding \"%.*s\" is not supported: use UTF-8",
      "不支持编码“%.*s”，请用 UTF-8" },
    { "processing instructions are not allowed: remove it",
      "不允许处理指令，请删除" },
    { "the file has more than %d elements",
      "文件中的元素超过 %d 个" },
    { "a DOCTYPE is not allowed: remove it",
      "不允许 DOCTYPE，请删除" },
    { "the file is larger than %d bytes: split it",
      "文件超过 %d 字节，请拆分" },

    /* --- markup/schema.c */
    { "<%s> lacks an element: here may stand %.*s",
      "<%s> 缺少元素，此处可用：%.*s" },
    { "<%s> does not belong here: here may stand %.*s",
      "<%s> 不应出现在此处，此处可用：%.*s" },
    { "<%s> does not belong here: remove it",
      "<%s> 不应出现在此处，请删除" },
    { "<%s> needs the attribute %.*s",
      "<%s> 缺少属性 %.*s" },
    { "<%s>: %.*s",
      "<%s>：%.*s" },
    { "<%s> has no attribute %s: remove it",
      "<%s> 没有属性 %s，请删除" },
    { "%s of <%s>: %.*s",
      "%s（<%s>）：%.*s" },
    { "<%s> could not be checked against the schema",
      "<%s> 无法按模式检查" },

    /* --- markup/selector.c */
    { "sel=\"%.200s\" is not a path at character %d: write "
      "name/name[@id='…']/@attribute",
      "sel=\"%.200s\" 第 %d 个字符处不是路径，请写 "
      "name/name[@id='…']/@attribute" },
    { "sel=\"%.200s\" names nothing: there is no such <%.*s>",
      "sel=\"%.200s\" 没有指向任何内容：没有这样的 <%.*s>" },
    { "sel=\"%.200s\" names %d elements: choose one <%.*s> by [@id='…'] or "
      "[N]",
      "sel=\"%.200s\" 指向 %d 个元素，请用 [@id='…'] 或 [N] 选定一个 <%.*s>" },
    { "sel=\"%.200s\" names nothing: <%s> has no attribute %.*s",
      "sel=\"%.200s\" 没有指向任何内容：<%s> 没有属性 %.*s" },

    /* --- markup/zip.c */
    { "The name of a file in the package is not a plain relative path.",
      "压缩包中有文件的名称不是普通的相对路径。" },
    { "The package has a link at %s: put the file itself there.",
      "压缩包中的 %s 是链接，请放入文件本身。" },
    { "The package is encrypted at %s: pack it without a password.",
      "压缩包中的 %s 已加密，请不设密码重新打包。" },
    { "The package is larger than %d bytes when unpacked.",
      "压缩包解压后超过 %d 字节。" },
    { "The package unpacks to more than %d times its size.",
      "压缩包解压后超过其大小的 %d 倍。" },
    { "The package is damaged at %s.",
      "压缩包中的 %s 已损坏。" },
    { "The package is damaged.",
      "压缩包已损坏。" },
    { "The package has %s twice.",
      "压缩包中有两个 %s。" },
    { "This is not a zip file, or it is damaged.",
      "这不是 zip 文件，或文件已损坏。" },
    { "The package is empty.",
      "压缩包是空的。" },
    { "The package has more than %d files.",
      "压缩包中的文件超过 %d 个。" },

    /* === script */

    /* === def */

    /* === org */

    /* === doc */

    /* === flow */

    /* === plan */

    /* === report */

    /* === connect */

    /* === api */

    /* === http */

    /* === cli */
};
/* clang-format on */

const char *wf_message(const char *lang, const char *fmt)
{
    if (!lang || strncmp(lang, "zh", 2))
        return fmt;
    for (size_t i = 0; i < sizeof twins / sizeof twins[0]; i++)
        if (!strcmp(twins[i].en, fmt))
            return twins[i].zh;
    return fmt;
}

/* The language served for one range of a wish ("zh-Hans-CN", "en_US.UTF-8"),
 * or NULL. */
static const char *served(struct wf_str range)
{
    bool ends =
        range.len == 2
        || (range.len > 2 && (range.at[2] == '-' || range.at[2] == '_'));

    if (ends && !strncasecmp(range.at, "zh", 2))
        return "zh-CN";
    if (ends && !strncasecmp(range.at, "en", 2))
        return "en";
    return NULL;
}

/* The weight of a range in thousandths by its parameters ("q=0.8"): RFC 9110,
 * section 12.4.2. What is no weight counts as none given. */
static int weight_of(struct wf_str parameters)
{
    struct wf_str part = wf_str_trim(parameters);
    int weight = 0;
    int unit = 1000;

    if (part.len < 3 || (part.at[0] | 0x20) != 'q' || part.at[1] != '=')
        return unit;
    for (size_t i = 2; i < part.len && unit; i++) {
        if (part.at[i] == '.')
            continue;
        if (part.at[i] < '0' || part.at[i] > '9')
            return 1000;
        weight += (part.at[i] - '0') * unit;
        unit /= 10;
    }
    return weight;
}

const char *wf_lang_choose(const char *wish, const char *fallback)
{
    struct wf_str rest = wf_str_of(wish);
    struct wf_str range;
    const char *best = fallback;
    int best_weight = 0;

    while (wf_str_split(&rest, ',', &range)) {
        struct wf_str tag = { NULL, 0 };
        const char *lang;
        int weight;

        if (!wf_str_split(&range, ';', &tag))
            continue;
        lang = served(wf_str_trim(tag));
        weight = weight_of(range);
        if (lang && weight > best_weight) {
            best = lang;
            best_weight = weight;
        }
    }
    return best;
}
