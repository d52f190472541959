local take = act

function after_call(doc)
  take(create("echo", { n = doc.n + 1 }), "call")
end
