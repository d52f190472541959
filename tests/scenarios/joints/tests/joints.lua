-- How companies work: lanes and returns, several who answer, waiting, asking for
-- documents, clocks, people who are away. Written from docs/ alone.

-- lanes and returns
local function contract(w)
  local yang = w:as("liuyang")
  local d = yang:create("contract", { name = "Lease", reviewers = { "xujing", "zhangwei" } })
  yang:submit(d)
  return d
end

scenario("a return within a lane leaves the other one alone", function(w)
  local d = contract(w)
  expect(d.step, "checks")
  expect(d:waiting(), { "weiqi", "xujing", "zhangwei" })
  w:as("weiqi"):approve(d)
  expect(d:waiting(), { "jiangnan", "wufang", "xujing", "zhangwei" })
  w:as("jiangnan"):approve(d)
  w:as("wufang"):act(d, "return", { to = "pre", comment = "which account?" })
  expect(d:waiting(), { "weiqi", "xujing", "zhangwei" })
  w:as("xujing"):act(d, "reviewed", { data = { law_note = "fine" } })
  expect(d:waiting(), { "weiqi" })
  w:as("weiqi"):approve(d)
  expect(d:waiting(), { "wufang" })
  w:as("wufang"):approve(d)
  expect(d.step, "sign")
  expect(d:waiting(), { "zhaolei" })
end)

scenario("a return out of a lane closes both, and what had joined stays joined", function(w)
  local d = contract(w)
  w:as("xujing"):act(d, "reviewed", { data = { law_note = "fine" } })
  w:as("weiqi"):act(d, "return", { to = "draft", comment = "no budget said" })
  expect(d.step, "draft")
  expect(d:waiting(), { "liuyang" })
  w:as("liuyang"):act(d, "submit", { data = { notes = "40" } })
  expect(d:waiting(), { "weiqi" })
  w:as("weiqi"):approve(d)
  w:as("jiangnan"):approve(d)
  w:as("wufang"):approve(d)
  expect(d.step, "sign")
end)

scenario("a way to an end out of a lane closes the other lane", function(w)
  local d = contract(w)
  refused("invalid", function() w:as("zhangwei"):act(d, "hopeless") end)
  w:as("zhangwei"):act(d, "hopeless", "they are insolvent")
  expect(d.state, "void")
  expect(d:waiting(), {})
  refused("conflict", function() w:as("weiqi"):approve(d) end)
end)

-- collects
local function round(w, raters)
  local yang = w:as("liuyang")
  local d = yang:create("round", { raters = raters })
  yang:ask(d)
  return d
end
local function answer_of(w, login)
  return w:as(login):find("answer", { state = "open" })[1]
end

