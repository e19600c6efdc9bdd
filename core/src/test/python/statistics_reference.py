"""Reference values for core.statistics, made with scipy 1.17.1, statsmodels 0.15.0, numpy 2.4.6.

Writes ../resources/org/tunebench/core/statistics/reference.json. Run: python statistics_reference.py
"""

import json
import pathlib
import random

import numpy as np
import scipy.stats as st
from statsmodels.stats.contingency_tables import mcnemar
import statsmodels.api as sm
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import NormalIndPower
from statsmodels.stats.proportion import proportion_confint

rng = random.Random(7)
out = {"versions": "scipy 1.17.1, statsmodels 0.15.0"}

out["mcnemar"] = []
for gained, lost in [(0, 1), (3, 9), (10, 10), (25, 7), (140, 96), (1, 0), (812, 690)]:
    table = [[5, gained], [lost, 5]]
    out["mcnemar"].append({"gained": gained, "lost": lost, "p": float(mcnemar(table, exact=True).pvalue)})

out["wilson"] = []
for k, n in [(0, 10), (10, 10), (1, 3), (57, 150), (3431, 10042)]:
    lo, hi = proportion_confint(k, n, method="wilson")
    out["wilson"].append({"successes": k, "n": n, "lo": float(lo), "hi": float(hi)})

out["holm"] = []
for m in [1, 2, 5, 40]:
    p = [round(rng.random() ** 3, 6) for _ in range(m)]
    out["holm"].append({"p": p, "adjusted": [float(v) for v in multipletests(p, method="holm")[1]]})

out["t_interval"] = []
for n in [2, 5, 60]:
    x = [round(rng.gauss(3, 2), 6) for _ in range(n)]
    se = float(np.std(x, ddof=1) / np.sqrt(n))
    lo, hi = st.t.interval(0.95, n - 1, loc=np.mean(x), scale=se)
    out["t_interval"].append({"x": x, "mean": float(np.mean(x)), "stderr": se, "lo": float(lo), "hi": float(hi)})

out["sign_flip"] = []
for n, shift in [(1, 0.5), (6, 0.8), (10, 0.0), (14, 0.6)]:
    d = [round(rng.gauss(shift, 1), 6) for _ in range(n)]
    res = st.permutation_test((d,), np.mean, permutation_type="samples", n_resamples=np.inf) if n > 1 else None
    out["sign_flip"].append({"d": d, "p": float(res.pvalue) if res else 1.0})

# Large samples are drawn, not enumerated: compared within the sampling error of both sides.
d = [round(rng.gauss(0.15, 1), 6) for _ in range(200)]
res = st.permutation_test((d,), np.mean, permutation_type="samples", n_resamples=400_000, rng=np.random.default_rng(1))
boot = st.bootstrap((d,), np.mean, method="percentile", n_resamples=100_000, rng=np.random.default_rng(1))
out["drawn"] = {
    "d": d,
    "p": float(res.pvalue),
    "lo": float(boot.confidence_interval.low),
    "hi": float(boot.confidence_interval.high),
}

# The hypothesis that the mean is zero: draws from the centred differences (Efron and Tibshirani 1993, 16.4).
centred = np.array(d) - np.mean(d)
means = np.random.default_rng(2).choice(centred, size=(200_000, len(d))).mean(axis=1)
out["drawn"]["stderr"] = float(boot.standard_error)
out["drawn"]["paired_p"] = float((np.sum(np.abs(means) >= abs(np.mean(d))) + 1) / 200_001)

out["clustered"] = []
for sizes in [[1] * 8, [3, 1, 2, 5], [40, 2], [7] * 30]:
    groups = [g for g, size in enumerate(sizes) for _ in range(size)]
    effect = [rng.gauss(0, 1) for _ in sizes]
    x = [round(effect[g] + rng.gauss(0.5, 1), 6) for g in groups]
    fit = sm.OLS(x, np.ones(len(x))).fit(cov_type="cluster", cov_kwds={"groups": np.array(groups)})
    out["clustered"].append(
        {"x": x, "clusters": groups, "mean": float(fit.params[0]), "stderr": float(fit.bse[0])}
    )

# ratio=0 is statsmodels' one-sample test.
out["power"] = []
for difference, sd, alpha, power, n in [
    (0.5, 1, 0.05, 0.8, 20), (0.01, 0.6, 0.05, 0.8, 14042), (0.03, 0.5, 0.01, 0.9, 817), (0.2, 0.3, 0.05, 0.95, 10)
]:
    test = NormalIndPower()
    items = test.solve_power(difference / sd, None, alpha, power, ratio=0)
    out["power"].append({
        "difference": difference, "sd": sd, "alpha": alpha, "power": power, "items": float(items), "n": n,
        "power_of_n": float(test.power(difference / sd, n, alpha, ratio=0)),
    })

target = pathlib.Path(__file__).parent / "../resources/org/tunebench/core/statistics/reference.json"
target.write_text(json.dumps(out) + "\n")
