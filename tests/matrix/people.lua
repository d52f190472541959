-- people - the company of rules.lua as a file to import.
--
-- SPDX-License-Identifier: Apache-2.0
package.path = "tests/matrix/?.lua;" .. package.path
local rules = require "rules"

local logins = {}
for login in pairs(rules.people) do
    logins[#logins + 1] = login
end
table.sort(logins)

print "login,name,email,unit,manager,grade,roles,service,badge"
for _, login in ipairs(logins) do
    local p, roles = rules.people[login], {}
    for role, unit in pairs(p.roles or {}) do
        roles[#roles + 1] = unit == "company" and role or role .. "@" .. unit
    end
    print(table.concat({
        login, "Person " .. login, login .. "@mail-of-" .. login .. ".example",
        p.unit or "", p.manager or "", tostring(p.grade or ""),
        table.concat(roles, ";"), p.service and "true" or "",
        "badge-of-" .. login,
    }, ","))
end
