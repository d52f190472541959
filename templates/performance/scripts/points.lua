-- What use of the system is worth: seed users earn points, and spend them on
-- gifts. The wallet keeps the balance; it cannot fall below nothing.
local points = {}

points.worth = { praise = 1, praised = 2, report = 1, feedback = 2 }

-- A person's wallet, made with the first point.
function points.wallet(person)
  return create("wallet", { owner = person }, { key = "wallet " .. person.login })
end

-- The same key earns once, however often it is said.
function points.earn(person, reason, key)
  points.wallet(person)
  create("point", { owner = person, reason = reason, points = points.worth[reason] }, { key = key })
end

return points
