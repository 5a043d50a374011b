-- prune: removes ended jobs whose retention is over, with all they left.
-- KEYS: the partition, P
-- ARGV: now, at most so many
-- Answer: how many were removed
-- Guard: succeeded, failed or cancelled. What else stands among the ended is dropped.
local now, most = unpack(ARGV)

local removed = 0
for _, id in ipairs(redis.call('ZRANGEBYSCORE', P .. 'ended', '-inf', now, 'LIMIT', 0, most)) do
  redis.call('ZREM', P .. 'ended', id)
  local job = P .. 'job:' .. id
  local state, lane, ticket = unpack(redis.call('HMGET', job, 'state', 'lane', 'ticket'))
  if state == 'succeeded' or state == 'failed' or state == 'cancelled' then
    redis.call('DEL', job, P .. 'log:' .. id)
    redis.call('ZREM', P .. 'ix:' .. lane .. ':' .. state, id)
    redis.call('ZREM', P .. 'outbox', id .. ':' .. ticket)
    removed = removed + 1
  end
end
return removed
