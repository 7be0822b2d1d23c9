"""What the chapters ask for while they are drawn: headings, buttons by their labels, pictures."""

from __future__ import annotations

from dataclasses import dataclass, field

from markupsafe import Markup

from geodata.i18n import Language
from portal.guide.chapters import CHAPTERS, Chapter
from portal.guide.example import GuideExample
from portal.guide.pictures import PICTURES, picture_file
from portal.translations import messages, translate


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, for the list of contents; of a chapter with those of its sections."""

    place: str
    words: str
    sections: list[Heading] = field(default_factory=list)


@dataclass
class ChapterWriter:
    """Writes the parts of chapters that must be the same in every language, and notes them.

    Parameters
    ----------
    language
        Of the labels and of the pages to which links lead.
    written
        The language in which the chapters are written.
    example
        What the steps are shown with.
    """

    language: Language
    written: str
    example: GuideExample
    contents: list[Heading] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    """What was asked for, as pairs of a kind and a name."""

    def __post_init__(self) -> None:
        self._labels = messages(self.language)
        self._addresses = self.example.addresses(self.language)

    def chapter(self, words: str) -> Markup:
        """The heading of the next chapter."""
        chapter = CHAPTERS[len(self.contents)]
        self.contents.append(Heading(chapter.id, words))
        self.notes.append(("chapter", chapter.id))
        number = len(self.contents)
        return Markup('<h2 id="{}">{}. {}</h2>').format(chapter.id, number, words)

    def section(self, place: str, words: str) -> Markup:
        """The heading of a section of the chapter.

        Raises
        ------
        ValueError
            `CHAPTERS` has another section there.
        """
        sections = self.contents[-1].sections
        declared = _declared(self.contents[-1].place).sections
        if place not in declared[len(sections) :][:1]:
            raise ValueError(f"section {place!r} in {declared}")
        sections.append(Heading(place, words))
        self.notes.append(("section", place))
        return Markup('<h3 id="{}">{}</h3>').format(place, words)

    def ui(self, label: str, **values: object) -> Markup:
        """The words that the screen shows for a label.

        Raises
        ------
        KeyError
            The screen has no such label any more.
        """
        self.notes.append(("label", label))
        words = translate(label, self.language, **values) if values else self._labels[label]
        return Markup('<b class="ui">{}</b>').format(words)

    def link(self, page: str, words: str) -> Markup:
        """A link to a page of `GuideExample.addresses`."""
        self.notes.append(("link", page))
        return Markup('<a href="{}">{}</a>').format(self._addresses[page], words)

    def address(self, page: str) -> Markup:
        """The address of a page as it is typed behind the portal's own, and a link to it."""
        path = self._addresses[page].partition("?")[0]
        self.notes.append(("address", path))
        return Markup('<a href="{}"><code>{}</code></a>').format(self._addresses[page], path)

    def mark(self, number: int) -> Markup:
        """The numbered mark that a picture bears."""
        self.notes.append(("mark", str(number)))
        return Markup('<b class="mark">{}</b>').format(number)

    def picture(self, name: str, words: str) -> Markup:
        """A picture, with words for those who do not see it; a click shows it in full size."""
        picture = PICTURES[name]
        self.notes.append(("picture", name))
        url, width, height = picture_file(picture, self.written)
        return Markup(
            '<figure class="shot is-{}"><a href="{}"><img src="{}" width="{}" height="{}" '
            'loading="lazy" decoding="async" alt="{}"></a></figure>'
        ).format(name, url, url, width, height, words)


def _declared(place: str) -> Chapter:
    return next(each for each in CHAPTERS if each.id == place)
