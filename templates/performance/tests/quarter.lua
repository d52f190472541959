-- A whole quarter of one team, week by week: goals at its begin, tasks and
-- reports each week, a sheet that is filled, a review at its end. It is also
-- what ./dev bench takes the time of: a quarter in under a second.
local team = { "zhangwei", "liuyang", "xujing" }

local function goal_of(w, login, above)
  local d = w:as(login):create("goal", { title = login .. " 的季度目标", kind = "personal", parent = above and above.id })
  w:as(login):submit(d)
  return d
end

-- The sheet of 刘洋, approved by his manager and by HR.
local function sheet(w)
  local d = w:as("liuyang"):create("goal-sheet", { goals = {
    { title = "新签合同额", weight = 50, target = 100 },
    { title = "续约率", weight = 30, target = 90 },
    { title = "客户拜访", weight = 20, target = 60 },
  } })
  w:as("liuyang"):submit(d)
  while d.step == "approval" do
    w:as(d:waiting()[1]):approve(d)
  end
  expect(d.step, "tracking")
  return d
end

-- What one does in a week: a task begun and finished, a report by Friday.
local function week(w, login, goal)
  local task = w:as(login):create("task", { title = "拜访客户", goal = goal.id })
  w:as(login):begin(task)
  w:advance("1d")
  w:as(login):finish(task)
  local report = w:as(login):create("weekly-report", {})
  if not report.data.next then
    w:as(login):patch(report, { next = "继续" })
  end
  w:as(login):hand_in(report)
  w:as("zhaolei"):confirm(report)
  expect(report.state, "done")
end

local function review(w, d)
  w:as("liuyang"):hand_in(d)
  w:as("zhaolei"):hand_in_review(d, { data = {
    scores = { { what = "目标达成", weight = 60, rating = "4" }, { what = "协作", weight = 20, rating = "4" }, { what = "创新", weight = 20, rating = "3" } },
    development = "下季度多承担跨部门项目。",
  } })
  w:as("lina"):approve(d)
  w:as("liuyang"):confirm(d)
end

scenario("一个季度：目标、十三周的任务与周报、目标表、绩效评价", function(w)
  w:as("chenguang"):submit(w:as("chenguang"):create("goal", { title = "华东市场份额第一", kind = "objective" }))
  local top = w:as("chenguang"):find("goal")[1]
  local goals = {}
  for _, login in ipairs(team) do
    goals[login] = goal_of(w, login, top)
  end
  local targets = sheet(w)
  for n = 1, 13 do
    for _, login in ipairs(team) do
      week(w, login, goals[login])
    end
    w:advance("4d")
  end
  expect(#w:as("zhaolei"):find("weekly-report", { state = "done" }), 39)
  local rows = {}
  for place, row in ipairs(targets.goals) do
    rows[place] = { id = row.id, actual = row.target }
  end
  w:as("liuyang"):finish(targets, { data = { goals = rows } })
  local d = w:as("liuyang"):create("review", { achievements = "完成三家新客户签约。", self_delivery = "4", self_ability = "4" })
  review(w, d)
  expect(d.state, "done")
end)
