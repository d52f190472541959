-- What concerns everybody: the focus, pain points, satisfaction, meetings,
-- courses and plans.
scenario("公司聚焦公布给每个人，谁读过看得到", function(w)
  local d = w:as("chenguang"):create("focus", { why = "市场变了",
    objectives = { { what = "华东份额第一", results = "新签 5000 万" } } })
  refused("not-found", function() w:as("hexin"):get(d) end)
  w:as("chenguang"):announce(d)
  w:as("hexin"):get(d)
  expect(#w:messages("zhengkai"), 1)
  w:as("hexin"):create("read-receipt", { focus = d.id })
  w:as("mahui"):create("read-receipt", { focus = d.id })
  refused("conflict", function() w:as("hexin"):create("read-receipt", { focus = d.id }) end)
  expect(d.readers, 2)
  w:as("chenguang"):change(d, "补充一项")
  w:as("chenguang"):discard(d)
  expect(d.state, "void")
end)

scenario("聚焦最多三项，只有总经理与 HR 能发", function(w)
  refused("forbidden", function() w:as("lina"):create("focus", { why = "x" }) end)
  local four = {}
  for i = 1, 4 do
    four[i] = { what = "目标" .. i, results = "结果" }
  end
  refused("invalid", function() w:as("zhoumin"):create("focus", { why = "市场变了", objectives = four }) end)
  local d = w:as("zhoumin"):create("focus", { why = "市场变了", objectives = { { what = "安全", results = "零事故" } } })
  w:as("zhoumin"):announce(d)
  w:as("zhoumin"):close(d)
  expect(d.state, "done")
end)

local function waits(w, login, form)
  local n = 0
  for _, item in ipairs(w:as(login):work()) do
    n = n + (item.document.form == form and 1 or 0)
  end
  return n
end

scenario("常设事项不进待办，到了时候才进", function(w)
  local hr = w:as("zhoumin")
  local gift = hr:create("gift", { name = "图书卡", cost = 20, stock = 5 })
  expect(gift.step, "offered"); expect(waits(w, "zhoumin", "gift"), 0)
  hr:withdraw_offer(gift)
  expect(gift.step, "gone", "不催，但随时可以撤下")

  local focus = hr:create("focus", { why = "订单结构在变", objectives = { { what = "零缺陷交付", results = "合格率 98%" } } })
  hr:announce(focus)
  expect(waits(w, "zhoumin", "focus"), 0)
  w:at("2026-12-31 09:00")
  expect(waits(w, "zhoumin", "focus"), 1, "季末该收尾了")
end)

scenario("痛点先由大家投票一周，再请 HR 答复", function(w)
  w:as("liuyang"):create("pain-point", { title = "领料要跑三趟", area = "process" })
  expect(waits(w, "zhoumin", "pain-point"), 0)
  w:advance("7d")
  expect(waits(w, "zhoumin", "pain-point"), 1)
end)

scenario("进行中的目标到截止日才要负责人收尾", function(w)
  local top = w:as("chenguang"):create("goal", { title = "2026 年成为华东首选供应商", kind = "objective", due = "2026-11-30" })
  w:as("chenguang"):submit(top)
  expect(top.step, "active"); expect(waits(w, "chenguang", "goal"), 0)
  w:at("2026-11-30 09:00")
  expect(waits(w, "chenguang", "goal"), 1)
end)

scenario("痛点由大家投票，一人一票，可以撤回", function(w)
  local d = w:as("mahui"):create("pain-point", { title = "报销要登录三个系统", area = "tool" })
  local mine = w:as("hexin"):create("vote", { about = d.id })
  w:as("luoyan"):create("vote", { about = d.id })
  refused("conflict", function() w:as("hexin"):create("vote", { about = d.id }) end)
  expect(d.votes, 2)
  expect(w:as("mahui"):get(d).score, 2)
  w:as("hexin"):take_back(mine)
  expect(d.votes, 1)
  w:as("zhoumin"):solve(d, { data = { answer = "已合并为一个入口" } })
  expect(w:messages("mahui")[1].text, "✓ 报销要登录三个系统")
end)

scenario("不处理的痛点要说明原因", function(w)
  local d = w:as("mahui"):create("pain-point", { title = "食堂太远了吧", area = "process" })
  refused("invalid", function() w:as("zhoumin"):decline(d) end)
  w:as("zhoumin"):decline(d, "搬迁计划在明年")
  expect(d.step, "declined")
end)

scenario("NPS：推荐者减贬损者，三份答卷以上才显示", function(w)
  local month = w:as("zhoumin"):create("nps-month", {})
  local function answer(login, score)
    return w:as(login):create("nps-answer", { score = score })
  end
  answer("mahui", 10)
  answer("hexin", 9)
  expect(w:as("lina"):get(month).data.nps, nil)
  answer("luoyan", 3)
  answer("xujing", 8)
  expect(w:as("lina"):get(month).data.nps, 25)
  expect(month.answers, 4)
  refused("conflict", function() answer("mahui", 0) end)
  expect(answer("tangli", nil).step, "asked", "没打分就还在等")
  expect(#w:as("zhoumin"):find("nps-answer"), 0)
  w:as("zhoumin"):close(month)
end)

local function goal(w, login, data)
  local d = w:as(login):create("goal", data)
  w:as(login):submit(d)
  return d
end

scenario("对齐会的议程自己列出落后与无人支撑的目标，决议当场执行", function(w)
  local top = goal(w, "chenguang", { title = "华东市场份额第一", kind = "objective", unit_of = "sales" })
  local late = goal(w, "chenguang",
    { title = "续约率达到 95%", kind = "objective", unit_of = "sales", method = "manual", start = "2026-07-01", due = "2026-10-31" })
  local d = w:as("lina"):create("alignment-meeting", { unit_of = "sales" })
  expect(w:as("lina"):get(d).title, "销售部 2026-10 对齐会")
  expect(#d.agenda, 2)
  expect(d.agenda[1].why, "drift")
  expect(d.agenda[2].why, "unsupported")
  w:as("lina"):patch(d, { decisions = { { goal = late.id, what = "延期一个月", due = "2026-11-30", weight = 2 } } })
  w:as("lina"):close(d)
  expect(late.due, "2026-11-30")
  expect(late.weight, 2)
  expect(top.weight, 1)
end)

scenario("对齐会也看得到下级的落后，即使上级目标还算正常", function(w)
  local top = goal(w, "chenguang", { title = "华东市场份额第一", kind = "objective", unit_of = "sales" })
  goal(w, "lina", { title = "重点客户覆盖 40 家", kind = "key-result", unit_of = "sales-east", parent = top.id,
    owner = "zhaolei", method = "manual", start = "2026-07-01", due = "2026-10-31" })
  local d = w:as("lina"):create("alignment-meeting", { unit_of = "sales" })
  expect(#d.agenda, 1); expect(d.agenda[1].why, "drift")
end)

scenario("上级目标放弃了、权重改了，都进议程；会上定下的权重不再提", function(w)
  local top = goal(w, "chenguang", { title = "华东市场份额第一", kind = "objective", unit_of = "company", due = "2027-06-30" })
  local kr = goal(w, "chenguang", { title = "重点客户覆盖 40 家", kind = "key-result", unit_of = "sales", parent = top.id,
    owner = "lina", method = "manual", due = "2027-06-30", weight = 2 })
  local other = goal(w, "chenguang", { title = "续约率达到 95%", kind = "key-result", unit_of = "sales", parent = top.id,
    owner = "lina", method = "manual", due = "2027-06-30" })
  local function agenda()
    return w:as("lina"):create("alignment-meeting", { unit_of = "sales" }).agenda or {}
  end
  expect(#agenda(), 0)
  w:as("chenguang"):patch(kr, { weight = 5 })
  expect(kr.weighed, 2)
  w:as("lina"):change(other, "口径要改")
  w:as("chenguang"):patch(other, { weight = 4 })
  local rows = agenda()
  expect(#rows, 1); expect(rows[1].why, "priority")
  local d = w:as("lina"):create("alignment-meeting", { unit_of = "sales" })
  w:as("lina"):close(d)
  expect(kr.weighed, 5)
  expect(#agenda(), 0)
  w:as("chenguang"):drop(top, "方向调整")
  rows = agenda()
  expect(rows[1].why, "orphan")
end)

scenario("为别的部门开会，议程也是那个部门的", function(w)
  goal(w, "chenguang", { title = "华东市场份额第一", kind = "objective", unit_of = "sales" })
  local d = w:as("zhoumin"):create("alignment-meeting", { unit_of = "sales" })
  expect(#d.agenda, 1)
end)

scenario("两周没有消息的关键结果进议程", function(w)
  local top = goal(w, "chenguang", { title = "华东市场份额第一", kind = "objective", unit_of = "sales", due = "2027-06-30" })
  goal(w, "lina", { title = "重点客户覆盖 40 家", kind = "key-result", unit_of = "sales", parent = top.id,
    owner = "zhaolei", method = "manual", due = "2027-06-30" })
  w:advance("14d")
  local d = w:as("lina"):create("alignment-meeting", { unit_of = "sales" })
  expect(#d.agenda, 1); expect(d.agenda[1].why, "silent")
end)

scenario("每月自动为每个部门召集对齐会，议程已备好；一人管两个部门就有两场", function(w)
  goal(w, "chenguang", { title = "华东市场份额第一", kind = "objective", unit_of = "sales", due = "2027-06-30" })
  w:at("2026-11-03 10:00")
  local run = w:runs("alignment-meetings")[1]
  expect(run.period, "2026-11")
  expect(run.people, 9)
  expect(run:stage("meeting").made, 10)
  local d = run:of("lina", "meeting")
  expect(w:as("lina"):get(d).title, "销售部 2026-11 对齐会")
  expect(d.agenda[1].why, "unsupported")
  local units = {}
  for _, item in ipairs(w:as("zhoumin"):work()) do
    if item.document.form == "alignment-meeting" then
      units[#units + 1] = w:as("zhoumin"):get(item.document).data.unit_of
    end
  end
  table.sort(units)
  expect(units, { "hr", "office" })
  w:as("lina"):close(d)
  w:at("2026-12-01 01:00")
  expect(run:stage("meeting").done, 1)
  expect(run:stage("meeting").void, 9, "没开的会到月底就算了")
end)

scenario("临时对齐会要写起因，可以取消", function(w)
  local d = w:as("lina"):create("alignment-meeting", { unit_of = "sales", shock = true })
  refused("invalid", function() w:as("lina"):close(d) end)
  w:as("lina"):cancel(d)
  expect(d.state, "void")
end)

local function course(w, data)
  return w:as("zhoumin"):create("course", data)
end

scenario("课程：指派、学习、学后再问，评价汇总到课程", function(w)
  local talk = course(w, { name = "公众表达", abilities = { "表达" }, language = "zh" })
  local d = w:as("zhaolei"):create("course-assignment", { who = "liuyang", course = talk.id, because = "汇报" })
  expect(d:waiting(), { "liuyang" })
  w:as("liuyang"):begin(d)
  w:as("liuyang"):finish(d)
  refused("invalid", function() w:as("liuyang"):answer(d) end)
  w:as("liuyang"):answer(d, { data = { useful = "4", now = "3" } })
  expect(talk.learners, 1)
  expect(talk.useful, 4)
  w:as("zhoumin"):retire(talk)
end)

scenario("不参加课程要说明原因", function(w)
  local talk = course(w, { name = "公众表达", abilities = { "表达" }, language = "zh" })
  local d = w:as("liuyang"):create("course-assignment", { course = talk.id })
  w:as("liuyang"):decline(d, "已经学过")
  expect(d.state, "void")
  refused("forbidden", function() w:as("liuyang"):create("course", { name = "x" }) end)
end)

scenario("先修课程没有学完，不能开始；推荐时先给先修的", function(w)
  local first = course(w, { name = "协作入门", abilities = { "沟通" }, language = "zh" })
  local talk = course(w, { name = "跨部门协作", abilities = { "协作" }, language = "zh", before = { first.id } })
  local d = w:as("liuyang"):create("course-assignment", { course = talk.id })
  refused("invalid", function() w:as("liuyang"):begin(d) end)
  local before = w:as("liuyang"):create("course-assignment", { course = first.id })
  w:as("liuyang"):begin(before)
  w:as("liuyang"):finish(before)
  w:as("liuyang"):answer(before, { data = { useful = "4", now = "3" } })
  w:as("liuyang"):begin(d)
  expect(d.step, "learning")
end)

scenario("评估得分低，自动推荐课程，只推荐一次", function(w)
  local talk = course(w, { name = "跨部门协作", abilities = { "协作" }, language = "zh" })
  local d = w:as("liuyang"):create("review",
    { achievements = "签约 12 份", self_delivery = "4", self_ability = "3" })
  w:as("liuyang"):hand_in(d)
  local rows = {}
  for i, row in ipairs(d.scores) do
    rows[i] = { id = row.id, what = row.what, weight = row.weight, rating = row.what == "协作" and "2" or "4" }
  end
  w:as("zhaolei"):patch(d, { scores = rows, development = "多参加跨部门项目，练习协作" })
  w:as("zhaolei"):hand_in_review(d)
  w:as("lina"):approve(d)
  w:as("liuyang"):confirm(d)
  w:advance("1min")
  local learning = w:as("liuyang"):find("course-assignment")
  expect(#learning, 1)
  expect(learning[1].because, "协作")
  expect(learning[1].data.course, talk.id)
end)

scenario("下个季度同一能力又低：推荐没有上过的，先修的在前，没有了就不再推荐", function(w)
  local basics = course(w, { name = "A 协作入门", abilities = { "沟通" }, language = "zh" })
  local talk = course(w, { name = "B 跨部门协作", abilities = { "协作" }, language = "zh", before = { basics.id } })
  local given = {}
  for i, period in ipairs { "2026-Q2", "2026-Q3", "2026-Q4" } do
    local d = w:as("liuyang"):create("review", { period = period,
      achievements = "签约 12 份", self_delivery = "4", self_ability = "3" })
    w:as("liuyang"):hand_in(d)
    local rows = {}
    for n, row in ipairs(d.scores) do
      rows[n] = { id = row.id, what = row.what, weight = row.weight, rating = row.what == "协作" and "2" or "4" }
    end
    w:as("zhaolei"):hand_in_review(d, { data = { scores = rows, development = "多参加跨部门项目，练习协作" } })
    w:as("lina"):approve(d)
    w:as("liuyang"):confirm(d)
    w:advance("1min")
    given[i] = #w:as("liuyang"):find("course-assignment")
    for _, one in ipairs(w:as("liuyang"):find("course-assignment", { state = "open" })) do
      expect(one.data.course, i == 1 and basics.id or talk.id)
      w:as("liuyang"):begin(one)
      w:as("liuyang"):finish(one)
      w:as("liuyang"):answer(one, { data = { useful = "4", now = "3" } })
    end
  end
  expect(given, { 1, 2, 2 })
end)

scenario("发展计划：上级确认，完成的行动就是进度", function(w)
  local d = w:as("liuyang"):create("development-plan", {
    abilities = { { what = "表达", today_is = "2", wanted = "4" } },
    steps = { { what = "每月一次分享", by = "2026-12-31" }, { what = "上公众表达课", by = "2026-11-30" } } })
  w:as("liuyang"):submit(d)
  w:as("zhaolei"):approve(d)
  expect(d.progress, 0)
  local rows = {}
  for i, row in ipairs(d.steps) do
    rows[i] = { id = row.id, finished = i == 1 }
  end
  w:as("liuyang"):patch(d, { steps = rows })
  expect(d.progress, 50)
  w:as("liuyang"):change(d)
  refused("invalid", function()
    w:as("liuyang"):submit(d, { data = { abilities = { { what = "表达", today_is = "4", wanted = "4" } } } })
  end)
end)
