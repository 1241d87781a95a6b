"""Embedders: texts in, unit vectors out.

The bundled model is a static embedding: one vector a token, a text is the mean of its tokens. It is saved
by sentence-transformers and can be loaded by it; here it is read with `tokenizers`, `safetensors` and numpy
alone, because importing torch takes longer than answering a question. Every other model goes through
sentence-transformers, imported when it is first needed. Nothing here knows passages or stores.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from domain.errors import EmbedderError

BUNDLED_MODEL = Path(__file__).parent / "models" / "hoi-static-vi"

Vectors = NDArray[np.float32]

_STATIC_MODULE = "StaticEmbedding"
_TEXTS_A_BATCH = 1024


class Embedder(Protocol):
    """Rows are float32 and of length one; the row of a text without any token is zero."""

    @property
    def id(self) -> str:
        """Changes whenever the vectors would: name, dimensions and a hash of the model's content."""

    @property
    def dimensions(self) -> int: ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors: ...

    def embed_query(self, text: str) -> Vectors: ...


def load_embedder(model: str | None = None) -> Embedder:
    """The bundled model for None, else a local folder or the name of a model on the Hugging Face hub.

    Raises EmbedderError `embedder_not_found` where `model` looks like a path and no folder is there.
    """
    if model is None:
        return StaticEmbedder(BUNDLED_MODEL)
    folder = Path(model).expanduser()
    if not folder.is_dir():
        if _looks_like_path(model):
            raise EmbedderError("embedder_not_found", model=model)
        return SentenceTransformersEmbedder(model)
    if static_embedding_folder(folder) is not None:
        return StaticEmbedder(folder)
    return SentenceTransformersEmbedder(model)


def static_embedding_folder(model: Path) -> Path | None:
    """Where the weights of `model` lie if it is nothing but a static embedding, else None."""
    try:
        modules = json.loads((model / "modules.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise EmbedderError("embedder_broken", model=str(model), reason=str(error)) from error
    if len(modules) != 1 or not modules[0]["type"].endswith(_STATIC_MODULE):
        return None
    return model / str(modules[0]["path"])


def _looks_like_path(model: str) -> bool:
    """A hub name is "name" or "owner/name"; without this check a mistyped path is looked up on the hub."""
    return model.startswith((".", "/", "~")) or "\\" in model or model.count("/") > 1


class StaticEmbedder:
    """A saved sentence-transformers StaticEmbedding, read without torch; its vectors are the same."""

    def __init__(self, model: Path) -> None:
        folder = static_embedding_folder(model)
        if folder is None:
            raise EmbedderError("embedder_not_found", model=str(model))
        tokenizer_file, weights_file = folder / "tokenizer.json", folder / "model.safetensors"
        try:
            self._tokenizer = Tokenizer.from_file(str(tokenizer_file))
            self._weights = _token_vectors(load_file(weights_file))
        except Exception as error:  # tokenizers and safetensors raise bare Exceptions of their own
            raise EmbedderError("embedder_broken", model=str(model), reason=str(error)) from error
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.dimensions: int = self._weights.shape[1]
        self.id = f"{model.name}-{self.dimensions}-{_content_hash([tokenizer_file, weights_file])}"

    def embed_query(self, text: str) -> Vectors:
        vector: Vectors = self.embed_passages([text])[0]
        return vector

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        sums = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for start in range(0, len(texts), _TEXTS_A_BATCH):
            batch = list(texts[start : start + _TEXTS_A_BATCH])
            encodings = self._tokenizer.encode_batch_fast(batch, add_special_tokens=False)
            for row, encoding in enumerate(encodings, start):
                # Text by text: the rows of one text stay in the processor's cache. The direction of a mean
                # is that of a sum, and only the direction is kept.
                np.add.reduce(self._weights[encoding.ids], axis=0, out=sums[row])
        return _normalised(sums)


class SentenceTransformersEmbedder:
    """Any other model, through sentence-transformers: slow to import, so it is loaded on first use, once."""

    def __init__(self, model: str) -> None:
        self._name = model

    @cached_property
    def _model(self) -> Any:
        try:
            from sentence_transformers import SentenceTransformer

            return SentenceTransformer(self._name)
        except ImportError as error:
            raise EmbedderError("embedder_library_missing", model=self._name) from error
        except (OSError, ValueError) as error:
            raise EmbedderError("embedder_not_loaded", model=self._name, reason=str(error)) from error

    @cached_property
    def id(self) -> str:
        folder = Path(self._name).expanduser()
        if folder.is_dir():
            version = _content_hash(sorted(file for file in folder.rglob("*") if file.is_file()))
        else:
            version = self._model.model_card_data.base_model_revision or "main"
        return f"{folder.name}-{self.dimensions}-{version}"

    @cached_property
    def dimensions(self) -> int:
        return int(self._model.get_embedding_dimension())

    def embed_query(self, text: str) -> Vectors:
        vector: Vectors = self._encoded(self._model.encode_query, [text])[0]
        return vector

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self._encoded(self._model.encode_document, texts)

    def _encoded(self, encode: Any, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        filled = [row for row, text in enumerate(texts) if text.strip()]
        if filled:
            vectors[filled] = encode([texts[row] for row in filled], show_progress_bar=False)
        return _normalised(vectors)


def _token_vectors(tensors: dict[str, NDArray[Any]]) -> Vectors:
    """One float32 row a token id, from either layout that sentence-transformers reads.

    Its own is `embedding.weight`; the one shared with model2vec is `embeddings` (here int8) times one scale
    a token in `weights`, with an optional `mapping` from token ids to rows.
    """
    if "embedding.weight" in tensors:
        return np.asarray(tensors["embedding.weight"], dtype=np.float32)
    rows = tensors["embeddings"]
    if "mapping" in tensors:
        rows = rows[tensors["mapping"]]
    vectors = rows.astype(np.float32)
    if "weights" in tensors:
        vectors *= tensors["weights"].astype(np.float32)[:, None]
    return vectors


def _normalised(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return unit


def _content_hash(files: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for block in _blocks(files):
        digest.update(block)
    return digest.hexdigest()[:16]


def _blocks(files: Sequence[Path]) -> Iterator[bytes]:
    for file in files:
        with file.open("rb") as stream:
            while block := stream.read(1 << 20):
                yield block
