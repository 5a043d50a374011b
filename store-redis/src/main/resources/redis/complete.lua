-- complete: a worker ends its job with a result.
-- KEYS: the partition, P
-- ARGV: id, token, now, expiry, result (absent for none)
-- Answer: 'succeeded'; '!state'; nil if there is no record
-- Guard: running, and this token.
local id, token, now, expiry, result = unpack(ARGV)

local state, held, lane, asked =
  unpack(redis.call('HMGET', P .. 'job:' .. id, 'state', 'token', 'lane', 'cancel'))
if state ~= 'running' or held ~= token then
  return state and '!' .. state
end

heed(id, asked)
if result then
  finish(id, lane, state, 'succeeded', now, expiry, 'result', result)
else
  finish(id, lane, state, 'succeeded', now, expiry)
end
return 'succeeded'
