-- Forgets that someone asked to cancel a job, if so: it runs no more.
local function heed(id, asked)
  if asked then
    redis.call('HDEL', P .. 'job:' .. id, 'cancel')
    redis.call('SREM', P .. 'cancels', id)
  end
end
