-- The notes on ended attempts with one more: a line of JSON each. `failure` and `log` are JSON already.
local function noted(attempts, number, worker, startedAt, finishedAt, failure, log)
  return (attempts or '') .. '{"number":' .. number .. ',"worker":' .. cjson.encode(worker)
    .. ',"startedAt":' .. startedAt .. ',"finishedAt":' .. finishedAt .. ',"error":' .. failure
    .. ',"log":' .. log .. '}\n'
end
