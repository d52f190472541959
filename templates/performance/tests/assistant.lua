-- What people say to the assistant, and what it does for them.

local function sheet(w)
  local d = w:as("liuyang"):create("goal-sheet", { goals = {
    { title = "新签客户", weight = 60, target = 10 },
    { title = "回款", weight = 40, target = 100 },
  } })
  w:as("liuyang"):submit(d)
  return d
end

scenario("问助手：有什么等我处理，答的是自己的待办", function(w)
  local d = sheet(w)
  local said = w:ask("zhaolei", "有什么等我处理？")
  expect(said.status, "answer")
  local found = false
  for _, item in ipairs(said.answer.items) do
    found = found or item.id == d.id
  end
  expect(found, true)
end)

scenario("对助手说同意，先复述、确认后才生效", function(w)
  local d = sheet(w)
  local said = w:ask("zhaolei", "同意刘洋的目标表")
  expect(said.status, "act")
  expect(d.level, "lead")
  w:confirm("zhaolei", said)
  expect(d.level ~= "lead", true)
end)

scenario("问别人的工资，助手不回答", function(w)
  expect(w:ask("liuyang", "张伟的工资是多少").status ~= "answer", true)
end)

scenario("问谁还没交：自己看得到的人里，单子还停在第一步的", function(w)
  local d = w:as("liuyang"):create("goal-sheet", { goals = {
    { title = "新签客户", weight = 100, target = 10 },
  } })
  local before = w:ask("zhaolei", "谁还没交目标表？")
  expect(before.intent, "who-is-missing")
  expect(#before.answer.items, 1)
  expect(before.answer.items[1].title, "刘洋")
  expect(w:ask("zhengkai", "谁还没交目标表？").answer.items, nil)
  w:as("liuyang"):submit(d)
  expect(w:ask("zhaolei", "谁还没交目标表？").answer.items, nil)
end)

scenario("步骤用名字说，不用代号", function(w)
  sheet(w)
  local said = w:ask("liuyang", "我的目标表卡在谁那里")
  local note = said.answer.items[1].note
  expect(note:find("赵磊", 1, true) ~= nil, true)
  expect(note:find("approval", 1, true), nil)
  expect(note:find("lead", 1, true), nil)
end)
