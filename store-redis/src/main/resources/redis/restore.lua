-- restore: makes a lost record anew from the job's message.
-- KEYS: the partition, P
-- ARGV: id, lane, spec, most attempts, ticket of the message, now
-- Answer: 'queued', or '!state'
-- Guard: there is no record.
-- The token goes on from the clock, which is more than the lost record can have counted to, so
-- that whoever held the job before is fenced off.
local id, lane, spec, max, ticket, now = unpack(ARGV)

local state = redis.call('HGET', P .. 'job:' .. id, 'state')
if state then
  return '!' .. state
end
create(id, lane, spec, max, 'queued', ticket, now)
return 'queued'
