local say = require "assistant"

function answer(context)
  return say.confirm("A vendor: " .. context.found.slots.name,
                     { create = "vendor", data = { name = context.found.slots.name } })
end
