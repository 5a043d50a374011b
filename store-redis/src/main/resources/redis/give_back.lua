-- give_back: a worker leaves before its job has ended; the attempt does not count.
-- KEYS: the partition, P
-- ARGV: id, token, now, expiry if it turns out to be cancelled
-- Answer: 'queued', or 'cancelled' if someone had asked; '!state'; nil if there is no record
-- Guard: running, and this token.
-- No outbox entry: the worker releases the delivery it has, so the job's message stays on the broker.
local id, token, now, expiry = unpack(ARGV)
local job = P .. 'job:' .. id

local state, held, lane, asked, attempt =
  unpack(redis.call('HMGET', job, 'state', 'token', 'lane', 'cancel', 'attempt'))
if state ~= 'running' or held ~= token then
  return state and '!' .. state
end

if asked then
  heed(id, asked)
  finish(id, lane, state, 'cancelled', now, expiry)
  return 'cancelled'
end
redis.call('HSET', job, 'state', 'queued', 'attempt', attempt - 1)
redis.call('HDEL', job, 'progress') -- or the next attempt, which has the same number, would begin with it
reindex(id, lane, state, 'queued')
return 'queued'
