"""The measurement of speed."""

from pathlib import Path

import pytest

from reviews.reading import bench
from tests.reading.invented import Letter


def test_the_bench_prints_letters_a_second(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "one.txt").write_text(Letter().printed())
    assert bench.main([str(tmp_path)]) == 0
    assert "reader: text to determination" in capsys.readouterr().out
    assert bench.main([str(tmp_path / "none")]) == 1
