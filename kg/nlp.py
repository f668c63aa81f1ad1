"""The recognisers as spaCy components: span groups and extensions on a user's own ``Doc``.

spaCy is imported here and nowhere else. The components are the pipeline's own recognisers, so
a ``Doc`` shows what a record would; they need no model, only ``spacy.blank("zh")``.

>>> import spacy
>>> nlp = spacy.blank("zh")
>>> _ = nlp.add_pipe("unkg_citations")
>>> doc = nlp("回顾其 2015 年 12 月 17 日第 70/175 号决议，")
>>> [(span.text, span._.unkg_target) for span in doc.spans["unkg_citations"]]
[('70/175', 'A/RES/70/175')]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from spacy.language import Language as Pipeline
from spacy.tokens import Doc, Span

from kg.authority import load_authority
from kg.languages import Language, load_language
from kg.recognise.citations import cited_in
from kg.recognise.instruments import names_in
from kg.recognise.organs import organs_in, remember
from kg.recognise.states import states_in
from kg.resolve.instruments import Resolver
from kg.resolve.named import Named
from kg.stretch import plain

Component = Callable[[Doc], Doc]
# What a component finds: start, end, target (None where unknown), date (None where none).
Found = tuple[int, int, str | None, str | None]


def _extend() -> None:
    for name in ("unkg_target", "unkg_date"):
        if not Span.has_extension(name):
            Span.set_extension(name, default=None)


def _grouped(doc: Doc, group: str, found: Iterable[Found]) -> Doc:
    """The finds as a span group; a find that cuts a token takes all of it."""
    spans = []
    for start, end, target, date in found:
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is not None:
            span._.unkg_target = target
            span._.unkg_date = date
            spans.append(span)
    doc.spans[group] = spans
    return doc


@Pipeline.factory(
    "unkg_citations",
    default_config={"speaking": "GA"},
    assigns=["doc.spans", "span._.unkg_target", "span._.unkg_date"],
)
def citations(nlp: Pipeline, name: str, speaking: str) -> Component:
    """Documents cited by number or symbol; ``speaking`` is the organ that "its" means."""
    language = load_language(nlp.lang)
    _extend()

    def find(doc: Doc) -> Doc:
        stretch = plain(doc.text)
        memory = remember([stretch], language)
        organs = organs_in(stretch, language, memory=memory, speaking=speaking)
        cited, _ = cited_in(stretch.folded, language, organs=organs, speaking=speaking)
        return _grouped(doc, name, ((c.start, c.end, c.target, c.date) for c in cited))

    return find


@Pipeline.factory("unkg_instruments", assigns=["doc.spans", "span._.unkg_target"])
def instruments(nlp: Pipeline, name: str) -> Component:
    """Conventions, protocols, declarations, rules and plans by name."""
    language = load_language(nlp.lang)
    resolver = Resolver(load_authority(), language)
    _extend()

    def find(doc: Doc) -> Doc:
        return _grouped(doc, name, _instruments(doc.text, language, resolver))

    return find


def _instruments(text: str, language: Language, resolver: Resolver) -> Iterable[Found]:
    named = Named()
    for found in names_in(plain(text), language):
        resolution = resolver.resolve(found, named=named)
        resolver.remember(found, resolution, named)
        yield found.start, found.end, resolution.target, None


@Pipeline.factory("unkg_states", assigns=["doc.spans", "span._.unkg_target"])
def states(nlp: Pipeline, name: str) -> Component:
    """States by any name the UN uses or used; the target is the ISO 3166 alpha-3 code."""
    language = load_language(nlp.lang)
    _extend()

    def find(doc: Doc) -> Doc:
        named = states_in(plain(doc.text).folded, language)
        return _grouped(doc, name, ((s.start, s.end, s.keys[0], None) for s in named))

    return find
