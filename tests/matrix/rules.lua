-- rules - the access rules read a second time: slow, by hand, from the
-- definitions in package/ and from docs/, and never from what the engine says.
--
-- A person is a login of `people`; an asker is {person, scopes, cookie, roles
-- by the person}; a document is {form, owner, step}.
--
-- SPDX-License-Identifier: Apache-2.0
local rules = {}

-- Who is who. `hr` and `smith` are roles, each for a unit; admin and robot are
-- for the whole company.
rules.people = {
    boss  = { unit = "company", grade = 9 },
    man   = { unit = "sales", manager = "boss", grade = 6 },
    emp   = { unit = "sales", manager = "man", grade = 4 },
    peer  = { unit = "sales", manager = "man", grade = 4 },
    oman  = { unit = "factory", manager = "boss", grade = 6 },
    oth   = { unit = "factory", manager = "oman", grade = 4 },
    hrs   = { unit = "company", manager = "boss", roles = { hr = "sales" } },
    hrf   = { unit = "company", manager = "boss", roles = { hr = "factory" } },
    smith = { unit = "company", manager = "boss", roles = { smith = "company" } },
    dpo   = { unit = "company", manager = "boss", roles = { dpo = "company" } },
    admin = { roles = { admin = "company" } },
    bot   = { service = true, roles = { admin = "company", robot = "company" } },
}
rules.units = { company = false, sales = "company", factory = "company" }

-- --- Words for people

local function manager(login)
    return rules.people[login].manager
end

local function is_above(who, login)
    local above = manager(login)
    while above do
        if above == who then
            return true
        end
        above = manager(above)
    end
    return false
end

local function are_peers(a, b)
    return a ~= b and manager(a) ~= nil and manager(a) == manager(b)
end

local function covers(scope, unit)
    while unit do
        if unit == scope then
            return true
        end
        unit = rules.units[unit]
    end
    return false
end

function rules.holds(who, role, login)
    local scope = (rules.people[who].roles or {})[role]
    return scope ~= nil
        and (login == nil or covers(scope, rules.people[login].unit))
end

function rules.is_admin(who)
    return rules.holds(who, "admin")
end

-- The policy of the package, and administrators everywhere.
function rules.deploys(who)
    return rules.is_admin(who) or rules.holds(who, "smith")
end

-- Programs are nobody of "everyone".
local function is_everyone(who)
    return not rules.people[who].service
end

-- --- Documents: what `who` may do, and which fields they see.

local function set(words)
    local all = {}
    for word in words:gmatch "%S+" do
        all[word] = true
    end
    return all
end

local function add(to, words)
    for word in words:gmatch "%S+" do
        to[word] = true
    end
end

local open_fields = "owner title note grade"

local function of_file(who, doc)
    local may, sees, owner = {}, {}, doc.owner
    if who == owner then
        add(may, "read comment")
        add(sees, open_fields)
    end
    if who == manager(owner) then
        add(may, "read comment edit act")
        add(sees, "owner title note grade pin")
    end
    if is_above(who, owner) then
        add(may, "read")
        add(sees, open_fields)
    end
    if rules.holds(who, "hr", owner) then
        add(may, "read export delete")
        add(sees, open_fields)
    end
    if rules.holds(who, "robot") then
        add(may, "read comment edit act delete")
        add(sees, open_fields)
    end
    if are_peers(who, owner) then
        add(may, "read")
        add(sees, "title")
    end
    -- Work in hand: the owner in the step "open", their manager in "answer".
    local at_work = doc.step == "open" and owner or manager(owner)
    if who == at_work then
        add(may, "read comment")
        add(sees, open_fields)
        if doc.step == "open" then
            add(may, "send")
        else
            add(may, "approve")
        end
        may.edit = may.edit or doc.step == "open"
    end
    if may.act and doc.step == "open" then
        add(may, "send")
    end
    -- A copy shows what is neither private nor hidden from anybody.
    if doc.copy == who then
        add(may, "read")
        add(sees, "owner title note")
    end
    if who == owner then
        sees.grade = nil
    end
    return may, sees
