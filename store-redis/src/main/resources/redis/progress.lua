-- progress: a worker notes how far its job is. The number of the attempt stands beside the
-- fraction, so that the next attempt starts without any.
-- KEYS: the partition, P
-- ARGV: id, token, attempt and fraction with a space between
-- Guard: running, and this token.
local id, token, progress = unpack(ARGV)
local job = P .. 'job:' .. id

local state, held = unpack(redis.call('HMGET', job, 'state', 'token'))
if state == 'running' and held == token then
  redis.call('HSET', job, 'progress', progress)
end
return 0
