-- complete - what the engine has and a page must therefore name: the words come
-- from the engine's own tables, so that a new one is missed on its page.
--
-- SPDX-License-Identifier: Apache-2.0
local play = require "play"

local complete = {}

-- All that `pattern` captures in the file at `path`, each once.
local function words(path, pattern, from)
    local found, seen = {}, {}
    local text = play.read(path)
    local start = text:find(from or "", 1, true)
    for word in text:sub(start):gmatch(pattern) do
        if not seen[word] then
            seen[word] = true
            found[#found + 1] = word
        end
    end
    return found
end

local function commands(build)
    local found = {}
    for word in play.output("'" .. build .. "/weft' help")
                :gmatch "\n  (%l+) " do
        if word ~= "help" and word ~= "version" then
            found[#found + 1] = word
        end
    end
    return found
end

-- "/documents/{id}" of the routes' table, without the base and the names.
local function routes()
    local found = {}
    for _, path in ipairs(words("engine/http/route.c",
                                'HTTP_%u+, API "([^"]+)"')) do
        found[#found + 1] = path:gsub("/{%l+}", ""):match "(/[%l]+)$"
    end
    return found
end

-- What pages have to name: { page, what they are, the words }.
local function lists(build)
    local language = "docs/definition-language.md"
    return {
        { language, "element", words("schemas/weft-1.xsd",
                                     '<xs:element name="([%l-]+)"') },
        { language, "attribute", words("schemas/weft-1.xsd",
                                       '<xs:attribute name="([%l-]+)"') },
        { language, "field type", words("engine/def/field_kind.c",
                                        '= { "(%l+)", +WF_T_') },
        { language, "function", words("engine/def/expr_functions.c",
                                      '{ { "([%l_]+)",') },
        { language, "word for people", words("engine/def/who_parse.c",
                                             '{ "(%l+)", +WF_WHO_') },
        { language, "right", words("engine/def/parse_access.c",
                                   '{ "(%l+)", +WF_RIGHT_') },
        { language, "name", words("engine/def/expr_names.c",
                                  '{ "(%l+)", +WF_NAME_') },
        { "docs/hooks.md", "function", words("engine/flow/host.c",
                                             '{ "(%l+)", wf_host_', "{ \"find\"") },
        { "docs/http.md", "route", routes() },
        { "docs/http.md", "problem", words("engine/base/error.c",
                                           '= { "([%l-]+)", +[4]%d%d') },
        { "docs/verbs.md", "verb", words("engine/flow/verb.c",
                                         '{ "([%l-]+)", +WF_VERB_') },
        { "docs/scenarios.md", "call of the world",
          words("scripts/scenario/prelude.lua", "function world:(%l+)") },
        { "docs/scenarios.md", "call of a person",
          words("scripts/scenario/prelude.lua", "function person:([%l_]+)") },
        { "docs/scenarios.md", "call of a document",
          words("scripts/scenario/prelude.lua", "function document:(%l+)") },
        { "docs/operations.md", "command", commands(build) },
    }
end

-- Calls count(ok, page, what, word) for each word; functions of formulas that
-- hooks can call as well are told of on the page of the language.
function complete.check(build, count)
    for _, list in ipairs(lists(build)) do
        local page, what, all = table.unpack(list)
        local text = play.read(page)
        if page == "docs/hooks.md" then
            text = text .. play.read "docs/definition-language.md"
        end
        count(#all > 3, page, what, "(any at all)")
        for _, word in ipairs(all) do
            local plain = word:gsub("%p", "%%%0")
            count(text:find("%f[%w_]" .. plain:gsub("^%%/", "") .. "%f[^%w_-]")
                  ~= nil, page, what, word)
        end
    end
end

return complete
