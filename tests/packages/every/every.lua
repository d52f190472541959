-- Every event that a form can have, and every other way to be called.
function first_lines(doc)
  return { { what = "Think", weight = 40, score = 50 },
           { what = "Do", weight = 60 } }
end

function colours(doc)
  return { { id = "red", label = "Red" }, { id = "blue", label = "Blue" } }
end

function pick(doc)
  return people("manager(owner)")
end

function validate(doc)
  if doc.code == "NO-1" then
    fail("code", "Not this one.")
  end
  if doc.size == 7 then
    warn("size", t("size") .. " is seven")
  end
end

function before_submit(doc, act)
  doc.stamp = act.action .. " " .. setting("word") .. " " .. band(doc.size, 5, "big", 0, "small", "none")
end

function enter_main(doc)
  doc.words = { "entered" }
end

function leave_main(doc)
  log(doc.id, "leaves")
end

function enter_closed(doc)
  if doc.urgent then
    local next_one = create("every", { code = "ZZ-" .. doc.version, owner = doc.owner },
                            { parent = doc, key = "next " .. doc.id })
    update(next_one, { story = "Follows " .. get(doc.id).code })
    notify(doc.owner, ("%d of %d"):format(#find("every", { code = next_one.code }),
                                         sum("every", { code = doc.code }, "size")))
  end
end

function before_approve(doc, act)
  if act.comment == "stop" then
    fail("Stopped by the hook.")
  end
end

function after_finish(doc)
  notify("manager(owner)", doc.title .. " is finished")
end

-- Called by every.intent.xml, which has this file too.
function answer(context)
  return { text = context.found.intent, items = {} }
end
