"""The embedders: unit vectors, the quick reading equal to the library's, and clear refusals."""

import json
from pathlib import Path

import numpy as np
import pytest

from domain.errors import EmbedderError
from vectorstore.embedders import BUNDLED_MODEL, Embedder, StaticEmbedder, load_embedder

TEXTS = [
    "Đến năm 2030, trên 95% doanh nghiệp thực hiện nộp thuế qua mạng.",
    "Nhu cầu vốn thực hiện Quy hoạch là 700 tỷ đồng, từ ngân sách nhà nước và các nguồn khác;",
    "",
    "Super Bowl 50 – NFL (2016)\n\n- ½ lần",
    "…",
]


@pytest.fixture(scope="module")
def bundled() -> Embedder:
    return load_embedder()


def test_rows_are_unit_vectors_and_zero_for_texts_without_a_token(bundled: Embedder) -> None:
    vectors = bundled.embed_passages(TEXTS)
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(TEXTS), bundled.dimensions)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 0, 1, 0], abs=1e-5)


def test_no_texts_give_no_rows(bundled: Embedder) -> None:
    assert bundled.embed_passages([]).shape == (0, bundled.dimensions)


def test_a_query_is_embedded_like_a_passage_alone_or_in_a_batch(bundled: Embedder) -> None:
    many = bundled.embed_passages(TEXTS * 200)
    assert np.allclose(many[: len(TEXTS)], many[-len(TEXTS) :])
    assert np.allclose(bundled.embed_query(TEXTS[0]), many[0], atol=1e-6)


def test_typing_without_diacritics_or_in_decomposed_form_changes_nothing(bundled: Embedder) -> None:
    typed = bundled.embed_query("den nam 2030, tren 95% doanh nghiep thuc hien nop thue qua mang")
    assert float(typed @ bundled.embed_query(TEXTS[0])) > 0.999


def test_the_nearest_passage_is_the_one_that_speaks_of_the_same(bundled: Embedder) -> None:
    passages = bundled.embed_passages([TEXTS[0], TEXTS[1], TEXTS[3]])
    query = bundled.embed_query("Cần bao nhiêu vốn để làm quy hoạch?")
    assert int(np.argmax(passages @ query)) == 1


def test_the_quick_reading_equals_the_librarys(bundled: Embedder) -> None:
    sentence_transformers = pytest.importorskip("sentence_transformers")
    model = sentence_transformers.SentenceTransformer(str(BUNDLED_MODEL))
    filled = [text for text in TEXTS if text.strip(" …")]
    expected = model.encode(filled, normalize_embeddings=True)
    assert np.allclose(bundled.embed_passages(filled), expected, atol=1e-5)


def test_the_bundled_model_is_small_enough_to_ship() -> None:
    size = sum(file.stat().st_size for file in BUNDLED_MODEL.rglob("*") if file.is_file())
    assert size <= 20_000_000


def test_the_id_follows_the_content(bundled: Embedder, tmp_path: Path) -> None:
    copy = tmp_path / BUNDLED_MODEL.name
    for file in BUNDLED_MODEL.rglob("*"):
        if file.is_file():
            target = copy / file.relative_to(BUNDLED_MODEL)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())
    assert StaticEmbedder(copy).id == bundled.id
    tokenizer = copy / "0_StaticEmbedding" / "tokenizer.json"
    described = json.loads(tokenizer.read_text(encoding="utf-8"))
    described["model"]["merges"].pop()
    tokenizer.write_text(json.dumps(described), encoding="utf-8")
    assert StaticEmbedder(copy).id != bundled.id


@pytest.mark.parametrize("model", ["./no/such/folder", "/no/such/folder", "~/no-such-folder", "a/b/c"])
def test_a_path_that_does_not_exist_is_not_taken_for_a_hub_name(model: str) -> None:
    with pytest.raises(EmbedderError) as raised:
        load_embedder(model)
    assert raised.value.code == "embedder_not_found"
    assert raised.value.values["model"] == model


def test_a_broken_model_names_its_folder(tmp_path: Path) -> None:
    (tmp_path / "modules.json").write_text('[{"path": "", "type": "x.StaticEmbedding"}]', encoding="utf-8")
    (tmp_path / "tokenizer.json").write_text("{}", encoding="utf-8")
    with pytest.raises(EmbedderError) as raised:
        load_embedder(str(tmp_path))
    assert raised.value.code == "embedder_broken"
    assert raised.value.values["model"] == str(tmp_path)
