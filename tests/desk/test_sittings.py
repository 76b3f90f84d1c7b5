"""The page of a sitting: what was written in whose name, what is missing, what earlier sittings wrote down."""

from __future__ import annotations

from tests.desk.conftest import As, suspending, voted, words


def _decide(signed_in: As, case: str) -> None:
    president, step = signed_in("president"), f"/case/{case}/choice/decision/"
    typed = voted(president, step, suspending("12"))
    second = president.post(step, {**typed, "then": "write"})["Location"]
    president.post(second)


def test_a_member_reads_what_was_written_in_their_name(signed_in: As, sitting: str) -> None:
    _decide(signed_in, sitting)
    page = signed_in("jurist").get(f"/case/{sitting}/sitting/")
    assert "Written in your name: against “I would set six months.”" in words(page)
    against = next(x for x in page.content.decode().split("<input") if 'name="vote" value="against"' in x)
    assert " checked" in against


def test_a_member_corrects_what_was_written_in_their_name(signed_in: As, sitting: str) -> None:
    _decide(signed_in, sitting)
    typed = {"then": "confirm", "key": "c1", "seen": "", "vote": "for", "words": "I meant yes."}
    page = words(signed_in("jurist").post(f"/case/{sitting}/sitting/", typed, follow=True))
    assert "Confirmed from their own sign-in" in page and "I meant yes." in page


def test_everybody_who_sits_reads_the_votes_as_written(signed_in: As, sitting: str) -> None:
    _decide(signed_in, sitting)
    page = words(signed_in("president").get(f"/case/{sitting}/sitting/"))
    assert "Votes as they were written" in page and "I would set six months." in page


def test_minutes_of_a_closed_sitting_are_read(signed_in: As, sitting: str) -> None:
    president, page = signed_in("president"), f"/case/{sitting}/sitting/"
    president.post(page, {"then": "close", "key": "m1", "seen": "", "minutes": "Heard, and put off."})
    assert "Heard, and put off." in words(president.get(page))


def test_the_day_list_says_what_is_missing(signed_in: As, sitting: str) -> None:
    page = words(signed_in("president").get("/sittings/"))
    assert "Still asked:" in page or "nothing is missing" in page
