-- submit: keeps a new job, due now or later.
-- KEYS: the partition, P
-- ARGV: id, lane, spec, most attempts, now, due at ('' for now), digest of the idempotency key
--       ('' for none), fingerprint of the request, how long the key is kept (ms)
-- Answer: 'queued' (its ticket is 1), 'scheduled', {'duplicate', id} or {'reused', id}
-- Guard: neither the key nor the id is known.
-- A duplicate writes what is there already: whoever waits for the durability of what a connection
-- has written (WAIT, WAITAOF) has to wait for all that stood there before.
local id, lane, spec, max, now, due, key, fingerprint, window = unpack(ARGV)

if key ~= '' then
  local seen = redis.call('GET', P .. 'idem:' .. key)
  if seen then
    local first, print = seen:match('^(%S+) (.*)$')
    redis.call('SET', P .. 'idem:' .. key, seen, 'KEEPTTL')
    return {print == fingerprint and 'duplicate' or 'reused', first}
  end
end
if redis.call('EXISTS', P .. 'job:' .. id) == 1 then
  redis.call('HINCRBY', P .. 'job:' .. id, 'ticket', 0)
  return {'duplicate', id}
end

if key ~= '' then
  redis.call('SET', P .. 'idem:' .. key, id .. ' ' .. fingerprint, 'PX', window)
end
if due ~= '' then
  create(id, lane, spec, max, 'scheduled', 0, 0, 'dueAt', due)
  redis.call('ZADD', P .. 'due', due, id)
  return 'scheduled'
end
create(id, lane, spec, max, 'queued', 1, 0)
redis.call('ZADD', P .. 'outbox', now, id .. ':1')
return 'queued'
