-- What the assistant answers about one's own work and one's team, and what it
-- offers to do. All of it is read and done with the rights of whoever asks.
local say = require "assistant"

local answers = {}

local forms = {}

-- A form as whoever asks sees it, asked for once.
local function form_of(form)
  if forms[form] == nil then
    forms[form] = ask("form", form) or false
  end
  return forms[form] or nil
end

local function form_label(form)
  local known = form_of(form)
  return known and known.label or form
end

local function named(list, id)
  for n = 1, #(list or {}) do
    if list[n].id == id then
      return list[n]
    end
  end
end

-- What people call the step of a document, and its level where it has one.
local function step_label(form, step, level)
  local known = form_of(form)
  local there = named(known and known.steps, step)
  local at = level and named(there and there.levels, level)
  return at and at.label or there and there.label or step
end

local function work_items(params)
  params.limit = "200"
  local page = ask("work", nil, params)
  return page and page.items or {}
end

local function has(list, word)
  for n = 1, #(list or {}) do
    if list[n] == word then
      return true
    end
  end
  return false
end

local function decides(item)
  return has(item.actions, "approve") or has(item.actions, "reject")
end

-- --- What waits for me

local function work_note(context, item)
  local note = item.label or step_label(item.document.form, item.step, item.level)
  if item.due then
    note = ("%s · %s %s"):format(note, say.words(context, { zh = "截止", en = "due" }),
                                 say.day(context, item.due))
  end
  return note
end

