-- worker_drain: asks a worker to drain.
-- KEYS: the partition, P
-- ARGV: id, how long the request is kept (ms)
-- Answer: 1, or 0 if there is no such worker
local id, window = unpack(ARGV)

if redis.call('HEXISTS', P .. 'info', id) == 0 then
  return 0
end
redis.call('SET', P .. 'drain:' .. id, 1, 'PX', window)
return 1
