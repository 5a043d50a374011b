-- worker_remove: a worker has left in good order.
-- KEYS: the partition, P
-- ARGV: id
forget(ARGV[1])
return 0
