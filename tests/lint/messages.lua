-- lint/messages - each sentence for people has a twin in the other language.
--
-- A function that takes such a sentence is declared with WF_PRINTF, and its
-- name is not one of those that make text for programs. Its literal formats
-- and the table of base/messages.c must be the same set, and a twin must take
-- the same arguments as its sentence.
--
-- SPDX-License-Identifier: Apache-2.0
local ctext = require "lib.ctext"

-- These make text for programs, or for the log: not translated.
local function is_plain(name)
    return name:find("printf$") or name:find("printf_v$")
           or name:find("^wf_log")
end

-- Adds the functions that a file declares: name -> place of the format.
local function add_functions(text, functions)
    local code = ctext.only(text, "code")
    for name, place in code:gmatch("([%w_]+)%b()%s*WF_PRINTF%((%d+),") do
        if not is_plain(name) then
            functions[name] = tonumber(place)
        end
    end
    for name, place in code:gmatch("([%w_]+)%b()%s*WF_FORMAT_ARG%((%d+)%)") do
        functions[name] = tonumber(place)
    end
    for place, name in
        code:gmatch("WF_PRINTF%((%d+),%s*%d+%)[%w_%s%*]-([%w_]+)%(") do
        if not is_plain(name) then
            functions[name] = tonumber(place)
        end
    end
end

local function says_something(format)
    return format:gsub("%%[%d$.*+ #-]*%a+", ""):find("%a") ~= nil
end

-- What a format takes: argument -> its kind ("s", "lld").
local function conversions(format)
    local taken, next_place = {}, 1
    local rest = format:gsub("%%%%", "")
    for place, flags, kind in
        rest:gmatch("%%(%d*%$?)([-+ #0-9.*]*)([hlzjt]*[%a])") do
        if not place:find("%$") then
            place = next_place
        end
        for _ in flags:gmatch("%*") do
            taken[next_place] = "d"
            next_place = next_place + 1
            place = next_place
        end
        taken[tonumber((tostring(place):gsub("%$", "")))] = kind
        next_place = next_place + 1
    end
    return taken
end

local function same_conversions(one, other)
    local a, b = conversions(one), conversions(other)
    for place, kind in pairs(a) do
        if b[place] ~= kind then
            return false
        end
    end
    for place in pairs(b) do
        if not a[place] then
            return false
        end
    end
    return true
end

-- The literal formats that a file passes on: called back with the line of the
-- call and the format.
local function each_format(text, functions, found)
    local code = ctext.only(text, "code")
    local code_and_strings = ctext.only(text, "code", "string", "char")
    for name, open in code:gmatch("%f[%w_]([%w_]+)()%(") do
        local place = functions[name]
        local argument = place
            and ctext.arguments(code_and_strings, code, open)[place]
        for _, format in ipairs(argument and ctext.literals(argument) or {}) do
            found(ctext.line_of(text, open), format)
        end
    end
end

-- The rows `{ "sentence", "twin" }` of the table, in their files.
local function read_twins(tree, report)
    local twins = {}
    for _, path in ipairs(tree:paths("^engine/base/messages[%w_]*%.%w+$")) do
        local text = tree:read(path)
        local code = ctext.only(text, "code")
        local code_and_strings = ctext.only(text, "code", "string")
        for open in code:gmatch("(){") do
            local row = ctext.arguments(code_and_strings, code, open)
            local one, other = ctext.literals(row[1] or ""),
                               ctext.literals(row[2] or "")
            local first = (row[1] or ""):gsub("\\.", ""):gsub('"[^"]*"', "")
            if #one == 1 and #other == 1 and not first:find("{") then
                local line = ctext.line_of(text, open)
                if twins[one[1]] then
                    report(path, line, "stands there twice: " .. one[1])
                end
                twins[one[1]] = { text = other[1], path = path, line = line }
            end
        end
    end
    return twins
end

local function check(tree, report)
    local functions, used = { WF_MESSAGE = 1 }, {}
    local twins = read_twins(tree, report)
    local paths = tree:paths("^engine/.*%.[ch]$")
    for _, path in ipairs(paths) do
        add_functions(tree:read(path), functions)
    end
    for _, path in ipairs(paths) do
        each_format(tree:read(path), functions, function(line, format)
            used[format] = true
            if says_something(format) and not twins[format] then
                report(path, line, "no Chinese twin in base/messages.c: "
                                   .. format)
            end
        end)
    end
    for sentence, twin in pairs(twins) do
        if not used[sentence] then
            report(twin.path, twin.line, "nobody says: " .. sentence)
        elseif not same_conversions(sentence, twin.text) then
            report(twin.path, twin.line, "the twin takes other arguments: "
                                         .. sentence)
        end
    end
end

local header = 'bool wf_fail(int *err, int code, const char *fmt, ...)\n' ..
               "    WF_PRINTF(3, 4);\n" ..
               "char *wf_heap_printf(const char *fmt, ...) WF_PRINTF(1, 2);\n"

local function one(call, row, says)
    return {
        files = {
            ["engine/base/error.h"] = header,
            ["engine/doc/a.c"] = call,
            ["engine/base/messages.c"] = "rows[] = {\n    " .. row .. "\n};\n",
        },
        says = says,
    }
end

return {
    check = check,
    refused = {
        one('wf_fail(err, f(1, 2), "no %s here", a);', "",
            "no Chinese twin in base/messages.c: no %s here"),
        one('wf_fail(err, CODE, a ? "one" : "two");', '{ "one", "一" },',
            "no Chinese twin in base/messages.c: two"),
        one('wf_fail(err, CODE, "no " /* x */ "\\"%s\\"", a);',
            '{ "no %s", "没有%s" },',
            'no Chinese twin in base/messages.c: no "%s"'),
        one('wf_heap_printf("old");', '{ "old", "旧" },', "nobody says: old"),
        one('wf_fail(err, CODE, "%s of %d", a, b);',
            '{ "%s of %d", "%d之%s" },', "takes other arguments"),
        one('wf_fail(err, CODE, "%s of %d", a, b);', '{ "%s of %d", "%s之" },',
            "takes other arguments"),
        one('wf_fail(err, CODE, "no");', '{ "no", "否" }, { "no", "不" },',
            "stands there twice"),
        one('rows[] = { { 1, WF_MESSAGE("later") } };', "",
            "no Chinese twin in base/messages.c: later"),
        one('static void WF_PRINTF(1, 2) tell(const char *fmt, ...)\n{\n}\n' ..
            'tell("why");\n', "", "no Chinese twin in base/messages.c: why"),
    },
    accepted = {
        one('wf_fail(err, CODE, "%s of %d, 5%%", a, b);',
            '{ "%s of %d, 5%%", "%2$d之%1$s，5%%" },'),
        one('wf_fail(err, CODE, "%s", a); wf_heap_printf("plain");', ""),
        one('wf_fail(err, CODE, "%.*s!", n, a, "not this");',
            '{ "%.*s!", "%.*s！" },'),
    },
}
