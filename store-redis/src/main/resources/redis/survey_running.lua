-- survey_running: looks at running jobs.
-- KEYS: the partition, P
-- ARGV: after this id ('' for the oldest), at most so many
-- Answer: {last id looked at ('' if there is no more), id, worker, token, id, worker, token, ...}
local after, most = ARGV[1], tonumber(ARGV[2])

local ids, last = page(redis.call('SMEMBERS', P .. 'lanes'), 'running', after, most)
local seen = {last}
for _, id in ipairs(ids) do
  local state, worker, token = unpack(redis.call('HMGET', P .. 'job:' .. id, 'state', 'worker', 'token'))
  if state == 'running' then
    seen[#seen + 1] = id
    seen[#seen + 1] = worker
    seen[#seen + 1] = token
  end
end
return seen
