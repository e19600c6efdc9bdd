"""Reference values for the agreement and ranking statistics of core.statistics, made with krippendorff 0.9.0,
scikit-learn 1.9.1, statsmodels 0.15.0, scipy and choix 0.4.1.

Writes ../resources/org/tunebench/core/statistics/ratings-reference.json. Run: python ratings_reference.py
"""

import json
import pathlib
import random

import choix
import krippendorff
import numpy as np
import scipy.stats as st
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import fleiss_kappa

rng = random.Random(11)
out = {"versions": "krippendorff 0.9.0, scikit-learn 1.9.1, statsmodels 0.15.0, choix 0.4.1"}

out["krippendorff"] = []
for raters, units, missing in [(2, 10, 0.0), (3, 40, 0.3), (5, 100, 0.6)]:
    data = []
    truth = [rng.randint(1, 5) for _ in range(units)]
    for _ in range(raters):
        row = [min(5, max(1, t + rng.choice([-1, 0, 0, 0, 1, 2]))) for t in truth]
        data.append([None if rng.random() < missing else v for v in row])
    array = np.array([[np.nan if v is None else v for v in row] for row in data], dtype=float)
    case = {"ratings": data}
    for level in ["nominal", "ordinal", "interval"]:
        case[level] = float(
            krippendorff.alpha(reliability_data=array, value_domain=[1, 2, 3, 4, 5], level_of_measurement=level)
        )
    out["krippendorff"].append(case)

out["cohen"] = []
for n in [5, 30, 200]:
    a = [rng.randint(1, 5) for _ in range(n)]
    b = [min(5, max(1, v + rng.choice([-2, -1, 0, 0, 0, 1]))) for v in a]
    labels = [1, 2, 3, 4, 5]
    out["cohen"].append(
        {
            "first": a,
            "second": b,
            "none": float(cohen_kappa_score(a, b, labels=labels)),
            "linear": float(cohen_kappa_score(a, b, labels=labels, weights="linear")),
            "quadratic": float(cohen_kappa_score(a, b, labels=labels, weights="quadratic")),
        }
    )

out["fleiss"] = []
for units, raters in [(4, 2), (25, 3), (60, 7)]:
    counts = []
    for _ in range(units):
        row = [0] * 5
        favourite = rng.randint(0, 4)
        for _ in range(raters):
            row[favourite if rng.random() < 0.6 else rng.randint(0, 4)] += 1
        counts.append(row)
    out["fleiss"].append({"counts": counts, "kappa": float(fleiss_kappa(np.array(counts)))})

out["bradley_terry"] = []
for models, comparisons in [(3, 60), (5, 300), (8, 900)]:
    strengths = [rng.gauss(0, 1) for _ in range(models)]
    pairs = []
    for _ in range(comparisons):
        i, j = rng.sample(range(models), 2)
        first = rng.random() < 1 / (1 + np.exp(strengths[j] - strengths[i]))
        pairs.append((i, j) if first else (j, i))
    wins = np.zeros((models, models), dtype=int)
    for winner, loser in pairs:
        wins[winner][loser] += 1
    fitted = choix.mm_pairwise(models, pairs, tol=1e-13, max_iter=100000)
    out["bradley_terry"].append({"wins": wins.tolist(), "strengths": [float(v - np.mean(fitted)) for v in fitted]})

out["correlation"] = []
for n in [4, 50]:
    x = [rng.randint(1, 10) for _ in range(n)]
    y = [round(v + rng.gauss(0, 3), 1) for v in x]
    out["correlation"].append(
        {"x": x, "y": y, "pearson": float(st.pearsonr(x, y)[0]), "spearman": float(st.spearmanr(x, y)[0])}
    )

out["slope"] = []
for n in [3, 40]:
    x = [float(i) for i in range(n)]
    y = [round(0.1 * v + rng.gauss(0, 1), 3) for v in x]
    line = st.linregress(x, y)
    reach = float(st.t.ppf(0.975, n - 2) * line.stderr)
    out["slope"].append(
        {"x": x, "y": y, "slope": float(line.slope), "stderr": float(line.stderr), "hi": float(line.slope) + reach}
    )

target = pathlib.Path(__file__).parent.parent / "resources/org/tunebench/core/statistics/ratings-reference.json"
target.write_text(json.dumps(out, indent=1) + "\n")
