-- Makes the record of a job.
local function create(id, lane, spec, max, state, ticket, token, ...)
  redis.call('HSET', P .. 'job:' .. id, 'spec', spec, 'lane', lane, 'max', max, 'state', state,
    'attempt', 0, 'token', token, 'ticket', ticket, ...)
  redis.call('SADD', P .. 'lanes', lane)
  redis.call('ZADD', P .. 'ix:' .. lane .. ':' .. state, 0, id)
end
