"""Going on with an experiment: what failed or is missing is done, and nothing else."""

import pytest

from squares import Flaky, evaluation, exact, judge, judge_is_out, right, square, squared, summary


@pytest.fixture
def begin(phoenix):
    """Runs an experiment in which the task fails as often as it is told to, and is not run again."""

    def begin(dataset, failures=1, repetitions=1, evaluators=None):
        ran = phoenix.experiments.run_experiment(
            dataset=dataset,
            task=Flaky(failures),
            evaluators=evaluators,
            repetitions=repetitions,
            retries=0,
            print_summary=False,
        )
        return ran["experiment_id"]

    return begin


@pytest.fixture
def resume(phoenix):
    """Runs what is incomplete, and gives what the task has seen."""

    def resume(experiment_id, failures=0, evaluators=None):
        task = Flaky(failures)
        phoenix.experiments.resume_experiment(
            experiment_id=experiment_id, task=task, evaluators=evaluators, retries=0, print_summary=False
        )
        return task.seen

    return resume


def told(experiment):
    fields = ("successful_run_count", "failed_run_count", "missing_run_count")
    return tuple(experiment[field] for field in fields)


class TestResumeExperiment:
    def test_runs_what_failed_again_under_the_id_that_it_had(self, begin, resume, phoenix, service, squares):
        experiment_id = begin(squares(3), repetitions=2)
        assert told(service.experiment(experiment_id)) == (5, 1, 0)
        ids = {each["id"] for each in service.get(f"/v1/experiments/{experiment_id}/runs")["data"]}
        assert resume(experiment_id) == [2]
        assert summary(service.runs(experiment_id)) == squared(3, repetitions=2)
        assert told(service.experiment(experiment_id)) == (6, 0, 0)
        assert {each["id"] for each in service.get(f"/v1/experiments/{experiment_id}/runs")["data"]} == ids

    def test_runs_what_is_missing_over_several_pages_and_evaluates_it(self, resume, phoenix, service, squares):
        created = phoenix.experiments.create(dataset_id=squares(54).id)
        assert sorted(resume(created["id"], evaluators={"exact": exact})) == list(range(1, 55))
        assert summary(service.runs(created["id"])) == squared(54, {"exact": right})

    def test_runs_what_failed_and_what_is_missing(self, resume, phoenix, service, squares):
        dataset = squares(3)
        created = phoenix.experiments.create(dataset_id=dataset.id, repetitions=2)
        times = {"start_time": created["created_at"], "end_time": created["created_at"]}
        first, second, _ = [{"dataset_example_id": each["node_id"], **times} for each in dataset.examples]
        path = f"/v1/experiments/{created['id']}/runs"
        service.post(path, {**first, "repetition_number": 1, "output": {"square": 1}})
        service.post(path, {**first, "repetition_number": 2, "output": None, "error": "no idea"})
        service.post(path, {**second, "repetition_number": 2, "output": {"square": 4}})
        assert sorted(resume(created["id"])) == [1, 2, 3, 3]
        assert summary(service.runs(created["id"])) == squared(3, repetitions=2)

    def test_runs_nothing_where_nothing_is_missing(self, begin, resume, service, squares):
        experiment_id = begin(squares(2), failures=0)
        before = service.runs(experiment_id)
        assert resume(experiment_id) == []
        assert service.runs(experiment_id) == before

    def test_records_the_new_error_of_what_fails_again(self, begin, phoenix, service, squares):
        def hard(input):
            raise ValueError("2 is still hard")

        experiment_id = begin(squares(2))
        phoenix.experiments.resume_experiment(experiment_id=experiment_id, task=hard, retries=0, print_summary=False)
        failed = (2, 1, None, "ValueError('2 is still hard')", {})
        assert summary(service.runs(experiment_id)) == [*squared(1), failed]

    def test_uses_the_examples_as_they_were(self, begin, resume, phoenix, service, name, squares):
        dataset = squares(2)
        experiment_id = begin(dataset)
        changed = [{"id": each["node_id"], "input": {"n": 5}, "output": {}} for each in dataset.examples]
        phoenix.datasets.create_dataset(name=name, examples=changed)
        assert resume(experiment_id) == [2]
        assert summary(service.runs(experiment_id)) == squared(2)

    def test_of_an_experiment_that_is_not_there(self, resume):
        with pytest.raises(ValueError, match="Experiment not found"):
            resume("RXhwZXJpbWVudDo5OTk5OTk5")  # Experiment:9999999


class TestResumeEvaluation:
    @pytest.fixture
    def resume(self, phoenix):
        def resume(experiment_id, evaluators):
            phoenix.experiments.resume_evaluation(
                experiment_id=experiment_id, evaluators=evaluators, retries=0, print_summary=False
            )

        return resume

    def test_evaluates_what_failed_or_is_missing_of_the_successful_runs(self, begin, resume, service, squares):
        experiment_id = begin(squares(3), repetitions=2, evaluators={"exact": exact, "judge": judge})
        before = service.runs(experiment_id)
        evaluators = {
            "exact": lambda output: pytest.fail("it is evaluated already"),
            "judge": lambda output: "the judge is back",
            "late, and (odd)": lambda output: 0.5,
        }
        resume(experiment_id, evaluators)
        evaluations = {
            "exact": right,
            "judge": evaluation(label="the judge is back"),
            "late, and (odd)": evaluation(score=0.5),
        }
        runs = service.runs(experiment_id)
        for then, now, expected in zip(before, runs, squared(3, evaluations, repetitions=2), strict=True):
            assert summary([now]) == ([expected] if now["error"] is None else summary([then]))
            if now["error"] is None:
                assert now["evaluations"]["exact"] == then["evaluations"]["exact"]
        assert [each["error"] is None for each in runs] == [True, True, False, True, True, True]

    def test_over_several_pages(self, begin, resume, service, squares):
        experiment_id = begin(squares(27), failures=0, repetitions=2)
        resume(experiment_id, {"exact": exact})
        assert summary(service.runs(experiment_id)) == squared(27, {"exact": right}, repetitions=2)

    def test_evaluates_nothing_where_nothing_is_missing(self, begin, resume, service, squares):
        experiment_id = begin(squares(2), failures=0, evaluators={"exact": exact})
        before = service.runs(experiment_id)
        resume(experiment_id, {"exact": lambda output: pytest.fail("it is evaluated already")})
        assert service.runs(experiment_id) == before

    def test_what_fails_again(self, begin, resume, service, squares):
        experiment_id = begin(squares(2), failures=0)
        resume(experiment_id, {"judge": judge})
        assert summary(service.runs(experiment_id)) == squared(2, {"judge": judge_is_out})

    def test_of_an_experiment_that_is_not_there(self, resume):
        with pytest.raises(ValueError, match="Experiment not found"):
            resume("RXhwZXJpbWVudDo5OTk5OTk5", {"exact": exact})  # Experiment:9999999
