/**
 * What is trained on: {@link org.tunebench.train.data.example.Example}, which knows where it came from.
 *
 * <pre>{@code
 * Example example = new Example.Conversation(
 *         Origin.of(0, Path.of("alpaca.json"), 2), List.of(Message.user("Add 1 and 2."), Message.assistant("3")));
 * System.out.println(example.id());   // alpaca.json:2
 * }</pre>
 */
@NullMarked
package org.tunebench.train.data.example;

import org.jspecify.annotations.NullMarked;
