local limit = 100
function validate(doc, act)
  local n = 0
  for i, row in ipairs(doc.list) do n = n + (type(row) == "number" and row or 0) end
  for k, v in pairs(doc) do doc[k .. "_"] = tostring(v) end
  if n > limit then error("too much: " .. ("%5.2f"):format(n)) end
  doc.list[#doc.list + 1] = { title = doc.text:upper(), n = utf8.len(doc.text) }
  return echo({ n = n, act = act })
end
