-- retry_later: a worker's attempt failed; the next one waits for its time.
-- KEYS: the partition, P
-- ARGV: id, token, now, failure, due at, expiry if it turns out to be cancelled, last lines of the attempt
-- Answer: 'retrying', or 'cancelled' if someone had asked; '!state'; nil if there is no record
-- Guard: running, and this token.
local id, token, now, failure, due, expiry, log = unpack(ARGV)
local job = P .. 'job:' .. id

local state, held, lane, asked, attempt, worker, startedAt, attempts = unpack(redis.call('HMGET', job,
  'state', 'token', 'lane', 'cancel', 'attempt', 'worker', 'startedAt', 'attempts'))
if state ~= 'running' or held ~= token then
  return state and '!' .. state
end

attempts = noted(attempts, attempt, worker, startedAt, now, failure, log)
if asked then
  heed(id, asked)
  finish(id, lane, state, 'cancelled', now, expiry, 'attempts', attempts)
  return 'cancelled'
end
redis.call('HSET', job, 'state', 'retrying', 'dueAt', due, 'attempts', attempts)
reindex(id, lane, state, 'retrying')
redis.call('ZADD', P .. 'due', due, id)
return 'retrying'
