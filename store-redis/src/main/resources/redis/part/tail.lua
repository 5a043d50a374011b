-- The last lines of a job's log as JSON, for an attempt whose worker can tell them no more. How much
-- is what FailedAttempt in shared-model says.
local function tail(id)
  local last, kept, bytes = redis.call('LRANGE', P .. 'log:' .. id, -20, -1), {}, 0
  for i = #last, 1, -1 do
    bytes = bytes + #last[i]
    if bytes > 16384 then
      break
    end
    table.insert(kept, 1, cjson.encode(last[i]))
  end
  return '[' .. table.concat(kept, ',') .. ']'
end
