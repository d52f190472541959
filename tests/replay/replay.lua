-- replay - plays real travel declarations against the expense package, over
-- HTTP, as the persons of its roles, in order.
--
--     replay.lua HOST PORT DATA TOKENS PART PARTS
--
-- TOKENS has a line "login token" for each person; PART of PARTS takes every
-- PARTS-th case, so that several of these run side by side. Prints a line of
-- counts that `run` adds up, and each case that came out otherwise than the
-- log's README says.
--
-- SPDX-License-Identifier: Apache-2.0
package.path = "tests/replay/?.lua;tests/support/lua/?.lua;" .. package.path

local client = require "client"
local log = require "log"

local host, port, folder, token_file, part, parts = table.unpack(arg)
part, parts = tonumber(part), tonumber(parts)

local http = client.connect(host, tonumber(port))
local tokens, owners = {}, {}
-- Owners stand there as "login/manager", managers as "login!".
for line in io.lines(token_file) do
    local who, token = line:match("^(%S+) (%S+)$")
    tokens[who:match("^[^/!]+")] = token
    if who:find("/", 1, true) then
        owners[#owners + 1] = who
    end
end

-- Who acts for a role of the log; a supervisor is the owner's manager.
local desks = {
    ADMINISTRATION = "desk-administration",
    ["BUDGET OWNER"] = "desk-budget",
    PRE_APPROVER = "desk-pre-approver",
    MISSING = "desk-finance",
    UNDEFINED = "desk-finance",
}

local counts = { events = 0, refused = 0, wrong = 0 }

local function count(what, n)
    counts[what] = (counts[what] or 0) + (n or 1)
end

local Case = {}
Case.__index = Case

function Case:act(login, action, with)
    local status, body = http:call("POST",
        "/api/v1/documents/" .. self.id .. "/actions/" .. action, with or {},
        tokens[login])
    if status == 200 then
        self.step = body.step
        return true
    end
    self.why = status
    return false
end

-- The route is not in the log: it shows in who is asked until the next submit.
local function route_after(events, at)
    local seen = {}
    for i = at + 1, #events do
        if events[i].action == "SUBMITTED" then
            break
        end
        seen[events[i].role] = true
    end
    return seen["BUDGET OWNER"] and "budget" or seen.ADMINISTRATION
        and "standard" or seen.PRE_APPROVER and "agreed" or seen.SUPERVISOR
        and "direct" or "standard"
end

function Case:create(route)
    local status, body = http:call("POST", "/api/v1/documents", {
        form = "expense",
        data = {
            purpose = self.name,
            route = route,
            lines = { {
                what = "Travel", receipt = self.name,
                amount = { amount = self.cents, currency = "EUR" },
            } },
        },
    }, tokens[self.owner])
    assert(status == 201, "create: " .. status)
    self.id, self.step, self.route = body.id, body.step, route
end

function Case:choose(route)
    if route ~= self.route then
        local status = http:call("PATCH", "/api/v1/documents/" .. self.id,
            { data = { route = route } }, tokens[self.owner])
        assert(status == 200, "route: " .. status)
        self.route = route
    end
end

-- One function for each action of the log; false: the engine refused.
local play = {}

function play.SAVED(case)
    case:create("standard")
    return true
end

function play.SUBMITTED(case, _, at)
    local route = route_after(case.events, at)
    if not case.id then
        case:create(route)
    else
        case:choose(route)
    end
    return case:act(case.owner, "submit")
end

function play.APPROVED(case, event)
    return case:act(desks[event.role] or case.manager, "approve")
end

play.FINAL_APPROVED = play.APPROVED

function play.REJECTED(case, event)
    if event.role == "EMPLOYEE" then
        if case.step == "check" and not case:act(case.owner, "withdraw") then
            return false
        end
        return case:act(case.owner, "take-back")
    end
    return case:act(desks[event.role] or case.manager,
        event.role == "MISSING" and "refuse" or "reject")
end

function play.REQUEST_PAYMENT(case)
    return case:act("desk-finance", "request-payment")
end

-- A payment that the engine refuses has been made all the same: for a claim
-- that was never handed in, finance records it with a reason; one that was
-- rejected stays so.
function play.PAYMENT_HANDLED(case)
    if case:act("desk-finance", "pay") then
        return true
    end
    case:act("desk-finance", "record-payment", { comment = "paid already" })
    return false
end

-- Approvals since the last submit or refusal, as the engine's history has it.
local function levels(case)
    local _, history = http:call("GET", "/api/v1/documents/" .. case.id
        .. "/history?limit=200", nil, tokens[case.owner])
    local n = 0
    for _, event in ipairs(history.items) do
        if event.kind == "approve" then
            n = n + 1
        elseif event.kind == "submit" or event.kind == "reject"
            or event.kind == "refuse" or event.kind == "take-back" then
            n = 0
        end
    end
    return n
end

local names = {
    draft = "DRAFT", rejected = "REJECTED", withdrawn = "WITHDRAWN",
    paid = "PAID", approved = "APPROVED", requested = "APPROVED",
    check = "PENDING",
}

-- What the log did without right is refused, and its case comes out as the log
-- says all the same.
local function judge(case)
    local state, n = names[case.step], levels(case)
    count(state)
    count("levels" .. n)
    local right = state == case.final and n == case.levels
    if case.illegal then
        right = right and case.refused == 2
        print(("illegal %s: %d steps refused, the log says %s, here %s")
            :format(case.name, case.refused, case.final, state))
    elseif case.refused > 0 then
        right = false
    end
    if not right then
        count("wrong")
        print(("wrong %s: %s with %d levels, expected %s with %d; %d refused")
            :format(case.name, state, n, case.final, case.levels,
                case.refused))
    end
end

local function play_case(case, number)
    local who = owners[number % #owners + 1]
    case.owner, case.manager = who:match("^([^/]+)/(.*)$")
    case.refused = 0
    setmetatable(case, Case)
    for at, event in ipairs(case.events) do
        count("events")
        if not play[event.action](case, event, at) then
            case.refused = case.refused + 1
            count("refused")
        end
    end
    judge(case)
end

for number, case in ipairs(log.read(folder)) do
    if number % parts == part then
        play_case(case, number)
    end
end

local line = {}
for what, n in pairs(counts) do
    line[#line + 1] = what .. "=" .. n
end
print("counts " .. table.concat(line, " "))
