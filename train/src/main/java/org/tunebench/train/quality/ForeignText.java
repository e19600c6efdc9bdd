package org.tunebench.train.quality;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tunebench.train.data.draw.SeededRandom;

/** Sentences in languages other than English, written for this project. */
final class ForeignText {
    private static final List<List<String>> LANGUAGES = List.of(
            List.of(
                    "Das Wasser kocht bei hundert Grad, wenn der Druck normal ist.",
                    "Viele Menschen fahren im Sommer ans Meer, weil es dort kühler ist.",
                    "Zuerst muss man die Zutaten abwiegen und gut mischen.",
                    "Die Stadt wurde im zwölften Jahrhundert gegründet und wuchs schnell.",
                    "Wer regelmäßig liest, findet leichter die richtigen Worte.",
                    "Am Ende entscheidet die Mehrheit über den Vorschlag."),
            List.of(
                    "Le marché ouvre tôt le matin et ferme au début de l'après-midi.",
                    "Il faut d'abord comprendre la question avant de chercher une réponse.",
                    "Les enfants jouent dans le jardin pendant que leurs parents préparent le repas.",
                    "Cette méthode donne de bons résultats quand les données sont propres.",
                    "La rivière traverse la vallée et se jette dans le lac.",
                    "On peut aussi ajouter un peu de sel et de poivre."),
            List.of(
                    "El tren sale a las ocho y llega a la capital antes del mediodía.",
                    "Para resolver el problema hay que separar las dos partes.",
                    "La casa tiene tres habitaciones y un pequeño patio con flores.",
                    "Los científicos observaron el fenómeno durante varios años.",
                    "Cada persona debe decidir cuánto tiempo quiere dedicar al estudio.",
                    "Después se deja enfriar la mezcla durante una hora."),
            List.of(
                    "Il libro racconta la storia di una famiglia che vive in montagna.",
                    "Bisogna aspettare qualche minuto prima di aprire il forno.",
                    "La musica aiuta molte persone a concentrarsi sul lavoro.",
                    "Nel pomeriggio il vento cambia direzione e porta la pioggia."),
            List.of(
                    "Вода закипает при ста градусах, если давление нормальное.",
                    "Сначала нужно внимательно прочитать задание и выделить главное.",
                    "Город стоит на берегу реки, и весной вода поднимается высоко.",
                    "Многие люди предпочитают ездить на работу на велосипеде."),
            List.of("首先需要把所有的材料准备好。", "这个城市的历史可以追溯到一千年前。", "每天坚持锻炼对身体有好处。", "他们在讨论之后决定采用第二个方案。"));

    private ForeignText() {}

    /** So many sentences of one language, repeated where there are too few. */
    static String draw(int sentences, SeededRandom random) {
        List<String> language = LANGUAGES.get(random.nextInt(LANGUAGES.size()));
        int start = random.nextInt(language.size());
        return IntStream.range(0, Math.min(sentences, language.size()))
                .mapToObj(i -> language.get((start + i) % language.size()))
                .collect(Collectors.joining(" "));
    }
}
