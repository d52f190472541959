-- model - what docs/verbs.md says, as a small program: one document before a
-- level of ann, ben and cai, between a level of lin and one of xia.
--
-- It knows nothing of the engine. pairs.lua asks it for the outcome of every
-- pair of verbs, writes the page's table from it, and plays the engine against
-- it.
--
-- SPDX-License-Identifier: Apache-2.0
local model = {}
model.__index = model

-- The modes of the level in the middle.
model.modes = {}
for _, order in ipairs { "together", "one-by-one" } do
    for _, agree in ipairs { "any", "all", "share:0.6", "weight:2", "veto" } do
        table.insert(model.modes, { agree = agree, order = order })
    end
end

local function refuse(kind)
    error({ refused = kind }, 0)
end

-- --- Seats

local function is_live(seat)
    return seat.state == "open" or seat.state == "waiting"
end

function model:seat(who, more)
    local seat = { who = who, state = "open" }
    for key, value in pairs(more or {}) do
        seat[key] = value
    end
    table.insert(self.seats, seat)
    return seat
end

-- The document as it comes before the middle level: lin has approved.
-- `in_lane`: somebody else is asked in a lane beside it.
function model.new(mode, in_lane)
    local self = setmetatable({ mode = mode, seats = {}, place = "two",
                                last = "lin", took_part = {},
                                in_lane = in_lane }, model)
    for n, who in ipairs { "ann", "ben", "cai" } do
        self:seat(who, { n = n })
    end
    self:give_turns()
    return self
end

function model:find(who, want)
    for _, seat in ipairs(self.seats) do
        if seat.who == who and want(seat) then
            return seat
        end
    end
end

local function is_open(seat)
    return seat.state == "open"
end

-- Those that hang on a seat by one of the ties.
function model:hanging(on, ...)
    local found = {}
    for _, seat in ipairs(self.seats) do
        for _, tie in ipairs { ... } do
            if seat.on == on and seat.tie == tie then
                table.insert(found, seat)
            end
        end
    end
    return found
end

local function any_live(seats)
    for _, seat in ipairs(seats) do
        if is_live(seat) then
            return true
        end
    end
end

-- --- Whose turn it is, and what the votes say

function model:is_before_its_time(seat)
    return seat.tie == "after" and seat.on.state ~= "approved"
end

function model:give_turns()
    local first
    for _, seat in ipairs(self.seats) do
        if is_live(seat) and (not first or seat.n < first) then
            first = seat.n
        end
    end
    for _, seat in ipairs(self.seats) do
        if is_live(seat) then
            local waits = self:is_before_its_time(seat)
                or any_live(self:hanging(seat, "before", "delegate"))
                or (self.mode.order == "one-by-one" and seat.n ~= first)
            seat.state = waits and "waiting" or "open"
        end
    end
end

-- approved, rejected or nil: an approval takes those added after it along.
function model:vote(seat)
    if seat.state ~= "approved" then
        return seat.state == "rejected" and "rejected" or nil
    end
    local vote = "approved"
    for _, after in ipairs(self:hanging(seat, "after")) do
        if after.state ~= "closed" then
            local its = self:vote(after)
            if its == "rejected" then
                return its
            end
            vote = its and vote
        end
    end
    return vote
end

function model:outcome()
    local yes, no, all = 0, 0, 0
    for _, seat in ipairs(self.seats) do
        if seat.added and is_live(seat)
            and not self:is_before_its_time(seat) then
            return nil
        end
        if (not seat.tie or seat.tie == "beside")
            and seat.state ~= "closed" then
            local vote = self:vote(seat)
            all = all + 1
            yes = yes + (vote == "approved" and 1 or 0)
            no = no + (vote == "rejected" and 1 or 0)
        end
    end
    local agree, n = self.mode.agree:match "^(%l+):?(.*)$"
    if agree == "any" then
        return yes > 0 and "approved" or no > 0 and "rejected" or nil
    elseif agree == "veto" then
        return no > 0 and "rejected" or yes * 2 > all and "approved" or nil
    end
    local needed = agree == "all" and all or agree == "share" and n * all
        or math.min(tonumber(n), all)
    if yes >= needed - 1e-9 then
        return "approved"
    end
    return all - no < needed - 1e-9 and "rejected" or nil
end

function model:leave(place)
    for _, seat in ipairs(self.seats) do
        if is_live(seat) then
            seat.state = "closed"
        end
    end
    self.place = place
end

function model:count()
    local outcome = self:outcome()
    if outcome then
        self:leave(outcome == "approved" and "three" or "draft")
    else
        self:give_turns()
    end
end

-- --- Who may

local asked_elsewhere = { one = "lin", three = "xia", draft = "owner" }