end

-- While answers come in, an answer exists for its writer alone, whatever the
-- form grants to whom.
local function of_voice(who, doc)
    if who == doc.owner then
        return set "read edit give", set "said"
    end
    return {}, {}
end

local function of_round(who)
    if is_everyone(who) then
        return set "read", set "what"
    end
    return {}, {}
end

local forms = { file = of_file, voice = of_voice, round = of_round }

function rules.of(who, doc)
    return forms[doc.form](who, doc)
end

function rules.sees(who, doc, field)
    local may, sees = rules.of(who, doc)
    return may.read == true and sees[field] == true
end

-- --- Verdicts: "yes", "denied" (there, but not theirs), "hidden" (as if it
-- were not there).

function rules.everybody()
    return "yes"
end

local function verdict(ok, otherwise)
    return ok and "yes" or otherwise
end

-- One needs `right` on the document.
function rules.on_document(right)
    return function(asker, doc)
        local may = rules.of(asker.person, doc)
        if not may.read then
            return "hidden"
        end
        return verdict(may[right], "denied")
    end
end

-- One takes an action where one has it in hand or the right `act`.
function rules.acts(asker, action)
    return rules.on_document(action.action)(asker, action)
end

-- Who works on it now.
function rules.has_in_hand(who, doc)
    local may = rules.of(who, doc)
    return doc.form == "voice" and may.read
        or doc.form == "file" and who == (doc.step == "open" and doc.owner
                                          or doc.step == "answer" and manager(doc.owner))
        or false
end

function rules.administers(asker)
    return verdict(rules.is_admin(asker.person), "denied")
end

-- Whoever watches over what is done and kept here.
function rules.watches(asker)
    return verdict(rules.is_admin(asker.person)
                   or rules.holds(asker.person, "dpo"), "denied")
end

-- What is ended is a session; a token is revoked elsewhere.
function rules.signs_out(asker)
    return verdict(asker.cookie, "conflict")
end

-- One's own things; what is somebody else's is not there.
function rules.own(asker, thing)
    return verdict(asker.person == thing.owner, "hidden")
end

-- The scope "admin" has to be a token's, for what is somebody else's.
function rules.acts_for_others(asker)
    return rules.is_admin(asker.person)
        and (asker.scopes == nil or asker.scopes.admin == true)
end

-- A timer that has not failed is left alone by administrators too.
function rules.finds_waiting(asker)
    return rules.administers(asker) == "yes" and "conflict" or "denied"
end

function rules.own_or_administers(otherwise)
    return function(asker, thing)
        if asker.person == thing.owner then
            return "yes"
        end
        return verdict(rules.acts_for_others(asker), otherwise)
    end
end

-- One's own, and for a role that is held for the whole company.
function rules.own_or_holds(role)
    return function(asker, thing)
        return verdict(asker.person == thing.owner
                       or rules.holds(asker.person, role), "denied")
    end
end

-- Nobody else's, administrators' neither.
function rules.own_or_denied(asker, thing)
    return verdict(asker.person == thing.owner, "denied")
end

-- Whoever stands in knows of it, and does not end it.
function rules.ends_delegation(asker, d)
    if asker.person == d.taker then
        return "denied"
    end
    return rules.own_or_administers "hidden"(asker, d)
end

-- A token makes no other token, unless it may administer.
function rules.makes_token(asker, thing)
    if asker.person == thing.owner and asker.scopes == nil then
        return "yes"
    end
    return verdict(rules.acts_for_others(asker), "denied")
end

-- Forms: "file" is for everybody to begin, "vault" for smiths. Who may deploy
-- sees every form of the package.
local begins = {
    file = is_everyone,
    vault = function(who) return rules.holds(who, "smith") end,
    spare = function(who) return rules.holds(who, "smith") end,
}

-- A document is begun by whom `<create>` names; "round" and "voice" are there
-- to be seen by everybody, "vault" for who sees the form at all.
local creators = {
    file = is_everyone,
    round = function(who) return rules.holds(who, "hr") end,
    voice = function() return false end,
    vault = begins.vault,
}

