-- pairs - the outcome of every pair of verbs in every mode: written into
-- docs/verbs.md, and asked of the engine.
--
--     lua5.4 tests/verbs/pairs.lua           plays all of them
--     lua5.4 tests/verbs/pairs.lua --write   writes the table of the page
--
-- Both from model.lua, which knows the rules and not the engine.
--
-- SPDX-License-Identifier: Apache-2.0
package.path = "tests/support/lua/?.lua;tests/verbs/?.lua;" .. package.path

local json = require "cjson"
local model = require "model"
local play = require "play"

local PAGE = "docs/verbs.md"
local BEGIN, END = "<!-- pairs -->\n", "<!-- /pairs -->\n"

-- The first verb is ann's; the second of ann again, of ben, or of tom, whom the
-- first one may have named. It names ulla.
local actors = { "ann", "ben", "tom" }
local firsts = { "approve", "reject", "return", "transfer", "delegate",
                 "add before", "add beside", "add after", "urge", "cc" }

local function expected(mode, first, second, who, in_lane)
    local m = model.new(mode, in_lane)
    local one = m:act(first, "ann", "tom")
    return m:act(second, who, "ulla"), one
end

-- --- The page

local function label(mode)
    return mode.agree:match "^%l+" .. (mode.order == "together" and "" or " ¹")
end

-- "outcome (modes); outcome (modes)", or the one outcome of all modes.
local function outcome_of(first, second, who)
    local order, modes = {}, {}
    for _, mode in ipairs(model.modes) do
        local outcome = expected(mode, first, second, who)
        if not modes[outcome] then
            table.insert(order, outcome)
            modes[outcome] = {}
        end
        table.insert(modes[outcome], label(mode))
    end
    if #order == 1 then
        return order[1]
    end
    for at, outcome in ipairs(order) do
        order[at] = ("%s (%s)"):format(outcome,
                                       table.concat(modes[outcome], ", "))
    end
    return table.concat(order, "; ")
end

-- One row for the second verbs of somebody that have the same outcome.
local function rows_of(first, who, lines)
    local order, verbs = {}, {}
    for _, second in ipairs(model.verbs) do
        local outcome = outcome_of(first, second, who)
        if not verbs[outcome] then
            table.insert(order, outcome)
            verbs[outcome] = {}
        end
        table.insert(verbs[outcome], second)
    end
    for _, outcome in ipairs(order) do
        table.insert(lines, ("| %s | %s | %s |"):format(
            who, table.concat(verbs[outcome], ", "), outcome))
    end
end

local function table_of_pairs()
    local lines = {}
    for _, first in ipairs(firsts) do
        table.insert(lines, ("### ann: %s\n"):format(first))
        table.insert(lines, "| then | takes | outcome |")
        table.insert(lines, "|---|---|---|")
        for _, who in ipairs(actors) do
            rows_of(first, who, lines)
        end
        table.insert(lines, "")
    end
    return table.concat(lines, "\n")
end

local function with_table(text)
    local head, tail = text:match("^(.-" .. BEGIN:gsub("%-", "%%-")
        .. ").-(" .. END:gsub("%-", "%%-") .. ".*)$")
    assert(head, PAGE .. " has no place for the table")
    return head .. "\n" .. table_of_pairs() .. "\n" .. tail
end

if arg[1] == "--write" then
    play.write(PAGE, with_table(play.read(PAGE)))
    return
end

-- --- The engine

local FORM = [[
<form xmlns="urn:weft:1" id="%s" label="Paper" subject="owner">
  <fields><field id="owner" type="person" label="Owner" default="me"/></fields>
  <workflow start="draft">
    <step id="draft" label="Draft" by="owner" edit="*">
      <action id="submit" label="Submit" to="approval"/>
    </step>
    %s
    <end id="done" label="Done"/>
  </workflow>
  <access>
    <create by="everyone"/><grant to="everyone" rights="read"/>
  </access>
</form>
]]

local APPROVAL = [[
    <approval id="%s" label="Approval" approved="%s" rejected="draft"
              nobody="admin" return="any">
      <level id="one" label="One" by="person(lin)"/>
      <level id="two" label="Two" by="person(ann), person(ben), person(cai)"
             agree="%s" order="%s"/>
      <level id="three" label="Three" by="person(xia)"/>
    </approval>]]

-- The same approval in a lane, with a lane beside it in which zoe is asked.
local LANES = [[
    <parallel id="approval" label="Lanes" next="done">
      <lane id="paper" label="Paper" start="paper">%s</lane>
      <lane id="other" label="Other" start="other">
        <step id="other" label="Other" by="person(zoe)">
          <action id="ready" label="Ready" to="join"/>
        </step>
      </lane>
    </parallel>]]

local function form_of(mode, in_lane)
    return (mode.agree .. "-" .. mode.order):gsub("[:.]", "-")
        .. (in_lane and "-lane" or "")
end

