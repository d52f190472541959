-- Joins of some lanes, lanes of every kind of step, and a parallel in a lane.
local function some(w, action, data)
  local d = w:as("zhangwei"):create("some", data or {})
  w:as("zhangwei"):act(d, action)
  return d
end

local function lanes(w, d)
  local found = {}
  for _, lane in ipairs(w:as("zhangwei"):get(d).lanes or {}) do
    found[#found + 1] = ("%s %s%s"):format(lane.lane, lane.state,
      lane.step and " " .. lane.step .. (lane.level and "/" .. lane.level or "") or "")
  end
  return found
end

local function bits(w, login)
  for _, item in ipairs(w:as(login):work()) do
    if item.document.form == "bit" then
      w:as(login):finish(item.document)
    end
  end
end

scenario("any: the first lane that joins closes the others", function(w)
  local d = some(w, "one")
  expect(d:waiting(), { "jiangnan", "weiqi", "wufang" })
  w:as("weiqi"):go_b(d)
  expect(d.step, "after")
  expect(d.rounds, 10)
  expect(d:waiting(), { "zhangwei" })
  refused("conflict", function() w:as("jiangnan"):go_a(d) end)
end)

scenario("any: a lane that joins at once closes those before it", function(w)
  local d = some(w, "one", { pass = true })
  expect(d.step, "after")
  expect(d:waiting(), { "zhangwei" })
end)

scenario("two of three, a refusal and a timeout join too", function(w)
  local d = some(w, "two")
  w:as("jiangnan"):reject(d)
  expect(lanes(w, d), { "a joined", "b open two-b", "c open two-c" })
  w:advance("1d")
  expect(d.step, "after")
  expect(d:waiting(), { "zhangwei" })
  w:advance("9d")
  expect(d.step, "after")
end)

scenario("a timeout that leads out of its lane leaves all of them", function(w)
  local d = some(w, "two")
  w:as("weiqi"):transfer(d, { to = "yuting" })
  w:advance("1d")
  expect(lanes(w, d), { "a open two-a/l", "b joined", "c open two-c" })
  w:advance("3d")
  expect(d.step, "draft")
  expect(w:as("jiangnan"):work(), {})
end)

scenario("a wait, a call and a collect, each in its lane", function(w)
  local d = some(w, "kinds", { people = { "liuyang", "xujing" } })
  expect(d.rounds, 1)
  expect(lanes(w, d), { "waits open pause", "calls open parts",
                        "collects open views", "hooks joined" })
  bits(w, "liuyang")
  expect(lanes(w, d)[2], "calls open parts")
  bits(w, "xujing")
  expect(lanes(w, d), { "waits open pause", "calls joined", "collects joined", "hooks joined" })
  w:advance("2d")
  expect(d.step, "after")
end)

scenario("a signal and the end of a time, in lanes", function(w)
  local d = some(w, "kinds", { people = { "liuyang", "xujing" } })
  w:as("zhangwei"):paid(d)
  expect(lanes(w, d)[1], "waits joined")
  bits(w, "liuyang")
  w:advance("5d")
  expect(lanes(w, d), { "waits joined", "calls open parts", "collects joined", "hooks joined" })
  bits(w, "xujing")
  expect(d.step, "after")
end)

scenario("a call of nobody and a collect of nobody join at once", function(w)
  local d = some(w, "kinds")
  expect(lanes(w, d), { "waits open pause", "calls joined", "collects joined", "hooks joined" })
  w:as("zhangwei"):paid(d)
  expect(d.step, "after")
end)

scenario("leaving by one lane ends the documents that the others asked for", function(w)
  local d = w:as("zhangwei"):create("some", { people = { "liuyang" }, rounds = -1 })
  w:as("zhangwei"):kinds(d)
  expect(lanes(w, d)[4], "hooks open lost")
  w:as("zhangwei"):give_up(d)
  expect(d.step, "draft")
  for _, child in ipairs(d:children("bit")) do
    expect(child.state, "void")
  end
  expect(w:as("liuyang"):work(), {})
  w:advance("9d")
  expect(d.step, "draft")
end)

scenario("a parallel in a lane", function(w)
  local d = some(w, "nest")
  expect(d.step, "outer")
  expect(lanes(w, d), { "left open inner", "up open up/l", "down open down", "right open right" })
  expect(d:waiting(), { "jiangnan", "weiqi", "wufang" })
  w:as("weiqi"):go_down(d)
  expect(lanes(w, d), { "left open tail", "right open right" })
  expect(d:waiting(), { "hanmei", "wufang" })
  w:as("hanmei"):inner_again(d)
  expect(d:waiting(), { "jiangnan", "weiqi", "wufang" })
  w:as("jiangnan"):reject(d)
  expect(lanes(w, d), { "left open tail", "right open right" })
  w:as("hanmei"):go_tail(d)
  expect(lanes(w, d), { "left joined", "right open right" })
  w:as("wufang"):go_right(d)
  expect(d.step, "after")
end)

scenario("a way out of the inner one leaves both", function(w)
  local d = some(w, "nest")
  w:as("jiangnan"):approve(d)
  w:as("weiqi"):abort(d)
  expect(d.step, "draft")
  expect(d:waiting(), { "zhangwei" })
  w:as("zhangwei"):nest(d)
  expect(d:waiting(), { "jiangnan", "weiqi", "wufang" })
end)

scenario("a return with here out of the inner one comes back to it", function(w)
  local d = some(w, "nest")
  w:as("jiangnan"):approve(d)
  w:as("wufang"):go_right(d)
  w:as("zhoumin"):act(d, "return", { to = "draft" })
  expect(d.step, "draft")
  w:as("zhangwei"):nest(d)
  expect(lanes(w, d), { "left open inner", "up open up/m", "down open down", "right joined" })
  expect(d:waiting(), { "weiqi", "zhoumin" })
  w:as("zhoumin"):approve(d)
  expect(lanes(w, d), { "left open tail", "right joined" })
end)

scenario("lanes that ask nobody are walked through", function(w)
  local d = some(w, "round")
  expect(d.step, "after")
  refused("invalid", function() some(w, "round", { pass = true }) end)
end)

scenario("standing delegation and handover reach into lanes", function(w)
  local d = some(w, "two")
  local undo = w:as("jiangnan"):delegate_all { to = "yuting" }
  expect(d:waiting(), { "weiqi", "wufang", "yuting" })
  undo()
  expect(d:waiting(), { "jiangnan", "weiqi", "wufang" })
  w:as("zhoumin"):handover("weiqi", "dongjie")
  expect(d:waiting(), { "dongjie", "jiangnan", "wufang" })
end)

scenario("the same parallel again, with walks of its own", function(w)
  local d = some(w, "two")
  for _ = 1, 3 do
    w:as("jiangnan"):approve(d)
    w:as("wufang"):go_c(d)
    expect(d.step, "after")
    w:as("zhangwei"):back(d)
    w:as("zhangwei"):two(d)
    expect(d:waiting(), { "jiangnan", "weiqi", "wufang" })
  end
end)
