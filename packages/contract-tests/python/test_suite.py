"""The published client's pytest plugin: tests of a user's own that are recorded as an experiment."""

from squares import evaluation, summary

TESTS = """
import pytest
from phoenix.client.pytest import log_evaluation, log_output

@pytest.mark.phoenix(dataset={name!r})
@pytest.mark.parametrize("n", [1, 2, 3], ids=["one", "two", "three"])
def test_square(n):
    log_output({{"square": n ** 2}})
    log_evaluation(name="size", score=n)
    assert n < 3
"""


def test_each_time_it_is_run_it_is_an_experiment_over_the_same_examples(service, name, pytester, monkeypatch):
    monkeypatch.setenv("PHOENIX_TEST_REPETITIONS", "2")
    pytester.makepyfile(TESTS.format(name=name))
    for _ in "12":
        pytester.runpytest_subprocess().assert_outcomes(passed=4, failed=2)
    (dataset,) = service.get("/v1/datasets", name=name)["data"]
    assert len(service.versions(dataset["id"])) == 1
    experiments = service.get(f"/v1/datasets/{dataset['id']}/experiments")["data"]
    assert [(each["successful_run_count"], each["failed_run_count"]) for each in experiments] == [(4, 2), (4, 2)]
    passed, failed = evaluation(score=1, label="pass"), evaluation(score=0, label="fail")
    expected = [
        (n, repetition, {"square": n**2}, error, {"pass": verdict, "size": evaluation(score=n)})
        for n, error, verdict in [(1, None, passed), (2, None, passed), (3, "AssertionError('assert 3 < 3')", failed)]
        for repetition in (1, 2)
    ]
    assert [summary(service.runs(each["id"])) for each in experiments] == [expected, expected]
