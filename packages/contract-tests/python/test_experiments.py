"""Experiments: run, looked at, deleted, and recorded run by run."""

import asyncio
from datetime import datetime, timedelta, timezone

import httpx
import pytest
from phoenix.client import AsyncClient

from squares import Flaky, evaluation, exact, judge, judge_is_out, right, square, squared, summary, wrong


@pytest.fixture
def run(phoenix):
    def run(dataset, task=square, evaluators=None, **settings):
        return phoenix.experiments.run_experiment(
            dataset=dataset, task=task, evaluators=evaluators, print_summary=False, **settings
        )

    return run


def counts(experiment):
    fields = ("example_count", "successful_run_count", "failed_run_count", "missing_run_count")
    return tuple(experiment[field] for field in fields)


class TestRunExperiment:
    def test_records_every_run_and_every_evaluation(self, run, service, squares):
        dataset = squares(3)
        ran = run(
            dataset,
            evaluators={"exact": exact, "judge": judge},
            experiment_name="first try",
            experiment_description="by multiplication",
            experiment_metadata={"model": "abacus", "z": 1, "a": 1.0},
            repetitions=2,
        )
        runs = service.runs(ran["experiment_id"])
        assert summary(runs) == squared(3, {"exact": right, "judge": judge_is_out}, repetitions=2)
        assert [each["example_id"] for each in runs[::2]] == [each["node_id"] for each in dataset.examples]
        experiment = service.experiment(ran["experiment_id"])
        assert experiment["name"] == "first try"
        assert experiment["description"] == "by multiplication"
        assert list(experiment["metadata"].items()) == [("model", "abacus"), ("z", 1), ("a", 1.0)]
        assert experiment["repetitions"] == 2
        assert (experiment["dataset_id"], experiment["dataset_version_id"]) == (dataset.id, dataset.version_id)
        assert counts(experiment) == (3, 6, 0, 0)
        assert ran["project_name"] == experiment["project_name"]
        assert len(ran["task_runs"]) == 6
        assert len(ran["evaluation_runs"]) == 12

    def test_what_evaluators_return(self, run, service, squares):
        evaluators = {
            "bool": lambda output: False,
            "number": lambda output: 0.5,
            "text": lambda output: "fine",
            "pair": lambda output: (0.25, "low", "because"),
            "dict": lambda output: {"score": 1, "label": "yes", "explanation": "so it is"},
        }
        ran = run(squares(1), evaluators=evaluators)
        ((*_, evaluations),) = summary(service.runs(ran["experiment_id"]))
        assert evaluations == {
            "bool": wrong,
            "number": evaluation(score=0.5),
            "text": evaluation(label="fine"),
            "pair": evaluation(score=0.25, label="low", explanation="because"),
            "dict": evaluation(score=1, label="yes", explanation="so it is"),
        }

    def test_a_task_that_fails_once_is_run_again_in_the_same_place(self, run, service, squares):
        task = Flaky(failures=1)
        ran = run(squares(3), task)
        assert sorted(task.seen) == [1, 2, 2, 3]
        assert summary(service.runs(ran["experiment_id"])) == squared(3)
        assert counts(service.experiment(ran["experiment_id"])) == (3, 3, 0, 0)

    def test_a_task_that_keeps_failing(self, run, service, squares):
        task = Flaky(failures=100)
        ran = run(squares(3), task, {"exact": exact}, retries=2)
        assert sorted(task.seen) == [1, 2, 2, 2, 3]
        first, _, third = squared(3, {"exact": right})
        failed = (2, 1, None, "ValueError('2 is hard')", {"exact": wrong})
        assert summary(service.runs(ran["experiment_id"])) == [first, failed, third]
        assert counts(service.experiment(ran["experiment_id"])) == (3, 2, 1, 0)

    @pytest.mark.parametrize("output", ["text", 7, 1.5, True, None, [1, [None]], {}, {"a": {"b": []}}])
    def test_what_a_task_returns(self, run, service, squares, output):
        ran = run(squares(1), lambda input: output)
        (stored,) = service.runs(ran["experiment_id"])
        assert (stored["output"], stored["error"]) == (output, None)

    @pytest.mark.parametrize("dry_run", [True, 2])
    def test_a_dry_run_leaves_nothing_behind(self, run, phoenix, service, squares, dry_run):
        dataset = squares(3)
        before = service.get("/v1/projects", include_experiment_projects="true", limit=1000)["data"]
        task = Flaky(failures=0)
        run(dataset, task, {"exact": exact}, dry_run=dry_run)
        assert len(task.seen) == int(dry_run)
        assert phoenix.experiments.list(dataset_id=dataset.id) == []
        assert service.get("/v1/projects", include_experiment_projects="true", limit=1000)["data"] == before

    def test_over_a_version_and_a_split(self, run, phoenix, service, name):
        def create(even):
            examples = [
                {"id": "odd", "input": {"n": 1}, "output": {"square": 1}, "splits": f"{name}, odd"},
                {"id": "even", "input": {"n": even}, "output": {"square": even**2}, "splits": f"{name}, even"},
            ]
            return phoenix.datasets.create_dataset(name=name, examples=examples)

        old = create(2)
        create(4)
        chosen = phoenix.datasets.get_dataset(dataset=name, version_id=old.version_id, splits=[f"{name}, even"])
        ran = run(chosen)
        assert summary(service.runs(ran["experiment_id"])) == [(2, 1, {"square": 4}, None, {})]
        experiment = service.experiment(ran["experiment_id"])
        assert experiment["dataset_version_id"] == old.version_id
        assert counts(experiment) == (1, 1, 0, 0)

    def test_exports_the_spans_of_tasks_and_of_evaluators(self, run, phoenix, service, squares):
        ran = run(squares(2), evaluators={"exact": exact, "judge": judge})
        runs = service.runs(ran["experiment_id"])
        spans = {each["context"]["trace_id"]: each for each in service.spans(ran["project_name"])}
        assert set(spans) == {each["trace_id"] for each in runs}
        for each in runs:
            span = spans[each["trace_id"]]
            assert (span["name"], span["span_kind"], span["status_code"]) == ("Task: square", "CHAIN", "OK")
            # The output as the client writes it for a span, with a space after the colon.
            assert span["attributes"]["output.value"] == f'{{"square": {each["output"]["square"]}}}'
        for evaluator, status in (("exact", "OK"), ("judge", "ERROR")):
            for trace_id in (each["evaluations"][evaluator]["trace_id"] for each in runs):
                (span,) = service.spans("evaluators", trace_id=trace_id)
                assert (span["name"], span["span_kind"]) == (f"Evaluation: {evaluator}", "EVALUATOR")
                assert span["status_code"] == status
        read = phoenix.spans.get_spans(project_identifier=ran["project_name"])
        assert {each["context"]["trace_id"] for each in read} == set(spans)

    def test_several_at_a_time(self, service, squares):
        dataset = squares(6)
        busy, most = 0, 0

        async def task(input):
            nonlocal busy, most
            busy += 1
            most = max(most, busy)
            await asyncio.sleep(0)
            busy -= 1
            return square(input)

        async def run():
            return await AsyncClient().experiments.run_experiment(
                dataset=dataset,
                task=task,
                evaluators={"exact": exact},
                repetitions=2,
                concurrency=8,
                print_summary=False,
            )

        ran = asyncio.run(run())
        assert most > 1
        assert summary(service.runs(ran["experiment_id"])) == squared(6, {"exact": right}, repetitions=2)


