function on_launch(cycle, person)
  notify(person, cycle.id .. " " .. cycle.period)
end
