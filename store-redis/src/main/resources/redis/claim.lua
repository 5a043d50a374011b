-- claim: a worker takes a job.
-- KEYS: the partition, P
-- ARGV: id, ticket of the delivery, worker, now, expiry if it turns out to be cancelled
-- Answer: {attempt, token}; {attempt, token, 'exhausted'}; '!state'; nil if there is no record
-- Guard: queued, with any ticket; or running, with the very ticket of its claim: then the broker
-- took the message back from its worker, which is lost. Another ticket is a second publication.
-- The outbox entry is left to the producer, which removes its own in batches.
local id, ticket, worker, now, expiry = unpack(ARGV)
local job = P .. 'job:' .. id

local state, lane, attempt, token, claimed =
  unpack(redis.call('HMGET', job, 'state', 'lane', 'attempt', 'token', 'claimed'))
if state ~= 'queued' and not (state == 'running' and claimed == ticket) then
  return state and '!' .. state
end
token = token + 1

if state == 'queued' then
  reindex(id, lane, state, 'running')
else
  local max, asked, lost, startedAt, attempts =
    unpack(redis.call('HMGET', job, 'max', 'cancel', 'worker', 'startedAt', 'attempts'))
  if asked then
    heed(id, asked)
    finish(id, lane, state, 'cancelled', now, expiry, 'token', token)
    return '!cancelled'
  end
  if tonumber(attempt) >= tonumber(max) then
    redis.call('HSET', job, 'token', token)
    return {tonumber(attempt), token, 'exhausted'}
  end
  redis.call('HSET', job, 'attempts', noted(attempts, attempt, lost, startedAt, now,
    '{"kind":"lost","message":"the worker was lost"}', tail(id)))
end

attempt = attempt + 1
redis.call('HSET', job, 'state', 'running', 'attempt', attempt, 'token', token, 'claimed', ticket,
  'worker', worker, 'startedAt', now)
return {attempt, token}
