-- What a cycle does: launched, brought to people, frozen, revealed, closed.

local function count(items, what)
  local n = 0
  for _, item in ipairs(items) do
    n = n + (what(item) and 1 or 0)
  end
  return n
end

local function fill(w, run, login, points)
  local doc = run:of(login, "set")
  w:as(login):patch(doc, { points = points })
  w:as(login):submit(doc)
  w:as(doc:waiting()[1]):finish(doc)
  return doc
end

scenario("launching twice makes nothing twice", function(w)
  local before = w:trial("review", "2026-Q4")
  expect(before.people, 10)
  expect(#before.sample, 10)
  expect(before.stages[1].opens, "2026-09-30T16:00:00.000Z")
  local run = w:launch("review", "2026-Q4", { twice = true })
  expect(run.people, 10)
  expect(run:stage("set").made, 10)
  expect(run:stage("mood").made, 10)
  expect(run:stage("lead").state, "waiting")
  expect(#w:runs("review"), 1)
  expect(#w:messages("zhangwei"), 1, "on_launch is called once")
  expect(run:of("zhangwei", "set").note, "for 张伟 in 2026-Q4")
  expect(run.mine, {})
  expect(run.period, "2026-Q4")
  expect(run.start, "2026-10-01")
  expect(run["end"], "2026-12-31")
end)

scenario("a period that is none is refused, and so are people that are none", function(w)
  refused("invalid", function() w:launch("review", "2026-11") end)
  refused("invalid", function() w:launch("review", "never") end)
  refused("invalid", function() w:launch("review", "2026-Q4", { audience = "nobody(" }) end)
  refused("invalid", function() w:launch("talks", "2026-W43") end)
  refused("not-found", function() w:launch("revue", "2026-Q4") end)
  refused("not-found", function() w:launch("review", "2026-Q4", { as = "linhai" }) end)
  refused("forbidden", function() w:launch("review", "2026-Q4", { as = "zhangwei" }) end)
  local run = w:launch("review", "2026-Q4", { as = "zhoumin" })
  expect(run.by.login, "zhoumin")
end)

scenario("a pilot is widened, and overlays are given to their people", function(w)
  local run = w:launch("review", "2026-Q4", { audience = "members(sales-south)" })
  expect(run.people, 4)
  expect(w:as("guofeng"):get(run:of("guofeng", "set")).form, "shop-sheet")
  w:launch("review", "2026-Q4", { audience = "person(zhangwei)" })
  expect(run.people, 5)
  expect(w:as("zhangwei"):get(run:of("zhangwei", "set")).form, "sheet")
  w:launch("review", "2026-Q4")
  expect(run.people, 10)
  expect(run.audience, nil)
  expect(run:stage("set").made, 10)
  -- what was launched for all is not made smaller by a pilot
  w:launch("review", "2026-Q4", { audience = "person(zhangwei)" })
  expect(run.audience, nil)
end)

scenario("what somebody has begun for the period is theirs in the run", function(w)
  local mine = w:as("zhangwei"):create("sheet", { points = 3 })
  local run = w:launch("review", "2026-Q4")
  expect(run:of("zhangwei", "set").id, mine.id)
  expect(run:stage("set").made, 10)
  expect(mine.points, 3)
end)

scenario("a stage opens, reminds, freezes, is revealed and closes at its time", function(w)
  local run = w:launch("review", "2026-Q4")
  local late, doc = run:of("liuyang", "set"), fill(w, run, "zhangwei", 95)
  expect(w:as("liuyang"):get(late).due, "2026-10-21T15:59:59.999Z", "it is due with its stage")
  w:at("2026-10-14 09:01")
  expect(count(w:messages("liuyang"), function(m) return m.document ~= nil end), 1)
  expect(count(w:messages("zhangwei"), function(m) return m.text:find("waits", 1, true) ~= nil end), 0)
  w:as("liuyang"):patch(late, { points = 1 })
  expect(w:as("liuyang"):get(late).frozen, false)
  w:at("2026-12-02 00:01")
  expect(w:as("liuyang"):get(late).frozen, true)
  expect(w:as("liuyang"):get(late).can.edit, {})
  refused("conflict", function() w:as("liuyang"):patch(late, { points = 2 }) end)
  expect(run:stage("lead").made, 0)
  w:at("2026-12-24 00:01")
  expect(run:stage("lead").made, 2)
  local report = run:of("sunyue", "lead")
  expect(w:as("sunyue"):get(report).due, "2026-12-28T10:00:00.000Z", "its step counts from the stage")
  expect(w:as("zhangwei"):get(doc).data.grade, nil, "not revealed")
  expect(w:as("zhangwei"):get(doc).revealed, false)
  expect(#w:as("zhangwei"):find("sheet", { grade = "A" }), 0)
  w:at("2027-01-01 00:00")
  expect(w:as("zhangwei"):get(doc).revealed, true)
  expect(w:as("zhangwei"):get(doc).data.grade, "A")
  expect(#w:as("zhangwei"):find("sheet", { grade = "A" }), 1)
  expect(late.state, "void")
  expect(late:reasons()[#late:reasons()], "closed")
  expect(doc.state, "done")
  expect(run:stage("set").state, "closed")
  expect(run:stage("set").void, 9)
  expect(run:stage("set").done, 1)
end)

scenario("results may be revealed sooner, once", function(w)
  local run = w:launch("review", "2026-Q4")
  local doc = fill(w, run, "zhangwei", 70)
  refused("not-found", function() run:reveal("lead2") end)
  refused("not-found", function() run:reveal(nil, "linhai") end)
  run:reveal(nil, "zhoumin")
  expect(w:as("zhangwei"):get(doc).data.grade, "B")
  refused("conflict", function() run:reveal() end)
end)

scenario("answers of an anonymous stage show when it closes, from three on", function(w)
  local run = w:launch("review", "2026-Q4")
  for mood, login in ipairs { "zhangwei", "liuyang", "xujing" } do
    local work = w:as(login):work()
    for _, item in ipairs(work) do
      if item.document.form == "pulse" then
        w:as(login):send(item.document, { data = { mood = mood } })
      end
    end
  end
  expect(run:stage("mood").done, nil, "nobody is told how many")
  expect(#w:as("zhoumin"):find("pulse"), 0)
  w:at("2026-10-27 09:00")
  expect(#w:as("zhoumin"):find("pulse"), 3)
  expect(w:as("zhoumin"):find("pulse")[1].state, "done")
  expect(run:stage("mood").done, 3)
  expect(run:stage("mood").void, 7)
end)

scenario("fewer answers than three never show", function(w)
  local run = w:launch("review", "2026-Q4")
  for _, login in ipairs { "zhangwei", "liuyang" } do
    for _, item in ipairs(w:as(login):work()) do
      if item.document.form == "pulse" then
        w:as(login):send(item.document, { data = { mood = 1 } })
      end
    end
  end
  w:at("2026-10-27 09:00")
  expect(#w:as("zhoumin"):find("pulse"), 0)
  expect(run:stage("mood").state, "closed")
end)

scenario("every two weeks by its clock, and what was missed is caught up", function(w)
  expect(#w:runs("talks"), 0)
  w:at("2026-10-26 00:01")
  expect(#w:runs("talks"), 1)
  local run = w:runs("talks")[1]
  expect(run.period, "2026-W44")
  expect(run.start, "2026-10-26")
  expect(run["end"], "2026-11-08")
  expect(run.people, 3)
  expect(run:of("zhangwei", "talk").week, "2026-W44")
  w:at("2026-12-10 09:00")
  expect(#w:runs("talks"), 4)
  expect(w:runs("talks")[1].period, "2026-W50")
  expect(run:of("zhangwei", "talk").state, "void")
end)

scenario("each Friday", function(w)
  w:at("2026-10-23 14:59")
  local run = w:runs("friday")[1]
  expect(run.period, "2026-W42")
  w:at("2026-10-23 15:00")
  expect(w:runs("friday")[1].period, "2026-W43")
  expect(w:runs("friday")[1]:stage("talk").due, "2026-10-23T10:00:00.000Z")
  expect(#w:runs("friday"), 2)
end)
