-- promote: queues jobs whose time has come.
-- KEYS: the partition, P
-- ARGV: now, at most so many
-- Answer: {spec, ticket, spec, ticket, ...}
-- Guard: scheduled or retrying. What else stands among the due is dropped.
local now, most = unpack(ARGV)

local queued = {}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', P .. 'due', '-inf', now, 'LIMIT', 0, most)) do
  redis.call('ZREM', P .. 'due', id)
  local state, lane, spec = unpack(redis.call('HMGET', P .. 'job:' .. id, 'state', 'lane', 'spec'))
  if state == 'scheduled' or state == 'retrying' then
    queued[#queued + 1] = spec
    queued[#queued + 1] = queue(id, lane, state, now)
  end
end
return queued
