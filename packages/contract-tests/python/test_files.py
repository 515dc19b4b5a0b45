"""Datasets from CSV files and data frames, which the client sends as gzipped CSV in a form."""

import pandas
import pytest
from phoenix.client.resources.datasets import DatasetUploadError

CAPITALS = """of,is,note
France,Paris,"two words, and a ""quote\"""
Peru,Lima,
Égypte,"Le
Caire", x 
"""
KEYS = {"input_keys": ["of"], "output_keys": ["is"], "metadata_keys": ["note"]}


@pytest.fixture
def csv(tmp_path):
    """Writes a file of this text."""

    def write(text):
        path = tmp_path / "examples.csv"
        path.write_text(text, encoding="utf-8", newline="")
        return path

    return write


class TestCsv:
    def test_columns_become_inputs_outputs_and_metadata(self, phoenix, service, name, csv):
        dataset = phoenix.datasets.create_dataset(
            name=name, csv_file_path=csv(CAPITALS), dataset_description="From a file", **KEYS
        )
        assert service.contents(dataset.id) == [
            ({"of": "France"}, {"is": "Paris"}, {"note": 'two words, and a "quote"'}),
            ({"of": "Peru"}, {"is": "Lima"}, {}),
            ({"of": "Égypte"}, {"is": "Le\nCaire"}, {"note": " x "}),
        ]
        assert service.get(f"/v1/datasets/{dataset.id}")["data"]["description"] == "From a file"

    def test_appended(self, phoenix, service, name, csv):
        dataset = phoenix.datasets.create_dataset(name=name, csv_file_path=csv("of,is\nPeru,Lima\n"), input_keys=["of"])
        path = csv("of,is\nFrance,Paris\nChile,Santiago\n")
        grown = phoenix.datasets.add_examples_to_dataset(dataset=dataset, csv_file_path=path, input_keys=["of"])
        assert [each["input"]["of"] for each in service.examples(dataset.id)] == ["Peru", "France", "Chile"]
        assert service.versions(dataset.id) == [grown.version_id, dataset.version_id]

    def test_the_same_again_changes_nothing(self, phoenix, service, name, csv):
        first, again = [phoenix.datasets.create_dataset(name=name, csv_file_path=csv(CAPITALS), **KEYS) for _ in "12"]
        assert service.versions(first.id) == [first.version_id] == [again.version_id]

    def test_rows_known_by_a_column(self, phoenix, service, name, csv):
        def create(text):
            keys = {"input_keys": ["of"], "output_keys": ["is"], "example_id_key": "key"}
            return phoenix.datasets.create_dataset(name=name, csv_file_path=csv(text), **keys)

        first = create("key,of,is\nfr,France,Paris\npe,Peru,Cusco\ncl,Chile,Santiago\n")
        nodes = {each["id"]: each["node_id"] for each in first.examples}
        create("key,of,is\npe,Peru,Lima\nfr,France,Paris\neg,Egypt,Cairo\n")
        examples = service.examples(first.id)
        assert [(each["id"], each["output"]["is"]) for each in examples] == [
            ("fr", "Paris"),
            ("pe", "Lima"),
            ("eg", "Cairo"),
        ]
        assert [each["node_id"] for each in examples[:2]] == [nodes["fr"], nodes["pe"]]

    def test_splits_from_columns(self, phoenix, service, name, csv):
        one, two = f"{name}, one", f"{name}, two"
        text = f'n,kind,part\n1,"{one}","{two}"\n2,"{one}",\n3,,\n'
        keys = {"input_keys": ["n"], "split_keys": ["kind", "part"]}
        with pytest.deprecated_call():
            dataset = phoenix.datasets.create_dataset(name=name, csv_file_path=csv(text), **keys)
            more = csv(f'n,kind,part\n4,"{one}",\n5,"{two}",\n')
            phoenix.datasets.add_examples_to_dataset(dataset=dataset, csv_file_path=more, **keys)
        in_split = {split: service.contents(dataset.id, split=split) for split in (one, two)}
        assert [content["n"] for content, _, _ in in_split[one]] == ["1", "2", "4"]
        assert [content["n"] for content, _, _ in in_split[two]] == ["1", "5"]

    def test_splits_from_one_column(self, phoenix, service, name, csv):
        one, two = f"{name} one", f"{name} two"
        text = f'n,splits\n1,"[""{one}"", ""{two}""]"\n2,{one}\n3,\n'
        keys = {"input_keys": ["n"], "split_key": "splits"}
        dataset = phoenix.datasets.create_dataset(name=name, csv_file_path=csv(text), **keys)
        filtered = phoenix.datasets.get_dataset(dataset=dataset, splits=[two])
        assert [each["input"]["n"] for each in filtered.examples] == ["1"]
        assert [each["input"]["n"] for each in service.examples(dataset.id, split=one)] == ["1", "2"]

    def test_without_columns_of_splits_leaves_splits_alone(self, phoenix, service, name, csv):
        text = f'n,split\n1,"{name}"\n2,\n'
        create = phoenix.datasets.create_dataset
        dataset = create(name=name, csv_file_path=csv(text), input_keys=["n"], split_key="split")
        create(name=name, csv_file_path=csv("n\n1\n2\n3\n"), input_keys=["n"])
        assert [each["input"]["n"] for each in service.examples(dataset.id, split=name)] == ["1"]

    def test_spans_from_a_column(self, phoenix, service, name, csv):
        span_id = "c8be7c8270314442"
        span = {"traceId": "1bf8762027de54ee9559fc322d91430d", "spanId": span_id, "name": "chat"}
        service.post("/v1/traces", {"resourceSpans": [{"scopeSpans": [{"spans": [span]}]}]})
        text = f"n,span\n1,{span_id}\n2,00000000000000ff\n3,\n"
        dataset = phoenix.datasets.create_dataset(
            name=name, csv_file_path=csv(text), input_keys=["n"], span_id_key="span"
        )
        linked, *others = [each["source"] for each in service.examples(dataset.id)]
        assert linked["span_id"] == span_id
        assert others == [None, None]

    def test_an_id_given_twice_is_refused_and_nothing_is_made(self, phoenix, service, name, csv):
        with pytest.raises(DatasetUploadError, match="Duplicate example_id in request: 'fr'"):
            phoenix.datasets.create_dataset(
                name=name, csv_file_path=csv("key,of\nfr,France\nfr,Gaul\n"), input_keys=["of"], example_id_key="key"
            )
        assert service.get("/v1/datasets", name=name)["data"] == []

    def test_20_000_rows_within_the_time_that_the_client_gives(self, phoenix, service, name, csv):
        text = "n,square\n" + "".join(f"{n},{n**2}\n" for n in range(20_000))
        keys = {"input_keys": ["n"], "output_keys": ["square"]}
        dataset = phoenix.datasets.create_dataset(name=name, csv_file_path=csv(text), **keys)
        assert service.get(f"/v1/datasets/{dataset.id}")["data"]["example_count"] == len(dataset) == 20_000


