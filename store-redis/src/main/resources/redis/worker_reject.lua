-- worker_reject: a worker has refused a message; the newest are kept, all are counted.
-- KEYS: the partition, P
-- ARGV: letter (JSON), so many are kept
local letter, kept = unpack(ARGV)

redis.call('LPUSH', P .. 'rejected', letter)
redis.call('LTRIM', P .. 'rejected', 0, kept - 1)
redis.call('INCR', P .. 'rejections')
return 0