local function work_answer(context, items, words)
  local out = {}
  for n = 1, math.min(#items, 20) do
    out[n] = say.item(items[n].document, work_note(context, items[n]),
                      items[n].overdue and "red" or nil)
    out[n].id = items[n].document.id
  end
  local text = say.words(context, words)
  if #items == 0 then
    return { text = text .. say.words(context, { zh = "：没有。", en = ": nothing." }) }
  end
  return { text = ("%s%s%d"):format(text, say.words(context, { zh = "：", en = ": " }), #items),
           items = out }
end

answers["my-work"] = function(context)
  local slots, items = context.found.slots, {}
  for _, item in ipairs(work_items { form = slots.form }) do
    local fits = not slots.only or (slots.only == "approve") == decides(item)
    if fits and (not slots.overdue or item.overdue) then
      items[#items + 1] = item
    end
  end
  local words = { zh = "等你处理的", en = "Waiting for you" }
  if slots.overdue then
    words = { zh = "已逾期的", en = "Overdue" }
  elseif slots.only == "approve" then
    words = { zh = "等你审批的", en = "Waiting for your decision" }
  elseif slots.only == "hand-in" then
    words = { zh = "你还没交的", en = "Not handed in yet" }
  end
  return work_answer(context, items, words)
end

answers["when-due"] = function(context)
  local slots, items = context.found.slots, {}
  for _, item in ipairs(work_items { form = slots.form }) do
    if item.due and say.within(context, item.due, slots.period) then
      items[#items + 1] = item
    end
  end
  local words = { zh = "到期的", en = "Due" }
  if slots.form then
    local label = form_label(slots.form)
    words = { zh = label .. "的截止日期", en = label .. " due" }
  end
  return work_answer(context, items, words)
end

-- --- Praise

answers["praise-received"] = function(context)
  local slots, items = context.found.slots, {}
  local list = say.documents { form = "praise", state = "done", sort = "-created",
                               ["filter[receiver]"] = context.me.id }
  for n = 1, #list do
    local giver = list[n].creator or {}
    if say.within(context, list[n].created, slots.period)
       and (not slots.person or giver.login == slots.person) and #items < 10 then
      local whole = ask("document", list[n].id)
      local data = whole and whole.data or {}
      items[#items + 1] = say.item({ id = list[n].id,
                                     title = data.giver and data.giver.name or list[n].title },
                                   data.words)
    end
  end
  if #items == 0 then
    return { text = say.words(context, { zh = "这段时间没有人点赞。", en = "No praise in this time." }) }
  end
  return { text = say.words(context, { zh = "给你点赞的：", en = "Praise for you: " }) .. #items,
           items = items }
end

-- --- Goals

local lights = { red = { zh = "红灯", en = "red" }, yellow = { zh = "黄灯", en = "yellow" },
                 green = { zh = "绿灯", en = "green" } }

local function goal_note(context, goal)
  local parts = {}
  if goal.subject then
    parts[1] = goal.subject.name
  end
  if goal.progress then
    parts[#parts + 1] = ("%g %%"):format(goal.progress)
  end
  local light = lights[goal.health or ""]
  if light then
    parts[#parts + 1] = say.words(context, light)
  end
  return table.concat(parts, " · ")
end

local function goal_item(context, goal)
  return say.item(goal, goal_note(context, goal), goal.health)
end

-- The people below me, by login; of a unit its own.
local function team_of(context)
  local team, page = {}, ask("people", nil, { limit = "200" })
  local below = { [context.me.login] = true }
  local all, moved = page and page.items or {}, true
  while moved do
    moved = false
    for n = 1, #all do
      local manager = all[n].manager and all[n].manager.login
      if manager and below[manager] and not below[all[n].login] then
        below[all[n].login] = true
        team[#team + 1] = all[n]
        moved = true
      end
    end
  end
  return team, below
end

answers["team-lights"] = function(context)
  local slots, items = context.found.slots, {}
  local wanted, _, below = {}, nil, nil
  for _, light in ipairs(slots.lights or { "red", "yellow" }) do
    wanted[light] = true
  end
  if not slots.unit then
    _, below = team_of(context)
  end
  for _, goal in ipairs(say.documents { form = "goal", state = "open", unit = slots.unit }) do
    local owner = goal.subject and goal.subject.login
    if wanted[goal.health or ""] and (slots.unit or below[owner or ""]) and #items < 20 then
      items[#items + 1] = goal_item(context, goal)
    end
  end
  if #items == 0 then
    return { text = say.words(context, { zh = "没有亮这种灯的目标。",
                                         en = "There are no goals with such a light." }) }
  end
  return { text = say.words(context, { zh = "亮灯的目标：", en = "Goals with a light: " }) .. #items,
           items = items }
end

answers["goal-progress"] = function(context)
  local found, items = context.found, {}
  local goal = found.documents.goal
  if goal then
    return { text = ("%s：%s"):format(goal.title, goal_note(context, goal)),
             items = { goal_item(context, goal) } }
  end
  local person = found.people.person
  local list = person and say.documents { form = "goal", state = "open",
                                          ["filter[owner]"] = person.id }
               or say.documents { form = "goal", state = "open", unit = found.slots.unit }
  for n = 1, math.min(#list, 20) do
    items[n] = goal_item(context, list[n])
  end
  if #items == 0 then
    return { text = say.words(context, { zh = "没有进行中的目标。", en = "No goals are under way." }) }
  end
  return { text = say.words(context, { zh = "进行中的目标：", en = "Goals under way: " }) .. #list,
           items = items }
end

-- --- Me

answers["my-points"] = function(context)
  local period, sum, items = context.found.slots.period, 0, {}
  if not period then
    local wallet = say.documents { form = "wallet", ["filter[owner]"] = context.me.id }[1]
    local balance = wallet and wallet.score or 0
    return { text = say.words(context, { zh = "你的积分：", en = "Your points: " })
                    .. ("%g"):format(balance),
             items = wallet and { say.item(wallet) } or nil }
  end
  for _, point in ipairs(say.documents { form = "point", sort = "-created",
                                         ["filter[owner]"] = context.me.id }) do
    if say.within(context, point.created, period) then
      local whole = ask("document", point.id)
      sum = sum + (whole and whole.data and whole.data.points or 0)
      if #items < 10 then
        items[#items + 1] = say.item(point)
      end
    end
  end
  return { text = say.words(context, { zh = "这段时间获得的积分：", en = "Points earned in this time: " })
                  .. ("%g"):format(sum), items = items }
end

answers["my-manager"] = function(context)
  local login = context.found.slots.person or context.me.login
  local person = ask("person", login)
  local manager = person and person.manager
  if not manager then
    return { text = say.words(context, { zh = "没有上级。", en = "There is no manager." }) }
  end
  return { text = say.words(context, { zh = ("%s 的上级是 %s"):format(person.name, manager.name),
                                       en = ("%s reports to %s"):format(person.name, manager.name) }),
           items = { { title = manager.name, note = manager.login } } }
end

-- Whose seats are open in a chain, but for mine.
local function asked_in(context, chain)
  local names = {}
  for _, level in ipairs(chain and chain.chain or {}) do
    for _, seat in ipairs(level.seats or {}) do
      if seat.state == "open" and seat.person.login ~= context.me.login then
        names[#names + 1] = seat.person.name
      end
    end
  end
  return names
end

-- My open documents, and for whom each waits.
local function waiting(context, form)
  local out = {}
  for _, document in ipairs(say.documents { form = form, state = "open",
                                            subject = context.me.login,
                                            sort = "-updated", limit = "20" }) do
    if #out < 5 then
      out[#out + 1] = { document = document,
                        names = asked_in(context, ask("chain", document.id)) }
    end
  end
  return out
end

answers["waiting-for"] = function(context)
  local items = {}
  for _, one in ipairs(waiting(context, context.found.slots.form)) do
    local who = table.concat(one.names, "、")
    local step = step_label(one.document.form, one.document.step, one.document.level)
    items[#items + 1] = say.item(one.document, who ~= "" and step .. " · " .. who or step)
  end
  if #items == 0 then
    return { text = say.words(context, { zh = "你没有在途的单子。", en = "Nothing of yours is on its way." }) }
  end
  return { text = say.words(context, { zh = "你的单子现在在：", en = "Where it stands:" }), items = items }
end

answers["next-one-on-one"] = function(context)
  local slots, best = context.found.slots, nil
  for _, talk in ipairs(say.documents { form = "one-on-one", mine = "true", state = "open" }) do
    local whole = ask("document", talk.id)
    local data = whole and whole.data or {}
    local other = data.who and data.who.login == context.me.login and data.lead or data.who
    if data.day and data.day >= context.today
       and (not slots.person or other and other.login == slots.person)
       and (not best or data.day < best.day) then
      best = { day = data.day, talk = talk, other = other }
    end
  end
  if not best then
    return { text = say.words(context, { zh = "还没有安排下一次一对一。",
                                         en = "No one-on-one is planned." }) }
  end
  return { text = say.words(context, { zh = "下一次一对一：", en = "The next one-on-one: " }) .. best.day,
           items = { say.item(best.talk, best.other and best.other.name) } }
end

answers["open-courses"] = function(context)
  local ability = context.found.slots.ability
  if ability then
    return say.list(context, say.documents { form = "course", state = "open", q = ability },
                    { zh = "提升" .. ability .. "的课程", en = "Courses for " .. ability })
  end
  return say.list(context, say.documents { form = "course-assignment", state = "open",
                                           ["filter[who]"] = context.me.id },
                  { zh = "还没学完的课程", en = "Courses still open" })
end

-- Only what one's own page shows; a grade that is not revealed is not there.
answers["my-score"] = function(context)
  local slots, items = context.found.slots, {}
  for _, form in ipairs { slots.form or "review", not slots.form and "review-360" or nil } do
    for _, document in ipairs(say.documents { form = form, subject = context.me.login,
                                              sort = "-created", limit = "10" }) do
      local whole = ask("document", document.id)
      local data = whole and whole.data or {}
      local grade = data.grade or data.overall or data.result
      local span = whole and whole.period
      local unit = span and (span:find "Q" and "quarter" or span:find "H" and "half")
      if grade ~= nil and #items < 3
         and (not slots.period or unit and say.period(slots.period.from, unit) == span) then
        items[#items + 1] = say.item(document, tostring(type(grade) == "table" and grade.label or grade))
      end
    end
  end
  if #items == 0 then
    return { text = say.words(context, { zh = "结果还没有公布。", en = "It has not been revealed yet." }) }
  end
  return { text = say.words(context, { zh = "你的结果：", en = "Your result:" }), items = items }
end

answers["team-reports-missing"] = function(context)
  local slots = context.found.slots
  local people, handed, items = nil, {}, {}
  if slots.unit then
    local page = ask("people", nil, { unit = slots.unit, limit = "200" })
    people = page and page.items or {}
  else
    people = team_of(context)
  end
  local week = say.period(slots.period and slots.period.from or context.today, "week")
  for _, report in ipairs(say.documents { form = "weekly-report", period = week }) do
    if report.step ~= "draft" and report.subject then
      handed[report.subject.login] = true
    end
  end
  for n = 1, #people do
    if not handed[people[n].login] then
      items[#items + 1] = { title = people[n].name, note = people[n].title }
    end
  end
  if #people == 0 then
    return { text = say.words(context, { zh = "你没有下属。", en = "Nobody reports to you." }) }
  elseif #items == 0 then
    return { text = say.words(context, { zh = "周报都交了。", en = "All weekly reports are in." }) }
  end
  return { text = say.words(context, { zh = "还没交周报的：", en = "Without a weekly report: " }) .. #items,
           items = items }
end

-- --- Who has not handed in what was asked for

-- The forms that somebody is asked for just now: those of the cycles that run.
local function forms_asked_for()
  local out, seen = {}, {}
  local page = ask("cycles")
  for _, cycle in ipairs(page and page.items or {}) do
    for _, stage in ipairs(cycle.runs[1] and cycle.runs[1].state ~= "closed"
                           and cycle.stages or {}) do
      if not seen[stage.form] then
        seen[stage.form] = true
        out[#out + 1] = stage.form
      end
    end
  end
  return out
end

-- The period of a form in which that time lies: "2026-Q3".
local function period_of(form, time)
  local known = form_of(form)
  local field = known and named(known.fields, known.period)
  return field and field.unit and say.period(time.from, field.unit)
end

-- Documents of a form that nobody has handed in: they stand in its first step.
local function not_handed_in(context, form)
  local slots, known = context.found.slots, form_of(form)
  if not known then
    return {}
  end
  return say.documents { form = form, state = "open", step = known.start, unit = slots.unit,
                         period = slots.period and period_of(form, slots.period) }
end

answers["who-is-missing"] = function(context)
  local slots, items, names = context.found.slots, {}, {}
  local below = slots.mine and select(2, team_of(context))
  for _, form in ipairs(slots.form and { slots.form } or forms_asked_for()) do
    for _, document in ipairs(not_handed_in(context, form)) do
      local of, due = document.subject, say.day(context, document.due)
      local late = due and due < context.today
      if of and of.login ~= context.me.login and (not below or below[of.login])
         and (late or not slots.overdue) then
        names[of.login] = true
        items[#items + 1] = say.item({ id = document.id, title = of.name },
          (slots.form and "" or form_label(form) .. " · ")
          .. (due and say.words(context, { zh = "截止 ", en = "due " }) .. due or ""),
          late and "red" or nil)
      end
    end
  end
  local n = 0
  for _ in pairs(names) do
    n = n + 1
  end
  local what = slots.form and form_label(slots.form) or ""
  if n == 0 then
    return { text = say.words(context, { zh = what .. "：你看得到的人都交了。",
                                         en = what .. ": everybody whom you see has handed it in." }) }
  end
  local words = slots.overdue and { zh = "逾期未交" .. what, en = "Late with " .. what }
                or { zh = "还没交" .. what, en = "Without " .. what }
  return { text = ("%s%s%d"):format(say.words(context, words),
                                    say.words(context, { zh = "的人：", en = ": " }), n),
           items = table.move(items, 1, math.min(#items, 20), 1, {}) }
end

-- --- Acts

answers.praise = function(context)
  local slots, person = context.found.slots, context.found.people.person
  if person.login == context.me.login then
    return say.no(context, { zh = "请把赞留给同事。", en = "Praise somebody else." })
  end
  local text = say.words(context, { zh = ("给 %s 点赞：%s"):format(person.name, slots.words),
                                    en = ("Praise %s: %s"):format(person.name, slots.words) })
  return say.confirm(text, { create = "praise", act = "give",
                             data = { receiver = person.id, words = slots.words,
                                      tags = slots.tags } })
end

answers["goal-update"] = function(context)
  local slots, goal = context.found.slots, context.found.documents.goal
  local whole = goal and ask("document", goal.id)
  if not whole then
    return say.no(context, { zh = "没有找到可以更新的目标。", en = "There is no goal to update." })
  end
  local data, what = {}, nil
  if slots.percent then
    data.progress, what = slots.percent, ("%g %%"):format(slots.percent)
  elseif slots.value then
    data.actual, what = slots.value, ("%g"):format(slots.value)
  else
    data.progress, what = slots.sentence, slots.sentence
  end
  return say.confirm(("%s → %s"):format(goal.title, what),
                     { patch = goal.id, data = data, etag = whole.etag })
end

-- What waits for my decision and fits.
local function decisions(context)
  local slots, out = context.found.slots, {}
  for _, item in ipairs(work_items { form = slots.form }) do
    local whole = has(item.actions, "approve")
                  and (slots.person and ask("document", item.document.id) or {})
    local of = whole and (whole.subject and whole.subject.login or "")
    local by = whole and (whole.creator and whole.creator.login or "")
    if whole and (not slots.person or of == slots.person or by == slots.person) then
      out[#out + 1] = item
    end
  end
  return out
end

answers.approve = function(context)
  local list = decisions(context)
  if #list == 0 then
    return say.no(context, { zh = "没有这样的单子等你审批。",
                             en = "Nothing of this kind waits for your approval." })
  end
  local items, ids, etags = {}, {}, {}
  for n = 1, math.min(#list, 50) do
    local whole = ask("document", list[n].document.id)
    items[n] = say.item(list[n].document, list[n].label)
    ids[n], etags[n] = list[n].document.id, whole and whole.etag or ""
  end
  if #list > 1 and not context.found.slots.all then
    return { status = "back", items = items,
             text = say.words(context, { zh = "有几张单子都符合，请打开要审批的那一张：",
                                         en = "Several fit. Open the one you mean:" }) }
  end
  local title = #list == 1 and list[1].document.title or tostring(#list)
  local answer = say.confirm(say.words(context, { zh = "审批通过：" .. title, en = "Approve: " .. title }),
                             { batch = "approve", ids = ids, etags = etags })
  answer.items = items
  return answer
end

-- What that person, or everybody, has not handed in.
local function owed(context)
  local slots, out = context.found.slots, {}
  local _, below = team_of(context)
  for _, document in ipairs(say.documents { form = slots.form, state = "open", sort = "-updated",
                                            subject = slots.person }) do
    local of = document.subject and document.subject.login
    if of and of ~= context.me.login and (slots.person or below[of]) then
      out[#out + 1] = document
    end
  end
  return out
end

answers.urge = function(context)
  local slots, list, items, ids, etags = context.found.slots, {}, {}, {}, {}
  if slots.person or slots.all then
    list = owed(context)
  else
    for _, one in ipairs(waiting(context, slots.form)) do
      if #one.names > 0 then
        list[#list + 1] = one.document
      end
    end
  end
  for n = 1, #list do
    local whole = #ids < 50 and ask("document", list[n].id)
    if whole and whole.can and has(whole.can.actions, "urge") then
      ids[#ids + 1], etags[#etags + 1] = list[n].id, whole.etag
      items[#items + 1] = say.item(list[n])
    end
  end
  if #ids == 0 then
    return say.no(context, { zh = "没有可以催的单子。", en = "There is nothing to remind of." })
  end
  local answer = say.confirm(say.words(context, { zh = ("催办 %d 张单子"):format(#ids),
                                                  en = ("Send a reminder for %d documents"):format(#ids) }),
                             { batch = "urge", ids = ids, etags = etags })
  answer.items = items
  return answer
end

answers["ask-feedback"] = function(context)
  local slots, person = context.found.slots, context.found.people.person
  if person.login == context.me.login then
    return say.no(context, { zh = "反馈要来自别人。", en = "Feedback comes from somebody else." })
  end
  local text = say.words(context, { zh = ("请 %s 给你反馈"):format(person.name),
                                    en = ("Ask %s for feedback"):format(person.name) })
  if slots.question then
    text = text .. "：" .. slots.question
  end
  return say.confirm(text, { create = "feedback", act = "ask",
                             data = { about = context.me.id, giver = person.id,
                                      question = slots.question } })
end

answers["weekly-report"] = function(context)
  local slots, mine = context.found.slots, nil
  for _, report in ipairs(say.documents { form = "weekly-report", mine = "true", state = "open",
                                          sort = "-created", limit = "10" }) do
    if report.step == "draft" and not mine then
      mine = ask("document", report.id)
    end
  end
  local data, lines = {}, {}
  local before = mine and mine.data or {}
  for _, part in ipairs { "done", "next", "blocked" } do
    if slots[part] then
      local old = before[part]
      data[part] = old and old ~= "" and old .. "\n" .. slots[part] or slots[part]
      lines[#lines + 1] = part .. ": " .. slots[part]
    end
  end
  local text = say.words(context, { zh = "写入本周周报：", en = "Into this week's report: " })
               .. table.concat(lines, "; ")
  if mine then
    return say.confirm(text, { patch = mine.id, data = data, etag = mine.etag })
  end
  return say.confirm(text, { create = "weekly-report", data = data })
end

function answer(context)
  return answers[context.found.intent](context)
end
