function before_do_first(doc) doc.first = true end
function before_do_second(doc) doc.second = true end

-- Of all documents one at a time is in the section.
function before_enter(doc)
  if #find("way", { step = "section" }) > 0 then fail("somebody is in it") end
end
