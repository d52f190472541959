-- outward/acts - approves what waits, once it is confirmed.
--
-- SPDX-License-Identifier: Apache-2.0
function answer(context)
  local item = (ask("work", nil, { limit = "200" }) or { items = {} }).items[1]
  if not item then
    return { text = "没有要审批的。" }
  end
  local whole = ask("document", item.document.id)
  return { text = "要同意吗？",
           confirm = { says = "同意：" .. item.document.title,
                       command = { act = "approve", id = item.document.id, etag = whole.etag } } }
end
