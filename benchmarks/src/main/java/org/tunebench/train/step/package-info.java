/**
 * How fast steps are. {@link org.tunebench.train.step.StepSpeed} takes them on demand, so that tools/step_speed.py can do so
 * in turn with PyTorch; the classes named Benchmark are JMH's. In the package of what they measure, whose parts are not
 * public.
 */
@NullMarked
package org.tunebench.train.step;

import org.jspecify.annotations.NullMarked;
