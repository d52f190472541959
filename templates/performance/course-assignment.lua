-- What builds on another course is begun after it.
function before_begin(doc)
  local course = get(doc.course)
  local missing = course and require("courses").missing(doc.who, course)
  if missing then
    fail("course", ("%s: %s"):format(t("course"), missing.title))
  end
end
