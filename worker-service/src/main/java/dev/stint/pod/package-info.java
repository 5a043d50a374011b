/** The Kubernetes pod that a worker is, and what the cluster is told of it. */
@NullMarked
package dev.stint.pod;

import org.jspecify.annotations.NullMarked;
