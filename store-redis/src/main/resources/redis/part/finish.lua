-- Ends a job, to be kept until its expiry; further fields of the record may follow.
local function finish(id, lane, from, to, now, expiry, ...)
  redis.call('HSET', P .. 'job:' .. id, 'state', to, 'finishedAt', now, ...)
  reindex(id, lane, from, to)
  redis.call('ZADD', P .. 'ended', expiry, id)
  redis.call('HINCRBY', P .. 'totals', lane .. ':' .. to, 1)
end
