"""Marks, their undo, filters and the frozen list."""

from textual import events

from reader.model.change import ArticlesMarked, ArticlesStored, LibraryChanged
from reader.text.terminal import SafeText
from tests.fakes.library import NOW, FakeLibrary, small
from tests.tui.conftest import CHARACTERS, Sit, calm


async def test_m_toggles_read_and_reading_on_leaves_it_unread(sit: Sit) -> None:
    async with sit(small()) as seat:
        await seat.press("m")
        assert seat.unread == {2, 3, 4, 5, 6}
        await seat.press("m")
        assert len(seat.unread) == 6
        seat.main.go_to("article")
        await seat.press("pagedown")
        assert len(seat.unread) == 6
        await seat.press("J", "K")
        assert seat.unread == {3, 4, 5, 6}


async def test_marking_changes_how_a_row_looks_but_not_where_it_is(sit: Sit) -> None:
    async with sit(small()) as seat:
        await seat.press("2")
        before = [line[28:60] for line in seat.lines[:6]]
        assert "●" in before[0]
        await seat.press("m")
        after = [line[28:60] for line in seat.lines[:6]]
        assert "●" not in after[0]
        assert after[0].replace(" ", "") == before[0].replace("●", "").replace(" ", "")
        assert after[1:] == before[1:]
        assert "Unread                5" in seat.text


async def test_s_stars(sit: Sit) -> None:
    async with sit(small()) as seat:
        await seat.press("j", "s")
        assert "★ Headline number 2" in seat.text
        assert "Starred               1" in seat.text
        await seat.press("s")
        assert "★" not in seat.text


async def test_a_list_is_marked_read_and_that_is_one_undo(sit: Sit) -> None:
    async with sit(small()) as seat:
        await seat.press("m", "A")
        assert "Marked 5 read · u undoes" in seat.status
        assert seat.unread == set()
        await seat.press("u")
        assert "Undone: marked 5 read" in seat.status
        assert seat.unread == {2, 3, 4, 5, 6}
        assert seat.text.count("●") == 5
        await seat.press("U")
        assert "Done again: marked 5 read" in seat.status
        assert seat.unread == set()
        await seat.press("A")
        assert "Everything here is read already" in seat.status


async def test_undo_and_redo_say_when_there_is_nothing_to_do(sit: Sit) -> None:
    async with sit(small()) as seat:
        await seat.press("u")
        assert "Nothing to undo" in seat.status
        await seat.press("U")
        assert "Nothing to redo" in seat.status


async def test_a_long_list_is_marked_whole_and_only_as_far_as_it_was_frozen(sit: Sit) -> None:
    library = small(articles=3000)
    async with sit(library) as seat:
        library.add_article(1, "Too late to be marked")
        await seat.press("A")
        assert "Marked 3,000 read" in seat.status
        assert seat.unread == {3001}
        assert "●" not in seat.text


async def test_filters(sit: Sit) -> None:
    library = small()
    library.mark([1, 2, 3], "read", value=True)
    library.mark([5], "starred", value=True)
    async with sit(library) as seat:
        await seat.press("2")
        assert "All articles · unread  1/3" in seat.status
        assert "Headline number 1" not in seat.text
        await seat.press("j", "3")
        assert "· starred  1/1" in seat.status
        assert seat.headline == seat.shown == "Headline number 5"
        await seat.press("1")
        assert seat.headline == "Headline number 5"
        assert "All articles  5/6" in seat.status


async def test_empty_lists_say_what_to_press(sit: Sit) -> None:
    library = small()
    library.mark(list(library.entries), "read", value=True)
    async with sit(library) as seat:
        await seat.press("2")
        assert "Nothing unread here." in seat.text
        assert "n goes to the next feed" in seat.text
        assert seat.shown == ""
        await seat.press("3")
        assert "Nothing starred here." in seat.text
        await seat.press("space", "n", "m", "s", "o", "y", "enter", "J", "j", "k", "G", "l", "A")
        assert "Nothing starred here." in seat.text


