-- Reports and dashboards: what is counted, and for whom.
local function praise(w, from, to, tags)
  local d = w:as(from):create("praise", { receiver = to, words = "谢谢你的支持", tags = tags })
  w:as(from):give(d)
end

scenario("影响力榜：本月谁获赞最多", function(w)
  praise(w, "liuyang", "zhangwei", { "响应快" })
  praise(w, "xujing", "zhangwei", { "文档好" })
  praise(w, "zhangwei", "xujing", { "响应快", "文档好" })
  local board = w:report("influence", { as = "guofeng" })
  expect(#board.rows, 2)
  expect(board.rows[1].praises, 2)
  expect(board.rows[1].key.who.login, "zhangwei")
  expect(board.rows[1].quick, 50)
  expect(board.total.praises, 3)
  expect(#w:report("influence", { period = "2026-09", as = "guofeng" }).rows, 0)
end)

scenario("榜单月底自动通知大家", function(w)
  praise(w, "liuyang", "zhangwei")
  w:at("2026-11-02 09:00")
  local told = false
  for _, message in ipairs(w:messages("guofeng")) do
    told = told or message.text:find("影响力榜", 1, true) ~= nil
  end
  expect(told, true)
end)

-- A goal of the company, for the others to hang under.
local function top(w, kind)
  local d = w:as("chenguang"):create("goal", { title = "华东市场份额第一", kind = kind or "objective" })
  w:as("chenguang"):submit(d)
  return d
end

scenario("完成率按部门树汇总，人人只算自己看得到的", function(w)
  local above = top(w)
  local function goal(login, actual, hidden)
    local d = w:as(login):create("goal", { title = "目标 " .. login, method = "measure",
      target = 100, actual = actual, hidden = hidden, parent = above.id })
    w:as(login):submit(d)
    for _, who in ipairs(d:waiting()) do
      if d.step == "agreement" then w:as(who):approve(d) end
    end
  end
  goal("liuyang", 40)
  goal("xujing", 80, true)
  local mine = w:report("completion", { as = "zhaolei" })
  local seen = {}
  for _, row in ipairs(mine.rows) do seen[row.key.unit] = row end
  expect(seen["sales-east"].goals, 2)
  expect(seen["sales-east"].mean, 60)
  expect(seen["sales"].mean, 60)
  expect(w:report("completion", { as = "liuyang" }).total.goals, 2)
  expect(mine.total.goals, 3)
end)

scenario("员工 NPS：满三人、月份结束后才公布，之后不再变", function(w)
  local scores = { liuyang = 10, xujing = 9, zhangwei = 5, mahui = 10 }
  for login, score in pairs(scores) do
    w:as(login):create("nps-answer", { score = score })
  end
  refused("conflict", function() w:report("nps", { period = "2026-10", as = "guofeng" }) end)
  w:at("2026-11-02 09:00")
  local nps = w:report("nps", { as = "guofeng" })
  expect(nps.total.answers, 4)
  expect(nps.total.promoters, 75)
  expect(nps.total.nps, 50)
end)

scenario("不足三人的 NPS 不公布", function(w)
  w:as("liuyang"):create("nps-answer", { score = 1 })
  w:at("2026-11-02 09:00")
  expect(w:report("nps", { as = "guofeng" }).total.hidden, true)
  expect(w:report("nps", { as = "guofeng" }).total.nps, nil)
end)

scenario("本周三大痛点按票数排", function(w)
  local titles = { "报销流程太长", "测试环境不稳", "会议室不够", "审批没有移动端" }
  for n, title in ipairs(titles) do
    local d = w:as("liuyang"):create("pain-point", { title = title, area = "process" })
    local voters = { "xujing", "zhangwei", "mahui" }
    for v = 1, n - 1 do
      w:as(voters[v]):create("vote", { about = d.id })
    end
  end
  local top = w:report("pains-of-the-week", { as = "guofeng" })
  expect(#top.rows, 3)
  expect(top.rows[1].what, "审批没有移动端")
  expect(top.rows[1].votes, 3)
end)

scenario("求助的平均响应时间", function(w)
  local d = w:as("mahui"):create("help-request", { what = "合同盖章等了一周" })
  w:advance("3d")
  w:as("zhangwei"):solve(d, { data = { answer = "已盖章" } })
  local report = w:report("reaction", { as = "zhangwei" })
  expect(report.rows[1].days, 3)
  expect(report.rows[1].quick, 0)
end)

scenario("灯的变化：每周结束时各有几红几黄几绿，办结的不再算", function(w)
  local above = top(w).id
  local function goal(title, due)
    local d = w:as("chenguang"):create("goal", { title = title, parent = above, owner = "lina", method = "manual",
      start = "2026-10-12", due = due })
    w:as("chenguang"):submit(d)
    return d
  end
  local late = goal("新签合同 20 份", "2026-11-01")
  local calm = goal("续约率 95%", "2027-10-12")
  w:at("2026-10-16 09:00"); expect(late.health, "yellow")
  w:at("2026-10-19 09:00"); expect(late.health, "red")
  w:as("lina"):patch(late, { progress = 90 })
  w:as("lina"):patch(calm, { progress = 100 })
  w:as("lina"):finish(calm)
  w:at("2026-10-27 09:00"); expect(late.health, "green")
  local report = w:report("lights-over-time", { as = "lina" })
  local function week(name)
    for _, row in ipairs(report.rows) do
      if row.week == name then return row.red .. " " .. row.yellow .. " " .. row.green end
    end
  end
  expect(week("2026-W41"), nil, "那时还没有目标")
  expect(week("2026-W42"), "0 2 1", "周末那天，它和上级目标都是黄灯")
  expect(week("2026-W43"), "0 0 2", "红灯只亮了一天，办结的不再算")
  expect(week("2026-W44"), "0 0 2", "本周看现在")
  expect(report.total.green, 2, "合计是现在，不是各周相加")
end)

scenario("两周没有更新的关键结果自己浮现", function(w)
  local d = w:as("chenguang"):create("goal", { title = "续约率 95%", kind = "key-result", parent = top(w).id })
  w:as("chenguang"):submit(d)
  if d.step == "agreement" then w:as(d:waiting()[1]):approve(d) end
  expect(w:report("stale-results", { as = "chenguang" }).total.still, 0)
  w:advance("15d")
  expect(w:report("stale-results", { as = "chenguang" }).total.still, 1)
end)
