-- Ids of jobs in a state, of some lanes, oldest first: at most so many after an id. With the last of
-- them if there may be more, else ''.
local function page(lanes, state, after, most)
  local ids = {}
  for _, lane in ipairs(lanes) do
    local some = redis.call('ZRANGEBYLEX', P .. 'ix:' .. lane .. ':' .. state,
      after == '' and '-' or '(' .. after, '+', 'LIMIT', 0, most)
    for _, id in ipairs(some) do
      ids[#ids + 1] = id
    end
  end
  table.sort(ids)
  for i = #ids, most + 1, -1 do
    ids[i] = nil
  end
  return ids, #ids == most and ids[most] or ''
end
