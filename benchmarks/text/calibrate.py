"""Fits the trees of `govcrawl/texts/typos.py` to sentences with planted errors: `python -m benchmarks.text.calibrate`.

Needs scikit-learn (group `bench`), `../shared/text/official-train.tsv` and `../shared/realpages`, whose pages stand for text that is
right. Of sentences and pages three of five are fitted to (with cross-validation for the threshold), two of five are left for
`make bench-text`. What is written: the trees, and the usage of all the sentences as they should be (MIT, see the licence beside
them).
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from math import log
from pathlib import Path

import orjson

from benchmarks.reading import REAL
from benchmarks.text.real import real_texts
from govcrawl.texts import language, typos
from govcrawl.texts.folded import fold
from govcrawl.texts.language import Language, runs_of

TRAIN = REAL.parent / "text" / "official-train.tsv"
FOLDER = Path(typos.__file__).parent / "language"
PRECISION = 0.99  # of what is told of sentences with planted errors and of real pages together
FOLDS = 5
_STRETCH = re.compile(r"[\u4e00-\u9fff]{3,}")


def sentences():
    """(as written, as it should be), of equal length."""
    rows = [line.rstrip("\n").split("\t") for line in TRAIN.open(encoding="utf-8")]
    return [(wrong, right) for _, wrong, right in rows if len(wrong) == len(right)]


def fold_of(right: str) -> int:
    """Every sentence has its fold, whatever the errors planted in it."""
    return hashlib.sha256(right.encode()).digest()[0] % FOLDS


HELD_BACK = (3, 4)


def usage(folds, beside=None) -> dict[str, int]:
    """The laws, and the right sentences of some folds."""
    counts = Counter(beside if beside is not None else laws())
    for right in {right for _, right in sentences() if fold_of(right) in folds}:
        counts.update(runs_of(right))
    return dict(counts)


def laws() -> dict[str, int]:
    return Language.of_file("laws.txt.xz")


def cases(folds, usage):
    """(features, whether it is the error planted there, sentence, whether some error is there or beside)."""
    for number, (wrong, right) in enumerate(sentences()):
        if fold_of(right) not in folds:
            continue
        for stretch in _STRETCH.finditer(wrong):
            for found in typos.candidates(stretch[0], usage):
                place = stretch.start() + found.place
                end = place + len(found.proposed)
                near = wrong[max(0, place - 1) : end + 1] != right[max(0, place - 1) : end + 1]
                hit = right[place:end] == found.proposed
                yield found.features, hit, number, near


SLIPS_OF_REAL_PAGES = (
    "法现规定",
    "赌偿",
    "不可杭力",
    "究形事",
)  # seen by eye; they are no text that is right


def real_cases(folds, usage):
    """The features of what would be proposed on the real pages of some folds, which counts as right as it is."""
    for name, text in real_texts():
        if fold_of(name) in folds:
            for stretch in _STRETCH.finditer(fold(text).text):
                if not any(slip in stretch[0] for slip in SLIPS_OF_REAL_PAGES):
                    yield from (found.features for found in typos.candidates(stretch[0], usage))


def main() -> None:
    import numpy as np  # noqa: PLC0415 - only here, from the group bench
    from sklearn.ensemble import GradientBoostingClassifier  # noqa: PLC0415

    fitted = [fold for fold in range(FOLDS) if fold not in HELD_BACK]
    rows, folds = [], []
    for one in fitted:
        learned = typos.Usage(usage([other for other in fitted if other != one]))
        new = list(cases([one], learned))
        new += [(features, False, None, None) for features in real_cases([one], learned)]
        rows += new
        folds += [one] * len(new)
    features = np.array([row[0] for row in rows])
    hits, near, folds = (
        np.array(each) for each in ([row[1] for row in rows], [bool(row[3]) for row in rows], folds)
    )
    known = np.array([typos.is_well_known(typos.Correction(0, "", row[0])) for row in rows])

    def fit(chosen):
        made = GradientBoostingClassifier(
            n_estimators=200, max_depth=4, subsample=0.7, learning_rate=0.07, random_state=1
        )
        return made.fit(features[chosen], hits[chosen])

    logits = np.empty(len(rows))
    for one in fitted:
        logits[folds == one] = fit(folds != one).decision_function(features[folds == one])
    threshold = threshold_for(logits[known], hits[known], near[known])
    model = fit(np.ones(len(rows), dtype=bool))
    share = float(model.init_.predict_proba(features[:1])[0, 1])
    (FOLDER / "typos.json").write_bytes(
        orjson.dumps(
            {
                "threshold": round(float(threshold), 4),
                "start": round(
                    log(share / (1 - share)), 5
                ),  # the trees add to the logit of the share of hits
                "trees": [tree_of(each[0].tree_, 0, model.learning_rate) for each in model.estimators_],
            }
        )
    )
    language.write(FOLDER / "official.txt.xz", Counter(usage(range(FOLDS), {})), fewest=1)
    print(f"{len(rows)} candidates, {hits.sum()} of them planted errors, threshold {threshold:.3f}")


def threshold_for(logits, hits, near) -> float:
    """The lowest threshold at which the finds, told where they or their neighbours are wrong, keep the precision."""
    best = float("inf")
    right = wrong = 0
    for place in logits.argsort()[::-1]:
        right += int(hits[place] or near[place])
        wrong += int(not (hits[place] or near[place]))
        if right / (right + wrong) >= PRECISION:
            best = logits[place]
    return best


def tree_of(tree, node, rate):
    """A tree as nested lists: feature, edge, what is at most, what is above; a leaf is what it adds."""
    if tree.children_left[node] < 0:
        return round(float(tree.value[node][0, 0]) * rate, 5)
    return [
        int(tree.feature[node]),
        round(float(tree.threshold[node]), 5),
        tree_of(tree, tree.children_left[node], rate),
        tree_of(tree, tree.children_right[node], rate),
    ]


if __name__ == "__main__":
    main()
