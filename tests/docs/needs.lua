-- needs - the table of docs/performance.md that says where each need is met:
-- its scenario, its page in both languages, its row in the demo are there.
--
-- SPDX-License-Identifier: Apache-2.0
local play = require "play"

local needs = {}

-- "The week's list, at once" as a link leads to it.
local function anchor_of(heading)
    return heading:lower():gsub("[^%w%s-]", ""):gsub(" ", "-")
end

local function read(path)
    local file = io.open(path)
    local text = file and file:read "a"
    if file then
        file:close()
    end
    return text
end

-- Whether the page has a heading that the link leads to.
local function has_anchor(text, anchor)
    for heading in text:gmatch "\n## ([^\n]+)" do
        if anchor_of(heading) == anchor then
            return true
        end
    end
    return false
end

-- Calls count(ok, need, what) for each of the four of each need.
function needs.check(count)
    local table_ = play.read "docs/performance.md":match "## Need by need\n(.-)\n## "
    local demo = play.read "tests/demo/rows.lua"
    local n = 0
    for need, file, name, page, anchor, row in table_:gmatch(
        "\n| ([^|]+) | `([^`]+)`: ([^|]+) | %[%l+%]%(tutorial/(%l+)%.md#([^)]+)%) | ([^|]+) |") do
        local scenarios = read("templates/performance/tests/" .. file .. ".lua") or ""
        local english = read("docs/tutorial/" .. page .. ".md") or ""
        n = n + 1
        count(scenarios:find('\nscenario("' .. name .. '"', 1, true) ~= nil, need, "scenario")
        count(has_anchor(english, anchor), need, "page")
        count(read("docs/tutorial/" .. page .. ".zh-CN.md") ~= nil, need, "page in Chinese")
        count(demo:find('{ "' .. row .. '",', 1, true) ~= nil, need, "demo")
    end
    local _, rows = table_:gsub("\n| ", "")
    count(n > 20 and n == rows - 1, "each need", "row") -- but the heading
end

return needs
