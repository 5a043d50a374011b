-- Removes all that is kept of a worker.
local function forget(id)
  redis.call('HDEL', P .. 'info', id)
  redis.call('ZREM', P .. 'seen', id)
  redis.call('ZREM', P .. 'lost', id)
  redis.call('DEL', P .. 'drain:' .. id)
end
