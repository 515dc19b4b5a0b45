"""Datasets from Python values: made, found, added to, made equal to what is given."""

import httpx
import pytest
from phoenix.client.resources.datasets import Dataset, DatasetUploadError

FR = {"input": {"of": "France"}, "output": {"is": "Paris"}}
PE = {"input": {"of": "Peru"}, "output": {"is": "Lima"}}


def contents(dataset):
    return [(each["input"], each["output"], each["metadata"]) for each in dataset.examples]


class TestCreateDataset:
    def test_lists_of_inputs_outputs_and_metadata(self, phoenix, service, name):
        dataset = phoenix.datasets.create_dataset(
            name=name,
            inputs=[{"sum": "1+1"}, {"sum": "1+2"}],
            outputs=[{"is": 2}, {}],
            metadata=[{"easy": True, "by": None}, {"ratio": 1.5}],
            dataset_description="Small sums",
        )
        expected = [({"sum": "1+1"}, {"is": 2}, {"easy": True, "by": None}), ({"sum": "1+2"}, {}, {"ratio": 1.5})]
        assert contents(dataset) == service.contents(dataset.id) == expected
        assert [each["id"] for each in dataset.examples] == [each["node_id"] for each in service.examples(dataset.id)]
        stored = service.get(f"/v1/datasets/{dataset.id}")["data"]
        assert (stored["name"], stored["description"], stored["example_count"]) == (name, "Small sums", 2)
        assert service.versions(dataset.id) == [dataset.version_id]

    def test_examples_from_a_generator_keep_their_order(self, phoenix, service, name):
        examples = ({"input": {"n": n}, "output": {"square": n**2}} for n in range(300))
        dataset = phoenix.datasets.create_dataset(name=name, examples=examples)
        assert service.contents(dataset.id) == [({"n": n}, {"square": n**2}, {}) for n in range(300)]

    def test_one_example_by_itself(self, phoenix, service, name):
        dataset = phoenix.datasets.create_dataset(name=name, examples={**FR, "metadata": {"eu": True}})
        assert service.contents(dataset.id) == [(FR["input"], FR["output"], {"eu": True})]

    def test_content_comes_back_as_it_was_sent(self, phoenix, service, name):
        content = {"z": 1, "a": 1.0, "big": 12345678901234567890, "text": "été \u2028 😀", "2": [None, True, {"": []}]}
        dataset = phoenix.datasets.create_dataset(name=name, inputs=[content])
        (example,) = phoenix.datasets.get_dataset(dataset=dataset.id).examples
        assert example["input"] == content
        assert list(example["input"]) == list(content)
        assert isinstance(example["input"]["a"], float)

    def test_ids_of_ones_own(self, phoenix, service, name):
        dataset = phoenix.datasets.create_dataset(name=name, examples=[{**FR, "id": "fr"}, PE])
        first, second = dataset.examples
        assert first["id"] == "fr" != first["node_id"]
        assert second["id"] == second["node_id"]
        assert [each["id"] for each in service.examples(dataset.id)] == ["fr", second["node_id"]]

    def test_spans_that_examples_were_made_from(self, phoenix, service, name):
        span_id = "b7ad6b7169203331"
        span = {"traceId": "0af7651916cd43dd8448eb211c80319c", "spanId": span_id, "name": "chat"}
        service.post("/v1/traces", {"resourceSpans": [{"scopeSpans": [{"spans": [span]}]}]})
        given = [{**FR, "span_id": span_id}, {**PE, "span_id": "00000000000000ff"}, {**PE, "span_id": ""}]
        dataset = phoenix.datasets.create_dataset(name=name, examples=given)
        linked, *others = [each["source"] for each in service.examples(dataset.id)]
        assert linked["span_id"] == span_id
        assert others == [None, None]

    def test_20_000_within_the_time_that_the_client_gives(self, phoenix, service, name):
        inputs, outputs = [{"n": n} for n in range(20_000)], [{"square": n**2} for n in range(20_000)]
        dataset = phoenix.datasets.create_dataset(name=name, inputs=inputs, outputs=outputs)
        assert service.get(f"/v1/datasets/{dataset.id}")["data"]["example_count"] == len(dataset) == 20_000