scenario("anonymous voices show from the floor on, and only when it is closed", function(w)
  local d = round(w, { "xujing", "zhangwei", "mahui", "guofeng" })
  expect(d.step, "voices")
  for i, login in ipairs { "xujing", "zhangwei", "mahui" } do
    local a = answer_of(w, login)
    w:as(login):act(a, "hand-in", { data = { score = i, words = "w" .. i } })
    expect(#w:as("zhoumin"):find("answer", { state = "done" }), 0)
    refused("not-found", function() w:as("zhoumin"):get(a) end)
  end
  expect(d.step, "voices")
  w:as("zhaolei"):act(answer_of(w, "zhaolei"), "hand-in", { data = { score = 5 } })
  expect(d.step, "talk")
  expect(d.voices[1].answers, 1)
  expect(d.voices[2].score, 2)
  expect(#d.voices[2].words, 3)
  expect(d.mean, 3.2)
end)

scenario("too few peers ask nobody; again asks everybody anew", function(w)
  local d = round(w, { "xujing", "zhangwei" })
  expect(d.step, "few")
  expect(#w:as("xujing"):work(), 0)
  w:as("liuyang"):act(d, "again", { data = { raters = { "xujing", "zhangwei", "mahui" } } })
  expect(d.step, "voices")
  w:advance("5wd")
  expect(d.step, "few")
  expect(#w:as("xujing"):work(), 0)
end)

-- waits
scenario("a wait goes on three working days before, over a make-up day", function(w)
  local yang = w:as("liuyang")
  local d = yang:create("notice", { leaves = "2026-10-20" })
  yang:act(d, "to-date")
  expect(d.step, "day")
  w:at("2026-10-16 08:59")
  expect(d.step, "day")
  w:at("2026-10-16 09:00")
  expect(d.step, "pack")
end)

scenario("without its day it is refused; a signal needs the right to act", function(w)
  local yang = w:as("liuyang")
  local d = yang:create("notice", {})
  refused("conflict", function() yang:act(d, "to-date") end)
  refused("invalid", function() yang:act(d, "to-day") end)
  yang:act(d, "to-pay")
  refused("forbidden", function() yang:paid(d) end)
  w:as("zhoumin"):paid(d)
  expect(d.step, "pack")
  refused("conflict", function() w:as("zhoumin"):paid(d) end)
  local e = yang:create("notice", {})
  yang:act(e, "to-pay")
  w:advance("60d")
  expect(e.step, "pack")
  expect(e:history(), { "create", "to-pay", "wait" })
end)

-- calls
scenario("each row is somebody's task, and the project goes on when all have ended", function(w)
  local yang = w:as("liuyang")
  local d = yang:create("project", { name = "Move", rows = { { what = "Boxes", who = "xujing" }, { what = "Van", who = "zhangwei" }, { what = "Nobody's" } } })
  yang:start(d)
  expect(d.step, "work")
  local tasks = d:children("task")
  expect(#tasks, 2)
  for _, t in ipairs(tasks) do
    if t.name == "Boxes" then
      w:as("xujing"):act(t, "finish", { data = { cost = 12 } })
    end
  end
  expect(d.step, "work")
  expect(d.spent, 12)
  for _, t in ipairs(tasks) do
    if t.name == "Van" then
      w:as("zhangwei"):act(t, "give-up")
    end
  end
  expect(d.step, "done")
  expect(d:reasons(), { "all" })
end)

-- times
scenario("hours pass over the end of summer time, days keep the hour", function(w)
  w:at("2026-10-24 22:00")
  local yang = w:as("liuyang")
  local d = yang:create("bill", { what = "Taxi" })
  yang:submit(d)
  expect(d:waiting(), { "zhaolei" })
  w:at("2026-10-25 01:59")
  expect(d:waiting(), { "zhaolei" })
  w:at("2026-10-25 02:30")
  w:advance("1h")
  expect(d:waiting(), { "lina" })
end)

scenario("working days leave out the holidays", function(w)
  w:at("2026-12-23 10:00")
  local yang = w:as("liuyang")
  local d = yang:create("notice", {})
  yang:act(d, "to-pay")
  w:as("zhoumin"):paid(d)
  expect(yang:get(d).due, "2027-01-05T09:00:00.000Z")
  w:at("2027-01-05 09:59")
  expect(d:waiting(), { "liuyang" })
  w:at("2027-01-05 10:00")
  expect(d:waiting(), { "zhaolei" })
end)

scenario("a last level approves by time only if it says so", function(w)
  local yang = w:as("liuyang")
  local d = yang:create("bill", { what = "Taxi" })
  yang:submit(d)
  w:as("zhaolei"):approve(d)
  w:advance("1wd")
  expect(d.state, "done")
  expect(d:reasons(), { "timeout", "timeout" })
end)

-- people who are away or leave
scenario("a substitute decides, both names stand in the history; a handover moves the rest", function(w)
  w:as("zhaolei"):delegate_all { to = "sunyue", from = "2026-10-12", till = "2026-10-16" }
  local yang = w:as("liuyang")
  local d = yang:create("bill", { what = "Taxi" })
  yang:submit(d)
  expect(d:waiting(), { "sunyue" })
  refused("invalid", function() w:as("sunyue"):delegate_all { to = "zhaolei", from = "2026-10-12", till = "2026-10-13" } end)
  w:as("zhoumin"):handover("sunyue", "guofeng")
  expect(d:waiting(), { "guofeng" })
  w:as("guofeng"):approve(d)
  expect(d:waiting(), { "jiangnan", "wufang" })
end)

scenario("who is away and begins something has it in hand", function(w)
  local yang = w:as("liuyang")
  yang:delegate_all { to = "xujing", from = "2026-10-12", till = "2026-10-20" }
  local d = yang:create("bill", { what = "Taxi" })
  expect(d:waiting(), { "liuyang" })
  refused("not-found", function() w:as("xujing"):get(d) end)
  yang:submit(d)
  yang:withdraw(d)
  expect(d:waiting(), { "liuyang" })
  yang:submit(d)
  w:as("zhaolei"):act(d, "reject", "which taxi?")
  expect(d:waiting(), { "xujing" }, "what comes back to them is the substitute's")
end)

scenario("a draft from before stays with its maker", function(w)
  local yang = w:as("liuyang")
  local d = yang:create("bill", { what = "Taxi" })
  local project = yang:create("project", { name = "Move", rows = { { what = "Boxes", who = "xujing" } } })
  yang:start(project)
  yang:delegate_all { to = "mahui", from = "2026-10-13", till = "2026-10-20" }
  w:as("xujing"):delegate_all { to = "mahui", from = "2026-10-13", till = "2026-10-20" }
  w:advance("1d")
  expect(d:waiting(), { "liuyang" })
  expect(project:children("task")[1]:waiting(), { "mahui" }, "a task is no draft of theirs")
end)
