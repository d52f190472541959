-- 周期：季度 Review、360、一对一、周报、满意度；校准与申诉。
-- 赵磊管着张伟、刘洋、徐静；他的上级是李娜。销售的 HRBP 是韩梅。

local function has(items, what)
  for _, item in ipairs(items) do
    if item == what then
      return true
    end
  end
  return false
end

-- 刘洋这样的员工完成自评，上级打分，直到本人确认。
local function reviewed(w, run, login, rating)
  local d = run:of(login, "review")
  w:as(login):hand_in(d, { data = { achievements = "完成三家新客户签约。", self_delivery = rating, self_ability = rating } })
  local manager = d:waiting()[1]
  local rows = {}
  for place, row in ipairs(d.scores) do
    rows[place] = { id = row.id, what = row.what, weight = row.weight, rating = rating }
  end
  w:as(manager):hand_in_review(d, { data = { scores = rows, development = "下季度多承担跨部门项目。", potential = "high" } })
  if d.step == "agreement" then
    w:as(d:waiting()[1]):approve(d)
  end
  w:as(login):confirm(d)
  return d
end

scenario("季度 Review：启动两次也只有一份，进度看得见", function(w)
  local run = w:launch("quarterly-review", "2026-Q4", { as = "zhoumin", twice = true })
  expect(run.people, 29)
  expect(run:stage("set").made, 29)
  expect(run:stage("review").state, "waiting")
  local sheet = run:of("liuyang", "set")
  expect(sheet.step, "draft")
  w:as("liuyang"):patch(sheet, { goals = { { title = "新签合同额", weight = 100, target = 120 } } })
  w:as("liuyang"):submit(sheet)
  expect(run:stage("set").handed_in, 1)
  w:at("2026-12-24 09:00")
  expect(run:stage("review").made, 29)
  expect(run:of("liuyang", "review").sheet, sheet.id)
end)

scenario("季度评估已起草：目标实际值、里程碑、共享的一对一、收到的赞", function(w)
  local run = w:launch("quarterly-review", "2026-Q4", { as = "zhoumin", audience = "members(sales-east)" })
  local sheet = run:of("liuyang", "set")
  w:as("liuyang"):patch(sheet, { urgent = true, goals = { { title = "新签合同额", weight = 100, target = 120 } } })
  w:as("liuyang"):submit(sheet)
  w:as("zhaolei"):approve(sheet)
  w:as("liuyang"):patch(sheet, { goals = { { id = sheet.goals[1].id, title = "新签合同额", weight = 100, target = 120, actual = 108 } } })
  local talk = w:as("zhaolei"):create("one-on-one", { who = "liuyang", growth = "想带一个小组" })
  w:as("zhaolei"):held(talk)
  w:as("liuyang"):agree(talk, { data = { shared = true } })
  local own = w:as("zhaolei"):create("one-on-one", { who = "liuyang", growth = "只在两人之间" })
  w:as("zhaolei"):held(own)
  w:as("liuyang"):agree(own)
  local thanks = w:as("xujing"):create("praise", { receiver = "liuyang", words = "报价又快又准" })
  w:as("xujing"):give(thanks)
  w:at("2026-12-25 09:00")
  local d = run:of("liuyang", "review")
  expect(d.achievements, "• 新签合同额：108 / 120")
  expect(d.talks, { talk.id })
  expect(d.praises, { thanks.id })
  expect(w:as("zhaolei"):get(d).data.talks, { talk.id })
end)

scenario("先在两个组试点，再推广到全公司", function(w)
  local run = w:launch("quarterly-review", "2026-Q4", { as = "zhoumin", audience = "members(sales-east), members(sales-south)" })
  expect(run.people, 9)
  w:launch("quarterly-review", "2026-Q4", { as = "zhoumin" })
  expect(run.people, 29)
  expect(run:stage("set").made, 29)
end)