function rules.begins(asker, it)
    local seen = it.form ~= "vault" or rules.deploys(asker.person)
    return verdict(creators[it.form](asker.person), seen and "denied" or "hidden")
end

function rules.sees_form(asker, form)
    return verdict(begins[form.id](asker.person) or rules.deploys(asker.person),
                   "hidden")
end

-- Its text: who may deploy it, or may derive from it (smiths, of the vault).
function rules.reads_text(asker, form)
    if rules.sees_form(asker, form) == "hidden" then
        return "hidden"
    end
    return verdict(rules.deploys(asker.person), "denied")
end

-- <adjust> of the package: of the form "file" something is the dpo's.
function rules.adjusts(asker, form)
    if rules.deploys(asker.person)
        or form.id == "file" and rules.holds(asker.person, "dpo") then
        return form.id == "file" and "yes" or "denied"
    end
    return rules.sees_form(asker, form) == "hidden" and "hidden" or "denied"
end

-- What is asked for with a document is for who sees that: who asked, and whom
-- the form of asking names.
function rules.sees_proposal(asker, p)
    return verdict(asker.person == p.owner
                   or rules.holds(asker.person, "dpo"), "hidden")
end

-- Whatever else is defined is for who may deploy it.
function rules.reads_definition(asker, it)
    if it.kind == "form" then
        return rules.reads_text(asker, { id = it.name })
    end
    return verdict(rules.deploys(asker.person), "hidden")
end

-- A dashboard is for its audience.
function rules.has_desk(asker)
    return verdict(rules.holds(asker.person, "smith"), "hidden")
end

-- A cycle is launched by who may deploy its package, and seen by those whom it
-- asks, sales, and who calibrate it, HR.
function rules.sees_cycle(asker)
    local who = asker.person
    return verdict(rules.deploys(who) or rules.people[who].unit == "sales"
                   or rules.holds(who, "hr"), "hidden")
end

function rules.launches(asker)
    if rules.sees_cycle(asker) == "hidden" then
        return "hidden"
    end
    return verdict(rules.deploys(asker.person), "denied")
end

-- No calibration is about these documents.
function rules.sets_over(asker, doc)
    return verdict(false, rules.of(asker.person, doc).read and "denied"
                          or "hidden")
end

-- Cloning asks for the right `derive`, which the vault alone gives, to smiths;
-- administrators may. To deploy at all comes first.
function rules.derives(asker, form)
    return verdict(rules.is_admin(asker.person)
                   or form.id == "vault" and rules.holds(asker.person, "smith"),
                   "denied")
end

-- Who may deploy nothing is told so, whatever form they name.
function rules.deploys_it(asker)
    return verdict(rules.deploys(asker.person), "denied")
end

-- The metric "pulse" is fed by smiths and administrators; its series are for
-- the person, the line above, hr of their unit, administrators.
function rules.feeds(asker)
    return verdict(rules.deploys(asker.person), "denied")
end

function rules.sees_pulse(asker, it)
    local who = asker.person
    return verdict(who == it.person or is_above(who, it.person)
                   or rules.holds(who, "hr", it.person) or rules.is_admin(who),
                   "hidden")
end

-- Settings of a package are for who may deploy into it, those of the company
-- for administrators.
function rules.sets(asker, setting)
    local may = setting.package == "weft" and rules.is_admin or rules.deploys
    return verdict(may(asker.person), "denied")
end

-- Figures are for this machine; who says who they are has to be one who may.
function rules.measures(asker)
    return verdict(not asker.person or rules.is_admin(asker.person), "denied")
end

-- A directory is a program: it has a token with the scope "scim".
function rules.is_directory(asker)
    return verdict(asker.scopes ~= nil and asker.scopes.scim == true, "denied")
end

-- Who may read what is kept of a person beyond what everybody sees.
function rules.sees_record(who, login)
    return who == login or rules.is_admin(who)
end

return rules
