/**
 * Models behind OpenAI-compatible endpoints: who is asked, how often, how fast, and what is done when the answer does not come.
 * Start at {@link org.tunebench.eval.endpoint.EndpointClient}:
 *
 * <pre>{@code
 * Endpoint endpoint = Endpoint.of(System.getenv(), "TUNEBENCH_JUDGE", "judge openai");
 * try (EndpointClient client = EndpointClient.of(endpoint)) {
 *     EndpointReply reply = client.ask(EndpointRequest.turn("Name a colour.", 16));
 *     String words = reply.failure() == null ? reply.text() : reply.failure().reason();
 * }
 * }</pre>
 */
@NullMarked
package org.tunebench.eval.endpoint;

import org.jspecify.annotations.NullMarked;
