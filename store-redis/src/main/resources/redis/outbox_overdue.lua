-- outbox_overdue: takes publications that no broker confirmed, each under a new ticket.
-- KEYS: the partition, P
-- ARGV: made before, now, at most so many
-- Answer: {spec, ticket, spec, ticket, ...}
-- Guard: queued, and the entry has the job's last ticket. What else stands in the outbox is dropped.
-- What was made more than a minute after now is taken, too: a clock has been set back since, and it
-- would have to wait until the clock is there again.
local before, now, most = unpack(ARGV)
local outbox = P .. 'outbox'

local entries = redis.call('ZRANGEBYSCORE', outbox, '-inf', '(' .. before, 'LIMIT', 0, most)
local ahead = redis.call('ZRANGEBYSCORE', outbox, '(' .. (now + 60000), '+inf', 'LIMIT', 0,
  most - #entries)
for _, entry in ipairs(ahead) do
  entries[#entries + 1] = entry
end

local taken = {}
for _, entry in ipairs(entries) do
  redis.call('ZREM', outbox, entry)
  local id, ticket = entry:match('^(.*):(%d+)$')
  local job = P .. 'job:' .. id
  local state, last, spec = unpack(redis.call('HMGET', job, 'state', 'ticket', 'spec'))
  if state == 'queued' and last == ticket then
    ticket = redis.call('HINCRBY', job, 'ticket', 1)
    redis.call('ZADD', outbox, now, id .. ':' .. ticket)
    taken[#taken + 1] = spec
    taken[#taken + 1] = ticket
  end
end
return taken
