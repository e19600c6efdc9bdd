package org.tunebench.cli;

import java.util.Map;
import org.tunebench.core.record.RunEnvironment;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: the program and the libraries its numbers depend on. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        RunEnvironment environment = RunEnvironment.current("cpu");
        StringBuilder text = new StringBuilder("tunebench");
        if (environment.gitCommit() != null) {
            text.append(" (").append(environment.gitCommit()).append(')');
        }
        for (Map.Entry<String, String> library : environment.libraries().entrySet()) {
            text.append(System.lineSeparator())
                    .append("  ")
                    .append(library.getKey())
                    .append(' ')
                    .append(library.getValue());
        }
        return new String[] {text.toString()};
    }
}
