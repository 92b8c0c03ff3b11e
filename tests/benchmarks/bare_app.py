"""The floor of a start: a Textual app that shows a header, a line of text and a footer."""

from textual.app import App, ComposeResult
from textual.widgets import Footer, Header, Static


class BareApp(App[None]):
    """Draws READY."""

    def compose(self) -> ComposeResult:
        """A header, a text, a footer."""
        yield Header()
        yield Static("READY")
        yield Footer()


if __name__ == "__main__":
    BareApp().run()
