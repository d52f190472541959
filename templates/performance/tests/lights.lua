-- Lights of goals, and the shop floor. The quarter of 2026-10-12 began on
-- 10-01 and ends on 12-31: 92 days.
local function texts(w, login)
  local all = {}
  for i, m in ipairs(w:messages(login)) do all[i] = m.text end
  return all
end

local function heard(w, login, text)
  for _, m in ipairs(w:messages(login)) do
    if m.text == text then return true end
  end
  return false
end

-- A goal of 李娜, set by 陈光, so that it is live at once.
local function goal(w, data)
  data.owner, data.method = "lina", data.method or "manual"
  local top = w:as("chenguang"):create("goal", { title = "华东市场份额第一", kind = "objective" })
  w:as("chenguang"):submit(top)
  data.parent = top.id
  local d = w:as("chenguang"):create("goal", data)
  w:as("chenguang"):submit(d)
  return d
end

scenario("进度落后超过 15% 亮黄灯，超过 30% 亮红灯，直属上级都收到", function(w)
  local d = goal(w, { title = "新签合同 20 份", start = "2026-10-12", due = "2026-11-01" })
  expect(d.health, "green")
  w:at("2026-10-16 08:00")
  expect(d.health, "yellow")
  expect(heard(w, "chenguang", "黄灯：新签合同 20 份，落后计划超过 15 个百分点"), true)
  w:at("2026-10-19 08:00")
  expect(d.health, "red")
  expect(heard(w, "chenguang", "红灯：新签合同 20 份，落后计划超过 30 个百分点"), true)
  w:as("lina"):patch(d, { progress = 60 })
  w:at("2026-10-20 08:00")
  expect(d.health, "green")
end)

scenario("逾期没有更新亮黄灯，更新后熄灭", function(w)
  local d = goal(w, { title = "办好三场客户活动", start = "2026-10-01", due = "2026-10-13" })
  w:as("lina"):patch(d, { progress = 95 })
  w:at("2026-10-15 08:00")
  expect(d.health, "yellow")
  expect(heard(w, "chenguang", "黄灯：办好三场客户活动 已逾期且没有更新"), true)
  w:as("lina"):patch(d, { progress = 97 })
  w:at("2026-10-16 08:00")
  expect(d.health, "green")
end)

scenario("关键结果两周没有进展，自动亮黄灯", function(w)
  local d = goal(w, { title = "续约率 95%", kind = "key-result", start = "2026-10-12", due = "2027-10-12" })
  w:at("2026-10-26 08:00")
  expect(d.health, "green")
  w:at("2026-10-27 08:00")
  expect(d.health, "yellow")
  expect(heard(w, "lina", "黄灯：续约率 95% 已 14 天没有进展"), true)
end)

scenario("个人目标慢慢来，不因两周无进展亮灯", function(w)
  local d = goal(w, { title = "学会新系统操作", start = "2026-10-12", due = "2027-10-12" })
  w:at("2026-11-09 08:00")
  expect(d.health, "green")
end)

scenario("良品率低于下限，车间主任立刻收到，附近四周数据", function(w)
  w:points("yield", { { "linhai", "2026-10-10 18:00", 97.2 }, { "linhai", "2026-10-11 18:00", 96.8 } })
  expect(texts(w, "liujun"), {})
  w:points("yield", { { "linhai", "2026-10-12 08:30", 93.4 } })
  local told = {}
  for _, text in ipairs(texts(w, "liujun")) do
    if text:match("^良品率偏低") then told[#told + 1] = text end
  end
  expect(told, { "良品率偏低：林海 93.4 %\n10-10 97.2 · 10-11 96.8 · 10-12 93.4" })
end)

scenario("异常由车间主任响应，响应用时算得出来", function(w)
  w:points("downtime", { { "linhai", "2026-10-12 08:50", 75 } })
  local d = w:as("liujun"):find("floor-incident")[1]
  expect(d.what, "停机过长")
  expect(d:waiting(), { "liujun" })
  w:advance("90min")
  w:as("liujun"):answer(d)
  expect(d.reaction, 1.5)
  refused("invalid", function() w:as("liujun"):close(d) end)
  w:as("linhai"):patch(d, { cause = "模具卡死", measure = "更换导柱，加点检" })
  w:as("linhai"):close(d)
  expect(d.state, "done")
end)

scenario("月度达成率与平均响应从数据点算出", function(w)
  w:points("daily-output", { { "linhai", "2026-10-08 18:00", 1000 }, { "linhai", "2026-10-09 18:00", 1100 },
                             { "linhai", "2026-10-10 18:00", 950 }, { "linhai", "2026-09-30 18:00", 5000 } })
  w:points("yield", { { "linhai", "2026-10-08 18:00", 97 }, { "linhai", "2026-10-09 18:00", 96 } })
  w:points("downtime", { { "linhai", "2026-10-09 18:00", 61 } })
  w:advance("2h")
  w:as("liujun"):answer(w:as("liujun"):find("floor-incident")[1])
  local d = w:as("linhai"):create("floor-month", { target = 4000 })
  expect(d.output, 3050)
  expect(d.attained, 76.3)
  expect(d.yield, 96.5)
  expect(d.downtime, 61)
  expect(d.incidents, 1)
  expect(d.reaction, 2)
  w:points("daily-output", { { "linhai", "2026-10-12 08:00", 950 } })
  expect(d.attained, 100, "数据一到，月报就跟着变")
  w:as("linhai"):close(d)
  w:points("daily-output", { { "linhai", "2026-10-12 10:00", 500 } })
  expect(d.output, 4000, "关账之后不再变")
end)

scenario("数据点只有本人、上级线和 HR 看得到", function(w)
  w:points("yield", { { "linhai", "2026-10-12 08:00", 97 } })
  expect(#w:as("linhai"):series("yield"), 1)
  expect(#w:as("wangqiang"):series("yield", { subject = "linhai" }), 1)
  expect(#w:as("dongjie"):series("yield", { subject = "linhai" }), 1)
  refused("not-found", function() w:as("fengbo"):series("yield", { subject = "linhai" }) end)
end)
