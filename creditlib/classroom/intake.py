"""What trainees hand back, read as data: a folder, a zip or one notebook, whatever is in it.

Nothing here trusts a name, a size or a content; what cannot be used becomes a problem of that
file and leaves the others alone.
"""

import json
import os
import re
import stat
import unicodedata
import zipfile
import zlib
from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath

from creditlib.classroom.notebooks import grade_id
from creditlib.errors import InputError
from creditlib.i18n import LANGUAGES, text

LARGEST = 20_000_000  # bytes; a notebook with many figures has one or two million
LARGEST_TOGETHER = 1_000_000_000
MOST_FILES = 5_000
TIMES_BEGIN = datetime(1981, 1, 1).timestamp()  # a zip that knows no times says 1980
JUNK = re.compile(
    r"__MACOSX|\.DS_Store|\._.*|Thumbs\.db|desktop\.ini|\.ipynb_checkpoints|~\$.*", re.IGNORECASE
)
# Not allowed in a trainee's name: nbgrader's + and /, what globs read, what Windows refuses.
FORBIDDEN = re.compile(r'[+/\\*?\[\]{}:"<>|]')
NOTEBOOK = re.compile(r"\.ipynb(\.(txt|json|ipynb))*$", re.IGNORECASE)  # as browsers save it too
OTHER_LETTERS = re.compile("[\u0180-\u02ff\u0370-\u07ff]")  # neither Latin nor hanzi
COPY = re.compile(r"\s*([(（]\d+[)）]|[-–] ?(副本|copy))$", re.IGNORECASE)


@dataclass(frozen=True)
class Returned:
    """One file handed back: where it stood, its bytes, when it was saved, whose it is.

    `given` is the trainee's name as the file has it, `trainee` as the class keeps it; `problem`
    names a message under `class.problem`, or is empty.
    """

    file: PurePosixPath
    data: bytes = b""
    saved: float = 0.0
    problem: str = ""
    given: str = ""
    trainee: str = ""


def handed_back(place: Path, assignment: str, notebook: str, grade_ids: set[str]) -> list[Returned]:
    """Return every file in a folder or zip, or the one file that `place` is, oldest first.

    A file is a notebook of the assignment if it has a cell with one of `grade_ids`.
    """
    files = [_checked(one, grade_ids) for one in _files_in(place)]
    files.sort(key=lambda one: (one.saved, str(one.file)))
    return [
        one if one.trainee or one.problem else replace(one, problem="no_name")
        for one in name_trainees(files, assignment, notebook)
    ]


def name_trainees(files: Sequence[Returned], assignment: str, notebook: str) -> list[Returned]:
    """Return the files with the trainee that each belongs to.

    A file is named by the trainee (`张三.ipynb`, `zhangsan_a2-assessment.ipynb`), or stands in a
    folder that is. The name is empty where neither says who it is.
    """
    inside = [one.file.parts for one in files if one.problem != "outside"]
    depth = _wrapping_folders(inside, assignment, notebook)
    given = [_given_name(one.file.parts[depth:], assignment, notebook) for one in files]
    return [
        replace(one, given=name, trainee=safe_name(name))
        for one, name in zip(files, given, strict=True)
    ]


def safe_name(name: str) -> str:
    """Return a name as nbgrader and every file system can keep it.

    >>> safe_name(" 王 小明+李/雷 ")
    '王 小明_李_雷'
    """
    name = FORBIDDEN.sub("_", unicodedata.normalize("NFC", name)).strip(" .")
    name = "".join(letter if letter.isprintable() else "_" for letter in name)
    return name.encode()[:200].decode(errors="ignore").strip()


def _files_in(place: Path) -> Iterator[Returned]:
    if place.is_dir():
        found = _from_folder(place)
    elif zipfile.is_zipfile(place):
        found = _from_zip(place)
    elif NOTEBOOK.search(place.name) and place.is_file():
        found = [_from_file(place, PurePosixPath(place.name))]
    elif place.exists():
        raise InputError("class.returned_unreadable", path=place)
    else:
        raise InputError("errors.not_found", path=place)
    together = 0
    for one in found:
        if any(JUNK.fullmatch(part) for part in one.file.parts):
            continue
        together += len(one.data)
        yield one if together <= LARGEST_TOGETHER else replace(one, data=b"", problem="too_large")


def _checked(returned: Returned, grade_ids: set[str]) -> Returned:
    if returned.problem:
        return returned
    if returned.file.suffix.lower() == ".zip":
        return replace(returned, problem="nested_zip")
    if not NOTEBOOK.search(returned.file.name):
        return replace(returned, problem="not_a_notebook")
    try:
        notebook = json.loads(returned.data.decode("utf-8-sig"))
        found = {grade_id(cell) for cell in notebook["cells"] if "source" in cell}
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return replace(returned, problem="broken_notebook")
    if not found & grade_ids:
        return replace(returned, problem="other_notebook")
    return replace(returned, data=returned.data.removeprefix(BOM_UTF8))


