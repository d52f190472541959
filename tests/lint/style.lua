-- lint/style - what docs/c-style.md asks of a C file and a program can see.
--
-- A rule that makes one place uglier is broken there with its reason: a
-- comment "lint: NAME, because …" on one of the four lines before.
--
-- SPDX-License-Identifier: Apache-2.0
local ctext = require "lib.ctext"

local max_file, max_header, max_function = 600, 200, 60
local max_parameters, max_nesting = 6, 3

-- What no C file says, with the reason; in engine/ alone where `engine`.
local banned = {
    { "goto", "cleanup attributes release, not goto" },
    { "alloca", "no alloca" },
    { "strcpy", "strcpy() knows no end", engine = true },
    { "strcat", "strcat() knows no end", engine = true },
    { "sprintf", "sprintf() knows no end", engine = true },
    { "strtok", "strtok() keeps state of its own", engine = true },
    { "thread_local", "no state beside the engine", engine = true },
    { "_Thread_local", "no state beside the engine", engine = true },
    { "__thread", "no state beside the engine", engine = true },
    { "time", "time comes from the engine's clock", call = true,
      engine = true },
    { "localtime_r", "zones come from base/date.h", engine = true },
    { "tzset", "zones come from base/date.h", engine = true },
    { "setlocale", "the locale belongs to the whole process", engine = true },
    { "rand", "chance comes from base/id.h", call = true, engine = true },
}

local function excused(lines, n, name)
    for i = math.max(1, n - 4), n do
        if lines[i] and lines[i]:find("lint: " .. name, 1, true) then
            return true
        end
    end
    return false
end

local function list_of_lines(text)
    local lines = {}
    for n, line in ctext.lines(text) do
        lines[n] = line
    end
    return lines
end

local function check_banner(file, report)
    local banner = file.text:match("^/%*.-%*/") or ""
    local name = file.path:gsub("^%a+/", "")
    if not banner:find("^/%* " .. name:gsub("%p", "%%%0") .. " %- %S") then
        report(file.path, 1, ("does not begin with '/* %s - what for'")
                             :format(name))
    end
    if not banner:find("SPDX-License-Identifier: Apache-2.0", 1, true) then
        report(file.path, 1, "the first comment names no SPDX licence")
    end
end

