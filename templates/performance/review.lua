-- The dimensions that every review begins with; the manager may change them.
function score_rows(doc)
  return {
    { what = "目标达成", weight = 60 },
    { what = "协作", weight = 20 },
    { what = "创新", weight = 20 },
  }
end

-- What the review looks back on is at hand, and its first lines are written.
local function at_hand(form, where, doc, field)
  where[field] = { gte = start_of(doc.period), lte = end_of(doc.period) }
  where.state = "done"
  local ids = {}
  for i, one in ipairs(find(form, where, { limit = 20 })) do
    ids[i] = one.id
  end
  return ids
end

local function draft(doc, sheet)
  local lines = {}
  for _, goal in ipairs(sheet and sheet.goals or {}) do
    if goal.actual then
      lines[#lines + 1] = ("• %s：%s / %s"):format(goal.title, text(goal.actual), text(goal.target))
    end
  end
  local span = { gte = start_of(doc.period), lte = end_of(doc.period) }
  for _, task in ipairs(find("task", { owner = doc.owner.login, state = "done", milestone = true, finished = span }, { limit = 20, sort = "finished" })) do
    lines[#lines + 1] = "• " .. task.title
  end
  return #lines > 0 and table.concat(lines, "\n") or nil
end

function enter_self_review(doc)
  local sheet = find("goal-sheet", { owner = doc.owner.login, period = doc.period }, { limit = 1 })[1]
  doc.sheet = doc.sheet or sheet and sheet.id
  doc.achievements = doc.achievements or draft(doc, sheet)
  doc.talks = at_hand("one-on-one", { who = doc.owner.login, shared = true }, doc, "day")
  doc.praises = at_hand("praise", { receiver = doc.owner.login }, doc, "created")
end

-- Who hands in a self review is told that the ball is with the manager.
function enter_manager_review(doc)
  notify("manager(owner)", doc.title)
end

-- Whoever scores low in an ability gets the course that grows it.
function after_confirm(doc)
  for _, row in ipairs(doc.scores) do
    if tonumber(row.rating) <= 2 then
      require("courses").assign(doc.owner, row.what, doc.id)
    end
  end
end
