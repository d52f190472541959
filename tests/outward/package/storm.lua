-- outward/storm - tells many of much.
--
-- SPDX-License-Identifier: Apache-2.0
function before_submit(doc)
  local n = doc.title:match("^robot (%d+)$")
  for i = 1, tonumber(n or 0) do
    notify(nil, "storm " .. i, { channel = "ding-group" })
  end
  local crowd = doc.title:match("^crowd (%d+)")
  if crowd then
    local people = {}
    for i = 1, tonumber(crowd) do
      people[i] = "crowd" .. i
    end
    notify(people, doc.title)
  end
end
