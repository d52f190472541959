-- What a meeting has to talk of: found, not remembered.
local function why(goal)
  if goal.kind ~= "personal" and (goal.below or 0) == 0 and goal.method == "tree" then
    return "unsupported"
  end
  if behind(goal.result or 0, goal.start, goal.due) > 15 then
    return "drift"
  end
end

function agenda(doc)
  local rows = {}
  for _, goal in ipairs(find("goal", { unit_of = doc.unit_of, step = "active" }, { limit = 50, sort = "due" })) do
    local reason = why(goal)
    if reason then
      rows[#rows + 1] = { goal = goal.id, why = reason }
    end
  end
  return rows
end

-- Decisions are applied in the act that closes the meeting, all or none.
function enter_done(doc)
  for _, row in ipairs(doc.decisions or {}) do
    if row.weight or row.due then
      update(row.goal, { weight = row.weight, due = row.due })
    end
  end
end
