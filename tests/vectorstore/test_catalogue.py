import sqlite3
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.documents import Passage, Source
from domain.errors import StoreError
from domain.figures import Figure, Quantity
from tests.vectorstore.store_samples import document
from vectorstore import records
from vectorstore.catalogue import FILE_NAME, SCHEMA_VERSION, Catalogue, Entry

DECIMALS = st.decimals(allow_nan=False, allow_infinity=False)
QUANTITIES = st.builds(
    Quantity, value=st.none() | DECIMALS, amount=st.none() | DECIMALS, value_max=st.none() | DECIMALS
)


@settings(max_examples=200)
@given(st.one_of(st.builds(Source), st.builds(Passage), QUANTITIES, st.builds(Figure, quantity=QUANTITIES)))
def test_every_domain_value_survives_its_record(value):
    assert records.from_text(type(value), records.to_text(value)) == value


def test_a_decimal_keeps_its_digits():
    quantity = Quantity(Decimal("44.50"), "tỷ đồng", Decimal("4.45E+10"), "đồng")
    stored = records.from_text(Quantity, records.to_text(quantity))
    assert (str(stored.value), str(stored.amount)) == ("44.50", "4.45E+10")


def test_a_record_of_a_newer_version_is_still_read():
    source = document("a.txt")[0]
    newer = records.to_text(source)[:-1] + ',"colour":"red"}'
    assert records.from_text(Source, newer) == source


def test_documents_passages_and_figures_come_back_whole(tmp_path):
    source, passages, figures = document("a.txt", number="1/KH-UBND", place="Bắc Giang")
    Catalogue.create(tmp_path).close()
    catalogue = Catalogue.open(tmp_path)
    catalogue.begin()
    catalogue.replace([], Entry(source, "/somewhere/a.txt", "v1", None), passages, figures)
    catalogue.commit()
    catalogue.close()
    again = Catalogue.open(tmp_path)
    assert again.entries() == (Entry(source, "/somewhere/a.txt", "v1", None),)
    assert again.passages() == passages
    assert again.figures() == figures
    assert again.passages_of(source.document_id) == passages
    assert again.figures_of(passages[2].passage_id) == (figures[2],)
    assert [passage.ordinal for passage in again.neighbours(source.document_id, 1, 1)] == [0, 2]


def test_a_document_that_does_not_fit_together_changes_nothing(tmp_path):
    source, passages, figures = document("a.txt")
    Catalogue.create(tmp_path).close()
    catalogue = Catalogue.open(tmp_path)
    catalogue.begin()
    catalogue.replace([], Entry(source, None, "", None), passages, figures)
    other = document("b.txt")
    with pytest.raises(StoreError, match="document_rejected"):
        catalogue.replace([source.document_id], Entry(other[0], None, "", None), other[1][:1], other[2])
    assert catalogue.passages() == passages
    catalogue.commit()


def test_what_is_no_store_is_said_so(tmp_path):
    with pytest.raises(StoreError, match="store_missing"):
        Catalogue.open(tmp_path)
    (tmp_path / FILE_NAME).write_bytes(b"this is no database at all, whatever its name" * 100)
    with pytest.raises(StoreError, match="store_broken"):
        Catalogue.open(tmp_path)
    with pytest.raises(StoreError, match="store_broken"):
        Catalogue.create(tmp_path)


def test_an_empty_file_is_no_store(tmp_path):
    (tmp_path / FILE_NAME).touch()
    with pytest.raises(StoreError, match="store_broken"):
        Catalogue.open(tmp_path)


def test_a_store_of_a_newer_version_is_left_alone(tmp_path):
    Catalogue.create(tmp_path).close()
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    connection.execute("UPDATE meta SET value = ? WHERE name = 'schema_version'", (str(SCHEMA_VERSION + 1),))
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match="store_newer"):
        Catalogue.open(tmp_path)
    with pytest.raises(StoreError, match="store_newer"):
        Catalogue.create(tmp_path)


def test_a_folder_that_cannot_be_made_is_said_so(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="store_unwritable"):
        Catalogue.create(tmp_path / "file" / "store")


def test_a_pinned_reader_keeps_its_state_while_others_write(tmp_path):
    Catalogue.create(tmp_path).close()
    reader, writer = Catalogue.open(tmp_path), Catalogue.open(tmp_path)
    reader.pin()
    before = reader.stamp
    source, passages, figures = document("a.txt")
    writer.begin()
    writer.replace([], Entry(source, None, "", None), passages, figures)
    writer.new_generation()
    writer.commit()
    assert (reader.stamp, reader.passages()) == (before, ())
    assert writer.generation == 1
