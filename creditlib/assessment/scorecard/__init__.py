"""A scorecard: from evidence (WoE, IV) through binning and logistic regression to points.

The record-level names need the standard library only; pandas, numpy and scikit-learn are
loaded when a table-level name is first asked for.
"""

import importlib

_HOMES = {
    "evidence": (
        "ENOUGH_BADS",
        "Scale",
        "information_value",
        "iv_band",
        "points_scale",
        "prior_correction",
        "weight_of_evidence",
    ),
    "default_rates": ("at_least_probability", "upper_default_rate", "wilson_interval"),
    "binning": ("Binning", "fit_bins", "woe_table"),
    "findings": ("Finding",),
    "model": ("Scorecard",),
    "validation": ("Performance", "performance"),
    "bands": ("calibration",),
    "sql": ("to_sql",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}
__all__ = sorted(_HOME_OF)


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOME_OF[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME_OF})
