-- Alerts over documents: levels, episodes, what time alone changes.

local function aim(w, login, data)
  local d = w:as(login):create("aim", data)
  w:as(login):begin(d)
  return d
end

local function texts(w, login)
  local all = {}
  for i, m in ipairs(w:messages(login)) do all[i] = m.text end
  return all
end

scenario("a watched document is green, any other has no light", function(w)
  local d = w:as("liuyang"):create("aim", { name = "A" })
  expect(d.health, nil)
  w:as("liuyang"):begin(d)
  expect(d.health, "green")
  w:as("liuyang"):finish(d)
  expect(d.health, nil)
end)

-- 2026-10-12 to 2026-11-01 are 20 days: 5 percent a day.
scenario("falling behind turns it yellow, then red, each told once", function(w)
  local d = aim(w, "liuyang", { name = "B", start = "2026-10-12", due = "2026-11-01" })
  w:at("2026-10-15 08:30")
  expect(d.health, "green", "15 percent are not more than 15")
  w:at("2026-10-16 07:59")
  expect(d.health, "green", "nobody has looked yet")
  w:at("2026-10-16 08:00")
  expect(d.health, "yellow")
  expect(texts(w, "zhaolei"), { "Behind: B" })
  w:at("2026-10-18 08:00")
  expect(d.health, "yellow")
  w:at("2026-10-19 08:00")
  expect(d.health, "red")
  expect(texts(w, "liuyang"), { "Far behind: B", "Behind: B" })
  expect(d:reasons(), { "late", "far" })
  w:at("2026-10-24 09:00")
  expect(#texts(w, "liuyang"), 2, "one alert an episode and level")
end)

scenario("a report over lights begins with the worst", function(w)
  local late = { start = "2026-10-12", due = "2026-11-01" }
  aim(w, "liuyang", { name = "A", start = "2026-10-12", due = "2026-12-31" })
  w:as("liuyang"):create("aim", { name = "B" })
  aim(w, "liuyang", { name = "C", start = late.start, due = late.due })
  aim(w, "liuyang", { name = "D", start = late.start, due = late.due, progress = 15 })
  w:at("2026-10-19 09:00")
  local lights = {}
  for i, row in ipairs(w:report("aims-by-light", { as = "zhaolei" }).rows) do
    lights[i] = row.key.light
    expect(row.n, 1)
  end
  expect(lights, { "red", "yellow", "green", "none" })
end)

scenario("progress puts the light out at the next look, and a new episode tells anew", function(w)
  local d = aim(w, "liuyang", { name = "C", start = "2026-10-12", due = "2026-11-01" })
  w:at("2026-10-16 09:00")
  expect(d.health, "yellow")
  w:as("liuyang"):patch(d, { progress = 30 })
  expect(d.health, "yellow", "looked at once a day")
  w:at("2026-10-17 08:00")
  expect(d.health, "green")
  w:at("2026-10-22 08:00")
  expect(d.health, "yellow", "50 - 30 is more than 15")
  expect(texts(w, "liuyang"), { "Behind: C", "Behind: C" })
  expect(d:reasons(), { "late", "green", "late" })
end)

scenario("a level that has told in this episode is silent when it comes back", function(w)
  local d = aim(w, "liuyang", { name = "D", start = "2026-10-12", due = "2026-11-01" })
  w:at("2026-10-19 09:00")
  expect(d.health, "red")
  w:as("liuyang"):patch(d, { progress = 20 })
  w:at("2026-10-20 09:00")
  expect(d.health, "yellow")
  expect(texts(w, "zhaolei"), { "Far behind: D", "Behind: D" })
  w:at("2026-10-23 09:00")
  expect(d.health, "red")
  expect(#texts(w, "zhaolei"), 2)
end)

scenario("past due without update is yellow, with an update it is not", function(w)
  local a = aim(w, "liuyang", { name = "E", due = "2026-10-14", progress = 90 })
  local b = aim(w, "liuyang", { name = "F", due = "2026-10-14", progress = 90 })
  w:at("2026-10-16 12:00")
  expect(a.health, "yellow")
  expect(b.health, "yellow")
  w:as("liuyang"):patch(b, { note = "nearly" })
  w:at("2026-10-17 08:00")
  expect(a.health, "yellow")
  expect(b.health, "green", "updated after it was due")
end)

scenario("no progress for two weeks is found, other changes do not count", function(w)
  local d = aim(w, "liuyang", { name = "G" })
  w:at("2026-10-20 09:00")
  w:as("liuyang"):patch(d, { note = "something else" })
  w:at("2026-10-26 08:30")
  expect(d.health, "green", "13 days and 23 hours")
  w:at("2026-10-27 08:00")
  expect(d.health, "yellow")
  expect(texts(w, "liuyang"), { "G：两周无进展" })
  w:as("liuyang"):patch(d, { progress = 10 })
  w:at("2026-10-28 08:00")
  expect(d.health, "green")
  w:at("2026-11-11 08:00")
  expect(d.health, "yellow", "and again after two more")
end)

scenario("lists filter by the light", function(w)
  aim(w, "liuyang", { name = "green", start = "2026-10-12", due = "2027-11-01" })
  aim(w, "liuyang", { name = "red", start = "2026-10-01", due = "2026-10-30" })
  aim(w, "liuyang", { name = "yellow", start = "2026-10-10", due = "2026-10-21" })
  w:at("2026-10-13 08:00")
  local function names(where)
    local all = {}
    for i, row in ipairs(w:as("liuyang"):find("aim", where)) do all[i] = row.name end
    table.sort(all)
    return all
  end
  expect(names { health = "red" }, { "red" })
  expect(names { health = "yellow" }, { "yellow" })
  expect(names { health = "green" }, { "green" })
end)

scenario("what is done or gone is not looked at", function(w)
  local d = aim(w, "liuyang", { name = "H", start = "2026-10-12", due = "2026-11-01" })
  w:as("liuyang"):finish(d)
  w:at("2026-10-30 08:00")
  expect(d.health, nil)
  expect(w:messages("liuyang"), {})
end)

scenario("a hook may open what is to be done, and its mistake takes nothing with it", function(w)
  local a = aim(w, "liuyang", { name = "I", note = "open", start = "2026-10-12", due = "2026-11-01" })
  local b = aim(w, "liuyang", { name = "J", note = "break", start = "2026-10-12", due = "2026-11-01" })
  w:at("2026-10-16 08:00")
  expect(a.health, "yellow")
  expect(b.health, "yellow")
  expect(#w:as("liuyang"):find("aim", { step = "draft" }), 1)
  expect(w:as("liuyang"):find("aim", { step = "draft" })[1].name, "late of I")
end)
