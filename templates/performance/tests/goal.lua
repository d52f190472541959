-- The goal tree: 公司 → 销售部 → 张伟 and 刘洋; what one does moves all above.
local function agreed(w, login, data, by)
  local d = w:as(login):create("goal", data)
  w:as(login):submit(d)
  if by then
    w:as(by):approve(d)
  end
  return d
end

-- 陈光's objective, 李娜's key result under it.
local function tree(w, method)
  local top = agreed(w, "chenguang", { title = "华东市场份额第一", kind = "objective" })
  local kr = agreed(w, "lina",
    { title = "新签合同额 5000 万", kind = "key-result", parent = top.id, method = method, target = 500 }, "chenguang")
  return top, kr
end

local function personal(w, login, by, kr, data)
  data.parent = kr.id
  return agreed(w, login, data, by)
end

scenario("没有上级目标的个人目标提不出来", function(w)
  local d = w:as("zhangwei"):create("goal", { title = "新签合同 20 份" })
  local why = refused("invalid", function() w:as("zhangwei"):submit(d) end)
  expect(why.findings[1].field, "parent")
end)

scenario("总经理没有上级，公司目标直接生效", function(w)
  local top = tree(w)
  expect(top.step, "active")
  expect(top:reasons(), { "nobody" })
end)

