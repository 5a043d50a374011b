-- Queues a job under a new ticket, with its outbox entry; gives the ticket.
local function queue(id, lane, from, now)
  local job = P .. 'job:' .. id
  local ticket = redis.call('HINCRBY', job, 'ticket', 1)
  redis.call('HSET', job, 'state', 'queued')
  reindex(id, lane, from, 'queued')
  redis.call('ZADD', P .. 'outbox', now, id .. ':' .. ticket)
  return ticket
end
