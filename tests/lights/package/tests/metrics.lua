-- Metrics: points in any order, levels, episodes, who sees and hears.

local function texts(w, login)
  local all = {}
  for i, m in ipairs(w:messages(login)) do all[i] = m.text end
  return all
end

local function values(items)
  local all = {}
  for i, item in ipairs(items) do all[i] = item.value end
  return all
end

local function day(n, time)
  return ("2026-10-%02d %s"):format(n, time or "08:00")
end

scenario("three points in a row under the threshold tell once, with the history", function(w)
  w:points("yield", { { "liuyang", day(10), 97 }, { "liuyang", day(11), 96 } })
  w:points("yield", { { "liuyang", day(12, "07:00"), 94 }, { "liuyang", day(12, "07:10"), 93 } })
  expect(texts(w, "zhaolei"), {})
  w:points("yield", { { "liuyang", day(12, "07:20"), 92.25 } })
  local told = texts(w, "zhaolei")
  expect(#told, 1)
  expect(told[1]:match("^[^\n]+"):match("92.3$"), "92.3")
  expect(told[1]:match("\n(.*)"), "10-10 97 · 10-11 96 · 10-12 93.1")
  expect(#texts(w, "liuyang"), 1)
  w:points("yield", { { "liuyang", day(12, "07:30"), 90 } })
  expect(#texts(w, "zhaolei"), 1, "one alert an episode")
  w:points("yield", { { "liuyang", day(12, "07:40"), 99 } })
  w:points("yield", { { "liuyang", day(12, "07:50"), 90 }, { "liuyang", day(12, "08:00"), 90 },
                      { "liuyang", day(12, "08:10"), 90 } })
  expect(#texts(w, "zhaolei"), 2, "another episode")
end)

scenario("points of one request may come in any order, and twice: the last counts", function(w)
  w:points("yield", { { "liuyang", day(12, "07:20"), 92 }, { "liuyang", day(12, "07:00"), 94 },
                      { "liuyang", day(12, "07:10"), 99 }, { "liuyang", day(12, "07:10"), 93 } })
  expect(#texts(w, "zhaolei"), 1)
  expect(values(w:as("liuyang"):series("yield", {})), { 94, 93, 92 })
end)

scenario("what comes late counts in sums and tells nobody; the newest is judged again", function(w)
  w:points("yield", { { "liuyang", day(12, "07:00"), 94 }, { "liuyang", day(12, "07:30"), 94 } })
  w:points("yield", { { "liuyang", day(12, "07:10"), 94 } })
  expect(#texts(w, "zhaolei"), 0, "the late one is not the third in a row")
  w:points("yield", { { "liuyang", day(12, "07:40"), 99 } })
  w:points("yield", { { "liuyang", day(12, "07:40"), 94 } })
  expect(#texts(w, "zhaolei"), 1, "the newest was a mistake, and is one more now")
  expect(values(w:as("liuyang"):series("yield", { step = "day" })), { 94 })
  w:points("yield", { { "liuyang", day(12, "07:00"), 90 } })
  expect(values(w:as("liuyang"):series("yield", { step = "day" })), { 93 })
end)

-- 28 days of 98 and 99 in turn: 98.5 - 3 * 0.509 is 96.972.
local function month(login)
  local rows = {}
  for n = 0, 27 do
    local d, m = 14 + n, 9
    if d > 30 then d, m = d - 30, 10 end
    rows[n + 1] = { login, ("2026-%02d-%02d 08:00"):format(m, d), 98 + n % 2 }
  end
  return rows
end

scenario("a day against the 28 before it, judged once it is over and all is in", function(w)
  w:points("yield", month "liuyang")
  w:points("yield", month "xujing")
  w:at(day(12, "18:00"))
  w:points("yield", { { "liuyang", day(12, "09:00"), 96.8 }, { "liuyang", day(12, "10:00"), 97 },
                      { "xujing", day(12, "09:00"), 96.98 } })
  w:at(day(13, "00:14"))
  expect(texts(w, "zhaolei"), {}, "a quarter of an hour for what is late")
  w:at(day(13, "00:15"))
  expect(#texts(w, "zhaolei"), 1)
  expect(texts(w, "zhaolei")[1]:match("^(%a+): "), "Odd")
end)

scenario("so long under the threshold, not so often", function(w)
  w:points("yield", { { "liuyang", day(12, "06:00"), 40 }, { "liuyang", day(12, "07:00"), 99 } })
  w:points("yield", { { "mahui", day(12, "05:00"), 40 }, { "mahui", day(12, "06:59"), 40 } })
  expect(#w:as("mahui"):find("aim"), 0)
  w:points("yield", { { "mahui", day(12, "07:00"), 41 } })
  expect(#w:as("mahui"):find("aim"), 1, "the hook has made one")
  expect(#w:as("liuyang"):find("aim"), 0)
end)

scenario("a hook sees each point", function(w)
  w:points("yield", { { "liuyang", day(12), 1 } })
  expect(w:as("liuyang"):find("aim")[1].name, "yield of liuyang")
end)

scenario("the subject, the line above and who reads see the series, nobody else", function(w)
  w:points("yield", { { "liuyang", day(12), 99 } })
  expect(#w:as("liuyang"):series("yield"), 1)
  expect(#w:as("zhaolei"):series("yield", { subject = "liuyang" }), 1)
  expect(#w:as("lina"):series("yield", { subject = "liuyang" }), 1)
  expect(#w:as("zhoumin"):series("yield", { subject = "liuyang" }), 1)
  refused("not-found", function() w:as("xujing"):series("yield", { subject = "liuyang" }) end)
  refused("not-found", function() w:as("xujing"):series("yield", { subject = "nobody" }) end)
end)

scenario("a wrong row refuses all of them, by its number", function(w)
  local why = refused("invalid", function()
    w:points("yield", { { "liuyang", day(12), 99 }, { "nobody", day(12), 99 },
                        { "liuyang", "soon", 99 }, { "liuyang", day(20), 99 } })
  end)
  expect(why.findings[1].field, "[2].subject")
  expect(why.findings[2].field, "[3].at")
  expect(why.findings[3].field, "[4].at")
  expect(#w:as("liuyang"):series("yield"), 0)
end)

scenario("of many points the one is named that a hook refuses", function(w)
  local function refusal(value)
    return refused("invalid", function()
      w:points("yield", { { "liuyang", day(12, "08:00"), 95 }, { "liuyang", day(12, "07:00"), value } })
    end).findings[1]
  end
  expect(refusal(-2).field, "[2].value")
  expect(refusal(-2).message, "A yield is not negative.")
end)
