/* base/messages_markup.c - the Chinese twins of what markup/ says to people.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages_twins.h"

/* clang-format off */
const struct wf_twin wf_twins_markup[] = {
    /* --- markup/parse.c, markup/words.c */
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
    { NULL, NULL },
};
/* clang-format on */