def _from_folder(folder: Path) -> Iterator[Returned]:
    count = 0
    for where, folders, files in os.walk(folder):
        for name in [*files, *(name for name in folders if (Path(where) / name).is_symlink())]:
            count += 1
            if count > MOST_FILES:
                raise InputError("class.too_many_files", path=folder, most=MOST_FILES)
            path = Path(where) / name
            shown = os.fsencode(path.relative_to(folder).as_posix())
            yield _from_file(path, PurePosixPath(_readable(shown)))


def _from_file(path: Path, file: PurePosixPath) -> Returned:
    try:
        about = path.lstat()
        if not stat.S_ISREG(about.st_mode):
            return Returned(file, problem="link")
        if about.st_size > LARGEST:
            return Returned(file, saved=about.st_mtime, problem="too_large")
        return Returned(file, path.read_bytes(), about.st_mtime)
    except OSError:
        return Returned(file, problem="unreadable")


def _from_zip(place: Path) -> Iterator[Returned]:
    try:
        with zipfile.ZipFile(place) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            if len(members) > MOST_FILES:
                raise InputError("class.too_many_files", path=place, most=MOST_FILES)
            for member in members:
                yield _from_member(archive, member)
    except (zipfile.BadZipFile, OSError) as error:
        raise InputError("class.returned_unreadable", path=place) from error


def _from_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Returned:
    name = zip_name(member)
    file = PurePosixPath(*(part for part in PurePosixPath(name).parts if part not in ("/", "..")))
    if name.startswith("/") or re.match(r"^[A-Za-z]:", name) or ".." in name.split("/"):
        return Returned(file, problem="outside")
    if stat.S_ISLNK(member.external_attr >> 16):
        return Returned(file, problem="link")
    try:
        saved = datetime(*member.date_time).timestamp()
    except ValueError:
        saved = 0.0
    try:
        with archive.open(member) as content:
            data = content.read(LARGEST + 1)  # the size in the header may lie
    except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, EOFError, ValueError):
        return Returned(file, saved=saved, problem="unreadable")
    if len(data) > LARGEST:
        return Returned(file, saved=saved, problem="too_large")
    return Returned(file, data, saved)


def zip_name(member: zipfile.ZipInfo) -> str:
    """Return the name of a zip's member as it was meant, with `/` between folders.

    Chinese Windows writes names in GBK without saying so, macOS in UTF-8 without saying so;
    Python then reads both as cp437.
    """
    name = member.orig_filename
    if not member.flag_bits & 0x800:
        name = _readable(name.encode("cp437"))
    return name.replace("\\", "/").replace("\x00", "")


def _readable(name: bytes) -> str:
    found = _decoded(name, "utf-8")
    # One name in thirty in GBK passes for UTF-8, but then as Hebrew or Greek (郑伟).
    if found and OTHER_LETTERS.search(found):
        found = _decoded(name, "gb2312") or found
    return found or _decoded(name, "gb18030") or name.decode("latin-1")


def _decoded(name: bytes, encoding: str) -> str:
    try:
        return name.decode(encoding)
    except UnicodeDecodeError:
        return ""


def _given_name(parts: Sequence[str], assignment: str, notebook: str) -> str:
    *folders, last = parts
    stem = NOTEBOOK.sub("", last) if NOTEBOOK.search(last) else last.rpartition(".")[0] or last
    named = (_without_title(name, assignment, notebook) for name in [*folders, stem])
    return next((one for one in named if not re.fullmatch(_both("nobody"), one, re.I)), "")


def _without_title(name: str, assignment: str, notebook: str) -> str:
    """Return a name without the assignment's and without what a copy is called."""
    own = "|".join(map(re.escape, (assignment, notebook, assignment.partition("-")[0])))
    beside, gap = f"(?:{own}|{text('class.name.beside', 'en')})", "[ _–—-]"
    joined = f"(?:{text('class.name.beside', 'zh')})"  # in Chinese there need be no space
    pattern = f"^{beside}(?:{gap}+|$)|{gap}+{beside}$|^{joined}{gap}*|{gap}*{joined}$"
    before = None
    while name != before:
        before, name = name, re.sub(pattern, "", COPY.sub("", name), flags=re.IGNORECASE)
    return name


def _both(words: str) -> str:
    """Return a pattern of what is written in either language: trainees mix them."""
    return "|".join(text(f"class.name.{words}", lang) for lang in LANGUAGES)


def _wrapping_folders(files: Sequence[Sequence[str]], assignment: str, notebook: str) -> int:
    # A zip often holds one folder that holds everything, and that folder is nobody's name.
    depth = 0
    while files:
        inside = [parts[depth:] for parts in files]
        if min(map(len, inside)) < 2 or len({parts[0] for parts in inside}) > 1:
            break
        direct = [parts[1:] for parts in inside if len(parts) == 2]
        if any(not _given_name(parts, assignment, notebook) for parts in direct):
            break
        depth += 1
    return depth
