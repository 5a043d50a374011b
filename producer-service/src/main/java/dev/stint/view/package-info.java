/** What can be seen: jobs, workers, tasks, queues, as the API shows them. */
@NullMarked
package dev.stint.view;

import org.jspecify.annotations.NullMarked;
