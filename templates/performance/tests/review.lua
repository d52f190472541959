-- Every way that a review can take. 刘洋 is led by 赵磊, who is led by 李娜; the
-- HRBP of sales is 韩梅.
local function handed_in(w)
  local d = w:as("liuyang"):create("review", {
    achievements = "完成三家新客户签约。", self_delivery = "4", self_ability = "3",
  })
  expect(d.step, "self-review")
  w:as("liuyang"):hand_in(d)
  return d
end

local function scores(...)
  local rows, what = {}, { "目标达成", "协作", "创新" }
  local weights = { 60, 20, 20 }
  for place, rating in ipairs { ... } do
    rows[place] = { what = what[place], weight = weights[place], rating = rating }
  end
  return rows
end

local function judged(w)
  local d = handed_in(w)
  w:as("zhaolei"):hand_in_review(d, { data = {
    scores = scores("5", "4", "3"), development = "下季度多承担跨部门项目。",
    notes = "可考虑晋升",
  } })
  return d
end

scenario("自评、上级评价、复核、面谈", function(w)
  local d = handed_in(w)
  expect(d.step, "manager-review")
  expect(d:waiting(), { "zhaolei" })
  w:as("zhaolei"):hand_in_review(d, { data = {
    scores = scores("5", "4", "3"), development = "下季度多承担跨部门项目。",
  } })
  expect(d.step, "agreement")
  expect(d:waiting(), { "lina" })
  w:as("lina"):approve(d)
  expect(d.step, "talk")
  expect(d:waiting(), { "liuyang" })
  w:as("liuyang"):confirm(d)
  expect(d.state, "done")
  expect(d.self_score, 3.5)
  expect(d.manager_score, 4.4)
  expect(d.result, 4.13)
end)

scenario("评分维度自带默认值", function(w)
  local d = handed_in(w)
  expect(#d.scores, 3)
  expect(d.scores[1].weight, 60)
end)

scenario("退回自评须说明原因", function(w)
  local d = handed_in(w)
  w:as("zhaolei"):patch(d, {
    scores = scores("4", "4", "4"), development = "成果请逐条写清楚客户与金额。",
  })
  refused("invalid", function() w:as("zhaolei"):send_back(d) end)
  w:as("zhaolei"):send_back(d, "成果写得太少")
  expect(d.step, "self-review")
  expect(d:waiting(), { "liuyang" })
  w:as("liuyang"):hand_in(d)
  expect(d.step, "manager-review")
end)

scenario("复核驳回后上级重新评价", function(w)
  local d = judged(w)
  w:as("lina"):reject(d, "评分偏高")
  expect(d.step, "manager-review")
  expect(d:waiting(), { "zhaolei" })
  w:as("zhaolei"):hand_in_review(d)
  expect(d:waiting(), { "lina" })
end)

scenario("总监的评估没有更上一级复核", function(w)
  local d = w:as("lina"):create("review", {
    achievements = "部门完成年度目标。", self_delivery = "4", self_ability = "4",
  })
  w:as("lina"):hand_in(d)
  w:as("chenguang"):hand_in_review(d, { data = {
    scores = scores("4", "4", "4"), development = "继续培养两名组长接班人。",
  } })
  expect(d.step, "talk")
  expect(d:reasons(), { "nobody" })
end)

scenario("没有评分不能提交评价", function(w)
  local d = handed_in(w)
  refused("invalid", function() w:as("zhaolei"):hand_in_review(d) end)
end)

scenario("没有成果不能提交自评", function(w)
  local d = w:as("liuyang"):create("review", {})
  refused("invalid", function() w:as("liuyang"):hand_in(d) end)
end)

scenario("面谈前本人看不到上级评价", function(w)
  local d = judged(w)
  local seen = w:as("liuyang"):get(d).data
  expect(seen.development, nil)
  expect(seen.result, nil)
  w:as("lina"):approve(d)
  seen = w:as("liuyang"):get(d).data
  expect(seen.development, "下季度多承担跨部门项目。")
  expect(seen.result, 4.13)
end)

scenario("内部备注只有上级和 HRBP 看得到", function(w)
  local d = judged(w)
  w:as("lina"):approve(d)
  expect(w:as("zhaolei"):get(d).data.notes, "可考虑晋升")
  expect(w:as("hanmei"):get(d).data.notes, "可考虑晋升")
  expect(w:as("liuyang"):get(d).data.notes, nil)
  expect(w:as("zhoumin"):get(d).data.notes, nil)
end)

scenario("本人不能替上级评价，同事看不到", function(w)
  local d = handed_in(w)
  refused("forbidden", function() w:as("liuyang"):hand_in_review(d) end)
  refused("not-found", function() w:as("xujing"):get(d) end)
end)

scenario("提交自评后通知上级", function(w)
  local d = handed_in(w)
  local told = w:messages("zhaolei")
  expect(#told, 1)
  expect(told[1].document, d.id)
end)

scenario("发展建议太短只提醒", function(w)
  local d = handed_in(w)
  w:as("zhaolei"):patch(d, { development = "加油" })
  expect(w:as("zhaolei"):get(d).warnings[1].field, "development")
end)

scenario("看不到的等级不能申诉", function(w)
  local d = w:as("liuyang"):create("review",
    { achievements = "签约 12 份", self_delivery = "4", self_ability = "3" })
  w:as("liuyang"):hand_in(d)
  local rows = {}
  for i, row in ipairs(d.scores) do
    rows[i] = { id = row.id, what = row.what, weight = row.weight, rating = "4" }
  end
  w:as("zhaolei"):hand_in_review(d, { data = { scores = rows, development = "下季度独立负责一个大客户。" } })
  w:as("lina"):approve(d)
  w:as("liuyang"):confirm(d)
  expect(w:as("liuyang"):get(d).data.grade, nil)
  refused("conflict", function() w:as("liuyang"):appeal(d, "漏算两单") end)
end)
