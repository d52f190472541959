-- A row for each of the people who has none yet.
function before_spread(doc)
  local rows, there = doc.rows or {}, {}
  for _, row in ipairs(rows) do
    there[row.who.id] = true
  end
  for _, person in ipairs(doc.people or {}) do
    if not there[person.id] then
      rows[#rows + 1] = { who = person, title = doc.what, due = doc.due, target = doc.target, weight = 1 }
    end
  end
  doc.rows = rows
end

-- What is set from above is live at once: all of it, or none.
function enter_done(doc)
  local above = get(doc.parent)
  for i, row in ipairs(doc.rows) do
    local goal = create("goal", {
      title = row.title, owner = row.who, kind = "personal", unit_of = unit(row.who), period = above.period,
      due = row.due, target = row.target, weight = row.weight, method = row.target and "measure" or "manual",
    }, { parent = doc.parent, key = doc.id .. "-" .. i })
    act(goal, "submit")
  end
end