async def test_an_empty_library_says_how_to_begin(sit: Sit) -> None:
    async with sit(FakeLibrary()) as seat:
        assert "Your library is empty." in seat.text
        assert "newsreader ~/news" in seat.text


async def test_new_articles_announce_themselves_and_wait(sit: Sit) -> None:
    library = small()
    async with sit(library) as seat:
        await seat.press("j")
        new = library.add_article(1, "Just in", published=NOW)
        await seat.happens(ArticlesStored(source_id=1, feed_ids=(1,), new=(new,)))
        assert "1 new · . shows them" in seat.text
        assert "Just in" not in seat.text
        assert "All articles          7" in seat.text
        assert seat.headline == "Headline number 2"
        await seat.press("full_stop")
        assert "Just in" in seat.text
        assert "shows them" not in seat.text
        assert seat.headline == seat.shown == "Headline number 2"
        assert "3/7" in seat.status


async def test_keys_do_not_wait_for_a_list_that_is_taken_anew(sit: Sit) -> None:
    async with sit(small()) as seat:
        first = seat.headline
        for key in ("full_stop", "J", "J"):
            seat.app.post_message(events.Key(key, CHARACTERS.get(key, key)))
        await calm(seat.app)
        assert seat.headline != first
        assert seat.shown == seat.headline
        assert "3/6" in seat.status


async def test_the_first_articles_of_an_empty_list_show_themselves(sit: Sit) -> None:
    library = FakeLibrary()
    library.add_feed("A feed")
    async with sit(library) as seat:
        assert "No articles here yet." in seat.text
        new = library.add_article(1, "The first one")
        await seat.happens(ArticlesStored(source_id=1, feed_ids=(1,), new=(new,)))
        assert seat.headline == seat.shown == "The first one"


async def test_changed_articles_are_read_again(sit: Sit) -> None:
    library = small()
    async with sit(library) as seat:
        entry = library.entries[1]
        replaced = library.add_article(1, "Corrected headline", body="Corrected text.")
        entry.article = library.entries.pop(replaced).article
        await seat.happens(ArticlesStored(source_id=1, feed_ids=(1,), changed=(1,)))
        assert "Corrected headline" in seat.lines[0]
        assert "Corrected text." in seat.text


async def test_another_session_is_followed(sit: Sit) -> None:
    library = small()
    async with sit(library) as seat:
        change = library.mark([1, 2], "read", value=True, actor="other")
        await seat.happens(change)
        assert seat.text.count("●") == 4
        library.mark([3], "read", value=True)
        await seat.happens(LibraryChanged())
        assert seat.text.count("●") == 3


async def test_marks_on_very_many_articles_are_read_again_rather_than_sorted_out(sit: Sit) -> None:
    library = small(articles=3000)
    async with sit(library) as seat:
        library.mark([1, 2], "read", value=True)
        ids = tuple(range(1, 3001))
        await seat.happens(ArticlesMarked(mark="read", value=True, ids=ids, journal_id=9))
        assert seat.text.count("●") == 12


async def test_what_cannot_be_saved_is_said_for_as_long_as_it_is(sit: Sit) -> None:
    library = small()
    library.refuse = True
    async with sit(library) as seat:
        await seat.press("m")
        assert "The disk is full: nothing is being saved." in seat.status
        await seat.press("j")
        assert seat.shown == "Headline number 2"
        assert "The disk is full" in seat.status
        library.refuse = False
        await seat.press("m")
        assert "The disk is full" not in seat.status


async def test_a_library_that_is_read_only_says_so_at_once(sit: Sit) -> None:
    library = small()
    library.problem = SafeText("Nothing is saved: the folder is read-only.")
    async with sit(library, size=(80, 24)) as seat:
        assert "Nothing is saved: the folder is read-only." in seat.status
