-- Values beside their shares, values set over others, appeals.

local function fill(w, run, login, points)
  local doc = run:of(login, "set")
  w:as(login):patch(doc, { points = points })
  w:as(login):submit(doc)
  w:as(doc:waiting()[1]):finish(doc)
  return doc
end

local function group(seen, unit)
  for _, one in ipairs(seen.groups) do
    if one.unit == unit then
      return one
    end
  end
end

local function share(one, value)
  for _, row in ipairs(one.distribution) do
    if row.value == value then
      return row
    end
  end
end

scenario("of three people two are 66.7 percent", function(w)
  local run = w:launch("review", "2026-Q4")
  fill(w, run, "guofeng", 95)
  fill(w, run, "luoyan", 92)
  local south = group(run:calibration { as = "sunyue", unit = "sales-south" }, "sales-south")
  expect(south.n, 3)
  expect(share(south, "A").percent, 66.7)
end)

scenario("the head of a unit calibrates it, with reasons", function(w)
  local run = w:launch("review", "2026-Q4")
  local doc = fill(w, run, "zhangwei", 95)
  fill(w, run, "liuyang", 92)
  fill(w, run, "xujing", 91)
  local seen = run:calibration { as = "zhaolei", unit = "sales-east" }
  local east = group(seen, "sales-east")
  expect(#seen.groups, 1)
  expect(east.may, true)
  expect(east.n, 4, "his own is not among them")
  expect(share(east, "A").n, 3)
  expect(share(east, "A").met, false)
  expect(#east.problems, 2, "too many A, too few B")
  expect(#east.people, 4)
  -- others' groups are not there
  expect(group(run:calibration { as = "zhaolei" }, "sales-south"), nil)
  refused("not-found", function() run:calibration { as = "linhai" } end)

  refused("forbidden", function() w:as("zhangwei"):override(doc, "grade", "B", "why") end)
  refused("not-found", function() w:as("linhai"):override(doc, "grade", "B", "why") end)
  refused("not-found", function() w:as("sunyue"):override(doc, "grade", "B", "why") end, "not hers")
  refused("invalid", function() w:as("zhaolei"):override(doc, "grade", "B", "") end)
  refused("invalid", function() w:as("zhaolei"):override(doc, "grade", "X", "why") end)
  refused("forbidden", function() w:as("zhaolei"):override(doc, "points", 5, "why") end)
  w:as("zhaolei"):override(doc, "grade", "B", "比同组略低")
  expect(doc.grade, "B")
  expect(doc.bonus, 50, "what is computed of it follows")
  local shown = w:as("zhaolei"):get(doc)
  expect(#shown.overrides, 1)
  expect(shown.overrides[1].computed, "A")
  expect(shown.overrides[1].reason, "比同组略低")
  expect(doc:history()[#doc:history()], "override")
  east = group(run:calibration { as = "zhaolei", unit = "sales-east" }, "sales-east")
  expect(share(east, "A").n, 2)
  expect(share(east, "A").before, 3)
  -- the value of its own goes on being computed beneath
  w:as("zhaolei"):override(doc, "grade", nil, "doch")
  expect(doc.grade, "A")
  expect(#w:as("zhaolei"):get(doc).overrides, 0)
end)

scenario("nobody calibrates themselves", function(w)
  local run = w:launch("review", "2026-Q4")
  local own = fill(w, run, "zhaolei", 95)
  local east = group(run:calibration { as = "zhaolei" }, "sales-east")
  expect(east.n, 4)
  expect(share(east, "A").n, 0, "nor is it counted")
  expect(share(group(run:calibration { as = "zhoumin" }, "sales-east"), "A").n, 1)
  refused("forbidden", function() w:as("zhaolei"):override(own, "grade", "A", "well done") end)
end)

scenario("shares that a small group cannot meet are explained", function(w)
  local run = w:launch("review", "2026-Q4", { audience = "person(zhangwei)" })
  fill(w, run, "zhangwei", 95)
  local east = group(run:calibration { as = "zhaolei" }, "sales-east")
  expect(share(east, "A").met, true)
  expect(east.problems, {})
end)

scenario("two fields make a grid, of what one may see", function(w)
  local run = w:launch("review", "2026-Q4")
  fill(w, run, "zhangwei", 95)
  fill(w, run, "liuyang", 60)
  local grid = run:calibration { as = "zhaolei", x = "points", y = "grade" }.grid
  expect(grid.x, "points")
  local people = 0
  for _, cell in ipairs(grid.cells) do
    people = people + cell.n
  end
  expect(people, 4, "of his own he does not see the grade yet")
end)

scenario("calibration has a beginning and an end", function(w)
  local run = w:launch("review", "2026-Q4")
  local doc = fill(w, run, "zhangwei", 95)
  w:at("2027-01-01 09:00")
  refused("conflict", function() w:as("zhaolei"):override(doc, "grade", "B", "late") end)
end)

scenario("an appeal has a chain and a clock, and sets a value over the other", function(w)
  local run = w:launch("review", "2026-Q4")
  local doc = fill(w, run, "zhangwei", 70)
  refused("conflict", function() w:as("zhangwei"):appeal(doc, "too early") end)
  run:reveal()
  expect(w:as("zhangwei"):get(doc).appeal["until"], "2026-10-17T01:00:00.000Z")
  refused("forbidden", function() w:as("zhaolei"):appeal(doc, "not mine") end)
  refused("invalid", function() w:as("zhangwei"):appeal(doc) end)
  refused("invalid", function() w:as("zhangwei"):appeal(doc, { comment = "x", data = { grade = "A" } }) end)
  w:as("zhangwei"):appeal(doc, { comment = "算错了", data = { why = "漏了一单" } })
  local appeal = doc:children("complaint")[1]
  expect(appeal.owner.login, "zhangwei")
  expect(appeal.why, "漏了一单")
  refused("conflict", function() w:as("zhangwei"):appeal(doc, "once more") end)
  w:as("zhangwei"):send(appeal)
  expect(appeal:waiting(), { "zhaolei" })
  w:advance("2d")
  expect(appeal:waiting(), { "lina" }, "the clock gives it to the next one")
  w:as("lina"):approve(appeal, { data = { grade = "A" } })
  expect(doc.grade, "A")
  expect(w:as("zhangwei"):get(doc).overrides[1].reason, "appeal: 漏了一单")
end)

scenario("an appeal after its time is refused, and says when that was", function(w)
  local run = w:launch("review", "2026-Q4")
  local doc = fill(w, run, "zhangwei", 70)
  run:reveal()
  w:advance("5d")
  expect(w:as("zhangwei"):get(doc).appeal ~= nil, true)
  w:advance("1min")
  expect(w:as("zhangwei"):get(doc).appeal, nil)
  refused("conflict", function() w:as("zhangwei"):appeal(doc, "late") end)
end)
