/**
 * Model folders and the forward pass of each family, written once: the score, generate and train programs are all made
 * from {@link org.tunebench.core.model.Family}. A new family is one file and one line in
 * {@link org.tunebench.core.model.Families}.
 *
 * <pre>{@code
 * Family family = Families.of(config);
 * DecoderInputs in = new DecoderInputs(ids, positions, Masks.causal(b, segments, DType.FLOAT), KeyValues.ownOnly());
 * Value hidden = family.hidden(b, config, weights, in);                     // [batch, time, hidden]
 * Value logits = family.logits(b, config, weights, b.gather(rows, wanted, 0)); // [wanted, vocabulary]
 * }</pre>
 */
@NullMarked
package org.tunebench.core.model;

import org.jspecify.annotations.NullMarked;