scenario("员工提出，上级确认，目标自己挂到树上", function(w)
  local _, kr = tree(w)
  local d = w:as("zhangwei"):create("goal", { title = "新签合同 20 份", parent = kr.id, method = "manual" })
  w:as("zhangwei"):submit(d)
  expect(kr.below, 0)
  expect(d:waiting(), { "zhaolei" })
  w:as("zhaolei"):approve(d)
  expect(d.step, "active")
  expect(kr.below, 1)
  expect(#kr:children("goal"), 1)
end)

scenario("上级直接下达的目标不用再审批", function(w)
  local _, kr = tree(w)
  local d = w:as("zhaolei"):create("goal",
    { title = "拜访客户 60 家", owner = "liuyang", parent = kr.id, method = "manual" })
  w:as("zhaolei"):submit(d)
  expect(d.step, "active")
  expect(d:waiting(), {}, "到期前不等任何人")
  expect(w:as("liuyang"):get(d).can.actions[1] ~= nil, true)
end)

scenario("个人进度按权重推动部门与公司目标", function(w)
  local top, kr = tree(w)
  local a = personal(w, "zhangwei", "zhaolei", kr, { title = "新签合同 20 份", method = "measure", target = 20, weight = 3 })
  local b = personal(w, "liuyang", "zhaolei", kr, { title = "续约率 95%", method = "manual", weight = 1 })
  w:as("zhangwei"):patch(a, { actual = 10 })
  expect(a.result, 50)
  expect(kr.result, 50)
  w:as("liuyang"):patch(b, { progress = 90 })
  expect(kr.result, 60)
  expect(top.result, 60)
  expect(top:history(), { "create", "submit", "skip" })
end)

scenario("用一句话写进展，不算进数字里", function(w)
  local _, kr = tree(w)
  local a = personal(w, "zhangwei", "zhaolei", kr, { title = "办好三场客户活动", method = "manual" })
  personal(w, "liuyang", "zhaolei", kr, { title = "续约率 95%", method = "manual" })
  w:as("zhangwei"):patch(a, { progress = "活动已办，跟进中" })
  expect(a.data.progress, "活动已办，跟进中")
  expect(kr.result, nil)
end)

scenario("实际值逐级相加", function(w)
  local top, kr = tree(w, "sum")
  w:as("chenguang"):get(top)
  local a = personal(w, "zhangwei", "zhaolei", kr, { title = "新签合同额 300 万", method = "measure", target = 300 })
  local b = personal(w, "liuyang", "zhaolei", kr, { title = "新签合同额 200 万", method = "measure", target = 200 })
  w:as("zhangwei"):patch(a, { actual = 150 })
  w:as("liuyang"):patch(b, { actual = 50 })
  expect(kr.actual, 200)
end)

scenario("任务完成自动推进目标，里程碑按工作量计", function(w)
  local top, kr = tree(w)
  local d = personal(w, "zhangwei", "zhaolei", kr, { title = "上线客户系统", method = "tasks" })
  local one = w:as("zhangwei"):create("task", { title = "需求确认", goal = d.id, points = 1 })
  local two = w:as("zhangwei"):create("task", { title = "上线", goal = d.id, points = 3, milestone = true })
  expect(d.result, 0)
  w:as("zhangwei"):finish(one)
  expect(d.result, 25)
  expect(one.finished, "2026-10-12")
  w:as("zhangwei"):begin(two)
  w:as("zhangwei"):finish(two)
  expect(d.result, 100)
  expect(top.result, 100)
  expect(d.tasks_done, 2)
end)

scenario("放弃的目标不再计入上级", function(w)
  local _, kr = tree(w)
  local a = personal(w, "zhangwei", "zhaolei", kr, { title = "新签合同 20 份", method = "manual" })
  local b = personal(w, "liuyang", "zhaolei", kr, { title = "续约率 95%", method = "manual" })
  w:as("zhangwei"):patch(a, { progress = 10 })
  w:as("liuyang"):patch(b, { progress = 50 })
  expect(kr.result, 30)
  w:as("zhangwei"):drop(a, "市场已变")
  expect(a.state, "void")
  expect(kr.result, 50)
  expect(kr.below, 1)
end)

scenario("目标定在下季度，起止日期随之而来", function(w)
  local next_one = w:as("chenguang"):create("goal", { title = "明年一季度交付周期缩短到 10 天", kind = "objective", period = "2027-Q1" })
  expect(next_one.start, "2027-01-01"); expect(next_one.due, "2027-03-31")
  local own = w:as("chenguang"):create("goal", { title = "春节前完成设备大修 6 台", kind = "objective", period = "2027-Q1", due = "2027-02-10" })
  expect(own.start, "2027-01-01"); expect(own.due, "2027-02-10")
end)

scenario("目标不能挂到自己的下级之下", function(w)
  local top, kr = tree(w)
  w:as("chenguang"):change(top, "调整上级")
  refused("invalid", function() w:as("chenguang"):patch(top, { parent = kr.id }) end)
end)

scenario("仅相关人可见的目标，同事看不到，合计照算", function(w)
  local _, kr = tree(w)
  local d = personal(w, "zhangwei", "zhaolei", kr, { title = "秘密客户谈判", method = "manual", hidden = true })
  w:as("zhangwei"):patch(d, { progress = 40 })
  refused("not-found", function() w:as("hexin"):get(d) end)
  expect(w:as("hexin"):get(kr).data.result, 40)
  w:as("zhaolei"):get(d)
end)

scenario("SMART 提醒说出怎么改", function(w)
  local d = w:as("zhangwei"):create("goal", { title = "多卖", method = "manual" })
  local warnings = w:as("zhangwei"):get(d).warnings
  local fields = {}
  for _, warning in ipairs(warnings) do fields[#fields + 1] = warning.field end
  expect(fields, { "title", "target", "parent" })
end)

scenario("含糊的目标会得到提醒和改法", function(w)
  local d = w:as("chenguang"):create("goal", { title = "提升质量", kind = "objective" })
  local codes = {}
  for _, warning in ipairs(w:as("chenguang"):get(d).warnings) do
    if warning.code == "smart" then codes[warning.field] = warning.message end
  end
  expect(codes.title ~= nil, true)
  expect(codes.target ~= nil, true)
  w:as("chenguang"):patch(d, { title = "一次交检合格率从 92% 提高到 98%" })
  for _, warning in ipairs(w:as("chenguang"):get(d).warnings) do
    expect(warning.code ~= "smart" or warning.field == "parent", true, warning.message)
  end
end)

scenario("批量下达：一个模板，每人一行，可各自改期，一次生效", function(w)
  local above = w:as("chenguang"):create("goal", { title = "客户满意度从 86 提高到 92 分", kind = "objective", unit_of = "sales" })
  w:as("chenguang"):submit(above)
  local d = w:as("zhaolei"):create("goal-batch", { parent = above.id, what = "完成 20 家老客户回访", target = 20,
    due = "2026-12-20", people = { "zhangwei", "liuyang", "xujing" } })
  refused("conflict", function() w:as("zhaolei"):hand_down(d) end)
  w:as("zhaolei"):spread(d)
  expect(d.n, 3)
  local rows = d.rows
  rows[2].due, rows[3].title = "2026-11-30", "完成 20 家新客户回访"
  w:as("zhaolei"):patch(d, { rows = rows })
  w:as("zhaolei"):spread(d)
  expect(d.n, 3, "已有的人不再加一行")
  w:as("zhaolei"):hand_down(d)
  local goals = above:children("goal")
  expect(#goals, 3)
  for _, goal in ipairs(goals) do
    expect(goal.step, "active"); expect(goal.creator and goal.creator.login or "zhaolei", "zhaolei")
  end
  expect(above.below, 3)
  local own = w:as("liuyang"):find("goal", { owner = "liuyang" })[1]
  expect(own.title, "完成 20 家老客户回访"); expect(own.due, "2026-11-30"); expect(own.target, 20); expect(own.unit_of, "sales-east")
  refused("not-found", function() w:as("liuyang"):get(d) end)
end)

scenario("目标下的讨论人人可见；仅相关人可见的目标，旁人插不上话", function(w)
  local _, kr = tree(w)
  local own = personal(w, "zhaolei", "lina", kr, { title = "补上两名客户经理", method = "manual", hidden = true })
  w:as("hexin"):comment(kr, "华南可以借两个人")
  expect(#w:messages("lina") > 0, true, "负责人会收到")
  refused("not-found", function() w:as("hexin"):comment(own, "看不到") end)
end)

scenario("两个部门的目标横向对齐，各自看得到对方", function(w)
  local top, sales = tree(w, "manual")
  local plant = agreed(w, "wangqiang",
    { title = "新品产能 300 台", kind = "key-result", unit_of = "plant", parent = top.id, method = "manual" }, "chenguang")
  w:as("lina"):patch(sales, { aligned = { plant.id } })
  expect(w:as("wangqiang"):get(sales).data.aligned, { plant.id })
  expect(w:as("lina"):get(plant).data.title, "新品产能 300 台")
end)

scenario("进度可以取下级的最小值、最近建立的那个，或手工填写", function(w)
  local _, kr = tree(w, "least")
  local a = personal(w, "zhaolei", "lina", kr, { title = "华东首批 120 台", method = "manual" })
  local b = personal(w, "sunyue", "lina", kr, { title = "华南首批 80 台", method = "manual" })
  w:as("zhaolei"):patch(a, { progress = 30 })
  w:as("sunyue"):patch(b, { progress = 70 })
  expect(kr.result, 30)
  w:as("chenguang"):patch(kr, { method = "latest" })
  expect(kr.result, 70)
  w:as("chenguang"):patch(kr, { method = "manual" })
  w:as("chenguang"):patch(kr, { progress = 55 })
  expect(kr.result, 55)
end)
