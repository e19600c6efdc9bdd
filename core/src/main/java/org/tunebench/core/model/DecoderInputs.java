package org.tunebench.core.model;

import org.tunebench.core.graph.Value;

/**
 * What a forward pass reads besides its parameters.
 *
 * @param ids token ids [batch, time], int64
 * @param positions of the tokens in their sequences [batch, time], int64, from 0
 * @param mask added to the attention scores, [batch or 1, 1, time, span], of the type the pass computes in
 * @param keyValues what is attended to
 */
public record DecoderInputs(Value ids, Value positions, Value mask, KeyValues keyValues) {}
