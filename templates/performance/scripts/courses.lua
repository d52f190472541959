-- Who learns what: the courses that grow an ability, in the order in which they
-- build on each other.
local courses = {}

local function has(person, course, state)
  return #find("course-assignment", { who = person.login, course = course, state = state }, { limit = 1 }) > 0
end

-- The first course that has to be taken before this one and has not been; nil.
function courses.missing(person, course)
  for _, before in ipairs(course.before or {}) do
    if not has(person, before, "done") then
      return get(before)
    end
  end
end

-- Gives somebody a course that grows the ability: of those that they have not
-- had, or what comes before it. Said again with the same key it is given once.
function courses.assign(person, ability, key)
  for _, course in ipairs(find("course", { abilities = { has = ability }, step = "offered" }, { sort = "name" })) do
    local first = courses.missing(person, course) or course
    if not has(person, first.id, { ne = "void" }) then
      return create("course-assignment", { who = person, course = first.id, because = ability }, { key = key .. ability })
    end
  end
end

return courses
