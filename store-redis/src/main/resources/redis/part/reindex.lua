-- Moves a job from the index of one state to that of another.
local function reindex(id, lane, from, to)
  local index = P .. 'ix:' .. lane .. ':'
  redis.call('ZREM', index .. from, id)
  redis.call('ZADD', index .. to, 0, id)
end
