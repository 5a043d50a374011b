-- requeue: someone wants an ended job run again. What its last run left is dropped, its token is
-- not: whoever held it stays fenced off.
-- KEYS: the partition, P
-- ARGV: id, now, digest of the request's key, '' if it has none
-- Answer: {spec, ticket}; 'repeated' if the last requeue had that key; '!state'; nil if there is no record
-- Guard: succeeded, failed or cancelled.
local id, now, key = unpack(ARGV)
local job = P .. 'job:' .. id

local state, lane, spec, last = unpack(redis.call('HMGET', job, 'state', 'lane', 'spec', 'requeued'))
if key ~= '' and key == last then
  return 'repeated'
end
if state ~= 'succeeded' and state ~= 'failed' and state ~= 'cancelled' then
  return state and '!' .. state
end

redis.call('HDEL', job, 'requeued', 'result', 'attempts', 'progress', 'worker', 'startedAt', 'finishedAt', 'dueAt')
redis.call('HSET', job, 'attempt', 0)
if key ~= '' then
  redis.call('HSET', job, 'requeued', key)
end
redis.call('ZREM', P .. 'ended', id)
redis.call('DEL', P .. 'log:' .. id)
return {spec, queue(id, lane, state, now)}
