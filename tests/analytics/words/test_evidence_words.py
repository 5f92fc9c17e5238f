"""Every key that a check puts into its evidence has a label a clerk understands, or is left out on purpose."""

import ast
from pathlib import Path

import pytest

import analytics.checks
from analytics.review.evidence_lines import LEFT_OUT
from analytics.words.wording import wording

CHECKS = sorted(Path(analytics.checks.__file__).parent.rglob("*.py"))


def _lists(tree: ast.AST):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "evidence" and len(node.args) > 1:
            yield node.args[1]
        elif (isinstance(node, ast.keyword) and node.arg == "evidence") or (
            isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "").endswith("EVIDENCE")
        ):
            yield node.value


def _keys(path: Path) -> set[str]:
    return {
        each.value
        for value in _lists(ast.parse(path.read_text("utf-8")))
        if isinstance(value, ast.List | ast.Tuple)
        for each in ast.walk(value)
        if isinstance(each, ast.Constant) and isinstance(each.value, str)
    }


@pytest.mark.parametrize("path", [path for path in CHECKS if _keys(path)], ids=lambda path: path.stem)
def test_a_check_s_evidence_can_be_told(path):
    lacking = _keys(path) - LEFT_OUT - set(wording()["evidence"])
    assert set() == lacking, f"report_templates/wording.toml [evidence] lacks what {path.name} puts down"


def test_no_label_is_left_over():
    known = set().union(*map(_keys, CHECKS))
    assert set(wording()["evidence"]) <= known
    assert len(known) > 50
