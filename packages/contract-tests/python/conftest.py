"""The published client, which knows no more than a user tells it, and plain requests that show what the service has stored."""

import json
import os
from uuid import uuid4

import httpx
import pytest
from phoenix.client import Client


class Service:
    """The service as anyone sees it who has nothing but HTTP."""

    def __init__(self):
        key = os.environ.get("PHOENIX_API_KEY")
        headers = {} if key is None else {"authorization": f"Bearer {key}"}
        self._http = httpx.Client(base_url=os.environ["PHOENIX_ENDPOINT"], headers=headers, timeout=30)

    def get(self, path, **query):
        """The body of what is there."""
        return self._http.get(path, params=query).raise_for_status().json()

    def post(self, path, body):
        return self._http.post(path, json=body).raise_for_status()

    def status(self, path):
        return self._http.get(path).status_code

    def examples(self, dataset_id, **query):
        return self.get(f"/v1/datasets/{dataset_id}/examples", **query)["data"]["examples"]

    def contents(self, dataset_id, **query):
        """The input, output and metadata of each example."""
        return [(each["input"], each["output"], each["metadata"]) for each in self.examples(dataset_id, **query)]

    def versions(self, dataset_id):
        return [each["version_id"] for each in self.get(f"/v1/datasets/{dataset_id}/versions", limit=1000)["data"]]

    def experiment(self, experiment_id):
        return self.get(f"/v1/experiments/{experiment_id}")["data"]

    def runs(self, experiment_id):
        """The runs in the order of examples and repetitions, with their evaluations by name."""
        runs = self.get(f"/v1/experiments/{experiment_id}/json")
        for run in runs:
            run["evaluations"] = {each.pop("name"): each for each in run.pop("annotations")}
        return runs

    def spans(self, project, **query):
        return self.get(f"/v1/projects/{project}/spans", limit=1000, **query)["data"]


@pytest.fixture(scope="session")
def service():
    return Service()


@pytest.fixture
def phoenix():
    return Client()


@pytest.fixture
def name(request):
    """A name for a dataset that no other test has, and no other run of this one."""
    return f"{request.node.name} {uuid4().hex}"


@pytest.fixture
def squares(phoenix, name):
    """Makes a dataset of the numbers from 1 to its size and their squares."""

    def create(size):
        numbers = range(1, size + 1)
        inputs, outputs = [{"n": n} for n in numbers], [{"square": n**2} for n in numbers]
        return phoenix.datasets.create_dataset(name=name, inputs=inputs, outputs=outputs)

    return create


def pytest_addoption(parser):
    parser.addoption("--results", help="a file to leave the counts in, as Vitest does")


def pytest_terminal_summary(terminalreporter, config):
    file = config.getoption("--results")
    if file is None:
        return
    tests = {outcome: len(terminalreporter.stats.get(outcome, [])) for outcome in ("passed", "failed", "error")}
    with open(file, "w", encoding="utf-8") as results:
        json.dump({"numPassedTests": tests["passed"], "numFailedTests": tests["failed"] + tests["error"]}, results)