class TestCreateDatasetAgain:
    def test_with_the_same_examples_nothing_changes(self, phoenix, service, name):
        first = phoenix.datasets.create_dataset(name=name, examples=[FR, PE])
        again = phoenix.datasets.create_dataset(name=name, examples=[PE, FR])
        assert (again.id, again.version_id) == (first.id, first.version_id)
        assert service.versions(first.id) == [first.version_id]

    def test_by_the_ids_of_examples(self, phoenix, service, name):
        def create(**numbers):
            examples = [{"id": id, "input": {"n": n}, "output": {}} for id, n in numbers.items()]
            return phoenix.datasets.create_dataset(name=name, examples=examples)

        first = create(kept=1, changed=2, dropped=3)
        second = create(kept=1, changed=20, added=4)
        assert service.versions(first.id) == [second.version_id, first.version_id]
        assert {each["id"]: each["input"]["n"] for each in service.examples(first.id)} == {
            "kept": 1,
            "changed": 20,
            "added": 4,
        }
        nodes = {each["id"]: each["node_id"] for each in first.examples}
        for each in second.examples[:2]:
            assert each["node_id"] == nodes[each["id"]]
        third = create(kept=1, changed=20, added=4, dropped=5)
        assert {each["id"]: each["node_id"] for each in third.examples}["dropped"] == nodes["dropped"]

    def test_by_the_ids_that_the_service_gave(self, phoenix, service, name):
        kept, changed, dropped = phoenix.datasets.create_dataset(name=name, examples=[FR, PE, {**FR, **PE}]).examples
        dataset = phoenix.datasets.create_dataset(
            name=name,
            examples=[{**FR, "id": kept["node_id"]}, {**PE, "output": {"is": "Cusco"}, "id": changed["node_id"]}],
        )
        assert [(each["id"], each["node_id"], each["output"]) for each in service.examples(dataset.id)] == [
            (kept["node_id"], kept["node_id"], {"is": "Paris"}),
            (changed["node_id"], changed["node_id"], {"is": "Cusco"}),
        ]
        with pytest.raises(DatasetUploadError, match="No examples found in this dataset"):
            phoenix.datasets.create_dataset(name=name, examples=[{**FR, "id": dropped["node_id"]}])
        assert len(service.examples(dataset.id)) == 2


class TestAddExamplesToDataset:
    def test_by_name_id_object_and_dict(self, phoenix, service, name):
        dataset = phoenix.datasets.create_dataset(name=name, inputs=[{"n": 0}])
        sizes = []
        for n, which in enumerate([name, dataset.id, dataset, {"id": dataset.id}, {"name": name}], start=1):
            sizes.append(len(phoenix.datasets.add_examples_to_dataset(dataset=which, inputs=[{"n": n}])))
        assert sizes == [2, 3, 4, 5, 6]
        assert [each["input"]["n"] for each in service.examples(dataset.id)] == [0, 1, 2, 3, 4, 5]
        assert len(service.versions(dataset.id)) == 6

    def test_examples_of_another_dataset(self, phoenix, service, name):
        source = phoenix.datasets.create_dataset(name=f"{name}, source", examples=[FR, PE])
        dataset = phoenix.datasets.create_dataset(name=name, inputs=[{"n": 0}])
        grown = phoenix.datasets.add_examples_to_dataset(dataset=dataset, examples=source.examples)
        assert service.contents(dataset.id)[1:] == contents(source)
        assert not {each["node_id"] for each in grown.examples} & {each["node_id"] for each in source.examples}

    def test_an_id_that_is_there_already_changes_that_example(self, phoenix, service, name):
        dataset = phoenix.datasets.create_dataset(name=name, examples=[{**FR, "id": "fr"}, PE])
        given = [{**FR, "output": {"is": "Lutetia"}, "id": "fr"}, {**FR, "id": "fr2"}]
        phoenix.datasets.add_examples_to_dataset(dataset=dataset, examples=given)
        assert [each["output"]["is"] for each in service.examples(dataset.id)] == ["Lutetia", "Lima", "Paris"]


