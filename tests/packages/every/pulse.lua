-- Called for each point of the metric, and when a level tells.
function on_point(metric, point)
  log(metric.id, point.value)
end
function on_alert(point, level)
  log(point.subject.login, level.id)
end
