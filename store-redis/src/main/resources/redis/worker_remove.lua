-- worker_remove: a worker has left in good order.
-- ARGV: id
forget(ARGV[1])
return 0
