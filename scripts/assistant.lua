-- assistant - what the answers of the assistant are written with.
--
--     local say = require "assistant"
--
--     function answer(context)
--       return say.list(context, say.documents { form = "trip", mine = "true" },
--                       { zh = "你的出差", en = "Your trips" })
--     end
--
-- `context` is {text, lang, today, me, found = {intent, slots, people,
-- documents}}; ask() reads with the rights of whoever asks. An answer is
-- {text, items?, confirm?}.
--
-- SPDX-License-Identifier: Apache-2.0
local say = {}

-- In the language of the answer.
function say.words(context, words)
  return context.lang == "en" and words.en or words.zh
end

-- The page of a list's items, up to 200.
function say.documents(params)
  params.limit = params.limit or "200"
  local page = ask("documents", nil, params)
  return page and page.items or {}
end

-- The day of a time, where whoever asks is.
function say.day(context, time)
  if not time then
    return nil
  end
  local y, m, d, h, min = time:match "^(%d+)-(%d+)-(%d+)T(%d+):(%d+)"
  if not y then
    return time:sub(1, 10)
  end
  local minutes = tonumber(h) * 60 + tonumber(min) + (context.offset or 0)
  local shift = minutes // 1440
  if shift == 0 then
    return time:sub(1, 10)
  end
  local days = { 31, tonumber(y) % 4 == 0 and 29 or 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }
  y, m, d = tonumber(y), tonumber(m), tonumber(d) + shift
  if d < 1 then
    m = m - 1
    if m < 1 then
      y, m = y - 1, 12
    end
    d = days[m]
  elseif d > days[m] then
    d, m = 1, m + 1
    if m > 12 then
      y, m = y + 1, 1
    end
  end
  return ("%04d-%02d-%02d"):format(y, m, d)
end

-- Days as numbers, for the period that a day lies in.
local function number_of(day)
  local y, m, d = day:match "^(%d+)-(%d+)-(%d+)"
  y, m, d = tonumber(y), tonumber(m), tonumber(d)
  y = m <= 2 and y - 1 or y
  local era = y // 400
  local yoe = y - era * 400
  local doy = (153 * (m + (m > 2 and -3 or 9)) + 2) // 5 + d - 1
  return era * 146097 + yoe * 365 + yoe // 4 - yoe // 100 + doy - 719468
end

-- The period of that unit in which a day lies: "2026-W48", "2026-11",
-- "2026-Q4", "2026-H2".
function say.period(day, unit)
  local y, m = tonumber(day:sub(1, 4)), tonumber(day:sub(6, 7))
  if unit == "week" then
    local n = number_of(day)
    local thursday = n - (n + 3) % 7 + 3
    local first = number_of(("%04d-01-01"):format(y))
    if thursday < first then
      y, first = y - 1, number_of(("%04d-01-01"):format(y - 1))
    elseif thursday >= number_of(("%04d-01-01"):format(y + 1)) then
      y, first = y + 1, number_of(("%04d-01-01"):format(y + 1))
    end
    return ("%04d-W%02d"):format(y, (thursday - first) // 7 + 1)
  elseif unit == "quarter" then
    return ("%04d-Q%d"):format(y, (m - 1) // 3 + 1)
  elseif unit == "half" then
    return ("%04d-H%d"):format(y, m > 6 and 2 or 1)
  end
  return day:sub(1, 7)
end

-- Whether a time lies in a span of days; in any if there is none.
function say.within(context, time, period)
  local day = say.day(context, time)
  return not period or day ~= nil and day >= period.from and day <= period.to
end

-- A document as an item of an answer.
function say.item(document, note, colour)
  return { id = document.id, title = document.title or document.id, note = note,
           url = "/documents/" .. document.id, colour = colour }
end

-- Some documents, counted.
function say.list(context, documents, words, note)
  local items = {}
  for n = 1, math.min(#documents, 20) do
    items[n] = say.item(documents[n], note and note(documents[n]))
  end
  local text = say.words(context, words)
  return { text = #documents == 0
                  and text .. say.words(context, { zh = "：没有。", en = ": none." })
                  or ("%s%s%d"):format(text, say.words(context, { zh = "：", en = ": " }), #documents),
           items = items }
end

-- What is to be confirmed: the words on the card, and the command.
function say.confirm(text, command)
  return { text = text, confirm = { says = text, command = command } }
end

-- It cannot be, and why.
function say.no(context, words)
  return { status = "answer", text = say.words(context, words) }
end

return say
