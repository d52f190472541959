/* unit/markup/test_zip.c - packages, honest and hostile. The archives are made
 * here byte by byte, for no honest packer would make most of them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "markup/zip.h"

enum {
    STORED = 0,
    DEFLATED = 8,
    UNIX_LINK = 0120777,
    UNIX_FILE = 0100644
};

/* One file as an archive tells of it; zero means "as is". */
struct packed {
    const char *name;
    const char *data;
    size_t len;   /* packed */
    size_t size;  /* said to be unpacked; 0: len */
    unsigned crc; /* 0: of `data` */
    unsigned method;
    unsigned mode; /* 0: UNIX_FILE */
    unsigned flags;
};

static void add_int(struct wf_buf *buf, size_t value, int n_bytes)
{
    for (; n_bytes > 0; n_bytes--, value >>= 8)
        wf_buf_char(buf, (char)(value & 0xFF));
}

/* CRC-32 of zip, bit by bit. */
static unsigned crc_of(const char *data, size_t len)
{
    unsigned crc = 0xFFFFFFFFu;

    for (size_t i = 0; i < len; i++) {
        crc ^= (unsigned char)data[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc & 1 ? crc >> 1 ^ 0xEDB88320u : crc >> 1;
    }
    return ~crc;
}

/* What the local and the central header have in common. */
static void add_common(struct wf_buf *buf, const struct packed *file)
{
    add_int(buf, 20, 2);
    add_int(buf, file->flags, 2);
    add_int(buf, file->method, 2);
    add_int(buf, 0, 4);
    add_int(buf, file->crc ? file->crc : crc_of(file->data, file->len), 4);
    add_int(buf, file->len, 4);
    add_int(buf, file->size ? file->size : file->len, 4);
    add_int(buf, strlen(file->name), 2);
    add_int(buf, 0, 2);
}

static void add_local(struct wf_buf *buf, const struct packed *file)
{
    wf_buf_add(buf, "PK\3\4", 4);
    add_common(buf, file);
    wf_buf_str(buf, file->name);
    wf_buf_add(buf, file->data, file->len);
}

static void add_central(struct wf_buf *buf, const struct packed *file,
                        size_t offset)
{
    unsigned mode = file->mode ? file->mode : UNIX_FILE;

    wf_buf_add(buf, "PK\1\2", 4);
    add_int(buf, 3 << 8 | 20, 2);
    add_common(buf, file);
    add_int(buf, 0, 2);
    add_int(buf, 0, 4);
    add_int(buf, (size_t)mode << 16, 4);
    add_int(buf, offset, 4);
    wf_buf_str(buf, file->name);
}

static struct wf_buf archive_of(const struct packed *files, size_t n)
{
    struct wf_buf out = WF_BUF_INIT(bench.arena);
    struct wf_buf central = WF_BUF_INIT(bench.arena);
    size_t offset;

    for (size_t i = 0; i < n; i++) {
        add_central(&central, &files[i], out.len);
        add_local(&out, &files[i]);
    }
    offset = out.len;
    if (central.len)
        wf_buf_add(&out, central.data, central.len);
    wf_buf_add(&out, "PK\5\6", 4);
    add_int(&out, 0, 4);
    add_int(&out, n, 2);
    add_int(&out, n, 2);
    add_int(&out, central.len, 4);
    add_int(&out, offset, 4);
    add_int(&out, 0, 2);
    return out;
}

static weft_code code_of(const struct packed *files, size_t n)
{
    struct wf_buf archive = archive_of(files, n);
    weft_error err = WEFT_ERROR_INIT;
    struct wf_file *first;

    return wf_zip_read(bench.arena, archive.data, archive.len, &first, &err)
               ? WEFT_OK
               : err.code;
}

/* `n` zero bytes as one deflate block of the fixed code: a zero, then matches
 * of length 258 and distance 1, then the end. `n` is 1 more than a multiple of
 * 258. */
static struct wf_buf deflated_zeros(size_t n)
{
    static const char ZERO[] = "00110000", MATCH[] = "1100010100000",
                      END[] = "0000000";
    struct wf_buf bits = WF_BUF_INIT(bench.arena);
    struct wf_buf out = WF_BUF_INIT(bench.arena);

    wf_buf_str(&bits, "110");
    wf_buf_str(&bits, ZERO);
    for (size_t i = 0; i < n / 258; i++)
        wf_buf_str(&bits, MATCH);
    wf_buf_str(&bits, END);
    wf_buf_str(&bits, "00000000");
    for (size_t i = 0; i + 8 <= bits.len; i += 8) {
        int byte = 0;
        for (int bit = 7; bit >= 0; bit--)
            byte = byte << 1 | (bits.data[i + (size_t)bit] == '1');
        wf_buf_char(&out, (char)byte);
    }
    return out;
}

START_TEST(files_come_sorted_by_name_with_their_bytes)
{
    static const struct packed files[] = {
        { .name = "tests/", .data = "" },
        { .name = "tests/b.lua", .data = "x\0y", .len = 3 },
        { .name = "package.xml", .data = "<package/>", .len = 10 },
        { .name = "empty", .data = "" },
        { .name = "绩效.form.xml",
          .data = "<form/>",
          .len = 7,
          .flags = 0x800 },
    };
    struct wf_buf archive = archive_of(files, WF_COUNT(files));
    weft_error err = WEFT_ERROR_INIT;
    struct wf_file *file;

    ck_assert_msg(
        wf_zip_read(bench.arena, archive.data, archive.len, &file, &err), "%s",
        err.text);
    ck_assert_str_eq(file->name, "empty");
    ck_assert_uint_eq(file->len, 0);
    file = file->next;
    ck_assert_str_eq(file->name, "package.xml");
    ck_assert_str_eq(file->data, "<package/>");
    file = file->next;
    ck_assert_str_eq(file->name, "tests/b.lua");
    ck_assert_mem_eq(file->data, "x\0y\0", 4);
    file = file->next;
    ck_assert_str_eq(file->name, "绩效.form.xml");
    ck_assert_ptr_null(file->next);
}
END_TEST

START_TEST(deflated_files_are_unpacked)
{
    enum {
        SIZE = 258 * 20 + 1
    };
    struct wf_buf zeros = deflated_zeros(SIZE);
    char *plain = wf_arena_alloc(bench.arena, SIZE);
    struct packed files[] = {
        { .name = "a",
          .data = zeros.data,
          .len = zeros.len,
          .size = SIZE,
          .crc = crc_of(plain, SIZE),
          .method = DEFLATED },
    };

    ck_assert_int_eq(code_of(files, 1), WEFT_OK);
}
END_TEST

START_TEST(names_that_lead_out_of_the_package_are_refused)
{
    static const char *const names[] = {
        "/etc/passwd", "../a",  "a/../b", "a/..",  "..",  ".",
        "a//b",        "./a",   "a\\b",   "c:/a",  "C:a", "a\nb",
        "\\\\host\\a", "a/./b", "\x01",   "a\x7F",
    };

    for (size_t i = 0; i < WF_COUNT(names); i++) {
        struct packed file = { .name = names[i], .data = "" };
        ck_assert_msg(code_of(&file, 1) == WEFT_E_MALFORMED, "%s", names[i]);
    }
}
END_TEST

START_TEST(links_are_refused)
{
    static const struct packed file = {
        .name = "a", .data = "/etc/passwd", .len = 11, .mode = UNIX_LINK
    };

    ck_assert_int_eq(code_of(&file, 1), WEFT_E_MALFORMED);
}
END_TEST

START_TEST(encrypted_files_are_refused)
{
    static const struct packed file = { .name = "a",
                                        .data = "0123456789abcdef",
                                        .len = 16,
                                        .size = 4,
                                        .flags = 1 };

    ck_assert_int_eq(code_of(&file, 1), WEFT_E_MALFORMED);
}
END_TEST

/* The second pair is one name in two forms of Unicode. */
START_TEST(the_same_name_twice_is_refused)
{
    static const struct packed same[] = { { .name = "a", .data = "" },
                                          { .name = "a", .data = "" } };
    static const struct packed forms[] = {
        { .name = "\u00E9", .data = "", .flags = 0x800 },
        { .name = "e\u0301", .data = "", .flags = 0x800 }
    };

    ck_assert_int_eq(code_of(same, 2), WEFT_E_MALFORMED);
    ck_assert_int_eq(code_of(forms, 2), WEFT_E_MALFORMED);
}
END_TEST

START_TEST(a_bomb_is_refused_before_it_is_unpacked)
{
    struct wf_buf zeros = deflated_zeros(258 * 4000 + 1);
    struct packed honest = { .name = "a",
                             .data = zeros.data,
                             .len = zeros.len,
                             .size = 258 * 4000 + 1,
                             .crc = 1,
                             .method = DEFLATED };
    struct packed large = { .name = "a",
                            .data = zeros.data,
                            .len = zeros.len,
                            .size = 0xFFFFFFF0u,
                            .crc = 1,
                            .method = DEFLATED };
    size_t used = wf_arena_used(bench.arena);

    ck_assert_int_eq(code_of(&honest, 1), WEFT_E_TOO_LARGE);
    ck_assert_int_eq(code_of(&large, 1), WEFT_E_TOO_LARGE);
    ck_assert_uint_lt(wf_arena_used(bench.arena) - used, 500000);
}
END_TEST

START_TEST(a_file_that_is_not_as_long_as_it_says_is_refused)
{
    struct wf_buf zeros = deflated_zeros(258 * 20 + 1);
    struct packed longer = { .name = "a",
                             .data = zeros.data,
                             .len = zeros.len,
                             .size = 100,
                             .crc = 1,
                             .method = DEFLATED };
    struct packed shorter = { .name = "a",
                              .data = zeros.data,
                              .len = zeros.len,
                              .size = 258 * 20 + 2,
                              .crc = 1,
                              .method = DEFLATED };

    ck_assert_int_eq(code_of(&longer, 1), WEFT_E_MALFORMED);
    ck_assert_int_eq(code_of(&shorter, 1), WEFT_E_MALFORMED);
}
END_TEST

START_TEST(a_wrong_sum_is_refused)
{
    static const struct packed file = {
        .name = "a", .data = "text", .len = 4, .crc = 1
    };

    ck_assert_int_eq(code_of(&file, 1), WEFT_E_MALFORMED);
}
END_TEST

START_TEST(more_than_500_files_are_refused)
{
    struct packed *files = WF_NEW_N(bench.arena, struct packed, 501);

    for (int i = 0; i < 501; i++) {
        files[i].name = wf_arena_printf(bench.arena, "f%d", i);
        files[i].data = "";
    }
    ck_assert_int_eq(code_of(files, 500), WEFT_OK);
    ck_assert_int_eq(code_of(files, 501), WEFT_E_TOO_LARGE);
}
END_TEST

START_TEST(cut_off_and_changed_archives_are_refused_or_read)
{
    static const struct packed files[] = {
        { .name = "package.xml", .data = "<package/>", .len = 10 },
        { .name = "a.lua", .data = "return 1", .len = 8 },
    };
    struct wf_buf archive = archive_of(files, 2);
    weft_error err = WEFT_ERROR_INIT;
    struct wf_file *first;

    for (size_t len = 0; len < archive.len; len++) {
        char *cut = malloc(len + 1); /* so that reading on is seen */
        memcpy(cut, archive.data, len);
        ck_assert(!wf_zip_read(bench.arena, cut, len, &first, &err));
        free(cut);
    }
    for (size_t i = 0; i < archive.len * 8; i++) {
        archive.data[i / 8] ^= (char)(1 << i % 8);
        if (!wf_zip_read(bench.arena, archive.data, archive.len, &first, &err))
            ck_assert_int_ne(err.code, WEFT_OK);
        archive.data[i / 8] ^= (char)(1 << i % 8);
    }
}
END_TEST

TCase *zip_tests(void)
{
    TCase *tc = tcase_create("markup/zip");

    tcase_add_checked_fixture(tc, bench_setup, bench_teardown);
    tcase_add_test(tc, files_come_sorted_by_name_with_their_bytes);
    tcase_add_test(tc, deflated_files_are_unpacked);
    tcase_add_test(tc, names_that_lead_out_of_the_package_are_refused);
    tcase_add_test(tc, links_are_refused);
    tcase_add_test(tc, encrypted_files_are_refused);
    tcase_add_test(tc, the_same_name_twice_is_refused);
    tcase_add_test(tc, a_bomb_is_refused_before_it_is_unpacked);
    tcase_add_test(tc, a_file_that_is_not_as_long_as_it_says_is_refused);
    tcase_add_test(tc, a_wrong_sum_is_refused);
    tcase_add_test(tc, more_than_500_files_are_refused);
    tcase_add_test(tc, cut_off_and_changed_archives_are_refused_or_read);
    return tc;
}
