/**
 * Model folders and the forward pass of each family, written once: the score, generate and train programs are all made
 * from {@link org.tunebench.core.model.Architecture}. A new family is one file and one line in
 * {@link org.tunebench.core.model.Families}.
 *
 * <pre>{@code
 * Architecture model = Families.read(folder.resolve("config.json"));
 * DecoderInputs in = new DecoderInputs(ids, positions, Masks.causal(b, segments, DType.FLOAT), KeyValues.ownOnly());
 * Value hidden = model.hidden(b, weights, in);                    // [batch, time, hidden]
 * Value logits = model.logits(b, weights, b.gather(rows, wanted, 0)); // [wanted, vocabulary]
 * }</pre>
 */
@NullMarked
package org.tunebench.core.model;

import org.jspecify.annotations.NullMarked;
