-- worker_beat: a worker says that it lives, and how. One that was taken for lost is back.
-- KEYS: the partition, P
-- ARGV: id, info (JSON), seen at
local id, info, seen = unpack(ARGV)

redis.call('HSET', P .. 'info', id, info)
redis.call('ZADD', P .. 'seen', seen, id)
redis.call('ZREM', P .. 'lost', id)
return 0
