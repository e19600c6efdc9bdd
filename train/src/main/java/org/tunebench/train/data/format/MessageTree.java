package org.tunebench.train.data.format;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.tunebench.core.text.Message;
import org.tunebench.core.text.Role;

/** A message and the replies to it. */
final class MessageTree {
    private final Message message;
    private final double rank;
    private final List<MessageTree> replies = new ArrayList<>();

    /** @param rank 0 for the best of its siblings; infinite where there is none */
    MessageTree(Message message, double rank) {
        this.message = message;
        this.rank = rank;
    }

    void add(MessageTree reply) {
        replies.add(reply);
    }

    /** Conversations from the root to a last answer; none where nobody answered. */
    List<List<Message>> conversations(TreePaths paths) {
        List<List<Message>> found = new ArrayList<>();
        collect(new ArrayList<>(), paths, found);
        return found;
    }

    private void collect(List<Message> before, TreePaths paths, List<List<Message>> found) {
        List<Message> path = new ArrayList<>(before);
        path.add(message);
        List<MessageTree> followed = replies.stream()
                .sorted(Comparator.comparingDouble(r -> r.rank))
                .limit(paths == TreePaths.BEST ? 1 : Long.MAX_VALUE)
                .toList();
        if (followed.isEmpty()) {
            // a path that ends in a question teaches what leads up to it
            int end = message.role() == Role.ASSISTANT ? path.size() : path.size() - 1;
            List<Message> answered = List.copyOf(path.subList(0, end));
            if (!answered.isEmpty() && !found.contains(answered)) {
                found.add(answered);
            }
        }
        followed.forEach(reply -> reply.collect(path, paths, found));
    }
}
