-- Where two things meet in one change, in one act, in one message.

local function piece_of(w, stock, progress)
  return w:as("liuyang"):create("piece", { name = "part", stock = stock.id, progress = progress })
end

local function code_of(run)
  local why = refused("invalid", run)
  return why.findings[1].field .. " " .. why.findings[1].code
end

-- --- What a change makes of the form counts for the change itself

scenario("by hand and the value come in one change, and back they do not", function(w)
  local yang = w:as("liuyang")
  local d = yang:create("stock", {})
  piece_of(w, d, 40)
  expect(d.progress, 40)
  expect(code_of(function() yang:patch(d, { progress = 5 }) end), "progress derived")
  yang:patch(d, { method = "hand", progress = 5 })
  expect(d.progress, 5)
  expect(code_of(function() yang:patch(d, { method = "parts", progress = 7 }) end), "progress derived")
  expect(d.method, "hand")
  yang:patch(d, { progress = 6 })
  expect(d.progress, 6)
end)

scenario("read-only is judged as the document would stand", function(w)
  local yang = w:as("liuyang")
  local d = yang:create("stock", { a = 3, ro = "one" })
  expect(code_of(function() yang:patch(d, { a = 9, ro = "two" }) end), "ro readonly")
  expect(d.a, 3)
  yang:patch(d, { a = 9 })
  expect(code_of(function() yang:patch(d, { ro = "two" }) end), "ro readonly")
  yang:patch(d, { ro = "two", a = 3 })
  expect(d.ro, "two")
  expect(code_of(function() yang:create("stock", { a = 9, ro = "x" }) end), "ro readonly")
end)

scenario("what is locked once it is filled in can be filled in", function(w)
  local yang = w:as("liuyang")
  local d = yang:create("stock", {})
  yang:patch(d, { code = "A" })
  expect(code_of(function() yang:patch(d, { code = "B" }) end), "code readonly")
  expect(d.code, "A")
end)

scenario("a column is judged by its row as it would stand", function(w)
  local yang = w:as("liuyang")
  local d = yang:create("stock", { lines = { { kind = "free", cost = 1 } } })
  local id = d.lines[1].id
  expect(code_of(function()
    yang:patch(d, { lines = { { id = id, kind = "fixed", cost = 2 } } })
  end), "lines[1].cost readonly")
  yang:patch(d, { lines = { { id = id, kind = "fixed", cost = 1 } } })
  expect(d.lines[1].kind, "fixed")
  yang:patch(d, { lines = { { id = id, kind = "fixed" } } })
  expect(d.lines[1].cost, 1)
  yang:patch(d, { lines = { { id = id, kind = "free", cost = 3 }, { kind = "fixed" } } })
  expect(d.lines[1].cost, 3)
  expect(d.lines[2].cost, 1, "by default")
  expect(code_of(function()
    yang:patch(d, { lines = { { id = id, kind = "free" }, { kind = "fixed", cost = 8 } } })
  end), "lines[2].cost readonly")
end)

-- --- Work that is given away shows no more than its giver sees

local function brief(w)
  local yang = w:as("liuyang")
  local d = yang:create("brief", { topic = "Plan", grade = "A", amount = 5 })
  yang:submit(d)
  return d
end

local function sees_no_grade(w, login, d)
  local data = w:as(login):get(d).data
  expect(data.topic, "Plan", login)
  expect(data.grade, nil, login)
  expect(data.twice, nil, login)
  expect(w:as(login):get(d).title, "Plan", login)
  expect(w:as(login):work()[1].document.title, "Plan", login)
  refused("malformed", function() w:as(login):find("brief", { grade = "A" }) end)
end

