"""Files for ``assess_aid`` as the tests write them: one plain case, and changes to it."""

import json
from typing import Any

CASE: dict[str, Any] = {
    "id": "c1",
    "regulation": "2023/2831",
    "applicant": "A",
    "enterprises": [{"id": "A"}, {"id": "B"}],
    "new_aid": {"date": "2026-05-04", "amount": "2000.00"},
}
FULL_CASE: dict[str, Any] = {
    **CASE,
    "member_state": "SE",
    "fiscal_year_end": "08-31",
    "mode": "reassess",
    "declared_false": True,
    "register_check": "complete",
    "enterprises": [
        {
            "id": "A",
            "kind": "enterprise",
            "economic_activity": True,
            "sectors": ["other", "road_freight"],
            "separation_of_accounts": True,
        },
        {"id": "B", "kind": "natural_person"},
        {"id": "C", "kind": "public_body"},
        {"id": "S"},
    ],
    "links": [
        {
            "owner": "A",
            "owned": "B",
            "basis": "votes",
            "pct": "51",
            "from": "2020-01-01",
            "until": "2027-01-01",
        },
        {"owner": "C", "owned": "A", "basis": "agreement_joint"},
    ],
    "events": [
        {"type": "merger", "date": "2026-01-02", "from": ["B"], "to": "A"},
        {
            "type": "split",
            "date": "2026-01-03",
            "from": "S",
            "equity": {"A": "600000.00", "B": "400000.00"},
            "attribution": {"p2": "A"},
        },
        {"type": "asset_purchase", "date": "2026-01-04", "from": "C", "to": "A"},
    ],
    "prior_aid": [
        {
            "id": "p1",
            "beneficiary": "S",
            "granted_on": "2025-03-03",
            "amount": "3300000.00",
            "currency": "SEK",
            "notified_eur": "299500.00",
            "regulation": "2023/2831",
            "granting_state": "SE",
            "status": "reduced",
            "status_on": "2026-01-02",
            "confirmed": True,
            "reduced_to": "1000.00",
            "transparent": True,
        },
        {"id": "p2", "beneficiary": "S", "year": 2024, "amount": "10.00", "regulation": "GBER"},
    ],
    "new_aid": {
        "date": "2026-05-04",
        "amount": "6500.00",
        "currency": "SEK",
        "activity": "other",
        "scheme_fixed_sum": True,
        "same_costs": {"other_aid_pct": "1", "de_minimis_pct": "2", "max_intensity_pct": "50"},
        "export_linked": False,
        "participant_role": "employee",
    },
    "certificate": {
        "status": "withdrawn",
        "signed_on": "2026-05-01",
        "withdrawn_on": "2026-05-05",
        "signatory_authorised": True,
        "covers_group": True,
    },
    "course": {"open_and_free_to_all": False},
}
META: dict[str, Any] = {
    "regulations": {
        "2023/2831": {
            "name": "general",
            "versions": [
                {
                    "from": "2024-01-01",
                    "to": "2030-12-31",
                    "scheme_grace_to": "2031-06-30",
                    "ceiling": "300000.00",
                    "road_freight_ceiling": "250000.00",
                    "window": "rolling3",
                    "separate": ["2023/2832"],
                    "review": ["360/2012"],
                    "excluded": ["primary_agriculture"],
                }
            ],
        }
    },
    "policies": {
        "version": "trial",
        "window_edge": "inclusive: both ends",
        "natural_person_links": True,
        "declaration_valid_days": 90,
        "declaration_required_until": "2028-12-31",
        "fx_max_age_days": 7,
        "fx_source": "ECB",
    },
    "fx_sek_per_eur": {"2026-05-04": "10.8350"},
}


def file(*, case: dict[str, Any] = CASE, meta: dict[str, Any] | None = None) -> str:
    return json.dumps({"meta": meta or {}, "cases": [case]})
