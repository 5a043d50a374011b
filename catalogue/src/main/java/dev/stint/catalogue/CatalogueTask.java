package dev.stint.catalogue;

import dev.stint.task.Task;

/** A task with its schema compiled. */
record CatalogueTask(Task task, ParamsSchema params) {}
