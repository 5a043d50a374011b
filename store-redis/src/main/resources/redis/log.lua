-- log: a worker appends lines to its job's log, of which the newest are kept.
-- KEYS: the partition, P
-- ARGV: id, token, so many are kept, lines...
-- Guard: this token; the last lines may come after the job has ended. So there is no log without
-- a record, and a worker that was lost writes no more.
local id, token, kept = unpack(ARGV, 1, 3)

if redis.call('HGET', P .. 'job:' .. id, 'token') == token then
  local log = P .. 'log:' .. id
  redis.call('RPUSH', log, unpack(ARGV, 4))
  redis.call('LTRIM', log, -kept, -1)
end
return 0
