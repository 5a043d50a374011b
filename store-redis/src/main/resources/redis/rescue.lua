-- rescue: a job is where it was seen long before, though it should have moved on.
-- KEYS: the partition, P
-- ARGV: id, state it was seen in, its ticket (queued) or token (running) then, now, expiry if it
--       turns out to be failed, expiry if it turns out to be cancelled
-- Answer: {spec, ticket}; 'failed' if no attempt is left, 'cancelled' if someone had asked;
--         '!state'; nil if there is no record
-- Guard: queued, with this ticket and no outbox entry; or running, with this token. So of many who
-- saw the same, one rescues.
local id, seen, number, now, failed, cancelled = unpack(ARGV)
local job = P .. 'job:' .. id

local state, lane, spec, ticket, token =
  unpack(redis.call('HMGET', job, 'state', 'lane', 'spec', 'ticket', 'token'))
if state ~= seen then
  return state and '!' .. state
end
if state == 'queued' then
  if ticket ~= number or redis.call('ZSCORE', P .. 'outbox', id .. ':' .. ticket) then
    return '!queued'
  end
  return {spec, queue(id, lane, state, now)}
end
if token ~= number then
  return '!' .. state
end

local attempt, max, asked, worker, startedAt, attempts =
  unpack(redis.call('HMGET', job, 'attempt', 'max', 'cancel', 'worker', 'startedAt', 'attempts'))
token = token + 1
attempts = noted(attempts, attempt, worker, startedAt, now,
  '{"kind":"lost","message":"the worker was lost"}', tail(id))
if asked then
  heed(id, asked)
  finish(id, lane, state, 'cancelled', now, cancelled, 'token', token, 'attempts', attempts)
  return 'cancelled'
end
if tonumber(attempt) >= tonumber(max) then
  finish(id, lane, state, 'failed', now, failed, 'token', token, 'attempts', attempts)
  return 'failed'
end
redis.call('HSET', job, 'token', token, 'attempts', attempts)
return {spec, queue(id, lane, state, now)}
