package org.tunebench.core.text.jinja;

import java.util.List;

/** What stands left of {@code =} in {@code set}, or between {@code for} and {@code in}. */
sealed interface Target {
    void assign(Scope scope, Object value);

    record Variable(String name) implements Target {
        @Override
        public void assign(Scope scope, Object value) {
            scope.set(name, value);
        }
    }

    record NamespaceAttribute(String namespace, String attribute) implements Target {
        @Override
        public void assign(Scope scope, Object value) {
            if (!(scope.get(namespace) instanceof Namespace ns)) {
                throw new TemplateError("cannot assign attribute on non-namespace object");
            }
            ns.set(attribute, value);
        }
    }

    record Unpacked(List<Target> parts) implements Target {
        @Override
        public void assign(Scope scope, Object value) {
            List<Object> values = Sequences.list(scope.render(), value);
            if (values.size() != parts.size()) {
                throw new TemplateError(values.size() + " values to unpack, expected " + parts.size());
            }
            for (int i = 0; i < parts.size(); i++) {
                parts.get(i).assign(scope, values.get(i));
            }
        }
    }
}
