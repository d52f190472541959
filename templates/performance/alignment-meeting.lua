-- What a meeting has to talk of: found, not remembered.
local function gone(parent)
  local above = parent and get(parent)
  return parent and (not above or above.state == "void")
end

local function why(goal)
  if gone(goal.parent) then
    return "orphan"
  end
  if goal.kind ~= "personal" and (goal.below or 0) == 0 and goal.method == "tree" then
    return "unsupported"
  end
  if behind(goal.result or 0, goal.start, goal.due) > setting("yellow_behind") then
    return "drift"
  end
  if goal.weighed and goal.weighed ~= goal.weight then
    return "priority"
  end
  -- What others move needs no word of its own.
  if goal.kind == "key-result" and (goal.below or 0) == 0 and (goal.result or 0) < 100 and days(date(goal.updated), today()) >= setting("still_days") then
    return "silent"
  end
end

local MOST = 50 -- rows of an agenda

local function add(rows, seen, goal)
  local reason = not seen[goal.id] and why(goal)
  if reason and #rows < MOST then
    rows[#rows + 1] = { goal = goal.id, why = reason }
  end
  seen[goal.id] = true
end

-- The unit's goals, each followed by what hangs right under it: there somebody
-- may be late long before the goal above shows it.
function agenda(doc)
  local rows, seen = {}, {}
  for _, goal in ipairs(find("goal", { unit_of = doc.unit_of, step = "active" }, { limit = 50, sort = "due" })) do
    add(rows, seen, goal)
    for _, below in ipairs(find("goal", { parent = goal.id, step = "active" }, { limit = 20, sort = "due" })) do
      add(rows, seen, below)
    end
  end
  return rows
end

-- Decisions are applied in the act that closes the meeting, all or none; a
-- weight that it has talked of is the agreed one from then on.
function enter_done(doc)
  for _, row in ipairs(doc.decisions or {}) do
    if row.weight or row.due then
      update(row.goal, { weight = row.weight, weighed = row.weight, due = row.due })
    end
  end
  for _, row in ipairs(doc.agenda or {}) do
    if row.why == "priority" then
      update(row.goal, { weighed = get(row.goal).weight })
    end
  end
end