class TestEvaluateExperiment:
    def test_adds_evaluations_and_replaces_those_of_the_same_name(self, run, phoenix, service, squares):
        ran = run(squares(3), evaluators={"exact": exact, "judge": judge})
        evaluators = {"judge": lambda output: "back", "late": lambda output: 0.5}
        phoenix.experiments.evaluate_experiment(experiment=ran, evaluators=evaluators, print_summary=False)
        evaluations = {"exact": right, "judge": evaluation(label="back"), "late": evaluation(score=0.5)}
        assert summary(service.runs(ran["experiment_id"])) == squared(3, evaluations)

    def test_of_an_experiment_that_was_read_back(self, run, phoenix, service, squares):
        experiment_id = run(squares(2))["experiment_id"]
        experiment = phoenix.experiments.get_experiment(experiment_id=experiment_id)
        phoenix.experiments.evaluate_experiment(experiment=experiment, evaluators=[exact], print_summary=False)
        assert summary(service.runs(experiment_id)) == squared(2, {"exact": right})

    def test_a_dry_run_leaves_nothing_behind(self, run, phoenix, service, squares):
        ran = run(squares(2))
        phoenix.experiments.evaluate_experiment(experiment=ran, evaluators=[exact], dry_run=True, print_summary=False)
        assert summary(service.runs(ran["experiment_id"])) == squared(2)


