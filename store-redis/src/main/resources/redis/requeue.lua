-- requeue: someone wants an ended job run again. What its last run left is dropped, its token is
-- not: whoever held it stays fenced off.
-- KEYS: the partition, P
-- ARGV: id, now
-- Answer: {spec, ticket}; '!state'; nil if there is no record
-- Guard: succeeded, failed or cancelled.
local id, now = unpack(ARGV)
local job = P .. 'job:' .. id

local state, lane, spec = unpack(redis.call('HMGET', job, 'state', 'lane', 'spec'))
if state ~= 'succeeded' and state ~= 'failed' and state ~= 'cancelled' then
  return state and '!' .. state
end

redis.call('HDEL', job, 'result', 'attempts', 'progress', 'worker', 'startedAt', 'finishedAt', 'dueAt')
redis.call('HSET', job, 'attempt', 0)
redis.call('ZREM', P .. 'ended', id)
redis.call('DEL', P .. 'log:' .. id)
return {spec, queue(id, lane, state, now)}
