"""The life of a joint plan that the worker makes."""

from enum import StrEnum


class PlanJobState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"
    SAVED = "saved"


PLAN_JOB_NEXT: dict[PlanJobState, frozenset[PlanJobState]] = {
    PlanJobState.WAITING: frozenset({PlanJobState.RUNNING, PlanJobState.STOPPED}),
    PlanJobState.RUNNING: frozenset({PlanJobState.DONE, PlanJobState.FAILED, PlanJobState.STOPPED}),
    PlanJobState.DONE: frozenset({PlanJobState.SAVED, PlanJobState.STOPPED}),
    PlanJobState.FAILED: frozenset(),
    PlanJobState.STOPPED: frozenset(),
    PlanJobState.SAVED: frozenset(),
}


class Way(StrEnum):
    """How an alternative differs from what was asked."""

    ANY_WEEKDAY = "any_weekday"
    SOME_DIGITAL = "some_digital"
    LATER = "later"
    FEWER = "fewer"


class PairKind(StrEnum):
    """What is wished for two people in a draft of cohorts; the keys under which it is kept."""

    TOGETHER = "together"
    APART = "apart"


class PairRefusal(StrEnum):
    """Why a wish for two people cannot be taken down."""

    NOT_TWO = "not_two"
    CONTRADICTS = "contradicts"
