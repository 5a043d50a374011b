-- survey_queued: looks at queued jobs, for those whose last publication was confirmed.
-- KEYS: the partition, P
-- ARGV: after this id ('' for the oldest), at most so many, lanes...
-- Answer: {last id looked at ('' if there is no more), id, lane, ticket, id, lane, ticket, ...}
local after, most = ARGV[1], tonumber(ARGV[2])

local ids, last = page({unpack(ARGV, 3)}, 'queued', after, most)
local seen = {last}
for _, id in ipairs(ids) do
  local state, lane, ticket = unpack(redis.call('HMGET', P .. 'job:' .. id, 'state', 'lane', 'ticket'))
  if state == 'queued' and not redis.call('ZSCORE', P .. 'outbox', id .. ':' .. ticket) then
    seen[#seen + 1] = id
    seen[#seen + 1] = lane
    seen[#seen + 1] = ticket
  end
end
return seen
