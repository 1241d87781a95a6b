"""Saving: a tokenizer and its token vectors in, a sentence-transformers folder out.

Vectors are stored as int8 with one scale a token, in the layout that sentence-transformers' StaticEmbedding
shares with model2vec: a quarter of float32's size, and cosine similarities differ in the third decimal.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer

_MODULE_FOLDER = "0_StaticEmbedding"


def save_model(folder: Path, tokenizer: Tokenizer, vectors: NDArray[np.float32]) -> None:
    module = folder / _MODULE_FOLDER
    module.mkdir(parents=True, exist_ok=True)
    embeddings, weights = quantised(vectors)
    save_file({"embeddings": embeddings, "weights": weights}, module / "model.safetensors")
    described = json.loads(tokenizer.to_str())
    _write_json(module / "tokenizer.json", described)
    _write_json(
        folder / "modules.json",
        [
            {
                "idx": 0,
                "name": "0",
                "path": _MODULE_FOLDER,
                "type": "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding",
            }
        ],
    )
    _write_json(
        folder / "config_sentence_transformers.json",
        {
            "model_type": "SentenceTransformer",
            "prompts": {"query": "", "document": ""},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    )


def quantised(vectors: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Each row as int8 and the factor that gives it back."""
    largest = np.abs(vectors).max(axis=1)
    factors = np.where(largest > 0, largest / 127, 1).astype(np.float32)
    return np.rint(vectors / factors[:, None]).astype(np.int8), factors


def _write_json(file: Path, content: Any) -> None:
    file.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
