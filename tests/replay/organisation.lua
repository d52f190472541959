-- organisation - the people of Adventure Works as our CSV, with the desks that
-- the roles of the expense package need.
--
--     organisation.lua units|people|owners|desks FOLDER
--
-- SPDX-License-Identifier: Apache-2.0
local what, folder = table.unpack(arg)

-- Cells of a line of RFC 4180 without line breaks inside quotes.
local function cells(line)
    local out, at = {}, 1
    line = line:gsub("\r$", "") .. ","
    while at <= #line do
        local cell, stop
        if line:sub(at, at) == '"' then
            cell, stop = line:match('^"(.-)"()', at)
            while line:sub(stop, stop) == '"' do
                local more, further = line:match('^(.-)"()', stop + 1)
                cell, stop = cell .. '"' .. more, further
            end
            stop = stop + 1
        else
            cell, stop = line:match("^([^,]*),()", at)
        end
        out[#out + 1], at = cell, stop
    end
    return out
end

local names, people, by_id = nil, {}, {}
for line in io.lines(folder .. "/employees.csv") do
    local row = cells(line)
    if not names then
        names = row
    else
        local person = {}
        for i, cell in ipairs(row) do
            person[names[i]] = cell
        end
        people[#people + 1], by_id[person.id] = person, person
    end
end

local function slug(text)
    return (text:lower():gsub("[^%w]+", "-"))
end

local function quote(text)
    return '"' .. text:gsub('"', '""') .. '"'
end

local desks = {
    { "desk-administration", "administration" },
    { "desk-budget", "budget-owner" },
    { "desk-pre-approver", "pre-approver" },
    { "desk-finance", "finance" },
}

local print_as = {}

function print_as.units()
    print("id,name,parent")
    print("company,Adventure Works,")
    local seen = {}
    for _, person in ipairs(people) do
        local unit = slug(person.department)
        if not seen[unit] then
            seen[unit] = true
            print(("%s,%s,company"):format(unit, quote(person.department)))
        end
    end
end

function print_as.people()
    print("login,name,unit,manager,title,hired,roles")
    for _, person in ipairs(people) do
        local boss = by_id[person.manager_id]
        print(("%s,%s,%s,%s,%s,%s,"):format(person.login, quote(person.name),
            slug(person.department), boss and boss.login or "",
            quote(person.job_title), person.hire_date))
    end
end

function print_as.desks()
    print("login,name,unit,roles")
    for _, desk in ipairs(desks) do
        print(("%s,%s,company,%s"):format(desk[1], desk[1], desk[2]))
    end
end

-- A few dozen people with a manager, as "login/manager".
function print_as.owners()
    for i, person in ipairs(people) do
        local boss = by_id[person.manager_id]
        if boss and i % 7 == 0 then
            print(person.login .. "/" .. boss.login)
        end
    end
end

print_as[what]()
