"""Whose words a passage is in, as its quotation marks suggest: [ ] is what somebody marked."""

import pytest

from annotations.wording import suggest_wording


@pytest.mark.parametrize(
    ("passage", "wording"),
    [
        ("[“Nothing leaked,”] she said.", "verbatim"),
        ("“[Nothing leaked,]” she said.", "verbatim"),
        ('["Nothing leaked,"] she said.', "verbatim"),
        ('"[Nothing leaked]," she said.', "verbatim"),
        ("“[Nothing leaked],” she said.", "verbatim"),
        ("“Nothing, [nothing] leaked,” she said.", "verbatim"),
        ("“[Nothing leaked,”] she said.", "verbatim"),
        ("„Nichts“, [sagte sie], „nichts“.", "paraphrase"),
        ('"Nothing," [she said]. "Nothing leaked."', "paraphrase"),
        ("“Nothing,” [she said], “leaked.”", "paraphrase"),
        ("“Nothing leaked,\n\n[she said.]", "paraphrase"),
        ("“[Nothing,” she said, “leaked.”]", "mixed"),
        ("[‘Nothing leaked,’] she said.", "verbatim"),
        ("[„Nichts ist ausgelaufen“], sagte sie.", "verbatim"),
        ("[„Nichts ist ausgelaufen”], powiedziała.", "verbatim"),
        ("[«\u00a0Rien n’a fui\u00a0»], dit-elle.", "verbatim"),
        ("«\u00a0[Rien n’a fui]\u00a0», dit-elle.", "verbatim"),
        ("[»Nichts«], sagte sie.", "verbatim"),
        ("[「何も漏れていない」]と語った。", "verbatim"),
        ("[ “Nothing leaked,” ] she said.", "verbatim"),
        ("[“Nothing ‘leaked’ here,”] she said.", "verbatim"),
        ("[“It isn’t so,”] she said.", "verbatim"),
        ("[“Nothing leaked,” she said. “Ever.”]", "mixed"),
        ("[She said that “nothing” leaked.]", "mixed"),
        ("[“Nothing” leaked], she said.", "mixed"),
        ("[She said that nothing leaked.]", "paraphrase"),
        ("[She said the works’ alarms didn’t ring.]", "paraphrase"),
        ("[Nothing leaked]", "paraphrase"),
        ("[“”]", "mixed"),
        ("[x]", "paraphrase"),
    ],
)
def test_wording(passage, wording):
    start = passage.index("[")
    end = passage.index("]") - 1
    text = passage.replace("[", "").replace("]", "")
    assert suggest_wording(text, start, end) == wording
