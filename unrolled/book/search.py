"""Search in Chinese: the words of the index, and how the browser cuts a query into them."""

import re
import tomllib
from pathlib import Path

import jieba
import snowballstemmer  # type: ignore[import-untyped]
from sphinx.search.en import SearchEnglish, english_stopwords

HERE = Path(__file__).parent
TERMINOLOGY = HERE.parent / "terminology.toml"


def chinese_terms() -> list[str]:
    """Return the course's Chinese terms, also those that a reader may know them by."""
    terms = tomllib.loads(TERMINOLOGY.read_text("utf-8"))["term"]
    return [name for term in terms for name in (term["zh"], *term.get("also", []))]


class ChineseSearch(SearchEnglish):
    """Chinese in words (jieba and the course's terms), English between them as in the English book.

    Sphinx's own class for Chinese stems English words one way here and another way in the browser,
    leaves a Chinese query whole, and knows no terms.
    """

    lang = "zh"
    language_name = "Chinese"
    stopwords = english_stopwords
    js_splitter_code = (HERE / "split_query.js").read_text("utf-8")

    def init(self, options: dict[str, str]) -> None:
        """Load the dictionaries, without jieba's chatter."""
        self.stemmer = snowballstemmer.stemmer("porter")
        jieba.setLogLevel("WARNING")
        self.terms = set(chinese_terms())
        for term in self.terms:
            jieba.add_word(term)

    def split(self, input: str) -> list[str]:
        """Cut a text into words; a long one brings those inside it (梯度消失: 梯度, 消失)."""
        runs = re.findall(r"[\u3400-\u9fff]+|[^\W\u3400-\u9fff]+", input)
        return [word for run in runs for word in jieba.cut_for_search(run)]

    def word_filter(self, word: str) -> bool:
        """Leave out single characters, unless one is a term (门)."""
        return word not in self.stopwords and (len(word) > 1 or word in self.terms)
