-- A talk begins where the last one ended, with what has happened since.
-- While it is being filled in, nobody may have been named yet.
local function last(doc)
  return doc.who and find("one-on-one", { who = doc.who.login, state = "done" }, { sort = "-day", limit = 1 })[1]
end

local function ids(...)
  local out = {}
  for _, found in ipairs { ... } do
    for _, one in ipairs(found) do
      out[#out + 1] = one.id
    end
  end
  return out
end

-- What was agreed then, and what had been carried along without being done.
function carried(doc)
  local rows, before = {}, last(doc) or {}
  for _, row in ipairs(before.carried or {}) do
    if not row.kept then
      rows[#rows + 1] = { what = row.what, by = row.by }
    end
  end
  for _, row in ipairs(before.agreed or {}) do
    rows[#rows + 1] = { what = row.what, by = row.by }
  end
  return #rows <= 20 and rows or table.move(rows, #rows - 19, #rows, 1, {})
end

function lights(doc)
  local function lit(colour)
    return doc.who and find("goal", { owner = doc.who.login, step = "active", health = colour }, { sort = "due", limit = 10 }) or {}
  end
  return ids(lit "red", lit "yellow")
end

function stuck(doc)
  return doc.who and ids(find("task", { owner = doc.who.login, step = "blocked" }, { limit = 20 }))
end

function praised(doc)
  local before = last(doc)
  local since = before and before.day or start_of(prev(doc.day:sub(1, 7)))
  return doc.who and ids(find("praise", { receiver = doc.who.login, state = "done", created = { gte = since } }, { limit = 20 }))
end

-- Who works quietly is easily forgotten.
function unthanked(doc)
  local thanks = doc.who and find("praise", { receiver = doc.who.login, state = "done" }, { sort = "-created", limit = 1 })[1]
  return thanks and days(date(thanks.created), today())
end

-- As the weekly reports had it: "W40 🙂 · W41 😟".
function moods(doc)
  local out = {}
  for _, report in ipairs(doc.who and find("weekly-report", { owner = doc.who.login }, { sort = "-week", limit = 6 }) or {}) do
    if report.mood then
      table.insert(out, 1, report.week:sub(6) .. " " .. report.mood)
    end
  end
  return #out > 0 and table.concat(out, " · ") or nil
end