class TestGetDataset:
    def test_by_name_id_object_and_dict(self, phoenix, name):
        dataset = phoenix.datasets.create_dataset(name=name, examples=[FR, PE], dataset_description="Capitals")
        for which in [name, dataset.id, dataset, {"id": dataset.id}, {"name": name}]:
            found = phoenix.datasets.get_dataset(dataset=which)
            assert found.to_dict() == dataset.to_dict()
            assert (found.description, found.example_count, found.metadata) == ("Capitals", 2, {})
            assert found.created_at.utcoffset().total_seconds() == 0
            assert found.created_at <= found.updated_at

    @pytest.mark.parametrize("odd", ["my+data set", "été (v2), it's 100 % a&b=c", "dataset/with/slashes?#", "deadbeef"])
    def test_by_any_name(self, phoenix, name, odd):
        dataset = phoenix.datasets.create_dataset(name=f"{odd} {name}", examples=[FR])
        assert phoenix.datasets.get_dataset(dataset=f"{odd} {name}").id == dataset.id

    def test_of_a_version(self, phoenix, name):
        first = phoenix.datasets.create_dataset(name=name, examples=[FR, PE])
        phoenix.datasets.create_dataset(name=name, examples=[PE])
        assert contents(phoenix.datasets.get_dataset(dataset=name, version_id=first.version_id)) == contents(first)
        assert contents(phoenix.datasets.get_dataset(dataset=name)) == [(PE["input"], PE["output"], {})]

    def test_that_is_not_there(self, phoenix, name):
        with pytest.raises(ValueError, match="Dataset not found"):
            phoenix.datasets.get_dataset(dataset=name)
        with pytest.raises(httpx.HTTPStatusError) as raised:
            phoenix.datasets.get_dataset(dataset="RGF0YXNldDo5OTk5OTk5")  # Dataset:9999999
        assert raised.value.response.status_code == 404

    def test_to_and_from_a_dict_and_a_data_frame(self, phoenix, name):
        dataset = phoenix.datasets.create_dataset(name=name, examples=[{**FR, "id": "fr"}, PE])
        assert Dataset.from_dict(dataset.to_dict()).to_dict() == dataset.to_dict()
        frame = dataset.to_dataframe()
        assert list(frame.index) == [each["id"] for each in dataset.examples]
        assert list(frame["input"]) == [FR["input"], PE["input"]]


class TestGetDatasetVersions:
    def test_newest_first_and_as_many_as_asked_for(self, phoenix, service, name):
        for n in range(5):
            phoenix.datasets.create_dataset(name=name, inputs=[{"n": n}])
        dataset = phoenix.datasets.get_dataset(dataset=name)
        versions = phoenix.datasets.get_dataset_versions(dataset=name)
        assert [each["version_id"] for each in versions] == service.versions(dataset.id)
        assert versions[0]["version_id"] == dataset.version_id
        assert len(versions) == 5
        moments = [each["created_at"] for each in versions]
        assert moments == sorted(moments, reverse=True)
        assert phoenix.datasets.get_dataset_versions(dataset=dataset, limit=2) == versions[:2]


class TestSplits:
    def test_examples_of_one_split_or_of_several(self, phoenix, service, name):
        train, test = f"{name}, train", f"{name}, test"
        dataset = phoenix.datasets.create_dataset(
            name=name,
            examples=[
                {"input": {"n": 1}, "output": {}, "splits": train},
                {"input": {"n": 2}, "output": {}, "splits": [train, test]},
                {"input": {"n": 3}, "output": {}, "splits": None},
            ],
        )

        def numbers(*splits):
            found = phoenix.datasets.get_dataset(dataset=dataset, splits=splits)
            return [each["input"]["n"] for each in found.examples]

        assert numbers(train) == [1, 2]
        assert numbers(test) == [2]
        assert numbers(train, test) == [1, 2]
        assert numbers() == [1, 2, 3]
        assert [each["input"]["n"] for each in service.examples(dataset.id, split=test)] == [2]

    def test_uploading_again_without_splits_leaves_them_alone(self, phoenix, service, name):
        split = f"{name}, split"
        create = phoenix.datasets.create_dataset
        dataset = create(name=name, examples=[{**FR, "splits": split}, PE])
        create(name=name, examples=[FR, PE])
        assert len(service.examples(dataset.id, split=split)) == 1
        create(name=name, examples=[{**PE, "splits": split}, FR])
        assert [each["input"] for each in service.examples(dataset.id, split=split)] == [PE["input"]]


class TestList:
    def test_newest_first_over_several_pages(self, phoenix, service, name):
        names = [f"{name}, {n}" for n in range(103)]
        for each in names:
            service.post("/v1/datasets/upload?sync=true", {"name": each, "inputs": [{"n": 1}]})
        listed = phoenix.datasets.list()
        assert [each["name"] for each in listed[:103]] == names[::-1]
        assert {each["example_count"] for each in listed[:103]} == {1}
        assert len({each["id"] for each in listed}) == len(listed) == len(service.get("/v1/datasets", limit=1000)["data"])
        assert phoenix.datasets.list(limit=3) == listed[:3]
        assert phoenix.datasets.list(limit=101) == listed[:101]
