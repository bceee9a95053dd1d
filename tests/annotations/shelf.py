"""Some articles to search in."""

from reader.models import Article
from tests.factories import make_article


def make_shelf() -> dict[str, Article]:
    """Articles of the library, newest first in the order of their dates."""

    def article(title: str, text: str, **details: str) -> Article:
        return make_article(None, text, title=title, **{"language": "en", **details})

    return {
        one.title: one
        for one in (
            article(
                "Ferry",
                "The ferries had run aground, said Zoë Marr. To be or not to be a naïve captain.",
                byline="Mira Okonjo",
                publication="The Reed",
                published_on="2022-01-10",
            ),
            article(
                "Harbour",
                "A harbour ferry left.\n\nThe mayor said: “The  harbour’s\ncranes are old.”",
                byline="Odo Fenn",
                publication="The Reed Evening",
                published_on="2021-03-29",
            ),
            article(
                "Häfen",
                "Die Häfen wurden geschlossen. Der Krieg war lang; ein Minister sprach.",
                language="de",
                publication="Ufer-Bote",
                published_on="2021-03",
            ),
            article(
                "Beijing",
                "外交部发言人赵立坚说访问北京。 ferry",
                language="zh",
                published_on="2021",
            ),
            article("Undated", "War minister. Price: 12:30, see http://reed.example/a?b=c 😀"),
        )
    }


EVERYTHING = {"Ferry", "Harbour", "Häfen", "Beijing", "Undated"}