local function check_length(file, report)
    local max = file.path:find("%.h$") and max_header or max_file
    if #file.lines > max then
        report(file.path, max + 1, ("has %d lines, at most %d; a second " ..
            "noun hides in it"):format(#file.lines, max))
    end
end

local function check_marks(file, report)
    local scratch = list_of_lines(ctext.only(file.text, "scratch"))
    for n, line in ipairs(file.lines) do
        if line:find("\t") then
            report(file.path, n, "tab; indentation is four spaces")
        end
        if scratch[n]:find("//", 1, true) then
            report(file.path, n, "// marks scratch work")
        end
        if line:find("%f[%w]TODO%f[%W]") and not line:find("TODO%(#%d+%)")
           or line:find("%f[%w]FIXME%f[%W]") then
            report(file.path, n, "work that is left needs its issue's number")
        end
    end
end

local function check_words(file, report)
    for n, line in ctext.lines(file.code) do
        for _, word in ipairs(banned) do
            local pattern = "%f[%w_]" .. word[1] .. "%f[^%w_]"
                            .. (word.call and "%(" or "")
            if (file.engine or not word.engine) and line:find(pattern) then
                report(file.path, n, word[2])
            end
        end
    end
end

-- The declarator of a variable: constant itself, not only what it points to?
local function is_constant(declaration)
    local after_star = declaration:match(".*%*(.*)$")
    return (after_star or declaration):find("%f[%w_]const%f[^%w_]") ~= nil
end

local function is_function(declaration)
    local behind = declaration:match("%(%s*(.)")
    return behind and behind ~= "*"
end

local function check_static(file, report)
    local code = file.code
    for from in code:gmatch("()%f[%w_]static%f[^%w_]") do
        local declaration = code:match("^[^;={]*", from)
        local n = ctext.line_of(code, from)
        if not is_function(declaration) and not is_constant(declaration)
           and not excused(file.lines, n, "static") then
            report(file.path, n, "writable static data; state hangs from " ..
                                 "an engine")
        end
    end
end

-- A variable of a whole file that is not even static.
local function check_global(file, report)
    for n, line in ctext.lines(file.code) do
        local declaration = line:match("^(%a[%w_%s%*]*[%w_%]%[]+)%s*[=;]")
        local first = declaration and declaration:match("^%a+")
        if declaration and declaration:find("[%s%*]")
           and not declaration:find("^struct%s+[%w_]+$")
           and first ~= "static" and first ~= "typedef" and first ~= "extern"
           and not is_constant(declaration) then
            report(file.path, n, "writable global data; state hangs from " ..
                                 "an engine")
        end
    end
end

local function check_parameters(file, head, n, report)
    local code = head:gsub("\n", " ")
    local open = code:find("%(")
    local found = open and ctext.arguments(code, code, open) or {}
    if #found > max_parameters and not excused(file.lines, n, "parameters") then
        report(file.path, n, ("%d parameters, at most %d")
                             :format(#found, max_parameters))
    end
end

local function opens_block(before)
    return before:find("%)%s+$") or before:find("%f[%w]else%s*$")
           or before:find("%f[%w]do%s*$") or before:find("^%s*$")
end

-- The deepest block of a function; braces of initializers do not count, nor
-- those of a case.
local function nesting(lines, from, to)
    local stack, depth, deepest = {}, 0, 0
    for n = from, to do
        for place, brace in lines[n]:gmatch("()([{}])") do
            if brace == "{" then
                local block = opens_block(lines[n]:sub(1, place - 1))
                stack[#stack + 1] = block and 1 or 0
                depth = depth + stack[#stack]
                deepest = math.max(deepest, depth)
            else
                depth = depth - (table.remove(stack) or 0)
            end
        end
    end
    return deepest
end

local function check_function(file, code, first, last, report)
    local head_from = first
    while head_from > 1 and not code[head_from - 1]:find("^%s*$")
          and not code[head_from - 1]:find("^[#}]") do
        head_from = head_from - 1
    end
    if last - first - 1 > max_function
       and not excused(file.lines, head_from, "long") then
        report(file.path, first, ("function of %d lines, at most %d")
                                 :format(last - first - 1, max_function))
    end
    if nesting(code, first + 1, last - 1) > max_nesting
       and not excused(file.lines, head_from, "nesting") then
        report(file.path, first, ("blocks nested deeper than %d")
                                 :format(max_nesting))
    end
    check_parameters(file, table.concat(code, "\n", head_from, first - 1),
                     head_from, report)
end

-- Functions are what stands between braces of the first column.
local function check_functions(file, report)
    local code, first = list_of_lines(file.code), nil
    for n, line in ipairs(code) do
        if line == "{" then
            first = n
        elseif line:find("^}") and first then
            check_function(file, code, first, n, report)
            first = nil
        end
    end
end

local function check(tree, report)
    for _, path in ipairs(tree:paths("^engine/.*%.[ch]$", "^include/.*%.h$",
                                     "^tests/.*%.[ch]$")) do
        local text = tree:read(path)
        local file = {
            path = path, text = text, lines = list_of_lines(text),
            code = ctext.only(text, "code"), engine = path:find("^engine/"),
        }
        check_banner(file, report)
        check_length(file, report)
        check_marks(file, report)
        check_words(file, report)
        check_functions(file, report)
        if file.engine then
            check_static(file, report)
            check_global(file, report)
        end
    end
end

local banner = "/* doc/a.c - an example.\n *\n" ..
               " * SPDX-License-Identifier: Apache-2.0 */\n"

local function one(text, says)
    return { files = { ["engine/doc/a.c"] = text }, says = says }
end

local function body(lines, says)
    return one(banner .. "int f(void)\n{\n" .. lines .. "}\n", says)
end

return {
    check = check,
    refused = {
        one("int a(void);\n", "does not begin with"),
        one("/* doc/b.c - x. SPDX-License-Identifier: Apache-2.0 */\n",
            "does not begin with"),
        one("/* doc/a.c - x. */\n", "SPDX"),
        one(banner .. ("\n"):rep(600), "at most 600"),
        { files = { ["include/weft/a.h"] = banner .. ("\n"):rep(200) },
          says = "at most 200" },
        one(banner .. "\tint a;\n", "tab"),
        one(banner .. "int a(void); // why\n", "scratch"),
        one(banner .. "/* TODO later */\n", "issue's number"),
        body("    goto out;\n", "goto"),
        body("    return (int)time(NULL);\n", "engine's clock"),
        body("    static int n;\n\n    return n++;\n", "writable static"),
        one(banner .. 'static const char *name = "x";\n', "writable static"),
        one(banner .. "static int counts[3];\n", "writable static"),
        one(banner .. "static bool (*hook)(int);\n", "writable static"),
        one(banner .. "int count = 0;\n", "writable global"),
        one(banner .. "char *names[4];\n", "writable global"),
        body(("    g();\n"):rep(61), "function of 61 lines"),
        one(banner .. "int f(int a, int b, int c,\n      int d, int e, " ..
            "int f, int g)\n{\n}\n", "7 parameters"),
        body("    if (a) {\n        for (;;) {\n            do {\n" ..
             "                while (b) {\n                }\n" ..
             "            } while (c);\n        }\n    }\n", "nested"),
    },
    accepted = {
        one(banner .. 'static const char *const names[] = { "//", "goto" };\n'
            .. "static bool f(int a, bool (*g)(int));\n" ..
            "static const struct row {\n    int a;\n} rows[] = { { 1 } };\n" ..
            "extern const int n;\n" ..
            "/* TODO(#12): when there is a second. */\nstruct a;\n"),
        one(banner .. "/* lint: parameters, because a library calls it. */\n"
            .. "int f(int a, int b, int c, int d, int e, int f, int g)\n" ..
            "{\n}\n"),
        body(("    g();\n"):rep(60)),
    },
}
