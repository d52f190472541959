-- What a level of output, yield or downtime finds is opened as an incident of
-- its team leader, once an episode; the superior answers it.
function on_alert(point, level)
  create("floor-incident", {
    leader = point.subject.id,
    metric = point.metric,
    what = level.label,
    value = point.value,
    happened = point.at,
  }, { key = point.metric .. level.id .. point.subject.id .. point.at })
end
