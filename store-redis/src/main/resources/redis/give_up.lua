-- give_up: a worker's attempt failed, and no other is allowed.
-- KEYS: the partition, P
-- ARGV: id, token, now, failure, expiry, last lines of the attempt (absent if it was lost)
-- Answer: 'failed'; '!state'; nil if there is no record
-- Guard: running, and this token.
local id, token, now, failure, expiry, log = unpack(ARGV)

local state, held, lane, asked, attempt, worker, startedAt, attempts =
  unpack(redis.call('HMGET', P .. 'job:' .. id,
    'state', 'token', 'lane', 'cancel', 'attempt', 'worker', 'startedAt', 'attempts'))
if state ~= 'running' or held ~= token then
  return state and '!' .. state
end

heed(id, asked)
finish(id, lane, state, 'failed', now, expiry,
  'attempts', noted(attempts, attempt, worker, startedAt, now, failure, log or tail(id)))
return 'failed'
