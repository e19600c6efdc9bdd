/**
 * What kind of work an instruction asks for: the eight kinds of the concept paper, given by the data or predicted.
 *
 * <pre>{@code
 * Category category = CategoryModel.builtIn().predict("Write a Python function to sort a list.").category();
 * System.out.println(category.id());   // coding
 * }</pre>
 */
@NullMarked
package org.tunebench.train.category;

import org.jspecify.annotations.NullMarked;
