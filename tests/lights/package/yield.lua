function on_point(metric, point)
  if point.value < 0 then
    fail("value", "A yield is not negative.")
  end
  if point.value == 1 then
    create("aim", { name = metric.id .. " of " .. point.subject.login, owner = point.subject.id })
  end
end
function on_alert(point, level)
  if level.id == "down" then
    create("aim", { name = level.label .. " at " .. point.at, owner = point.subject.id })
  end
end
