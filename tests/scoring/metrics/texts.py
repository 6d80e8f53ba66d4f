"""Texts for property tests: the words of several scripts, with what metrics trip over between them."""

from hypothesis import strategies as st

WORDS = (
    "the", "The", "municipal", "council", "1,000", "2014-06-23", "kl.", "e-mail", "it's", "&quot;", "<", "a<b", "...",
    "(x)", "-", "%", "å", "Överkalix", "مجلس", "البلدية", "我喜欢", "猫", "ประเทศ", "Ελλάδα", "ЙОД",
    "é", "e\u0301", "😀", "\u00a0",
)  # fmt: skip

SENTENCES = st.lists(st.sampled_from(WORDS), max_size=9).flatmap(
    lambda words: st.sampled_from([" ".join(words), "".join(words), " ".join(words) + ".", " ".join(words) + "  "])
)

PAIRS = st.tuples(SENTENCES, SENTENCES) | SENTENCES.map(lambda text: (text, text))

CORPORA = st.lists(PAIRS, min_size=1, max_size=8)
"""Hypotheses with their references."""