scenario("校准：比例、理由、九宫格；公布前员工看不到等级", function(w)
  local run = w:launch("quarterly-review", "2026-Q4", { as = "zhoumin" })
  w:at("2026-12-25 09:00")
  local d = reviewed(w, run, "liuyang", "5")
  reviewed(w, run, "xujing", "5")
  reviewed(w, run, "mahui", "3")
  expect(d.grade, "S")
  expect(w:as("liuyang"):get(d).data.grade, nil)
  refused("conflict", function() w:as("zhaolei"):override(d, "grade", "A", "还没到时间") end)
  w:at("2027-01-08 09:00")
  local east = run:calibration { as = "zhaolei", unit = "sales-east", x = "potential", y = "grade" }
  expect(east.groups[1].name, "华东销售组")
  expect(#east.groups[1].problems > 0, true, "两个 S 超出比例")
  expect(#east.grid.cells, 3, "两格有人，其余尚未评估")
  w:as("zhaolei"):override(d, "grade", "A", "与徐静相比，续约率略低")
  expect(d.grade, "A")
  expect(w:as("zhaolei"):get(d).overrides[1].computed, "S")
  refused("not-found", function() w:as("sunyue"):override(d, "grade", "B", "不是我的组") end)
  w:at("2027-01-14 00:01")
  expect(w:as("liuyang"):get(d).data.grade, "A")
end)

scenario("申诉：有流程、有时限，过期不受理", function(w)
  local run = w:launch("quarterly-review", "2026-Q4", { as = "zhoumin" })
  w:at("2026-12-25 09:00")
  local d = reviewed(w, run, "liuyang", "3")
  local late = reviewed(w, run, "xujing", "3")
  refused("conflict", function() w:as("liuyang"):appeal(d, "等级还没有公布") end)
  w:at("2027-01-14 09:00")
  w:as("liuyang"):appeal(d, { comment = "漏算两单", data = { why = "12 月签约的两单没有计入。" } })
  local appeal = d:children("grade-appeal")[1]
  w:as("liuyang"):send(appeal)
  expect(appeal:waiting(), { "lina" })
  w:as("lina"):approve(appeal, { data = { grade = "A", because = "两单属实" } })
  w:as("hanmei"):approve(appeal)
  expect(appeal.step, "granted")
  expect(d.grade, "A")
  expect(w:as("liuyang"):get(d).overrides[1].reason, "申诉：两单属实")
  w:at("2027-01-25 09:00")
  refused("conflict", function() w:as("xujing"):appeal(late, "晚了") end)
end)

scenario("360：提名、确认、匿名、加权，生成能力雷达、发展计划和课程", function(w)
  w:as("zhoumin"):create("course", { name = "跨团队协作", abilities = { "协作" }, language = "zh" })
  local run = w:launch("feedback-360", "2026-H2", { as = "zhoumin", audience = "person(zhangwei)" })
  w:at("2026-11-02 09:00")
  local d = run:of("zhangwei", "feedback")
  expect(d.step, "nominate")
  refused("invalid", function() w:as("zhangwei"):propose(d, { data = { peers = { "liuyang", "xujing" } } }) end)
  w:as("zhangwei"):propose(d, { data = { peers = { "liuyang", "xujing", "guofeng" } } })
  w:as("zhaolei"):approve(d)
  expect(d.step, "raters")
  local function answer(login, customer, others)
    for _, item in ipairs(w:as(login):work()) do
      if item.document.form == "peer-feedback" then
        w:as(login):hand_in(item.document, { data = { customer = customer, collaboration = others, innovation = others, ownership = others, keep = "有条理" } })
      end
    end
  end
  answer("zhangwei", "5", "5")
  answer("zhaolei", "4", "2")
  answer("liuyang", "5", "2")
  answer("xujing", "4", "3")
  answer("guofeng", "3", "2")
  w:advance("10d")
  expect(d.step, "talk")
  expect(d.customer, 4)
  expect(w:as("zhangwei"):get(d).data.overall, nil, "面谈前员工看不到")
  expect(has(d.strengths, "客户导向"), true)
  expect(#d.gaps, 2)
  expect(d.radar[1].self, 5)
  w:as("zhaolei"):share(d, { data = { advice = "多参与跨组项目。" } })
  w:advance("1min")
  expect(w:as("zhangwei"):get(d).data.customer, 4)
  local plan = w:as("zhangwei"):find("development-plan")[1]
  expect(#plan.abilities, 2)
  expect(#w:as("zhangwei"):find("course-assignment"), 1)
end)

scenario("360 之前已写发展计划的人，保留自己的计划", function(w)
  local own = w:as("zhangwei"):create("development-plan", { period = "2026-H2",
    abilities = { { what = "谈判", today_is = "3", wanted = "4" } } })
  local run = w:launch("feedback-360", "2026-H2", { as = "zhoumin", audience = "person(zhangwei)" })
  w:at("2026-11-02 09:00")
  local d = run:of("zhangwei", "feedback")
  w:as("zhangwei"):propose(d, { data = { peers = { "liuyang", "xujing", "guofeng" } } })
  w:as("zhaolei"):approve(d)
  for _, login in ipairs { "zhangwei", "zhaolei", "liuyang", "xujing", "guofeng" } do
    for _, item in ipairs(w:as(login):work()) do
      if item.document.form == "peer-feedback" then
        w:as(login):hand_in(item.document, { data = { customer = "3", collaboration = "3", innovation = "3", ownership = "3" } })
      end
    end
  end
  w:advance("10d")
  w:as("zhaolei"):share(d, { data = { advice = "按自己的计划做下去。" } })
  w:advance("1min")
  expect(#w:as("zhangwei"):find("development-plan"), 1)
  expect(own.abilities[1].what, "谈判")
end)

scenario("每两周一次一对一，每周五一份周报，每月一次满意度", function(w)
  w:at("2026-10-23 13:59")
  local talks = w:runs("one-on-ones")
  expect(talks[1].period, "2026-W42")
  local talk = talks[1]:of("liuyang", "talk")
  expect(talk.lead.login, "zhaolei")
  expect(talk:waiting(), { "liuyang", "zhaolei" })
  w:at("2026-10-23 14:00")
  local report = w:runs("weekly-reports")[1]:of("liuyang", "report")
  expect(report.week, "2026-W43")
  w:at("2026-10-24 10:00")
  local asked = w:runs("nps")[1]:of("liuyang", "answer")
  w:as("liuyang"):give(asked, { data = { score = 9 } })
  expect(asked.state, "done")
  w:at("2026-11-02 09:00")
  expect(report.state, "void", "没有交的周报到期作废")
  expect(talk.state, "void")
end)

scenario("制定与评估的进度按部门看，逾期的自己浮现", function(w)
  local run = w:launch("quarterly-review", "2026-Q4", { as = "zhoumin", audience = "members(sales-east)" })
  local sheet = run:of("liuyang", "set")
  w:as("liuyang"):patch(sheet, { urgent = true, goals = { { title = "新签合同额", weight = 100, target = 120 } } })
  w:as("liuyang"):submit(sheet)
  w:at("2026-10-20 09:00")
  local function of(report, unit)
    for _, row in ipairs(w:report(report, { as = "zhoumin" }).rows) do
      if row.unit == unit then
        return row
      end
    end
  end
  local east = of("goal-setting", "华东销售组")
  expect({ east.people, east.handed_in, east.late }, { 5, 20, 4 })
  expect(of("goal-setting", "销售部").late, 4)
  w:at("2026-12-25 09:00")
  w:as("liuyang"):hand_in(run:of("liuyang", "review"), { data = { achievements = "签约 12 份", self_delivery = "4", self_ability = "3" } })
  expect(of("review-progress", "华东销售组").self, 20)
end)