scenario("a transfer shows what its giver sees, however often it is passed on", function(w)
  local d = brief(w)
  sees_no_grade(w, "zhaolei", d)
  w:as("zhaolei"):act(d, "transfer", { to = "xujing" })
  sees_no_grade(w, "xujing", d)
  w:as("xujing"):act(d, "transfer", { to = "guofeng" })
  sees_no_grade(w, "guofeng", d)
  w:as("xujing"):act(d, "withdraw")
  sees_no_grade(w, "xujing", d)
  w:as("xujing"):approve(d)
  expect(w:as("sunyue"):get(d).data.grade, "A")
  expect(w:as("sunyue"):work()[1].document.title, "Plan A")
  expect(#w:as("sunyue"):find("brief", { grade = "A" }), 1)
  w:as("sunyue"):act(d, "transfer", { to = "hexin" })
  expect(w:as("hexin"):get(d).data.grade, "A")
end)

scenario("so do a delegate and whoever is added", function(w)
  local d = brief(w)
  w:as("zhaolei"):act(d, "delegate", { to = "xujing" })
  sees_no_grade(w, "xujing", d)
  w:as("xujing"):approve(d)
  for _, place in ipairs { "before", "beside" } do
    local login = place == "before" and "guofeng" or "hexin"
    w:as("zhaolei"):act(d, "add-approver", { people = { login }, place = place })
    sees_no_grade(w, login, d)
    if place == "before" then
      w:as(login):approve(d)
    end
  end
end)

scenario("so does a substitute, of what waits and of what comes", function(w)
  local old = brief(w)
  w:as("zhaolei"):delegate_all { to = "xujing", from = "2026-10-12", till = "2026-10-13" }
  expect(old:waiting(), { "xujing" })
  sees_no_grade(w, "xujing", old)
  local new = brief(w)
  expect(new:waiting(), { "xujing" })
  expect(w:as("xujing"):get(new).data.grade, nil)
end)

-- --- Messages of rules are templates

scenario("a message says the values that its reader sees", function(w)
  local yang = w:as("liuyang")
  local d = yang:create("brief", { topic = "Plan", grade = "A", amount = 2000 })
  local why = refused("invalid", function() yang:submit(d) end)
  expect(why.findings[1].message, "liuyang has 2000, more than 1000 {A}")
  yang:patch(d, { amount = 5 })
  yang:submit(d)
  why = refused("invalid", function() w:as("zhaolei"):approve(d, { data = { amount = 3000 } }) end)
  expect(why.findings[1].message, "liuyang has 3000, more than 1000 {}")
end)

scenario("of a row it says those of the row", function(w)
  local why = refused("invalid", function()
    w:as("liuyang"):create("brief", { lines = { { what = "Rent", cost = 4 }, { what = "Tip", cost = -2 } } })
  end)
  expect(why.findings[1].field, "lines[2].cost")
  expect(why.findings[1].message, "Tip: -2 is below zero")
end)

scenario("a warning leaves out what is not seen", function(w)
  local yang = w:as("liuyang")
  local d = yang:create("brief", { topic = "vague", grade = "A", amount = 5 })
  expect(yang:get(d).warnings[1].message, "vague of grade A?")
  yang:submit(d)
  expect(w:as("zhaolei"):get(d).warnings[1].message, "vague of grade?")
end)

-- --- pcall catches what is refused, and nothing of it is left

local function tried(w, what, name)
  local yang = w:as("liuyang")
  local of = yang:create("piece", { name = name or "stubborn" })
  local d = yang:create("trial", { what = what, of = of.id })
  yang:act(d, "try")
  return d.said, of
end

scenario("a refusal is caught, with its reason", function(w)
  expect(tried(w, "nothing"), 'false: There is no action "fly".')
  expect(tried(w, "update"), "false: Name takes a text.")
  expect(tried(w, "create"), "false: The form has no field colour: see its model for those that it has.")
  expect(tried(w, "form"), 'false: There is no form "nosuch".')
  expect(tried(w, "find"):sub(1, 49), "false: Lists are not filtered or sorted by said: ")
end)

scenario("what the act had done before it was refused is undone", function(w)
  local said, of = tried(w, "act")
  expect(said, "false: Not this one.")
  expect(of.step, "draft")
  expect(of:history(), { "create" })
  expect(#w:as("liuyang"):find("piece"), 1)
  said, of = tried(w, "act", "willing")
  expect(said, "true: nil")
  expect(of.step, "done")
end)

scenario("what went well before it stays", function(w)
  local said, of = tried(w, "half")
  expect(said:match("^false"), "false")
  expect(of.name, "renamed")
  expect(of.step, "draft")
end)

scenario("a coroutine inside catches nothing by halves", function(w)
  local said, of = tried(w, "coroutine")
  expect(said:match("^false"), "false")
  expect(of.step, "draft")
  expect(#w:as("liuyang"):find("piece"), 1)
end)

scenario("without pcall a refusal refuses the whole action, and fail() always does", function(w)
  local yang = w:as("liuyang")
  local of = yang:create("piece", { name = "x" })
  local d = yang:create("trial", { what = "bare", of = of.id })
  refused("not-found", function() yang:act(d, "try") end)
  yang:patch(d, { what = "fail" })
  local why = refused("invalid", function() yang:act(d, "try") end)
  expect(why.findings[1].message, "Never.")
end)

-- --- Nobody is given the decision about their own document

local function permit(w, about, action)
  local d = w:as("hexin"):create("permit", { about = about })
  w:as("hexin"):act(d, action)
  return d
end

scenario("whom it is about is not added, nor given it by anybody", function(w)
  local d = permit(w, "xujing", "submit")
  for _, place in ipairs { "before", "beside", "after" } do
    for _, login in ipairs { "xujing", "hexin" } do
      local why = refused("invalid", function()
        w:as("liuyang"):act(d, "add-approver", { people = { login }, place = place })
      end)
      expect(why.findings[1].code, "own")
    end
  end
  w:as("liuyang"):act(d, "add-approver", { people = { "guofeng" }, place = "beside" })
  expect(d:waiting(), { "guofeng", "liuyang" })
end)

scenario("nor by the clock, which asks the next one above", function(w)
  local d = permit(w, "zhaolei", "pass")
  w:advance("1d")
  expect(d:waiting(), { "lina" })
  d = permit(w, "xujing", "pass")
  w:advance("1d")
  expect(d:waiting(), { "zhaolei" })
end)

scenario("a submit is too late to take back once work of a lane was given away", function(w)
  local d = permit(w, "xujing", "both")
  w:as("guofeng"):act(d, "transfer", { to = "luoyan" })
  refused("conflict", function() w:as("hexin"):act(d, "withdraw") end)
  expect(d.step, "both")
end)

scenario("who has decided in a lane that has joined is told that it is too late", function(w)
  local d = permit(w, "xujing", "both")
  w:as("sunyue"):approve(d)
  refused("conflict", function() w:as("sunyue"):act(d, "withdraw") end)
  refused("forbidden", function() w:as("xujing"):act(d, "withdraw") end)
end)

-- --- Who is asked now, and who will be

scenario("a level ahead that finds nobody yet keeps nobody from being told who is asked", function(w)
  local d = w:as("liuyang"):create("chore", {})
  expect(d:waiting(), { "liuyang" })
  w:as("liuyang"):submit(d)
  expect(d:waiting(), { "sunyue" })
  refused("invalid", function() w:as("sunyue"):approve(d) end)
  w:as("sunyue"):approve(d, { data = { helper = "guofeng" } })
  expect(d:waiting(), { "guofeng" })
end)

scenario("what is not asked yet is not among what is asked now", function(w)
  local yang = w:as("liuyang")
  local d = yang:create("chore", { day = "2026-10-20" })
  yang:act(d, "plan")
  expect(d:waiting(), {})
  yang:patch(d, { day = "2026-10-22" })
  w:at("2026-10-19 23:59")
  expect(d:waiting(), {})
  w:at("2026-10-20 00:01")
  expect(d:waiting(), { "liuyang" })
  expect(#yang:work(), 1)
  local never = yang:create("chore", {})
  yang:act(never, "shelve")
  w:advance("2w")
  expect(never:waiting(), {})
  yang:act(never, "end")
  expect(never.step, "done")
end)

scenario("a stage reminds nobody of what is not asked yet", function(w)
  local run = w:launch("shifts", "2026-10")
  w:at("2026-10-23 23:00")
  expect(#w:as("liuyang"):work(), 0)
  expect(#w:messages("liuyang"), 0)
  w:at("2026-10-24 00:01")
  expect(#w:as("liuyang"):work(), 1)
  w:at("2026-10-24 09:01")
  expect(#w:messages("liuyang"), 1)
end)

-- --- What nobody may edit any more is not asked for

local function sheet(w)
  w:at("2026-11-02 09:00")
  return w:launch("round", "2026-11"):of("xujing", "sheet")
end

scenario("until it is frozen a step's require is asked for, and rows are", function(w)
  local jing = w:as("xujing")
  local d = sheet(w)
  local why = refused("invalid", function() jing:submit(d) end)
  expect(#why.findings, 2)
  expect(why.findings[1].field .. " " .. why.findings[1].code, "text required")
  expect(why.findings[2].field .. " " .. why.findings[2].code, "lines length")
  jing:submit(d, { data = { text = "x", lines = { { share = 100 } } } })
  expect(d.step, "grade")
  expect(code_of(function() w:as("zhaolei"):act(d, "graded") end), "grade required")
end)

scenario("once it is frozen it goes on with what is there, at every step and level", function(w)
  local d = sheet(w)
  w:as("xujing"):patch(d, { lines = { { share = 60 } } })
  w:at("2026-11-12 09:00")
  refused("conflict", function() w:as("xujing"):patch(d, { text = "x" }) end)
  w:as("xujing"):submit(d)
  w:as("zhaolei"):act(d, "graded")
  w:as("sunyue"):approve(d)
  expect(d.state, "done")
end)

local function early_or_odd(w, text)
  local d = sheet(w)
  w:as("xujing"):patch(d, { text = text, lines = { { share = 100 } } })
  expect(code_of(function() w:as("xujing"):submit(d) end), "note rule")
  w:at("2026-11-12 09:00")
  return d
end

scenario("rules hold when it is frozen too", function(w)
  local d = early_or_odd(w, "odd")
  expect(code_of(function() w:as("xujing"):submit(d) end), "note rule")
end)

scenario("one that says `not frozen` does not", function(w)
  local d = early_or_odd(w, "early")
  w:as("xujing"):submit(d)
  expect(d.step, "grade")
end)
