-- log - the approval log of BPI Challenge 2020 as a list of cases, each a list
-- of events in order, with what its README expects of it.
--
-- SPDX-License-Identifier: Apache-2.0
local log = {}

-- Cells of a line of CSV without quotes, which is all that these files have.
local function cells(line)
    local out = {}
    for cell in (line:gsub("\r$", "") .. ","):gmatch("([^,]*),") do
        out[#out + 1] = cell
    end
    return out
end

-- Rows of a CSV as tables by header.
local function rows(file)
    local names = cells(file:read("l"))
    return function()
        local line = file:read("l")
        if not line then
            return nil
        end
        local row = {}
        for i, cell in ipairs(cells(line)) do
            row[names[i]] = cell
        end
        return row
    end
end

-- All cases in the order of the log.
function log.read(folder)
    local list, by_name = {}, {}
    for row in rows(assert(io.open(folder .. "/domestic.cases.csv"))) do
        local case = {
            name = row.case,
            cents = math.floor(tonumber(row.amount) * 100 + 0.5),
            levels = tonumber(row.levels_last_round),
            final = row.final_state,
            illegal = row.violation ~= "",
            events = {},
        }
        list[#list + 1], by_name[row.case] = case, case
    end
    local pipe = assert(io.popen("zcat '" .. folder
        .. "/domestic.events.csv.gz'"))
    for row in rows(pipe) do
        local events = by_name[row.case].events
        events[#events + 1] = {
            seq = tonumber(row.seq), action = row.action, role = row.role,
        }
    end
    pipe:close()
    for _, case in ipairs(list) do
        table.sort(case.events, function(a, b) return a.seq < b.seq end)
    end
    return list
end

return log