class TestGetExperiment:
    def test_gives_what_ran(self, run, phoenix, squares):
        ran = run(squares(3), Flaky(failures=100), {"exact": exact}, repetitions=2, retries=0)
        read = phoenix.experiments.get_experiment(experiment_id=ran["experiment_id"])
        same = ("experiment_id", "dataset_id", "dataset_version_id", "task_runs", "experiment_metadata", "project_name")
        assert {field: read[field] for field in same} == {field: ran[field] for field in same}

        def told(experiment):
            runs = experiment["evaluation_runs"]
            return {(each.experiment_run_id, each.name, each.error, each.start_time, each.trace_id) for each in runs}

        assert told(read) == told(ran)
        assert len(read["task_runs"]) == 6

    def test_without_runs(self, phoenix, squares):
        created = phoenix.experiments.create(dataset_id=squares(2).id)
        read = phoenix.experiments.get_experiment(experiment_id=created["id"])
        assert (read["task_runs"], read["evaluation_runs"]) == ([], [])

    @pytest.mark.parametrize("operation", ["get", "get_experiment", "delete"])
    def test_that_is_not_there(self, phoenix, operation):
        with pytest.raises(ValueError, match="Experiment not found"):
            getattr(phoenix.experiments, operation)(experiment_id="RXhwZXJpbWVudDo5OTk5OTk5")  # Experiment:9999999


class TestCreateAndList:
    def test_an_experiment_that_is_to_be_run(self, phoenix, service, name):
        split = f"{name}, split"
        examples = [{"input": {"n": n}, "output": {}, "splits": split if n < 2 else None} for n in range(3)]
        dataset = phoenix.datasets.create_dataset(name=name, examples=examples)
        created = phoenix.experiments.create(
            dataset_id=dataset.id,
            dataset_version_id=dataset.version_id,
            experiment_name="to be run",
            experiment_description="",
            experiment_metadata={"seed": 7},
            splits=[split],
            repetitions=3,
        )
        assert counts(created) == (2, 0, 0, 6)
        assert (created["name"], created["metadata"], created["repetitions"]) == ("to be run", {"seed": 7}, 3)
        stored = service.experiment(created["id"])
        assert {field: stored[field] for field in created} == created
        assert phoenix.experiments.get(experiment_id=created["id"]) == stored

    def test_newest_first_over_several_pages(self, phoenix, service, squares):
        dataset = squares(1)
        path = f"/v1/datasets/{dataset.id}/experiments"
        ids = [service.post(path, {"name": f"{n}"}).json()["data"]["id"] for n in range(53)]
        listed = phoenix.experiments.list(dataset_id=dataset.id)
        assert [each["id"] for each in listed] == ids[::-1]
        assert listed[0] == service.experiment(ids[-1])


class TestDelete:
    @pytest.mark.parametrize("delete_project", [False, True])
    def test_takes_the_project_along_if_asked_to(self, run, phoenix, service, squares, delete_project):
        dataset = squares(2)
        kept, gone = [run(dataset, evaluators={"exact": exact}) for _ in "12"]
        phoenix.experiments.delete(experiment_id=gone["experiment_id"], delete_project=delete_project)
        assert [each["id"] for each in phoenix.experiments.list(dataset_id=dataset.id)] == [kept["experiment_id"]]
        assert service.status(f"/v1/experiments/{gone['experiment_id']}") == 404
        assert service.status(f"/v1/projects/{gone['project_name']}") == (404 if delete_project else 200)
        assert summary(service.runs(kept["experiment_id"])) == squared(2, {"exact": right})


