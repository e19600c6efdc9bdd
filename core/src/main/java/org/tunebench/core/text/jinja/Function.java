package org.tunebench.core.text.jinja;

/** Anything a template can call: a global function, a bound method, a macro. */
@FunctionalInterface
interface Function {
    Object call(Render render, Arguments arguments);
}
