-- leave - how long a request is, what is left of the year, and that nobody is
-- away twice at once.
--
-- What a request reads of others it reads in the transaction of its own act: of
-- two that overlap and are submitted at the same moment one comes second, and
-- is refused.

local month_days = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }

-- The day before one of "YYYY-MM-DD".
local function day_before(day)
  local y, m, d = day:match "^(%d+)-(%d+)-(%d+)$"
  y, m, d = tonumber(y), tonumber(m), tonumber(d) - 1
  if d == 0 then
    m = m - 1
    if m == 0 then y, m = y - 1, 12 end
    d = month_days[m]
    if m == 2 and y % 4 == 0 and (y % 100 ~= 0 or y % 400 == 0) then d = 29 end
  end
  return ("%04d-%02d-%02d"):format(y, m, d)
end

local function is_working(day)
  return working_days(day_before(day), day) == 1
end

-- Working days, in halves. A half that falls on a free day takes nothing away.
local function length(doc)
  local n = working_days(day_before(doc.from), doc.to)
  if doc.from_half == "pm" and is_working(doc.from) then n = n - 0.5 end
  if doc.to_half == "am" and is_working(doc.to) then n = n - 0.5 end
  return n
end

-- A half day as a text that sorts.
local function half(day, of_day)
  return day .. (of_day == "pm" and "2" or "1")
end

local function overlaps(a, b)
  return half(a.from, a.from_half) <= half(b.to, b.to_half)
         and half(b.from, b.from_half) <= half(a.to, a.to_half)
end

-- What else this person has asked for between two days, and was not refused.
local function others(doc, from, to)
  local found = {}
  for _, other in ipairs(find("leave", {
    owner = doc.owner, from = { lte = to }, to = { gte = from },
  }, { limit = 1000 })) do
    local counts = other.step == "approval" or other.step == "granted"
                   or other.step == "done"
    if counts and other.id ~= doc.id then found[#found + 1] = other end
  end
  return found
end

-- The days of annual leave that this year still has, this request left out.
local function balance(doc)
  local year = doc.from:sub(1, 4)
  local left = setting("annual_days")
  for _, other in ipairs(others(doc, year .. "-01-01", year .. "-12-31")) do
    if other.kind == "annual" and other.from:sub(1, 4) == year then
      left = left - (other.days or 0)
    end
  end
  return left
end

function validate(doc)
  if not doc.from or not doc.to or doc.to < doc.from then return end
  doc.days = length(doc)
  doc.left = doc.kind == "annual" and balance(doc) or nil
end

function before_submit(doc)
  for _, other in ipairs(others(doc, doc.from, doc.to)) do
    if overlaps(doc, other) then
      fail("from", ("%s ≠ %s – %s"):format(t("from"), other.from, other.to))
    end
  end
  if doc.kind == "annual" and doc.days > balance(doc) then
    fail("days", ("%s: %g"):format(t("left"), balance(doc)))
  end
end
