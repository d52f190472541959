-- The dimensions that every review begins with; the manager may change them.
function score_rows(doc)
  return {
    { what = "目标达成", weight = 60 },
    { what = "协作", weight = 20 },
    { what = "创新", weight = 20 },
  }
end

-- The goals that the review looks back on.
function enter_self_review(doc)
  if not doc.sheet then
    local sheet = find("goal-sheet", { owner = doc.owner.login, period = doc.period }, { limit = 1 })[1]
    doc.sheet = sheet and sheet.id
  end
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
