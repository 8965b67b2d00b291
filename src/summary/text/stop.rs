use std::collections::{BTreeSet, HashSet};

use super::fold::{each_word, fold};

/// Spanish words that hold sentences together and say nothing of their own.
const ES: &str = "
    el la los las lo un una unos unas al del
    a ante bajo con contra de desde durante en entre hacia hasta mediante para por pa según sin sobre tras
    y e ni o u pero sino aunque porque pues que si como cuando donde mientras
    yo tú vos usted ustedes él ella ello ellos ellas nosotros nosotras me te se nos les le mí ti sí conmigo contigo consigo
    mi mis tu tus su sus nuestro nuestra nuestros nuestras mío mía míos mías tuyo tuya suyo suya suyos suyas
    este esta esto estos estas ese esa eso esos esas aquel aquella aquello aquellos aquellas
    qué quién quiénes quien quienes cuál cuáles cual cuales cuyo cuya cuánto cuánta cuántos cuántas cuanto cuanta
    cómo cuándo dónde
    no nada nadie ningún ninguno ninguna nunca jamás tampoco también
    algo alguien algún alguno alguna algunos algunas todo toda todos todas cada otro otra otros otras
    mismo misma mismos mismas tal tales ambos ambas varios varias cualquier cualquiera demás
    más menos mucho mucha muchos muchas muy poco poca pocos pocas tan tanto tanta tantos tantas bastante demasiado
    ya aún todavía siempre ahora entonces luego después antes así aquí ahí allí allá acá además casi solo sólo solamente
    quizá quizás ejemplo etc
    ser soy eres es somos son era eran fue fueron fui sea sean sería siendo sido será serán
    estar estoy está estamos están estaba estaban esté estén estuvo estando estado
    haber he has ha hemos han hay haya hayan había habían hubo habrá habría habido
    tener tengo tiene tienes tenemos tienen tenía tenían tuvo tenga tengan
    hacer hago hace hacen hacemos hizo hacía haga hagan hecho haciendo
    ir voy va vamos van iba iban vaya
    poder puedo puede podemos pueden podía podría podrían pueda puedan pudo
    deber debe deben debería deberían debemos dar da dan dio dieron
";

/// English words of the same kind.
const EN: &str = "
    a an the
    about above across after against along among around as at before behind below beside between beyond by down during
    for from in inside into near of off on onto out outside over per since than through throughout till to toward towards
    under until up upon with within without
    and but or so yet if because although though while whereas unless whether
    i me my mine myself you your yours yourself he him his himself she her hers herself it its itself
    we us our ours ourselves they them their theirs themselves
    this that these those who whom whose which what when where why how whatever whenever wherever example
    no not none nothing nobody never neither either nor also too
    some something someone somebody any anything anyone anybody all each every everything everyone everybody both
    another other others such same own much many more most few fewer less least lot lots several enough
    very really just only even still already again always often sometimes now then here there once almost quite rather
    perhaps maybe however therefore etc
    be am is are was were been being isn't aren't wasn't weren't i'm you're we're they're
    have has had having haven't hasn't hadn't i've you've we've they've
    do does did doing done don't doesn't didn't
    can could may might must shall should will would can't cannot couldn't shouldn't won't wouldn't mustn't ought
    i'd you'd he'd she'd we'd they'd i'll you'll he'll she'll we'll they'll
    get gets got getting go goes going went gone let lets
";

/// Which words are not counted. Both lists serve for every answer, for people mix the two languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StopWords {
    /// Leave out our Spanish list.
    pub es: bool,
    /// Leave out our English list.
    pub en: bool,
    /// Words left out besides, however they are written, in the plural too.
    pub added: BTreeSet<String>,
    /// Words of our lists that are counted all the same. A word that is here and in `added` is left out.
    pub removed: BTreeSet<String>,
}

impl Default for StopWords {
    fn default() -> StopWords {
        StopWords { es: true, en: true, added: BTreeSet::new(), removed: BTreeSet::new() }
    }
}

impl StopWords {
    /// Our Spanish list, as people write it.
    pub fn spanish() -> impl Iterator<Item = &'static str> {
        ES.split_whitespace()
    }

    /// Our English list.
    pub fn english() -> impl Iterator<Item = &'static str> {
        EN.split_whitespace()
    }

    /// Folded, to be asked many times.
    pub(super) fn compile(&self) -> Stops {
        let lists = [(self.es, ES), (self.en, EN)];
        let removed = folded(&self.removed);
        let built_in = lists
            .into_iter()
            .filter(|(used, _)| *used)
            .flat_map(|(_, list)| list.split_whitespace())
            .map(fold)
            .filter(|word| !removed.contains(word))
            .collect();
        Stops { built_in, added: folded(&self.added) }
    }
}

/// Stop words, folded.
pub(super) struct Stops {
    /// Ours, without those that are counted all the same.
    pub(super) built_in: HashSet<String>,
    /// The facilitator's.
    pub(super) added: HashSet<String>,
}

fn folded(words: &BTreeSet<String>) -> HashSet<String> {
    let mut found = HashSet::new();
    for word in words {
        each_word(word, |word| {
            found.insert(fold(word));
        });
    }
    found
}

/// Whether a text has a word that our lists do not know: `nada`, `n/a` and `...` have none.
pub(super) fn says_something(text: &str, stops: &Stops) -> bool {
    let mut says = false;
    each_word(text, |word| {
        let word = fold(word);
        says |= word.chars().nth(1).is_some() && !stops.built_in.contains(&word);
    });
    says
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_of_a_size_and_name_no_word_twice() {
        for (list, sizes) in [(ES, 270..340), (EN, 200..280)] {
            let words: Vec<&str> = list.split_whitespace().collect();
            assert!(sizes.contains(&words.len()), "{}", words.len());
            let different: HashSet<&str> = words.iter().copied().collect();
            let twice: Vec<_> =
                different.iter().filter(|word| words.iter().filter(|w| w == word).count() > 1).collect();
            assert!(twice.is_empty(), "{twice:?}");
        }
    }

    #[test]
    fn words_that_reports_are_about_are_in_neither_list() {
        let stops = StopWords::default().compile();
        for word in [
            "policia",
            "robo",
            "calle",
            "luz",
            "miedo",
            "seguridad",
            "noche",
            "drogas",
            "vecino",
            "año",
            "bueno",
            "mal",
            "police",
            "street",
            "light",
            "safe",
            "night",
            "fear",
            "drugs",
            "good",
            "bad",
            "need",
            "help",
        ] {
            assert!(!stops.built_in.contains(word), "{word}");
        }
        for word in ["de", "que", "mas", "esta", "tambien", "the", "dont", "im"] {
            assert!(stops.built_in.contains(word), "{word}");
        }
    }

    #[test]
    fn the_lists_can_be_edited() {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<BTreeSet<_>>();
        let own =
            StopWords { added: words(&["Policía "]), removed: words(&["MÁS"]), ..StopWords::default() };
        let stops = own.compile();
        assert!(stops.added.contains("policia") && !stops.built_in.contains("mas"));
        assert!(stops.built_in.contains("menos"));
        let spanish = StopWords { en: false, ..StopWords::default() }.compile();
        assert!(spanish.built_in.contains("que") && !spanish.built_in.contains("the"));
    }

    #[test]
    fn some_answers_say_nothing() {
        let stops = StopWords::default().compile();
        for text in ["Nada.", "N/A", "no", "...", "ninguno 3", "None", ""] {
            assert!(!says_something(text, &stops), "{text}");
        }
        for text in ["Más luz", "todo bueno", "More light"] {
            assert!(says_something(text, &stops), "{text}");
        }
    }
}
