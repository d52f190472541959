-- prelude - what scenarios are written with: the world, its people and its
-- documents, over the flat functions of the engine (api/scenario_host.c).
--
-- It gives a function that puts all of it into the environment of a scenario
-- file. A call of the engine answers {value} or {kind, text, findings}; the
-- second becomes an error that refused() can catch.
--
-- SPDX-License-Identifier: Apache-2.0
local engine = {
  create = create, patch = patch, act = act, comment = comment,
  delegate_all = delegate_all, delegate_end = delegate_end, handover = handover,
  document = document, chain = chain, documents = documents,
  launch = launch, reveal = reveal, remind = remind, override = override, cycle = cycle,
  run = run, members = members, calibration = calibration,
  history = history, children = children, veiled = veiled, work = work, messages = messages,
  report = report, points = points, series = series, ask = ask, confirm = confirm,
  advance = advance, at = at, now = now,
}

-- --- Errors

local refusals = {} -- a key that marks them

-- "FILE:LINE: " of the innermost line that is not of this file.
local function place()
  local level, where = 2, ""
  repeat
    level = level + 1
    local _, seen = pcall(error, "", level)
    where = seen
  until where ~= "" and not where:find("weft-scenario.lua:", 1, true)
        or level > 100
  return where
end

-- The text of a refusal with what was found, field by field.
local function told(answer)
  local lines = { answer.kind .. ": " .. answer.text }
  for _, finding in ipairs(answer.findings or {}) do
    lines[#lines + 1] = ("  %s: %s"):format(finding.field or "", finding.message)
  end
  return table.concat(lines, "\n")
end

-- Whether what was raised is a refusal of the engine; strangers raise what they
-- like.
local function is_refusal(problem)
  return type(problem) == "table" and rawget(problem, refusals) == true
end

local function fail(text)
  error(place() .. text, 0)
end

-- The value of an answer of the engine.
local function value(answer)
  if answer.kind then
    answer.place, answer[refusals] = place(), true
    error(answer, 0)
  end
  return answer.value
end

-- --- Values

local function keys(t)
  local all = {}
  for key in pairs(t) do
    all[#all + 1] = key
  end
  return all
end

local function same(a, b)
  if type(a) ~= "table" or type(b) ~= "table" then
    return a == b
  end
  for _, key in ipairs(keys(a)) do
    if not same(rawget(a, key), rawget(b, key)) then
      return false
    end
  end
  return #keys(a) == #keys(b)
end

local function show(it)
  if type(it) == "string" then
    return '"' .. it .. '"'
  elseif type(it) ~= "table" then
    return tostring(it)
  end
  local parts = {}
  for _, key in ipairs(keys(it)) do
    local name = type(key) == "number" and "" or tostring(key) .. " = "
    parts[#parts + 1] = name .. show(rawget(it, key))
  end
  return "{ " .. table.concat(parts, ", ") .. " }"
end

-- All items of a list, page by page.
local function all(ask, login, id, params)
  local items, wanted = {}, { limit = "200" }
  for name, text in pairs(params or {}) do
    wanted[name] = text
  end
  repeat
    local page = value(ask(login, id, wanted))
    for _, item in ipairs(page.items) do
      items[#items + 1] = item
    end
    wanted.cursor = page.next
  until not page.next
  return items
end

local function id_of(doc)
  return type(doc) == "table" and rawget(doc, "id") or doc
end

-- --- Documents, read afresh at each use and as the system

local document = {}
local of_document = { step = true, level = true, state = true, health = true,
                      progress = true, lanes = true, data = true }

local function document_of(id)
  return setmetatable({ id = id }, document)
end

function document.__index(doc, name)
  if document[name] then
    return document[name]
  end
  local seen = value(engine.document(nil, doc.id))
  if of_document[name] then
    return seen[name]
  end
  return seen.data[name]
end

function document.__newindex(_, name)
  fail(('"%s" is set by patch() of a person'):format(name))
end

-- The sorted logins of those who are asked now.
function document:waiting()
  local logins = {}
  for _, turn in ipairs(value(engine.chain(nil, self.id)).chain) do
    for _, seat in ipairs(turn.seats or {}) do
      if seat.state == "open" then
        logins[#logins + 1] = seat.person.login
      end
    end
  end
  table.sort(logins)
  return logins
end

-- What happened, in order: one member of each event that has it.
local function events(doc, member)
  local found = {}
  for _, event in ipairs(all(engine.history, nil, doc.id)) do
    found[#found + 1] = event[member]
  end
  return found
end

function document:history()
  return events(self, "kind")
end

function document:reasons()
  return events(self, "reason")
end

-- Anonymous ones are among them, though nothing can be read of those that do
-- not show.
function document:children(form)
  local found = {}
  for _, ask in ipairs { engine.children, engine.veiled } do
    for _, child in ipairs(ask == engine.veiled
                           and value(ask(nil, self.id)).items
                           or all(ask, nil, self.id)) do
      if not form or child.form == form then
        found[#found + 1] = document_of(child.id)
      end
    end
  end
  return found
end

-- --- People. What is not below is an action, by its name.

local person = {}

local function unknown(name)
  fail(('"%s" is not known to this version'):format(name))
end

local function actor_of(login)
  return setmetatable({ login = login }, {
    __index = function(_, name)
      return person[name] or function(self, doc, how)
        return self:act(doc, (name:gsub("_", "-")), how)
      end
    end,
  })
end

function person:create(form, data, opts)
  local made = value(engine.create(self.login, nil, {
    form = form, data = data or {},
    parent = opts and opts.parent and id_of(opts.parent),
  }))
  return document_of(made.id)
end

function person:patch(doc, data)
  return value(engine.patch(self.login, id_of(doc), { data = data }))
end

-- `how` is a comment, or a table with comment, data, to, people, place, lane,
-- files.
function person:act(doc, action, how)
  if type(how) ~= "table" then
    how = { comment = how }
  end
  return value(engine.act(self.login, id_of(doc), how, action))
end

function person:comment(doc, text)
  return value(engine.comment(self.login, id_of(doc), { text = text }))
end

-- From one day to another, `{ to =, from =, till =, forms = }`; gives what ends
-- it before its last day.
function person:delegate_all(how)
  local given = value(engine.delegate_all(self.login, nil, how))
  return function()
    value(engine.delegate_end(self.login, nil, nil, given.id))
  end
end

-- Everything of `leaver` goes to another login, by an administrator.
function person:handover(leaver, to)
  return value(engine.handover(self.login, nil, { to = to }, leaver))
end

function person:get(doc)
  return value(engine.document(self.login, id_of(doc)))
end

-- The points of a metric as this person may see them: { { at, value }, … };
-- query has subject, from, to, step, fn.
function person:series(metric, query)
  local params = { metric = metric }
  for name, said in pairs(query or {}) do
    params[name] = said
  end
  return value(engine.series(self.login, nil, params)).items
end

function person:work()
  return all(engine.work, self.login)
end

-- The documents that this person sees; `where` as in the hooks:
-- { field = value, other = { gte = 1 } }.
function person:find(form, where)
  local params = { form = form }
  for field, wanted in pairs(where or {}) do
    local name = "filter[" .. field .. "]"
    if type(wanted) == "table" then
      for operator, operand in pairs(wanted) do
        params[name .. "[" .. operator .. "]"] = tostring(operand)
      end
    else
      params[name] = tostring(wanted)
    end
  end
  local found = all(engine.documents, self.login, nil, params)
  for place, item in ipairs(found) do
    found[place] = document_of(item.id)
  end
  return found
end

-- A value set over the one that a document has of its own; nil takes it away.
function person:override(doc, field, value_, reason)
  return document_of(value(engine.override(self.login, id_of(doc),
                           { value = value_, reason = reason }, field)).id)
end

-- --- Runs of cycles, read afresh at each use and as the system

local run = {}

function run.__index(it, name)
  if run[name] then
    return run[name]
  end
  return value(engine.run(nil, rawget(it, "id"),
                          { cycle = rawget(it, "cycle") }))[name]
end

-- A stage by its id: its state, times and counts.
function run:stage(id)
  for _, stage in ipairs(self.stages) do
    if stage.id == id then
      return stage
    end
  end
end

-- Who takes part: a list of { person =, gone =, documents = }.
function run:members(login)
  return all(engine.members, login, self.id, { cycle = self.cycle })
end

-- The document that a stage made for somebody; nil where it made none, then
-- with the reason.
function run:of(login, stage)
  for _, member in ipairs(self:members()) do
    for _, made in ipairs(member.person.login == login and member.documents
                          or {}) do
      if made.stage == stage then
        return made.document and document_of(made.document), made.reason
      end
    end
  end
end

-- Groups beside their shares; `how` is { as =, id =, unit =, x =, y = }.
function run:calibration(how)
  how = how or {}
  return value(engine.calibration(how.as, self.id, {
    cycle = self.cycle, id = how.id, unit = how.unit, x = how.x, y = how.y,
  }))
end

function run:remind(stage, as)
  value(engine.remind(as, self.id, { stage = stage }, self.cycle))
end

function run:reveal(stage, as)
  value(engine.reveal(as, self.id, { stage = stage }, self.cycle))
end

-- --- The world

local world = {}

function world.__index(_, name)
  return world[name] or unknown(name)
end

function world:as(login)
  if type(login) ~= "string" then
    fail("as(login) has a text")
  end
  return actor_of(login)
end

function world:advance(duration)
  return value(engine.advance(duration))
end

function world:at(time)
  return value(engine.at(time))
end

function world:now()
  return value(engine.now())
end

-- Launches a cycle as an administrator and gives the run; `how` is
-- { audience = WHO, twice = true, as = login }.
function world:launch(cycle, period, how)
  how = how or {}
  local made
  for _ = 1, how.twice and 2 or 1 do
    made = value(engine.launch(how.as, nil,
                 { period = period, audience = how.audience }, cycle))
  end
  return setmetatable({ id = made.id, cycle = cycle }, run)
end

-- What a launch would be: { period =, people =, sample =, stages = }.
function world:trial(cycle, period, how)
  how = how or {}
  return value(engine.launch(how.as, nil, { period = period, dry_run = true,
                                            audience = how.audience }, cycle))
end

-- The runs of a cycle that there are, newest first.
function world:runs(cycle)
  local found = value(engine.cycle(nil, nil, { cycle = cycle })).runs
  for place, made in ipairs(found) do
    found[place] = setmetatable({ id = made.id, cycle = cycle }, run)
  end
  return found
end

function world:messages(login)
  return all(engine.messages, login, nil, { state = "each" })
end

-- A row of a report has its labels and values by the ids of groups and
-- measures.
local function flat(row)
  for id, label in pairs(row.label or {}) do
    row[id] = label
  end
  for id, number in pairs(row.values or {}) do
    row[id] = number
  end
end

-- `{ period =, unit =, as = }`; without `as` the system reads it.
function world:report(id, how)
  how = how or {}
  local report = value(engine.report(how.as, nil,
                                     { period = how.period, unit = how.unit },
                                     id))
  for _, row in ipairs(report.rows) do
    flat(row)
  end
  flat(report.total)
  return report
end

-- What the assistant says to `text`: { status =, answer = { text =, items = },
-- intent =, slots =, confirm = }. And what it has offered in such an answer,
-- done.
function world:ask(login, text)
  return value(engine.ask(login, nil, { text = text }))
end

function world:confirm(login, said)
  if type(said) ~= "table" or type(said.confirm) ~= "table" then
    fail("confirm(login, answer) has an answer of ask() that offers something")
  end
  return value(engine.confirm(login, nil, { confirm = said.confirm.token }))
end

-- Points of a metric: { { subject, at, value }, … }, times as in at().
function world:points(metric, rows)
  local points = {}
  for i, row in ipairs(rows) do
    points[i] = { subject = row[1] or row.subject, at = row[2] or row.at,
                  value = row[3] or row.value }
  end
  return value(engine.points(nil, nil, points, metric))
end

-- --- The file

return function(env)
  local scenarios, logged = {}, {}

  for name in pairs(engine) do
    env[name] = nil
  end

  function env.scenario(name, play)
    if type(name) ~= "string" or type(play) ~= "function" then
      fail("scenario(name, function) has a text and a function")
    end
    scenarios[#scenarios + 1] = {
      name = name, play = play,
      line = tonumber(place():match ":(%d+): $"),
    }
  end

  function env.expect(seen, wanted, note)
    if not same(seen, wanted) then
      fail(("%sexpected %s, saw %s"):format(note and note .. ": " or "",
                                            show(wanted), show(seen)))
    end
  end

  -- Gives the refusal: its kind, text and findings.
  function env.refused(kind, play)
    local went_well, problem = pcall(play)
    if went_well then
      fail(('expected a refusal "%s", but it went well'):format(kind))
    elseif not is_refusal(problem) then
      error(problem, 0)
    elseif problem.kind ~= kind then
      fail(('expected a refusal "%s", saw %s'):format(kind, told(problem)))
    end
    return { kind = kind, text = problem.text, findings = problem.findings }
  end

  -- Read beneath the scenario, if it is red.
  function env.log(...)
    local words = { ... }
    for n = 1, select("#", ...) do
      words[n] = show(words[n])
    end
    logged[#logged + 1] = "  log " .. table.concat(words, " ")
  end

  function env.weft_names()
    local names = {}
    for place, one in ipairs(scenarios) do
      names[place] = { name = one.name, line = one.line }
    end
    return names
  end

  -- What went wrong in the n-th, or nothing.
  function env.weft_run(n)
    logged = {}
    local went_well, problem = pcall(scenarios[n].play, setmetatable({}, world))
    if went_well then
      return nil
    elseif is_refusal(problem) then
      problem = problem.place .. told(problem)
    end
    return table.concat({ tostring(problem), table.unpack(logged) }, "\n")
  end
end
