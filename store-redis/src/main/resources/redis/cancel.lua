-- cancel: someone wants a job no more, or its worker has stopped it.
-- KEYS: the partition, P
-- ARGV: id, token ('' if asked by someone else), now, expiry
-- Answer: 'cancelled', or 'running' if its worker has been asked; '!state'; nil if there is no record
-- Guard: not ended; with a token: running, and this token.
local id, token, now, expiry = unpack(ARGV)
local job = P .. 'job:' .. id

local state, held, lane, asked = unpack(redis.call('HMGET', job, 'state', 'token', 'lane', 'cancel'))
if token ~= '' then
  if state ~= 'running' or held ~= token then
    return state and '!' .. state
  end
elseif state == 'running' then
  redis.call('HSET', job, 'cancel', 1)
  redis.call('SADD', P .. 'cancels', id)
  return state
elseif state == 'scheduled' or state == 'retrying' then
  redis.call('ZREM', P .. 'due', id)
elseif state ~= 'queued' then
  return state and '!' .. state
end

heed(id, asked)
finish(id, lane, state, 'cancelled', now, expiry)
return 'cancelled'
