-- Small questions about a table of goals.
local goals = {}

-- The place of the first goal whose title stood before; nil if there is none.
function goals.duplicate(rows)
  local seen = {}
  for place, row in ipairs(rows or {}) do
    if row.title and seen[row.title] then
      return place
    end
    seen[row.title or ""] = true
  end
end

return goals
