/* script/class.c - which characters the classes and sets of patterns hold.
 *
 * Source: Lua 5.4 Reference Manual, 6.4.1 "Character Class".
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "script/class.h"

static bool is_between(int c, int first, int last)
{
    return c >= first && c <= last;
}

static bool is_letter(int c)
{
    return is_between(c | 0x20, 'a', 'z');
}

static bool is_digit(int c)
{
    return is_between(c, '0', '9');
}

static bool is_space(int c)
{
    return c == ' ' || is_between(c, '\t', '\r');
}

static bool is_graph(int c)
{
    return is_between(c, '!', '~');
}

bool wf_class_has(int c, int letter)
{
    bool is;

    switch (letter | 0x20) {
    case 'a':
        is = is_letter(c);
        break;
    case 'c':
        is = c < ' ' || c == 0x7F;
        break;
    case 'd':
        is = is_digit(c);
        break;
    case 'g':
        is = is_graph(c);
        break;
    case 'l':
        is = is_between(c, 'a', 'z');
        break;
    case 'p':
        is = is_graph(c) && !is_letter(c) && !is_digit(c);
        break;
    case 's':
        is = is_space(c);
        break;
    case 'u':
        is = is_between(c, 'A', 'Z');
        break;
    case 'w':
        is = is_letter(c) || is_digit(c);
        break;
    case 'x':
        is = is_digit(c) || is_between(c | 0x20, 'a', 'f');
        break;
    default:
        return letter == c;
    }
    return is_between(letter, 'A', 'Z') ? !is : is;
}

bool wf_class_set_has(int c, const char *p, const char *end)
{
    bool negated = p[1] == '^';

    end--;
    for (p += negated ? 2 : 1; p < end; p++) {
        if (*p == '%') {
            p++;
            if (wf_class_has(c, (unsigned char)*p))
                return !negated;
        } else if (p[1] == '-' && p + 2 < end) {
            p += 2;
            if (is_between(c, (unsigned char)p[-2], (unsigned char)*p))
                return !negated;
        } else if ((unsigned char)*p == c) {
            return !negated;
        }
    }
    return negated;
}
