package org.tunebench.train.data.filter;

import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tunebench.core.input.InputException;
import org.tunebench.train.data.example.Example;
import org.tunebench.train.data.example.Exchange;

/** What a judge is asked about an exchange, and how its number is read: the first that lies on the scale. */
enum RatingScale {
    /** AlpaGasus' prompt with its dimension accuracy, 0 to 5 (Chen et al. 2023, arXiv:2307.08701, figure 3). */
    ALPAGASUS(0, 5) {
        @Override
        Rater.Question question(Exchange exchange) {
            return new Rater.Question(
                    "We would like to request your feedback on the performance of AI assistant in response to the"
                            + " instruction and the given input displayed following.\n\nInstruction: "
                            + exchange.instruction() + "\nInput: \nResponse: " + exchange.response(),
                    "Please rate according to the accuracy of the response to the instruction and the input. Each"
                            + " assistant receives a score on a scale of 0 to 5, where a higher score indicates higher"
                            + " level of the accuracy. Please first output a single line containing the value indicating"
                            + " the scores. In the subsequent line, please provide a comprehensive explanation of your"
                            + " evaluation, avoiding any potential bias.");
        }
    },
    /** After the prompt of Deita's complexity scorer, 1 to 6 (Liu et al. 2023, arXiv:2312.15685). */
    COMPLEXITY(1, 6) {
        @Override
        Rater.Question question(Exchange exchange) {
            return new Rater.Question(
                    NUMBER,
                    "Please identify the complexity score of the following user query.\n##Query: "
                            + exchange.instruction() + "\n##Complexity: ");
        }
    },
    /** After the prompt of Deita's quality scorer, 1 to 6. */
    QUALITY(1, 6) {
        @Override
        Rater.Question question(Exchange exchange) {
            return new Rater.Question(
                    NUMBER,
                    "Please identify the quality score of the Response corresponding to the Question.\n#Question#:\n"
                            + exchange.instruction() + "\n#Response#:\n" + exchange.response() + "\n##Quality: ");
        }
    };

    private static final String NUMBER =
            "You are a helpful assistant. Answer with a single number from 1 (lowest) to 6 (highest).";
    private static final Pattern VALUE = Pattern.compile("(?<![\\d.])\\d+(?:\\.\\d+)?(?![\\d]|\\.\\d)");

    private final double min;
    private final double max;

    RatingScale(double min, double max) {
        this.min = min;
        this.max = max;
    }

    abstract Rater.Question question(Exchange exchange);

    /**
     * What a rater says of an exchange.
     *
     * @param example that it is of, for messages
     * @throws InputException where the rater refuses the question
     */
    Rater.Answer ask(Rater rater, Example example, Exchange exchange) {
        try {
            return rater.ask(List.of(question(exchange))).get(0);
        } catch (InputException e) {
            throw new InputException(e.what() + " of " + example.origin().where(), e.where(), e.mend(), e);
        }
    }

    /** The rating in an answer; empty where it holds none. */
    OptionalDouble rating(String answer) {
        Matcher numbers = VALUE.matcher(answer);
        while (numbers.find()) {
            double value = Double.parseDouble(numbers.group());
            if (value >= min && value <= max) {
                return OptionalDouble.of(value);
            }
        }
        return OptionalDouble.empty();
    }
}
