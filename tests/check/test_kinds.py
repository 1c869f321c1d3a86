"""What the tables say of kinds of number and of subjects: nothing that is not there."""

from __future__ import annotations

from service.check.context import cues
from service.check.kinds import kinds, meant
from service.reading.lexicon import lexicon
from service.store.queries import Knowledge


def test_kinds_of_number_are_quantities_told_by_words_of_the_lexicon(knowledge: Knowledge) -> None:
    concepts = {name for said in lexicon().said.values() for name in said["concepts"]} | {"model-noun", "per"}
    subject_kinds = {subject.kind for subject in knowledge.subjects.values()}
    for quantity, kind in kinds().items():
        assert knowledge.quantity(quantity).id == quantity
        words = {*kind.must, *kind.cues, *kind.never, *kind.also}
        assert words <= concepts | set(cues()), (quantity, words - concepts - set(cues()))
        assert set(kind.kinds) <= subject_kinds, quantity


def test_subjects_that_are_meant_are_known(knowledge: Knowledge) -> None:
    concepts = {name for said in lexicon().said.values() for name in said["concepts"]}
    told = meant()
    named = {
        *told.things.values(),
        *told.typical,
        *told.sites,
        *(each for some in told.sites.values() for each in some),
    }
    assert named <= set(knowledge.subjects)
    assert set(told.things) <= concepts