local function xml_of(mode, in_lane)
    local approval = APPROVAL:format(in_lane and "paper" or "approval",
                                     in_lane and "join" or "done", mode.agree,
                                     mode.order)
    return FORM:format(form_of(mode, in_lane),
                       in_lane and LANES:format(approval) or approval)
end

local function make_package(folder)
    play.write(folder .. "/package.xml",
               '<package xmlns="urn:weft:1" id="papers" label="Papers" lang="en"/>\n')
    for _, mode in ipairs(model.modes) do
        for _, in_lane in ipairs { false, true } do
            play.write(("%s/%s.form.xml"):format(folder, form_of(mode, in_lane)),
                       xml_of(mode, in_lane))
        end
    end
    local people = { "login,name" }
    for _, who in ipairs { "owner", "lin", "ann", "ben", "cai", "xia", "tom",
                           "ulla", "zoe" } do
        table.insert(people, who .. "," .. who)
    end
    play.write(folder .. "/people.csv", table.concat(people, "\n") .. "\n")
end

-- A store with the package and the people, and the player on it.
local function open(folder)
    local db = play.url(folder .. "/papers.db")
    local weft = ("WEFT_ADMIN_PASSWORD=pairs-password '%s/weft' --db '%s' ")
        :format(play.build(), db)
    make_package(folder)
    for _, command in ipairs { "init --package '" .. folder .. "'",
                               "import people '" .. folder .. "/people.csv'" } do
        local said, status = play.output(weft .. command)
        assert(status == 0, said)
    end
    return play.open(db)
end

local function body_of(verb, other)
    local place = verb:match "^add (%l+)$"
    if place then
        return "add-approver", { people = { other }, place = place }
    elseif verb == "transfer" or verb == "delegate" then
        return verb, { to = other }
    elseif verb == "cc" then
        return verb, { people = { other } }
    end
    return verb == "remove" and "remove-approver" or verb, json.decode "{}"
end

-- Where it stands and who is asked, as the model says it; that zoe is asked
-- too as long as it is in lanes, is part of where.
local function where(player, id, in_lane)
    local asked, place, zoe = {}, "draft", false
    for _, turn in ipairs(player:ask { ["do"] = "chain", id = id }.body.chain) do
        for _, seat in ipairs(type(turn.seats) == "table" and turn.seats or {}) do
            if seat.state == "open" and turn.lane == "other" then
                zoe = true
            elseif seat.state == "open" then
                place = turn.level ~= json.null and turn.level or place
                table.insert(asked, seat.person.login)
            end
        end
    end
    table.sort(asked)
    return place .. ": " .. table.concat(asked, " ")
        .. (zoe ~= (in_lane and place ~= "draft") and ", zoe not" or "")
end

local function act(player, id, verb, who, other, in_lane)
    local name, body = body_of(verb, other)
    local answer = player:ask { as = who, ["do"] = "act", id = id, name = name,
                                body = body }
    return answer.code == "ok" and where(player, id, in_lane) or answer.code
end

local function prepare(player, mode, in_lane)
    local made = player:ask { as = "owner", ["do"] = "create",
                              body = { form = form_of(mode, in_lane),
                                       data = { owner = "owner" } } }
    local id = made.body.id
    act(player, id, "submit", "owner")
    act(player, id, "approve", "lin")
    return id
end

local passed, failed = 0, 0
local function count(ok, what)
    passed = passed + (ok and 1 or 0)
    failed = failed + (ok and 0 or 1)
    if not ok then
        print("failed: " .. what)
    end
end

local function play_pair(player, mode, first, second, who, in_lane)
    local wanted, one = expected(mode, first, second, who, in_lane)
    local id = prepare(player, mode, in_lane)
    local seen_one = act(player, id, first, "ann", "tom", in_lane)
    local seen = act(player, id, second, who, "ulla", in_lane)
    count(seen_one == one and seen == wanted,
          (in_lane and "in a lane, " or "") .. ("%s %s: ann %s, %s %s: %s, then %s, wanted %s, then %s"):format(
              mode.agree, mode.order, first, who, second, seen_one, seen, one,
              wanted))
end

count(with_table(play.read(PAGE)) == play.read(PAGE),
      PAGE .. " has another table; write it by tests/verbs/pairs.lua --write")
local folder = play.folder()
local player = open(folder)
for _, mode in ipairs(model.modes) do
    for _, first in ipairs(firsts) do
        for _, second in ipairs(model.verbs) do
            for _, who in ipairs(actors) do
                play_pair(player, mode, first, second, who, false)
                play_pair(player, mode, first, second, who, true)
            end
        end
    end
end
local verdict = player:ask { ["do"] = "verify" }
count(verdict.code == "ok", "the store is sound: " .. json.encode(verdict.body))
player:close()
play.drop(folder)
print(("%d passed, %d failed, 0 skipped"):format(passed, failed))
os.exit(failed == 0)
