/* unit/script/test_pattern.c - our matcher against what Lua's manual says.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <string.h>

static void gives(const char *expression, const char *wanted)
{
    const char *seen =
        bench_value(wf_arena_printf(bench.arena, "{ %s }", expression));

    ck_assert_msg(!strcmp(seen, wanted), "%s gave %s", expression, seen);
}

static void fails(const char *expression, const char *reason)
{
    const char *seen = bench_value(expression);

    ck_assert_msg(strstr(seen, reason), "%s gave %s", expression, seen);
}

START_TEST(find_gives_places_and_captures)
{
    gives("('hello world'):find('wor')", "[7,9]");
    gives("('hello world'):find('o', 6)", "[8,8]");
    gives("('hello'):find('l+')", "[3,4]");
    gives("('hello'):find('')", "[1,0]");
    gives("('hello'):find('', 6)", "[6,5]");
    gives("('hello'):find('', 7)", "{}");
    gives("('hello'):find('xyz')", "{}");
    gives("('a.b'):find('.', 1, true)", "[2,2]");
    gives("('a.b'):find('%.')", "[2,2]");
    gives("('hello'):find('(l)(l)')", "[3,4,\"l\",\"l\"]");
    gives("('hello'):find('l', -2)", "[4,4]");
    gives("('hello'):find('h', -20)", "[1,1]");
    gives("('a\\0b'):find('b')", "[3,3]");
}
END_TEST

START_TEST(match_knows_classes_sets_and_suffixes)
{
    gives("('key = value'):match('^(%w+)%s*=%s*(%w+)$')",
          "[\"key\",\"value\"]");
    gives("('  trim  '):match('^%s*(.-)%s*$')", "[\"trim\"]");
    gives("('2026-11-23'):match('(%d+)-(%d+)-(%d+)')",
          "[\"2026\",\"11\",\"23\"]");
    gives("('x]y'):match('[]]')", "[\"]\"]");
    gives("('x^y'):match('[%^x]+')", "[\"x^\"]");
    gives("('abc'):match('[^a]+')", "[\"bc\"]");
    gives("('a-z'):match('[a%-z]+')", "[\"a-z\"]");
    gives("('a-'):match('[a-]+')", "[\"a-\"]");
    gives("('F0'):match('%x+')", "[\"F0\"]");
    gives("('aB1 _\\t'):match('%a%u%d%s%p%c')", "[\"aB1 _\\t\"]");
    gives("('aaa'):match('a-b')", "{}");
    gives("('aaab'):match('a-b')", "[\"aaab\"]");
    gives("('color colour'):match('colou?r', 7)", "[\"colour\"]");
    gives("('a$'):match('$', 1)", "[\"\"]");
    gives("('a$b'):match('$b')", "[\"$b\"]");
    gives("('f(a(b)c)d'):match('%b()')", "[\"(a(b)c)\"]");
    gives("('THE (quick) fox'):find('%f[%a]%a+%f[%A]')", "[1,3]");
    gives("('\"it\" x'):match('([\"\\'])(.-)%1')", "[\"\\\"\",\"it\"]");
    gives("('abc'):match('()b()')", "[2,3]");
    gives("('Xy z'):match('%l')", "[\"y\"]");
    gives("(' \\t!a'):match('%g+')", "[\"!a\"]");
    gives("('1f-'):match('[a-f%d]+')", "[\"1f\"]");
    gives("('q'):match('[^a-f]')", "[\"q\"]");
    gives("('a\\n'):match('%C')", "[\"a\"]");
    gives("('aa'):match('()%1')", "{}");
    gives("('xyxy'):match('((x)(y))%1')", "[\"xy\",\"x\",\"y\"]");
    gives("(''):match('%b()')", "{}");
    gives("('绩效'):match('绩(.*)')", "[\"效\"]");
    gives("('\\xE9'):match('%a') or 'none'", "[\"none\"]");
}
END_TEST

START_TEST(gmatch_visits_every_match_once)
{
    static const char LIST[] =
        "(function() local t = {} for a, b in (%s) do t[#t + 1] = b or a "
        "end return table.concat(t, ',') end)()";
    static const struct {
        const char *call;
        const char *wanted;
    } rows[] = {
        { "('one two'):gmatch('%a+')", "[\"one,two\"]" },
        { "('a=1,b=2'):gmatch('(%w)=(%w)')", "[\"1,2\"]" },
        { "('abc'):gmatch('')", "[\",,,\"]" },
        { "('abc'):gmatch('b*')", "[\",b,\"]" },
        { "('abab'):gmatch('a', 2)", "[\"a\"]" },
    };

    for (size_t i = 0; i < WF_COUNT(rows); i++) {
        const char *list = LIST;
        const char *hole = strstr(list, "%s");
        gives(wf_arena_printf(bench.arena, "%.*s%s%s", (int)(hole - list), list,
                              rows[i].call, hole + 2),
              rows[i].wanted);
    }
}
END_TEST

START_TEST(gsub_replaces_by_text_table_and_function)
{
    gives("('hello'):gsub('l', 'L')", "[\"heLLo\",2]");
    gives("('hello'):gsub('l', 'L', 1)", "[\"heLlo\",1]");
    gives("('hello'):gsub('(h)(e)', '%2%1%0%%')", "[\"ehhe%llo\",1]");
    gives("('abc'):gsub('', '-')", "[\"-a-b-c-\",4]");
    gives("('abc'):gsub('b*', '-')", "[\"-a-c-\",3]");
    gives("('abc'):gsub('^a', 'x')", "[\"xbc\",1]");
    gives("('aab'):gsub('^a', 'x')", "[\"xab\",1]");
    gives("('$a $b'):gsub('%$(%w)', { a = 1, b = false })", "[\"1 $b\",2]");
    gives("('abc'):gsub('.', function(c) return c == 'b' and 'B' or nil end)",
          "[\"aBc\",3]");
    gives("('abc'):gsub('()', '%1')", "[\"1a2b3c4\",4]");
}
END_TEST

START_TEST(malformed_patterns_are_errors)
{
    fails("('a'):find('[a')", "malformed pattern (missing ']')");
    fails("('a'):find('[]')", "malformed pattern (missing ']')");
    fails("('a'):find('[^]')", "malformed pattern (missing ']')");
    fails("('a'):find('[a%')", "malformed pattern (missing ']')");
    fails("('a'):find('a%')", "malformed pattern (ends with '%')");
    fails("('a'):find('%b(')", "missing arguments to '%b'");
    fails("('a'):find('%f')", "missing '[' after '%f'");
    fails("('a'):find('(a')", "unfinished capture");
    fails("('a'):match('a)')", "invalid pattern capture");
    fails("('a'):find('%1')", "invalid capture index");
    fails("('a'):find('(%1)')", "invalid capture index");
    fails("('a'):find(('()'):rep(33))", "too many captures");
    fails("('a'):gsub('a', '%2')", "invalid capture index %2");
    fails("('a'):gsub('a', '%x')", "invalid use of '%'");
    fails("('a'):gsub('a', function() return {} end)",
          "invalid replacement value");
    fails("(('a'):rep(300)):find(('(a'):rep(300))", "captures");
    fails("(('a'):rep(300)):find(('a?'):rep(300))", "pattern too complex");
}
END_TEST

START_TEST(format_writes_what_the_manual_says)
{
    gives("('%d %5.2f|%-5s|%05d|%x|%c|%%'):format(3, 2.5, 'ab', 42, 255, 65)",
          "[\"3  2.50|ab   |00042|ff|A|%\"]");
    gives("('%s %s %s %s'):format(nil, true, 1.5, 'x')",
          "[\"nil true 1.5 x\"]");
    gives("('%.3s'):format('abcdef')", "[\"abc\"]");
    gives("('%g'):format(1e20)", "[\"1e+20\"]");
    gives("#('%99.99f'):format(1e308)", "[409]");
    fails("('%d'):format(1.5)", "no integer representation");
    fails("('%d'):format()", "no value");
    fails("('%p'):format({})", "invalid conversion '%p'");
    fails("('%q'):format('x')", "invalid conversion '%q'");
    fails("('%123d'):format(1)", "invalid conversion");
    fails("('%'):format(1)", "invalid conversion");
}
END_TEST

TCase *pattern_tests(void)
{
    TCase *tc = tcase_create("script/pattern");

    tcase_add_checked_fixture(tc, bench_setup, bench_teardown);
    tcase_add_test(tc, find_gives_places_and_captures);
    tcase_add_test(tc, match_knows_classes_sets_and_suffixes);
    tcase_add_test(tc, gmatch_visits_every_match_once);
    tcase_add_test(tc, gsub_replaces_by_text_table_and_function);
    tcase_add_test(tc, malformed_patterns_are_errors);
    tcase_add_test(tc, format_writes_what_the_manual_says);
    return tc;
}
