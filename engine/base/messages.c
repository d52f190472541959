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
    /* --- store/memory.c */
    { "There is no place for a store in memory: %s.",
      "没有可供内存数据库使用的位置：%s。" },

    /* --- store/migrate.c */
    { "The store was made by a newer Weft (%s). Use that one, or a backup from "
      "before.",
      "该数据库由更新版本的 Weft 创建（%s），请使用该版本，或使用升级前的备份。" },
    { "The store was made by another build of Weft (%s is not the same). Use "
      "that one, or a new store.",
      "该数据库由另一构建的 Weft 创建（%s 不一致），请使用该构建，或新建数据库。" },

    /* --- store/node.c */
    { "All %d node numbers of the store are taken.",
      "该数据库的 %d 个节点编号已全部被占用。" },
    { "Node number %u of this process was taken by another. Restart it.",
      "本进程的节点编号 %u 已被其他进程占用，请重新启动本进程。" },
    { "This machine starts no more threads.",
      "本机无法再启动新的线程。" },

    /* --- store/sqlite_check.c */
    { "The store is damaged: %s",
      "数据库已损坏：%s" },
    { "Row %s of table %s refers to a row of %s that is not there.",
      "表 %2$s 的第 %1$s 行引用了表 %3$s 中不存在的行。" },

    /* --- store/sqlite_copy.c */
    { "%s is there already. Move it away first.",
      "%s 已存在，请先将其移走。" },
    { "%s is no backup of a Weft store.",
      "%s 不是 Weft 数据库的备份。" },
    { "The store at %s is in use. Stop what uses it first.",
      "位于 %s 的数据库正在使用中，请先停止使用它的程序。" },

    /* --- store/sqlite_error.c */
    { "This clashes with what is stored already. Load it again and repeat the "
      "change.",
      "与已保存的内容冲突，请重新加载后再修改。" },
    { "This refers to something that is not stored, or is still referred to. "
      "Load it again.",
      "引用的内容不存在，或该内容仍被引用，请重新加载。" },
    { "The store refused a row (%s). This is a mistake in Weft; please report "
      "it.",
      "数据库拒绝了一行数据（%s）。这是 Weft 的错误，请反馈给我们。" },
    { "Another process is writing to the store. Try again.",
      "另一个进程正在写入数据库，请稍后再试。" },
    { "The query took too long and was broken off. Ask for less, or try again.",
      "查询耗时过长，已中止。请缩小范围，或稍后再试。" },
    { "The disk of the store is full. Nothing was changed; make room and try "
      "again.",
      "数据库所在磁盘已满。未作任何更改，请腾出空间后再试。" },
    { "A value is too large for the store.",
      "有一个值过大，数据库无法保存。" },
    { "The store did not understand a query (%s). This is a mistake in Weft; "
      "please report it.",
      "数据库无法理解一条查询（%s）。这是 Weft 的错误，请反馈给我们。" },
    { "The store cannot be read or written: %s (%d). Check the disk and the "
      "file.",
      "数据库无法读写：%s（%d）。请检查磁盘和文件。" },

    /* --- store/sqlite_file.c */
    { "The file %s: %s.",
      "文件 %s：%s。" },
    { "There is no store at %s.",
      "%s 处没有数据库。" },

    /* --- store/sqlite_schema.c */
    { "%s is a database, but not a Weft store.",
      "%s 是数据库，但不是 Weft 的数据库。" },

    /* --- store/store.c */
    { "%s is not the URL of a store. Write sqlite:PATH.",
      "%s 不是数据库的 URL，请写成 sqlite:路径。" },
    { "The URL of the store names no file. Write sqlite:PATH.",
      "数据库的 URL 没有指明文件，请写成 sqlite:路径。" },

    /* --- store/writer.c */
    { "A command failed without a reason. This is a mistake in Weft; please "
      "report it.",
      "一个命令失败，但未说明原因。这是 Weft 的错误，请反馈给我们。" },
    { "There is more to write than can be written. Try again.",
      "待写入的内容过多，请稍后再试。" },

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
    { "Document %lld has been removed meanwhile.",
      "单据 %lld 已被删除。" },

    /* --- doc/history.c */
    { "The head of the history is damaged: run weft verify.",
      "历史记录的链头已损坏：请运行 weft verify。" },

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
    { "%s: there is no document %lld of the form %s that you can see.",
      "%s：没有您可见的单据 %lld（表单 %s）。" },
    { "%s takes one of: %s.",
      "%s 只能是以下之一：%s。" },

    /* --- doc/value_text.c */
    { "%s may have at most %.0f characters and has %zu: shorten it.",
      "%s 最多 %.0f 个字符，现有 %zu 个：请缩短。" },
    { "%s needs at least %.0f characters and has %zu: say more.",
      "%s 至少需要 %.0f 个字符，现有 %zu 个：请补充。" },
    { "%s has not the form that it must have (%s).",
      "%s 的格式不符合要求（%s）。" },

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
