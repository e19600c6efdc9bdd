/**
 * A typed builder of ONNX graphs. {@link org.tunebench.core.graph.GraphBuilder} writes operators and knows every
 * result's type and shape; {@link org.tunebench.core.graph.Graph} is what was written, which gradients are derived from;
 * {@link org.tunebench.core.graph.OnnxModel} is its ONNX form.
 *
 * <pre>{@code
 * Graph graph = new Graph("double");
 * GraphBuilder b = new GraphBuilder(graph);
 * Value x = graph.input("x", DType.FLOAT, Shape.of("batch", 3));
 * graph.output("y", b.mul(x, b.scalar(DType.FLOAT, 2)));
 * byte[] onnx = OnnxModel.bytes(graph);
 * }</pre>
 */
@NullMarked
package org.tunebench.core.graph;

import org.jspecify.annotations.NullMarked;