class TestLogRunAndLogEvaluation:
    times = {
        "start_time": datetime(2026, 11, 22, 9, 30, 0, 1500, tzinfo=timezone.utc),
        "end_time": datetime(2026, 11, 22, 11, 30, 1, tzinfo=timezone(timedelta(hours=2))),
    }

    @pytest.fixture
    def empty(self, phoenix, squares):
        dataset = squares(2)
        return phoenix.experiments.create(dataset_id=dataset.id), [each["node_id"] for each in dataset.examples]

    def test_one_by_one(self, phoenix, service, empty):
        experiment, (first, second) = empty
        here = {"experiment_id": experiment["id"], **self.times}
        run = phoenix.experiments.log_run(dataset_example_id=first, output={"square": 1}, trace_id="ab" * 16, **here)
        phoenix.experiments.log_run(dataset_example_id=second, output=None, error="no idea", **here)
        logged = phoenix.experiments.log_evaluation(
            experiment_run_id=run["id"],
            name="by hand",
            annotator_kind="HUMAN",
            score=0.75,
            label="good",
            explanation="nearly",
            metadata={"by": "Ada"},
            **self.times,
        )
        assert logged["id"].startswith("RXhwZXJpbWVudEV2YWx1YXRpb246")  # base64 of "ExperimentEvaluation:"
        done, failed = service.runs(experiment["id"])
        assert done["start_time"] == "2026-11-22T09:30:00.001500+00:00"
        assert done["end_time"] == "2026-11-22T09:30:01+00:00"
        assert (done["latency_ms"], done["trace_id"]) == (998.5, "ab" * 16)
        assert (failed["output"], failed["error"]) == (None, "no idea")
        by_hand = evaluation(
            annotator_kind="HUMAN", score=0.75, label="good", explanation="nearly", metadata={"by": "Ada"}
        )
        assert summary([done])[0][4] == {"by hand": by_hand}
        assert counts(service.experiment(experiment["id"])) == (2, 1, 1, 0)

    def test_a_failed_run_is_recorded_again_and_a_successful_one_is_not(self, phoenix, service, empty):
        experiment, (first, _) = empty

        def log(**outcome):
            here = {"experiment_id": experiment["id"], "dataset_example_id": first, **self.times}
            return phoenix.experiments.log_run(**{"output": None, **here, **outcome})["id"]

        ids = [log(error="no idea"), log(error="still none"), log(output="one")]
        assert len(set(ids)) == 1
        for outcome in ({"output": "two"}, {"error": "gone"}):
            with pytest.raises(httpx.HTTPStatusError) as raised:
                log(**outcome)
            assert raised.value.response.status_code == 409
            assert "already exists with a successful result" in raised.value.response.json()["detail"]
        (stored,) = service.runs(experiment["id"])
        assert (stored["output"], stored["error"]) == ("one", None)

    def test_an_evaluation_is_replaced_by_the_next_of_its_name(self, phoenix, service, empty):
        experiment, (first, _) = empty
        run = phoenix.experiments.log_run(
            experiment_id=experiment["id"], dataset_example_id=first, output=1, **self.times
        )
        log = phoenix.experiments.log_evaluation
        ids = [
            log(experiment_run_id=run["id"], name="exact", error="no judge", metadata={"tries": 1})["id"],
            log(experiment_run_id=run["id"], name="exact", label="right")["id"],
        ]
        assert ids[0] == ids[1]
        ((*_, evaluations),) = summary(service.runs(experiment["id"]))
        assert evaluations == {"exact": evaluation(label="right")}

    def test_of_what_is_not_there(self, phoenix, empty):
        experiment, (first, _) = empty
        for ids in (
            {"experiment_id": "RXhwZXJpbWVudDo5OTk5OTk5", "dataset_example_id": first},
            {"experiment_id": experiment["id"], "dataset_example_id": "RGF0YXNldEV4YW1wbGU6OTk5OTk5OQ=="},
        ):
            with pytest.raises(httpx.HTTPStatusError) as raised:
                phoenix.experiments.log_run(output=1, **ids, **self.times)
            assert raised.value.response.status_code == 404
