"""What these tests experiment with: squaring numbers, which fails as it is told to, and what judges say of it."""


def square(input):
    return {"square": input["n"] ** 2}


class Flaky:
    """Fails for 2, as many times as it is told."""

    __name__ = "flaky"

    def __init__(self, failures):
        self.failures = failures
        self.seen = []

    def __call__(self, input):
        self.seen.append(input["n"])
        if input["n"] == 2 and self.failures > 0:
            self.failures -= 1
            raise ValueError("2 is hard")
        return square(input)


def exact(output, expected):
    return output == expected


def judge(output):
    raise RuntimeError("the judge is out")


def evaluation(**fields):
    """An evaluation by code as it is stored, but for its times and its trace."""
    nothing = {"label": None, "score": None, "explanation": None, "error": None, "metadata": {}}
    return {"annotator_kind": "CODE", **nothing, **fields}


right = evaluation(score=1, label="True")
wrong = evaluation(score=0, label="False")
judge_is_out = evaluation(error="RuntimeError('the judge is out')")


def summary(runs):
    """Runs as `service.runs` gives them, with what can be told beforehand."""

    def known(evaluation):
        return {field: evaluation[field] for field in right}

    return [
        (
            run["input"]["n"],
            run["repetition_number"],
            run["output"],
            run["error"],
            {name: known(evaluation) for name, evaluation in run["evaluations"].items()},
        )
        for run in runs
    ]


def squared(size, evaluations=None, repetitions=1):
    """The summary of an experiment over the numbers to a size in which all went well."""
    return [
        (n, repetition, {"square": n**2}, None, evaluations or {})
        for n in range(1, size + 1)
        for repetition in range(1, repetitions + 1)
    ]
