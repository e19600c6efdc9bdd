/**
 * Which weights a recipe trains, and how they enter the forward pass. {@link org.tunebench.train.adapter.Method} is the
 * choice; full fine-tuning and LoRA are its cases.
 */
@NullMarked
package org.tunebench.train.adapter;

import org.jspecify.annotations.NullMarked;