-- Where the document stands at a level, who is asked may act.
function model:mine(who)
    local mine = self.place == "two" and self:find(who, is_open)
    if mine then
        return mine
    end
    if self.place == "draft" then
        refuse "forbidden"
    end
    -- A return begins a new walk, in which nobody has decided.
    if self.place ~= "one" and self:find(who, function(seat)
        return not is_live(seat)
    end) then
        refuse "conflict"
    end
    refuse "forbidden"
end

function model:at_level()
    if self.place == "draft" then
        refuse "conflict"
    end
end

function model:has_part(who)
    return (self.place == "two" or self.place == "three")
        and self:find(who, function() return true end)
end

-- --- The verbs: an actor, and somebody who has nothing to do with it yet

local verbs = {}

function verbs.approve(self, who)
    self:at_level()
    self:mine(who).state = "approved"
    self:count()
end

function model:drop(on)
    for _, seat in ipairs(self:hanging(on, "before", "after", "delegate")) do
        if is_live(seat) then
            seat.state = "closed"
            self:drop(seat)
        end
    end
end

function verbs.reject(self, who)
    self:at_level()
    local mine = self:mine(who)
    mine.state = "rejected"
    self:drop(mine)
    self:count()
end

verbs["return"] = function(self, who)
    self:at_level()
    self:mine(who)
    self:leave "one"
end

function verbs.transfer(self, who, other)
    self:mine(who).who = other
end

function verbs.delegate(self, who, other)
    self:at_level()
    local mine = self:mine(who)
    self:seat(other, { tie = "delegate", on = mine, n = mine.n })
    self:give_turns()
end

-- Beside a word that is only for another, it is one more such word.
local function add(tie)
    return function(self, who, other)
        self:at_level()
        local mine = self:mine(who)
        local on, how = mine, tie
        if tie == "beside" and mine.tie and mine.tie ~= "beside" then
            on = mine.on
            how = mine.tie == "delegate" and "before" or mine.tie
        end
        self:seat(other, { tie = how, on = on, added = who, n = mine.n })
        self:count()
    end
end
verbs["add before"] = add "before"
verbs["add beside"] = add "beside"
verbs["add after"] = add "after"

function verbs.remove(self, who)
    self:at_level()
    local found
    for _, seat in ipairs(self.seats) do
        if self.place == "two" and seat.added == who and is_live(seat) then
            seat.state, found = "closed", true
            self:drop(seat)
        end
    end
    if not found then
        refuse "conflict"
    end
    self:count()
end

function verbs.withdraw(self, who)
    self:at_level()
    if self.last == who then
        self.place, self.seats = "two", self.before
        return
    end
    if self.place ~= "one" and self:find(who, function(seat)
        return not is_live(seat)
    end) then
        refuse "conflict"
    end
    refuse "forbidden"
end

function verbs.urge(self, who)
    if not self:has_part(who) then
        refuse "forbidden"
    end
    local others
    for _, seat in ipairs(self.place == "two" and self.seats or {}) do
        others = others or (is_open(seat) and seat.who ~= who)
    end
    if self.place == "two" and not others and not self.in_lane then
        refuse "conflict"
    end
    if self.urged then
        refuse "limited"
    end
    self.urged = true
end

function verbs.cc(self, who)
    if not self:has_part(who) then
        refuse "forbidden"
    end
end

model.verbs = { "approve", "reject", "return", "transfer", "delegate",
                "add before", "add beside", "add after", "remove", "withdraw",
                "urge", "cc" }
local is_undone = { urge = false, cc = false, withdraw = false }

-- --- Playing

local function copy(seats)
    local new, known = {}, {}
    for at, seat in ipairs(seats) do
        known[seat] = {}
        new[at] = known[seat]
    end
    for at, seat in ipairs(seats) do
        for key, value in pairs(seat) do
            new[at][key] = known[value] or value
        end
    end
    return new
end

-- "two: ben cai", or the kind of the refusal; nothing is changed by that.
function model:act(verb, who, other)
    local before = copy(self.seats)
    local went_well, problem = pcall(verbs[verb], self, who, other)
    if not went_well then
        if type(problem) ~= "table" then
            error(problem, 0)
        end
        self.seats = before
        return problem.refused
    end
    if is_undone[verb] == nil then
        self.last, self.before = who, before
    end
    return self:where()
end

function model:where()
    if self.place ~= "two" then
        return self.place .. ": " .. asked_elsewhere[self.place]
    end
    local asked = {}
    for _, seat in ipairs(self.seats) do
        if is_open(seat) then
            table.insert(asked, seat.who)
        end
    end
    table.sort(asked)
    return "two: " .. table.concat(asked, " ")
end

return model
