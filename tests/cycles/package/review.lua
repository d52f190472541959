function on_launch(cycle, person)
  notify(person, "Welcome to " .. cycle.period)
end
