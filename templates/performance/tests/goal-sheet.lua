-- Every way that a goal sheet can take. The owner is 张伟: his manager is 赵磊,
-- who heads 华东销售组; the HRBP of sales is 韩梅. 马慧 has three of her own:
-- 张伟, 赵磊, 韩梅.
local function goals()
  return {
    { title = "新签合同额", weight = 50, target = 100 },
    { title = "续约率", weight = 30, target = 90 },
    { title = "客户拜访", weight = 20, target = 60 },
  }
end

local function drafted(w, login)
  return w:as(login):create("goal-sheet", { goals = goals() })
end

local function submitted(w, login)
  local d = drafted(w, login)
  w:as(login):submit(d)
  return d
end

local function tracking(w)
  local d = submitted(w, "mahui")
  w:as("zhangwei"):approve(d)
  w:as("zhaolei"):approve(d)
  w:as("hanmei"):approve(d)
  expect(d.step, "tracking")
  return d
end

-- All rows of the sheet, `member` of them set to what follows; what this step
-- does not edit stays.
local function rows_with(d, member, ...)
  local given, rows = { ... }, {}
  for place, row in ipairs(d.goals) do
    rows[place] = { id = row.id, [member] = given[place] }
  end
  return { goals = rows }
end

local function scoring(w, ...)
  local d = tracking(w)
  w:as("mahui"):finish(d, { data = rows_with(d, "actual", ...) })
  expect(d.step, "scoring")
  return d
end

scenario("三级审批：上级、部门负责人、HRBP", function(w)
  local d = submitted(w, "mahui")
  expect(d.period, "2026-Q4")
  expect(d.step, "approval")
  expect(d.level, "lead")
  expect(d:waiting(), { "zhangwei" })
  w:as("zhangwei"):approve(d)
  expect(d.level, "head")
  expect(d:waiting(), { "zhaolei" })
  w:as("zhaolei"):approve(d, "同意")
  expect(d.level, "hrbp")
  expect(d:waiting(), { "hanmei" })
  w:as("hanmei"):approve(d)
  expect(d.step, "tracking")
  expect(d:waiting(), {}, "期末前一周才等本人")
  w:at("2026-12-31 09:00")
  expect(d:waiting(), { "mahui" })
end)

scenario("上级也是部门负责人时只问一次", function(w)
  local d = submitted(w, "zhangwei")
  expect(d:waiting(), { "zhaolei" })
  w:as("zhaolei"):approve(d)
  expect(d.level, "hrbp")
  expect(d:waiting(), { "hanmei" })
end)

scenario("部门负责人不审批自己的目标表", function(w)
  local d = submitted(w, "lina")
  expect(d:waiting(), { "chenguang" })
  w:as("chenguang"):approve(d)
  expect(d.level, "hrbp")
end)

scenario("紧急目标只需直属上级", function(w)
  local d = drafted(w, "mahui")
  w:as("mahui"):patch(d, { urgent = true })
  w:as("mahui"):submit(d)
  expect(d:waiting(), { "zhangwei" })
  w:as("zhangwei"):approve(d)
  expect(d.step, "tracking")
end)

scenario("第二级驳回后修改并重新提交", function(w)
  local d = submitted(w, "mahui")
  w:as("zhangwei"):approve(d)
  w:as("zhaolei"):reject(d, "目标偏低")
  expect(d.step, "draft")
  expect(d:waiting(), { "mahui" })
  local rows = goals()
  rows[1].target = 120
  w:as("mahui"):patch(d, { goals = rows })
  w:as("mahui"):submit(d)
  expect(d.goals[1].target, 120)
  expect(d:waiting(), { "zhangwei" })
  expect(d:history(), { "create", "submit", "approve", "reject", "edit", "submit" })
end)

scenario("退回上一级", function(w)
  local d = submitted(w, "mahui")
  w:as("zhangwei"):approve(d)
  w:as("zhaolei")["return"](w:as("zhaolei"), d, { to = "lead", comment = "再看看" })
  expect(d.step, "approval")
  expect(d.level, "lead")
  expect(d:waiting(), { "zhangwei" })
end)

scenario("提交人撤回", function(w)
  local d = submitted(w, "mahui")
  w:as("mahui"):withdraw(d)
  expect(d.step, "draft")
end)

scenario("作废草稿", function(w)
  local d = drafted(w, "mahui")
  w:as("mahui"):discard(d)
  expect(d.state, "void")
end)

scenario("执行、评分、确认", function(w)
  local d = scoring(w, 110, 81, 60)
  expect(d:waiting(), { "zhangwei" })
  expect(d.goals[1].score, 110)
  expect(d.goals[2].score, 90)
  w:as("zhangwei"):publish(d, { data = {
    bonus = { { kind = "customer", reason = "客户来信表扬", points = 2 } },
  } })
  expect(d.state, "done")
  expect(d.total, 104)
  expect(d.grade, "A")
end)

scenario("得分封顶 120，加分封顶 10", function(w)
  local d = scoring(w, 500, 500, 500)
  w:as("zhangwei"):publish(d, { data = { bonus = {
    { reason = "降本", points = 8 }, { reason = "安全", points = 8 },
  } } })
  expect(d.total, 130)
  expect(d.grade, "S")
end)

scenario("没有实际值按零分计", function(w)
  local d = scoring(w)
  w:as("zhangwei"):publish(d)
  expect(d.total, 0)
  expect(d.grade, "D")
end)

scenario("执行中按周更新实际值", function(w)
  local d = tracking(w)
  w:advance("1w")
  w:as("mahui"):patch(d, rows_with(d, "actual", 30))
  w:advance("1w")
  w:as("mahui"):patch(d, rows_with(d, "actual", 55))
  expect(d.goals[1].actual, 55)
  refused("invalid", function()
    w:as("mahui"):patch(d, rows_with(d, "target", 10))
  end)
end)

