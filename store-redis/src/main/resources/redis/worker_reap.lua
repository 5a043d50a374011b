-- worker_reap: records workers that fell silent, and forgets those lost long ago.
-- KEYS: the partition, P
-- ARGV: lost if not seen since, now, forgotten if lost since
-- Answer: {info, info, ...} of those that no other call has recorded
-- When it was lost is told by the caller's clock, not by that of the worker, which may be wrong: a
-- worker that goes on to say that it lives is never forgotten.
local silent, now, forgotten = unpack(ARGV)

local found = {}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', P .. 'seen', '-inf', '(' .. silent)) do
  local lost = redis.call('ZSCORE', P .. 'lost', id)
  if not lost then
    redis.call('ZADD', P .. 'lost', now, id)
    found[#found + 1] = redis.call('HGET', P .. 'info', id)
  elseif tonumber(lost) <= tonumber(forgotten) then
    forget(id)
  end
end
return found
