-- worker_reap: records workers that fell silent, and forgets those lost long ago.
-- KEYS: the partition, P
-- ARGV: lost if not seen since, forgotten if not seen since
-- Answer: {info, info, ...} of those that no other call has recorded
local lost, forgotten = unpack(ARGV)

local found = {}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', P .. 'seen', '-inf', '(' .. lost)) do
  if redis.call('SADD', P .. 'lost', id) == 1 then
    found[#found + 1] = redis.call('HGET', P .. 'info', id)
  elseif tonumber(redis.call('ZSCORE', P .. 'seen', id)) < tonumber(forgotten) then
    forget(id)
  end
end
return found