class TestDataFrame:
    def test_cells_are_strings_and_empty_ones_are_left_out(self, phoenix, service, name):
        rows = {
            "question": ["6 × 7?", "1 / 0?"],
            "answer": [42, None],
            "ratio": [0.5, float("nan")],
            "hard": [False, True],
        }
        keys = {"input_keys": ["question"], "output_keys": ["answer", "ratio"], "metadata_keys": ["hard"]}
        dataset = phoenix.datasets.create_dataset(name=name, dataframe=pandas.DataFrame(rows), **keys)
        assert service.contents(dataset.id) == [
            ({"question": "6 × 7?"}, {"answer": "42.0", "ratio": "0.5"}, {"hard": "False"}),
            ({"question": "1 / 0?"}, {}, {"hard": "True"}),
        ]

    def test_rows_known_by_a_column(self, phoenix, service, name):
        def create(action=phoenix.datasets.create_dataset, **numbers):
            rows = pandas.DataFrame({"key": list(numbers), "n": list(numbers.values())})
            which = {"name": name} if action == phoenix.datasets.create_dataset else {"dataset": name}
            return action(dataframe=rows, input_keys=["n"], example_id_key="key", **which)

        def stored():
            return {each["id"]: each["input"]["n"] for each in service.examples(first.id)}

        first = create(kept=1, changed=2, dropped=3)
        create(kept=1, changed=20, added=4)
        assert stored() == {"kept": "1", "changed": "20", "added": "4"}
        create(phoenix.datasets.add_examples_to_dataset, changed=200, last=5)
        assert stored() == {"kept": "1", "changed": "200", "added": "4", "last": "5"}
        assert len(service.versions(first.id)) == 3

    def test_splits_and_spans_from_columns(self, phoenix, service, name):
        rows = pandas.DataFrame({"n": [1, 2], "split": [name, None], "span": ["", None]})
        keys = {"input_keys": ["n"], "split_key": "split", "span_id_key": "span"}
        dataset = phoenix.datasets.create_dataset(name=name, dataframe=rows, **keys)
        assert [each["source"] for each in service.examples(dataset.id)] == [None, None]
        assert [each["input"]["n"] for each in service.examples(dataset.id, split=name)] == ["1"]

    def test_what_was_read_as_a_data_frame_goes_into_another_dataset(self, phoenix, service, name):
        source = phoenix.datasets.create_dataset(name=f"{name}, source", inputs=[{"n": 1}, {"n": 2}])
        frame = source.to_dataframe().reset_index()
        frame["n"] = [each["n"] for each in frame["input"]]
        dataset = phoenix.datasets.create_dataset(name=name, dataframe=frame, input_keys=["n"], metadata_keys=["example_id"])
        assert service.contents(dataset.id) == [
            ({"n": str(n)}, {}, {"example_id": each["id"]}) for n, each in enumerate(source.examples, start=1)
        ]