scenario("变更目标须说明原因，并重新审批", function(w)
  local d = tracking(w)
  refused("invalid", function() w:as("mahui"):change(d) end)
  w:as("mahui"):change(d, "客户项目取消")
  expect(d.step, "draft")
  w:as("mahui"):submit(d)
  expect(d.level, "lead")
  expect(d:waiting(), { "zhangwei" })
end)

scenario("上级退回补充结果", function(w)
  local d = scoring(w, 100)
  refused("invalid", function() w:as("zhangwei"):send_back(d) end)
  w:as("zhangwei"):send_back(d, "请补充续约率")
  expect(d.step, "tracking")
  w:as("mahui"):finish(d)
  expect(d:waiting(), { "zhangwei" })
end)

scenario("等级在公布前对本人不可见", function(w)
  local d = scoring(w, 100, 90, 60)
  expect(w:as("mahui"):get(d).data.grade, nil)
  expect(w:as("zhangwei"):get(d).data.grade, "A")
  w:as("zhangwei"):publish(d)
  expect(w:as("mahui"):get(d).data.grade, "A")
end)

scenario("执行中的目标标题对全员公开，其余不公开", function(w)
  local d = submitted(w, "mahui")
  refused("not-found", function() w:as("liuyang"):get(d) end)
  w:as("zhangwei"):approve(d)
  w:as("zhaolei"):approve(d)
  w:as("hanmei"):approve(d)
  local seen = w:as("liuyang"):get(d).data
  expect(seen.goals[1].title, "新签合同额")
  expect(seen.goals[1].target, nil)
  expect(seen.total, nil)
end)

scenario("权重合计须为 100", function(w)
  local rows = goals()
  rows[1].weight = 40
  local d = w:as("mahui"):create("goal-sheet", { goals = rows })
  refused("invalid", function() w:as("mahui"):submit(d) end)
end)

scenario("目标值不能为 0", function(w)
  local rows = goals()
  rows[2].target = 0
  local d = w:as("mahui"):create("goal-sheet", { goals = rows })
  refused("invalid", function() w:as("mahui"):submit(d) end)
end)

scenario("目标少于三个只提醒", function(w)
  local d = w:as("mahui"):create("goal-sheet", {
    goals = { { title = "新签合同额", weight = 100, target = 100 } },
  })
  expect(w:as("mahui"):get(d).warnings[1].field, "goals")
  w:as("mahui"):submit(d)
  expect(d.step, "approval")
end)

scenario("重复的目标标题会提醒", function(w)
  local rows = goals()
  rows[2].title = rows[1].title
  local d = w:as("mahui"):create("goal-sheet", { goals = goals() })
  local seen = w:as("mahui"):patch(d, { goals = rows })
  expect(seen.warnings[1].field, "goals[2].title")
end)

scenario("同一人同一季度只有一张", function(w)
  drafted(w, "mahui")
  refused("conflict", function() drafted(w, "mahui") end)
end)

scenario("审批通过通知本人，公布结果通知上级", function(w)
  local d = scoring(w, 100, 90, 60)
  expect(#w:messages("mahui"), 1)
  w:as("zhangwei"):publish(d)
  local told = w:messages("zhangwei")
  expect(told[1].document, d.id)
end)

scenario("下级的目标支撑上级的目标表", function(w)
  local above = submitted(w, "zhangwei")
  w:as("zhaolei"):approve(above)
  w:as("hanmei"):approve(above)
  local rows = goals()
  rows[1].parent = above.id
  local d = w:as("mahui"):create("goal-sheet", { goals = rows })
  expect(d.goals[1].parent, above.id)
end)

-- --- Time

scenario("直属上级过了一个工作日收到提醒，过了两个升级到上级的上级", function(w)
  local d = submitted(w, "mahui")
  expect(d:waiting(), { "zhangwei" })
  w:advance("1wd")
  expect(#w:messages("zhangwei"), 1)
  expect(d:waiting(), { "zhangwei" })
  w:advance("1wd")
  expect(d:waiting(), { "zhaolei" }, "上级的时限重新开始")
  expect(d:reasons(), { "timeout" })
  refused("forbidden", function() w:as("zhangwei"):approve(d) end)
  w:as("zhaolei"):approve(d)
  expect(d.level, "hrbp", "部门负责人就是赵磊，不再重复")
end)

scenario("周末不算时限", function(w)
  w:at("2026-10-16 15:00")
  local d = submitted(w, "mahui")
  w:at("2026-10-19 16:00")
  expect(d:waiting(), { "zhangwei" })
  w:at("2026-10-20 16:00")
  expect(d:waiting(), { "zhaolei" })
end)

scenario("按时审批就没有升级", function(w)
  local d = submitted(w, "mahui")
  w:advance("1d")
  w:as("zhangwei"):approve(d)
  w:advance("4w")
  expect(d:waiting(), { "zhaolei" })
end)

scenario("评分有五个工作日，每两个工作日提醒一次", function(w)
  local d = tracking(w)
  w:as("mahui"):patch(d, rows_with(d, "actual", 100, 90, 60))
  w:as("mahui"):finish(d)
  expect(d.step, "scoring")
  local before = #w:messages("zhangwei")
  w:advance("4wd")
  expect(#w:messages("zhangwei") - before, 2)
  expect(w:as("zhangwei"):work()[1].overdue, false)
  w:advance("2wd")
  expect(w:as("zhangwei"):work()[1].overdue, true)
  expect(d:waiting(), { "zhangwei" })
end)
