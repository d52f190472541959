/* base/messages_files.c - the Chinese twins of what is said of files.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages_twins.h"

/* clang-format off */
const struct wf_twin wf_twins_files[] = {
    /* --- def/field_attrs.c */
    { "texts, numbers, lists, tables and sound",
      "文本、数字、列表、表格和录音" },

    /* --- doc/file.c */
    { "You have uploaded %d files that no document holds. Use them, or wait: "
      "they go after a day.",
      "您已上传 %d 个尚未放入单据的文件。请先使用它们，或稍候：一天后会自动删除。" },
    { "There is no file %lld.",
      "没有编号为 %lld 的文件。" },
    { "File %lld is not whole: run weft verify.",
      "文件 %lld 不完整：请运行 weft verify。" },
    { "File %s is not free any more: upload it again.",
      "文件 %s 已被占用：请重新上传。" },
    { "file %lld: its bytes are not those that were uploaded.",
      "文件 %lld：内容与上传时不符。" },
    { "file %lld: the document that holds it is not there.",
      "文件 %lld：所属单据不存在。" },

    /* --- doc/value_file.c */
    { "a recording",
      "录音" },
    { "the id of an uploaded file",
      "已上传文件的编号" },
    { "%s may last at most %.0f seconds and lasts %.0f.",
      "“%s”最长 %.0f 秒，现为 %.0f 秒。" },
    { "%s may last at most %.0f seconds: say at the upload how long it lasts.",
      "“%s”最长 %.0f 秒：请在上传时说明时长。" },
    { "%s: an anonymous answer takes no files: they would tell who it is of.",
      "%s：匿名答卷不接受文件：文件会暴露作答人。" },
    { "%s: there is no such file of yours that is still free; upload it first.",
      "%s：没有您上传且尚未使用的该文件；请先上传。" },

    /* --- flow/verb_attach.c */
    { "Attach files",
      "添加附件" },
    { "An anonymous answer takes no files: they would tell who it is of.",
      "匿名答卷不接受文件：文件会暴露作答人。" },
    { "Only who has a part in it can attach files.",
      "只有参与者才能添加附件。" },
    { "File %s is not there, not yours, or belongs to a document already: "
      "upload it first.",
      "文件 %s 不存在、不是您的或已属于某张单据：请先上传。" },
    { "Say which files: upload them, and name their ids.",
      "请指明文件：先上传，再写出其编号。" },
    { "At most %d files can be attached at once.",
      "一次最多添加 %d 个附件。" },

    /* --- api/file.c, http/handlers_file.c */
    { "A file has at most 25 MB: this one is too large.",
      "文件最大 25 MB：此文件过大。" },
    { "The name of the file is not UTF-8.",
      "文件名不是 UTF-8 编码。" },
    { "Files of this kind are not taken: send pictures, sound, film, PDF, "
      "office documents, zip or text.",
      "不接受此类文件：可上传图片、录音、视频、PDF、办公文档、zip 或文本。" },
    { "The file is empty.",
      "文件是空的。" },
    { "seconds is a number such as 12.5.",
      "seconds 应为数字，例如 12.5。" },

    { NULL, NULL },
};
/* clang-format on */
