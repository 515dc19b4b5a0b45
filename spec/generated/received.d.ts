// Generated from spec/ by `pnpm generate`. Do not edit.
export interface paths {
    "/v1/datasets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List datasets
         * @description Datasets, newest first.
         */
        get: operations["listDatasets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/datasets/upload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload a dataset
         * @description Creates a dataset, appends to one, or makes one equal to the upload. An example with an id is matched with the existing one of that id,
         *     an example without an id with an existing one of the same content (key order and the spelling of numbers aside); what differs is
         *     created, patched or, by `update`, deleted, in one new version. An upload that changes no content makes no version. It has at most
         *     1,000,000 examples.
         *
         *     Examples come as JSON, or as a CSV, JSON Lines or Arrow file in a form. A CSV or JSON Lines file is read as it arrives, and may be larger
         *     than memory (`ASSAY_MAX_FILE_BYTES`, counted after decompression). Nothing of an upload is visible before all of it is.
         */
        post: operations["uploadDataset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/datasets/{dataset_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a dataset
         * @description A dataset by its id. To find one by name, list with `name`.
         */
        get: operations["getDataset"];
        put?: never;
        post?: never;
        /**
         * Delete a dataset
         * @description Deletes a dataset with its versions, examples and experiments, and the projects of those with their spans. Splits and labels are shared
         *     by all datasets and stay. All of it is gone, and the name is free, when the answer comes; its rows are removed in the
         *     background.
         */
        delete: operations["deleteDatasetById"];
        options?: never;
        head?: never;
        /**
         * Change what is said of a dataset
         * @description Changes the name, the description or the metadata of a dataset. Its examples are changed by uploads, or one by one.
         */
        patch: operations["updateDataset"];
        trace?: never;
    };
    "/v1/datasets/{dataset_id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the versions of a dataset
         * @description Versions, newest first. A cursor that is not a version of this dataset gives an empty page.
         */
        get: operations["listDatasetVersionsByDatasetId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/datasets/{dataset_id}/examples": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the examples of a dataset
         * @description The examples of a version of a dataset, in the order of their ids. Without `limit` all of them come in one response, which is streamed.
         *     With one there is a `next_cursor`, which goes on in the version that it is from, however many came since.
         */
        get: operations["getDatasetExamples"];
        put?: never;
        /**
         * Add an example
         * @description Adds one example to a dataset, in a new version of it. To add many at once, upload with `append`: that makes one version for all.
         */
        post: operations["createDatasetExample"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/datasets/{dataset_id}/examples/{example_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an example
         * @description An example as it was in a version of its dataset.
         */
        get: operations["getDatasetExample"];
        put?: never;
        post?: never;
        /**
         * Delete an example
         * @description Deletes an example in a new version of the dataset, and takes it out of its splits. Earlier versions keep it, and so do experiments over
         *     them. Created again with the same id of the user's, it is the same example.
         */
        delete: operations["deleteDatasetExample"];
        options?: never;
        head?: never;
        /**
         * Change an example
         * @description Replaces the input, the output or the metadata of an example, as many as are given, in a new version of the dataset. If they say what the
         *     example says already (key order and the spelling of numbers aside), nothing changes and the answer has the latest version.
         */
        patch: operations["updateDatasetExample"];
        trace?: never;
    };
    "/v1/datasets/{dataset_id}/csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download the examples of a dataset as CSV
         * @description Every example of a version, in the order of their ids, a row each. The columns are `id` (the user's own, else the `node_id`), `node_id`,
         *     one for each leaf of the content, named by the keys that lead to it (`input.question`, `metadata.source.page`), in the order in which the
         *     rows first have them, and `splits`, a JSON list of names, if any example is in one: it stands after the columns of the first row.
         *
         *     A leaf is a value that is no object, or an empty one, or lies below a hundred keys. A string stands in its cell as it is; a number, `true` and
         *     `false` as they were sent; a list and an object as JSON text. Null is an empty cell, as is what the example lacks, and an empty string is
         *     `""`. A string or key that has no UTF-8 (half a surrogate pair) stands as JSON.
         *
         *     Uploaded again to the same dataset, it changes nothing where every leaf is a string that is not blank, a list or an object, and no key has a
         *     dot or NUL in it: name the columns that begin with `input.` as `input_keys[]`, likewise those of `output.` and `metadata.`, `node_id` as the
         *     `example_id_key` and `splits` as the `split_key`. CSV cannot carry the rest. Numbers and booleans come back as strings; what is null or blank
         *     does not come back; a string that is itself the JSON of a list or an object comes back as that, and a key with a dot as one key in another.
         *     Download JSONL where that matters.
         *
         *     The examples are read twice, first for the columns, and the response is streamed. A version that is not this dataset's has no examples; without
         *     examples the file is one line break. More than 10,000 columns, or names of columns longer than 1,000,000 characters together, are refused.
         */
        get: operations["getDatasetCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/datasets/{dataset_id}/jsonl": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download the examples of a dataset as JSONL
         * @description Every example of a version, in the order of their ids, a line each: `id` (the user's own, else the `node_id`), `node_id`, `input`,
         *     `output` and `metadata` exactly as they were sent, and the names of the `splits` that the example is in now.
         *
         *     Uploaded again to the same dataset, it changes nothing: name `input`, `output` and `metadata` as the keys of those parts and all three as
         *     `flatten_keys[]`, `node_id` as the `example_id_key` and `splits` as the `split_key`.
         *
         *     The response is streamed. A version that is not this dataset's has no examples; without examples the file is empty.
         */
        get: operations["getDatasetJSONL"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/datasets/{dataset_id}/jsonl/openai_ft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download the examples of a dataset as OpenAI fine-tuning JSONL
         * @description Every example of a version, in the order of their ids, a line each: `messages`, those of the input followed by those of the output, and
         *     the input's `tools` if it has any. What is no list of messages counts as none. Messages and tools are exactly as they were sent.
         *
         *     The response is streamed. A version that is not this dataset's has no examples; without examples the file is empty.
         */
        get: operations["getDatasetJSONLOpenAIFineTuning"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/datasets/{dataset_id}/jsonl/openai_evals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download the examples of a dataset as OpenAI evals JSONL
         * @description Every example of a version, in the order of their ids, a line each: `messages`, those of the input, and `ideal`, the content of the last
         *     message of the output, or `""` if that is not a string. What is no list of messages counts as none.
         *
         *     The response is streamed. A version that is not this dataset's has no examples; without examples the file is empty.
         */
        get: operations["getDatasetJSONLOpenAIEvals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/datasets/{dataset_id}/experiments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the experiments of a dataset
         * @description Experiments over any version of the dataset, newest first.
         */
        get: operations["listExperiments"];
        put?: never;
        /**
         * Create an experiment
         * @description Creates an experiment over a version of a dataset. The examples of that version, or those of them that are now in the given splits, are
         *     fixed at this moment: runs can be recorded for them and no others.
         */
        post: operations["createExperiment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/datasets/{dataset_identifier}/splits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the splits of a dataset
         * @description The splits that examples of the dataset are in now, newest first. Phoenix has no such list.
         */
        get: operations["listDatasetSplits"];
        put?: never;
        /**
         * Create a split
         * @description Creates a split, with examples of the dataset in it if any are given.
         */
        post: operations["createDatasetSplit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/datasets/{dataset_identifier}/splits/{split_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a split
         * @description A split, whether examples of the dataset are in it or not. Phoenix has no such operation.
         */
        get: operations["getDatasetSplit"];
        put?: never;
        post?: never;
        /**
         * Delete a split
         * @description Deletes a split, also from all other datasets. The examples stay.
         */
        delete: operations["deleteDatasetSplit"];
        options?: never;
        head?: never;
        /**
         * Change a split
         * @description Changes a split itself, for all datasets, and which examples of the dataset in the path are in it; all of it or, if anything is refused,
         *     nothing. The split need not have had any. A key that is limited to datasets may change which examples are in it, and nothing else.
         */
        patch: operations["updateDatasetSplit"];
        trace?: never;
    };
    "/v1/dataset_labels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List labels
         * @description All labels, newest first.
         */
        get: operations["listDatasetLabels"];
        put?: never;
        /**
         * Create a label
         * @description Creates a label, which no dataset has yet.
         */
        post: operations["createDatasetLabel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dataset_labels/{label_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a label
         * @description A label by its id.
         */
        get: operations["getDatasetLabel"];
        put?: never;
        post?: never;
        /**
         * Delete a label
         * @description Deletes a label and takes it off every dataset.
         */
        delete: operations["deleteDatasetLabel"];
        options?: never;
        head?: never;
        /**
         * Change a label
         * @description Changes the name, the color or the description of a label.
         */
        patch: operations["updateDatasetLabel"];
        trace?: never;
    };
    "/v1/datasets/{dataset_identifier}/labels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the labels of a dataset
         * @description All labels of the dataset, newest first.
         */
        get: operations["listDatasetLabelsForDataset"];
        /**
         * Replace the labels of a dataset
         * @description Gives the dataset exactly these labels; none, if there are none.
         */
        put: operations["setDatasetLabelsForDataset"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/datasets/{dataset_identifier}/labels/{label_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Put a label on a dataset
         * @description Puts a label on the dataset, if it is not on it.
         */
        put: operations["addDatasetLabelToDataset"];
        post?: never;
        /**
         * Take a label off a dataset
         * @description Takes a label off the dataset. One that is not on it, or does not exist, is no error.
         */
        delete: operations["removeDatasetLabelFromDataset"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments/{experiment_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an experiment
         * @description An experiment, with the numbers of its examples and runs.
         */
        get: operations["getExperiment"];
        put?: never;
        post?: never;
        /**
         * Delete an experiment
         * @description Deletes an experiment with its runs and their evaluations. They are gone when the answer comes; their rows are removed in the
         *     background.
         */
        delete: operations["deleteExperiment"];
        options?: never;
        head?: never;
        /**
         * Change what is said of an experiment
         * @description Changes the name, the description or the metadata of an experiment. What it runs over never changes.
         */
        patch: operations["updateExperiment"];
        trace?: never;
    };
    "/v1/experiments/{experiment_id}/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Summarise an experiment
         * @description What the runs and evaluations of an experiment amount to: for each name of evaluations the mean over examples with its 95 % interval, how scores are
         *     distributed over runs, how many are missing, and the shares of labels; and latency, errors and tokens. Computed at the first request after a
         *     change, and at once from then on.
         */
        get: operations["getExperimentSummary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments/{experiment_id}/comparison": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Compare an experiment with another
         * @description Whether an experiment is really better than a baseline, or whether that is noise: for the evaluations of each name, and for latency, errors and
         *     tokens, the difference over the examples that both have scores of, its interval, a p-value, and a verdict. Every example weighs the same; its
         *     value is the mean of its scored repetitions. What is left out is counted and named. Computed at the first request after a change, and at once from
         *     then on.
         */
        get: operations["getComparison"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments/{experiment_id}/comparison/examples": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the examples of a comparison
         * @description The examples of an experiment and a baseline side by side, with what each run made of them and how one evaluation scored it. Each side has the
         *     example as it was in its own version of the dataset.
         */
        get: operations["listComparedExamples"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments/{experiment_id}/power": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Plan a comparison with an experiment
         * @description Which difference a comparison with this experiment could find, or how many examples and repetitions it takes to find a given one. How much scores
         *     vary is taken from this experiment, for both sides; how the two sides go together, from a second one if `baseline` names it, else from `correlation`. An
         *     example's difference varies by 2 (1 − ρ) between² + within² (1 / repetitions + 1 / baseline_repetitions). Where the true values of one
         *     side are all alike, there is no ρ, and only those of the other side vary: by between² in place of 2 (1 − ρ) between².
         */
        get: operations["getPower"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments/{experiment_id}/json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download the runs of an experiment as JSON
         * @description Every run with its example and its evaluations, one a line in a JSON array, ordered by example and repetition. The response is
         *     streamed. An experiment without runs is a 404, which Phoenix's clients take to mean that there are none.
         */
        get: operations["getExperimentJSON"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments/{experiment_id}/jsonl": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download the runs of an experiment as JSONL
         * @description What `getExperimentJSON` gives, a line for each run and nothing around them: whoever reads it needs no more than a line at a time. The
         *     response is streamed. An experiment without runs is a 404.
         */
        get: operations["getExperimentJSONL"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments/{experiment_id}/csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download the runs of an experiment as CSV
         * @description Every run with its example, ordered by example and repetition, and nine columns for each evaluation name, in the order in which the
         *     names first appear (`annotation_{name}_label`, `_score`, `_explanation`, `_metadata`, `_annotator_kind`, `_trace_id`, `_error`,
         *     `_start_time`, `_end_time`). Inputs, reference outputs and metadata are JSON text; an output that is a string stands as it is, any
         *     other as JSON text. Null is an empty cell, an empty string is `""`. The response is streamed. An experiment without runs is a 404.
         */
        get: operations["getExperimentCSV"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments/{experiment_id}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the runs of an experiment
         * @description Runs, newest first. Without `limit` all of them come in one response, which is streamed. Filters add up. An experiment that does not
         *     exist has no runs, because Phoenix's clients read it so; the id of something else is a 404.
         */
        get: operations["listExperimentRuns"];
        put?: never;
        /**
         * Record a run
         * @description Records what the task made of an example. There is one run per example and repetition: recorded again, a run that failed is replaced and
         *     keeps its id and evaluations; a run that succeeded is immutable.
         */
        post: operations["createExperimentRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments/{experiment_id}/runs/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Record many runs
         * @description Records runs, each with its evaluations: as one JSON document, or as lines (NDJSON), which are read as they arrive and may be more than
         *     fits into memory (`ASSAY_MAX_FILE_BYTES`; a line may have as many bytes as a JSON body). The answer comes after the last item and says of
         *     each, in order, what became of it. An item that is rejected keeps no other from being recorded, unless `atomic` is asked for.
         *
         *     Items are committed together, 1000 or 4 MiB at a time, a run and its evaluations never apart. A request that is cut off has recorded the
         *     first so many of its items; a batch has at most 100,000, and one that has more is refused (413) when those are recorded. Sent again, the
         *     same batch changes nothing: a run whose output and error are there already (key order and the spelling of numbers aside) is not written.
         */
        post: operations["createExperimentRuns"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments/{experiment_id}/runs/{run_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a run
         * @description A run of an experiment, as the list has it, with its token counts.
         */
        get: operations["getExperimentRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments/{experiment_id}/evaluations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the evaluations of an experiment
         * @description Evaluations in the order of their runs, the first recorded first, and those of a run in the order of their names. Filters add up; where a
         *     filter may be repeated, an evaluation fits if it fits any of its values.
         */
        get: operations["listExperimentEvaluations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments/{experiment_id}/incomplete-runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the runs that an experiment lacks
         * @description The examples that have fewer successful runs than the experiment has repetitions, in the order of their ids, each with the
         *     repetitions to run (again). The examples are as the experiment fixed them.
         */
        get: operations["getIncompleteExperimentRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments/{experiment_id}/incomplete-evaluations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the evaluations that an experiment lacks
         * @description The successful runs that lack an evaluation without an error under at least one of the names asked for, in the order of their ids. The
         *     examples are as the experiment fixed them. No name, or a name with NUL, is a 400.
         */
        get: operations["getIncompleteExperimentEvaluations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments/{experiment_id}/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the tags of an experiment
         * @description All tags that point at the experiment, in the order of their names.
         */
        get: operations["listExperimentTags"];
        put?: never;
        /**
         * Give a tag to an experiment
         * @description Makes a tag point at the experiment. A dataset has one tag of a name: if it points at another of the dataset's experiments, it moves to
         *     this one and keeps its id.
         */
        post: operations["upsertExperimentTag"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiments/{experiment_id}/tags/{tag_identifier}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take a tag from an experiment
         * @description Deletes the tag if it points at the experiment. A tag that points at another experiment, or does not exist, is no error.
         */
        delete: operations["deleteExperimentTag"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiment_evaluations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Record an evaluation of a run
         * @description Records what an evaluator said of a run, or replaces as a whole what it said before under the same name. Give a result, an error, or
         *     both; an evaluation with an error counts as failed.
         */
        post: operations["upsertExperimentEvaluation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experiment_evaluations/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Record many evaluations
         * @description Records evaluations of runs of any experiments, or replaces those there are of the same run and name: as one JSON document, or as lines
         *     (NDJSON). Both are read, committed and answered as `createExperimentRuns` does it.
         */
        post: operations["upsertExperimentEvaluations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/annotation_configs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List annotation configs
         * @description Annotation configs of every type, newest first. A cursor that is none is a 400, as Phoenix answers it.
         */
        get: operations["listAnnotationConfigs"];
        put?: never;
        /**
         * Create an annotation config
         * @description Says what the annotations, or evaluations, of a name mean: which labels or scores they have, and whether a lower or a higher score is
         *     better. Nothing is refused that does not keep to it.
         */
        post: operations["createAnnotationConfig"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/annotation_configs/{config_identifier}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an annotation config
         * @description An annotation config by its id or name.
         */
        get: operations["getAnnotationConfig"];
        /**
         * Replace an annotation config
         * @description Replaces all of an annotation config, its name and its type too. What is absent is null from then on.
         */
        put: operations["updateAnnotationConfig"];
        post?: never;
        /**
         * Delete an annotation config
         * @description Deletes an annotation config and gives it once more. The evaluations that it speaks of stay.
         */
        delete: operations["deleteAnnotationConfig"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/traces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Export spans
         * @description OTLP over HTTP: an `ExportTraceServiceRequest`, as protobuf or JSON, which may be compressed (`Content-Encoding: gzip` or `deflate`). The
         *     project of the spans is the header `x-project-name`, else the resource attribute `openinference.project.name`, else `default`; it is
         *     created on demand. A span that was stored before is left as it is. The answer is an `ExportTraceServiceResponse` in the media type of
         *     the request, empty unless spans were dropped for want of a valid trace id and span id.
         */
        post: operations["exportTraces"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List projects
         * @description Projects, newest first. Every experiment has one, for the spans of its task; they are left out unless asked for. The project of an
         *     experiment that was deleted without it is like any other.
         */
        get: operations["getProjects"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project_identifier}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a project
         * @description A project by its id or its name.
         */
        get: operations["getProject"];
        put?: never;
        post?: never;
        /**
         * Delete a project
         * @description Deletes a project and its spans. They are gone when the answer comes; their rows are removed in the background. The project
         *     `default` cannot be deleted (403, `default_project`).
         */
        delete: operations["deleteProject"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project_identifier}/spans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the spans of a project
         * @description Spans as they were exported, the last stored first. Filters add up; where a filter may be repeated, a span fits if it fits any of its
         *     values. What is not an id of OpenTelemetry matches nothing.
         */
        get: operations["getSpans"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/system/api_keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List API keys
         * @description Keys, newest first, without their secrets. Expired keys are listed until they are revoked.
         */
        get: operations["getSystemApiKeys"];
        put?: never;
        /**
         * Create an API key
         * @description Creates a key and answers with its secret, which is stored as a hash and cannot be shown again. A key that is limited to datasets sees
         *     those alone: any other, and all that belongs to it, is to it as if it did not exist. It cannot create datasets.
         */
        post: operations["createSystemApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/system/api_keys/{api_key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an API key
         * @description Deletes a key. Every process of the service refuses it within five seconds, the one that answers at once.
         */
        delete: operations["deleteSystemApiKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Is the process alive?
         * @description Answers as long as the process can answer. It asks the database nothing.
         */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Can the service serve?
         * @description Answers 200 if the database answers, 503 if it does not or the service is stopping.
         */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/arize_phoenix_version": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the version of the API surface
         * @description The version of Phoenix whose REST surface this service implements, for clients that ask before they use a feature.
         */
        get: operations["getServerVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get this document
         * @description The contract of the service, as one OpenAPI 3.1 document.
         */
        get: operations["getOpenAPI"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * Format: text
         * @description Unicode text, at most 1,048,576 characters. NUL and lone surrogates are refused, because no database column can hold them.
         */
        Text: string;
        /**
         * @description The kind of problem. The list is closed; a client may switch on it.
         * @enum {string}
         */
        ProblemCode: "bad_request" | "unauthenticated" | "forbidden" | "read_only" | "untrusted_host" | "untrusted_origin" | "default_project" | "not_found" | "experiment_has_no_runs" | "method_not_allowed" | "dataset_exists" | "split_exists" | "label_exists" | "example_exists" | "run_exists" | "annotation_config_exists" | "conflict" | "request_in_progress" | "idempotency_key_reused" | "body_too_large" | "unsupported_media_type" | "invalid_request" | "rate_limited" | "internal" | "unavailable";
        /** @description A field at fault. */
        ProblemField: {
            /** @description Where the field is - `body`, `query` or `path`, and a JSON pointer below it (`/body/repetition_number`). */
            pointer: string;
            /** @description Why the field is refused. */
            detail: string;
            /** @description The rule that it breaks, a keyword of JSON Schema or a word of Assay's own (`type`, `required`, `format`, `depth` …). */
            code: string;
        };
        /** @description What went wrong (RFC 9457). */
        Problem: {
            /** @description A URI that names the kind of problem, `urn:assay:problem:` and the code. */
            type: string;
            /** @description The kind of problem in words; the same for every problem of the code. */
            title: string;
            /** @description The HTTP status. */
            status: number;
            /** @description What is wrong with this request. */
            detail: string;
            /** @description The path of the request. */
            instance: string;
            code: components["schemas"]["ProblemCode"];
            /** @description The response's `x-request-id`, which the server's log has too. */
            request_id: string;
            /** @description For an invalid request, each field at fault; for a batch that is refused as a whole, each item. */
            errors?: components["schemas"]["ProblemField"][];
        };
        /** @description Content of the user's, kept and returned exactly as sent (key order, spelling of numbers). At most 500 levels deep. */
        JsonObject: {
            [key: string]: unknown;
        };
        /**
         * @description A moment in UTC, ISO 8601 with `+00:00` and no fraction or exactly six digits of one.
         * @example 2026-11-22T09:30:00.125000+00:00
         */
        Timestamp: string;
        /** @description A named collection of examples. */
        Dataset: {
            /** @description The dataset's id. */
            id: string;
            /** @description Unique among datasets. */
            name: string;
            /** @description What the dataset is. */
            description: string | null;
            metadata: components["schemas"]["JsonObject"];
            created_at: components["schemas"]["Timestamp"];
            updated_at: components["schemas"]["Timestamp"];
            /** @description The number of examples in the latest version. */
            example_count: number;
        };
        /** @description Names the first row of the next page, most often by its id; null on the last page. */
        NextCursor: string | null;
        /**
         * Format: text
         * @description Unicode text without NUL and lone surrogates, at most 1,048,576 characters, or null.
         */
        NullableText: string | null;
        /**
         * Format: text
         * @description Text that identifies something among its kind, at most 500 characters long. NUL and lone surrogates are refused.
         */
        Name: string;
        /**
         * Format: text
         * @description Text that identifies something among its kind, at most 500 characters long, or null. NUL and lone surrogates are refused.
         */
        NullableName: string | null;
        /**
         * Format: text
         * @description The splits of an example: a name, a list of names, or null. Names are trimmed; blank ones are dropped.
         */
        UploadedSplits: string | components["schemas"]["NullableName"][] | null;
        /** @description Examples to create a dataset with, to append to one, or to make one equal to. */
        DatasetUpload: {
            /**
             * @description `create` refuses a name that is taken; `append` adds and patches, never deletes; `update` makes the dataset equal to the upload. Upper
             *     and lower case are the same; null and `""` mean `create`. All three create a dataset that does not exist.
             * @default create
             */
            action: components["schemas"]["NullableText"];
            /** @description The dataset's name; kept as it is, unique among datasets. */
            name: components["schemas"]["Name"];
            /** @description What the dataset is; kept if this upload creates it. */
            description?: components["schemas"]["NullableText"];
            /** @description The input of each example. */
            inputs: components["schemas"]["JsonObject"][];
            /** @description The reference output of each example, as many as inputs; absent, null or empty means `{}` for each. */
            outputs?: components["schemas"]["JsonObject"][] | null;
            /** @description The metadata of each example, as many as inputs; absent, null or empty means `{}` for each. */
            metadata?: components["schemas"]["JsonObject"][] | null;
            /**
             * @description The splits of each example, as many as inputs: a name, a list of names, or null for none. If given, they replace the splits of the
             *     examples in the upload (`append`) or of the whole dataset (`create`, `update`); absent or null leaves splits alone.
             */
            splits?: components["schemas"]["UploadedSplits"][] | null;
            /** @description The OpenTelemetry id of the span that each example was made from, as many as inputs. Unknown ones are not linked. */
            span_ids?: components["schemas"]["NullableName"][] | null;
            /**
             * @description The user's own id of each example, or the `node_id` of an existing one, as many as inputs and no two the same. An example with an id
             *     is matched by it, one without by its content.
             */
            example_ids?: components["schemas"]["NullableName"][] | null;
        };
        /**
         * @description A file of examples, and which of its columns are what. Each row is an example: its input has the columns that `input_keys[]` names, its output
         *     and metadata those of theirs. A column may be in several. Rows are numbered from 1 in refusals; a CSV's header and blank lines are not counted.
         */
        DatasetUploadForm: {
            /** @description The dataset's name; kept as it is, unique among datasets. */
            name: components["schemas"]["Name"];
            /**
             * @description `create` refuses a name that is taken; `append` adds and patches, never deletes; `update` makes the dataset equal to the upload. Upper
             *     and lower case are the same; an empty one means `create`. All three create a dataset that does not exist.
             * @default create
             */
            action: components["schemas"]["Text"];
            /** @description What the dataset is, by default the name of the file; kept if this upload creates it. */
            description?: components["schemas"]["Text"];
            /** @description The columns of each example's input. */
            "input_keys[]"?: components["schemas"]["Text"][];
            /** @description The columns of each example's reference output. */
            "output_keys[]"?: components["schemas"]["Text"][];
            /** @description The columns of each example's metadata. */
            "metadata_keys[]"?: components["schemas"]["Text"][];
            /**
             * @description Columns that hold JSON objects (in a CSV, the text of one). Where such a column is in the input, the output or the metadata, its members
             *     stand there in its place.
             */
            "flatten_keys[]"?: components["schemas"]["Text"][];
            /**
             * @description The column that has the splits of each example: a name, or a JSON list of names. Replaces the splits of the examples in the upload
             *     (`append`) or of the whole dataset (`create`, `update`). A form that names no column of splits leaves splits alone.
             */
            split_key?: components["schemas"]["Text"];
            /** @description Columns of which each has the name of a split, or nothing. Deprecated by Phoenix, not together with `split_key`. */
            "split_keys[]"?: components["schemas"]["Text"][];
            /** @description The column that has the OpenTelemetry id of the span that each example was made from. Unknown ones are not linked. */
            span_id_key?: components["schemas"]["Text"];
            /**
             * @description The column that has the user's own id of each example, or the `node_id` of an existing one, no two the same; an empty one and `nan` are
             *     none. An example with an id is matched by it, one without by its content.
             */
            example_id_key?: components["schemas"]["Text"];
            /**
             * Format: binary
             * @description The examples. The part has a file name, and one of these as its `Content-Type`:
             *
             *     - `text/csv`: UTF-8, commas, double quotes, and a header with each column once, 10,000 at most. Values are strings; blank cells are left
             *       out. If a key begins with `input.`, `output.` or `metadata.`, and there are no `flatten_keys[]`, those that begin with the name of their
             *       part are paths (`input.a.b` is `{"a": {"b": …}}` in the input), and cells that are JSON lists or objects are taken as such.
             *     - `application/jsonl`: a JSON object a line. Members are taken as they are written; a key that a line lacks is left out.
             *     - `application/x-pandas-pyarrow`: an Arrow IPC stream, without compression of its own, of at most 256 MiB: it is in memory as a whole.
             *
             *     A row may have 8 MiB.
             *
             *     It may be compressed, which the part's `Content-Encoding` (`gzip` or `deflate`) or its first bytes tell.
             *
             *     After `name` and a field whose name ends in `[]` it is read as it arrives, and no field may follow it. Before those it is put on disk until
             *     all fields are there.
             */
            file: Blob;
        };
        /** @description What an upload did. */
        DatasetUploadResult: {
            /** @description The dataset's id. */
            dataset_id: string;
            /** @description The version that the upload made, or the latest if it changed no content. */
            version_id: string;
            /** @description Examples created, or created again under the id of a deleted one. */
            num_created_examples: number;
            /** @description Examples whose content or splits changed. */
            num_updated_examples: number;
            /** @description Examples deleted. */
            num_deleted_examples: number;
        };
        /**
         * Format: text
         * @description An opaque id, base64 of `TypeName:rowid`.
         */
        Id: string;
        /** @description What to change of a dataset; at least one field. What is absent stays as it is. */
        DatasetUpdate: {
            /** @description A name that no other dataset has; kept as it is. */
            name?: components["schemas"]["Name"];
            /** @description What the dataset is; null for nothing. */
            description?: components["schemas"]["NullableText"];
            /** @description Anything worth keeping, in place of all that was there. */
            metadata?: components["schemas"]["JsonObject"];
        };
        /** @description A state of a dataset. Versions never change. */
        DatasetVersion: {
            /** @description The version's id. */
            version_id: string;
            /** @description What was said of the version; null for uploads. */
            description: string | null;
            metadata: components["schemas"]["JsonObject"];
            created_at: components["schemas"]["Timestamp"];
        };
        /** @description The span that an example was made from. */
        ExampleSource: {
            /** @description The OpenTelemetry id of the span, 16 hex digits. */
            span_id: string;
            /** @description The id that Assay gave the span. */
            span_node_id: string;
        };
        /** @description An example as it was in a version of its dataset. */
        DatasetExample: {
            /** @description The id that the user gave the example if there is one, else `node_id`. */
            id: string;
            /** @description The id that Assay gave the example, which runs refer to. */
            node_id: string;
            input: components["schemas"]["JsonObject"];
            output: components["schemas"]["JsonObject"];
            metadata: components["schemas"]["JsonObject"];
            updated_at: components["schemas"]["Timestamp"];
            source: components["schemas"]["ExampleSource"] | null;
        };
        /** @description The examples of a version of a dataset. */
        DatasetExamples: {
            /** @description The dataset's id. */
            dataset_id: string;
            /** @description The version's id. */
            version_id: string;
            /** @description The names of the splits that were asked for; empty means all examples. */
            filtered_splits: string[];
            /** @description The examples. */
            examples: components["schemas"]["DatasetExample"][];
        };
        /** @description An example to add to a dataset. */
        DatasetExampleCreate: {
            /** @description What the task is given. */
            input: components["schemas"]["JsonObject"];
            /** @description What it should make of that, if known; `{}` if absent. */
            output?: components["schemas"]["JsonObject"];
            /** @description Anything worth keeping; `{}` if absent. */
            metadata?: components["schemas"]["JsonObject"];
            /**
             * @description The user's own id of the example, which no other of the dataset has; null for none. A deleted example that had it is created again. The
             *     form of a `node_id` is refused: those are given by Assay.
             */
            id?: components["schemas"]["NullableName"];
            /**
             * @description The splits that the example is to be in: a name, a list of names, or null for none. Names are trimmed and blank ones dropped; a split that
             *     does not exist is made.
             */
            splits?: components["schemas"]["UploadedSplits"];
            /** @description The OpenTelemetry id of the span that the example was made from; not linked if unknown. An example that is created again keeps its own. */
            span_id?: components["schemas"]["NullableName"];
        };
        /** @description An example and a version of its dataset. */
        DatasetExampleVersion: {
            /** @description The dataset's id. */
            dataset_id: string;
            /** @description The version's id. */
            version_id: string;
            example: components["schemas"]["DatasetExample"];
        };
        /** @description What to change of an example; at least one field. What is absent stays as it is. */
        DatasetExampleUpdate: {
            /** @description What the task is given, in place of all that was there. */
            input?: components["schemas"]["JsonObject"];
            /** @description What it should make of that, in place of all that was there. */
            output?: components["schemas"]["JsonObject"];
            /** @description Anything worth keeping, in place of all that was there. */
            metadata?: components["schemas"]["JsonObject"];
        };
        /**
         * @description Why there is no answer; null if there is one. The list is closed.
         *
         *     - `no_values`: there is nothing to compute it from.
         *     - `too_few`: there is one value, and how much values differ from each other takes two.
         *     - `no_variance`: all values are equal, and no range is known (bounds or scores in an annotation config) that says how far another could lie.
         *     - `out_of_range`: it is beyond what a double can hold.
         *     - `no_repetitions`: no example has a second repetition, so noise within examples cannot be told from differences between them.
         *     - `no_outcome_rejects`: there are so few examples that no outcome would be significant.
         *     - `unreachable`: no number of examples or repetitions within the limit is enough.
         * @enum {string|null}
         */
        Reason: "no_values" | "too_few" | "no_variance" | "out_of_range" | "no_repetitions" | "no_outcome_rejects" | "unreachable" | null;
        /** @description A number, or the reason why there is none. */
        Quantity: {
            /** @description The number, always finite; null if there is none. */
            value: number | null;
            reason: components["schemas"]["Reason"];
        };
        /** @description A confidence interval, never of width zero, or the reason why there is none. */
        Interval: {
            /** @description How sure it is, from 0 to 1: of 0.95, 95 % of such intervals hold the true value. */
            level: number;
            /** @description Its lower end; null if there is none. */
            low: number | null;
            /** @description Its upper end; null if there is none. */
            high: number | null;
            reason: components["schemas"]["Reason"];
        };
        /** @description How often evaluators gave a label. */
        LabelShare: {
            /** @description The label; null for all others together, those beyond the 50 most frequent. */
            label: string | null;
            /** @description The number of runs that have it. */
            run_count: number;
            /**
             * @description The share of the labelled examples that have it, from 0 to 1. Every example weighs the same: of one that got it in two of three labelled
             *     repetitions, two thirds count.
             */
            share: number;
        };
        /**
         * @description The evaluations of one name in an experiment. A missing score is counted, never averaged in as zero. A run counts as missing a score too if it
         *     failed, or is not there at all.
         */
        EvaluationSummary: {
            /** @description The evaluations' name. */
            name: string;
            /** @description Evaluations of this name. */
            evaluation_count: number;
            /** @description Those among them whose evaluator failed. */
            error_count: number;
            /** @description Runs that have a score. */
            scored_run_count: number;
            /** @description Runs without a score: those that there are, and those that are missing for the experiment's repetitions. */
            unscored_run_count: number;
            /** @description Examples that have a score in some repetition. */
            scored_example_count: number;
            /** @description Examples of the experiment that have none. */
            unscored_example_count: number;
            /** @description The mean over examples, all of the same weight; an example's value is the mean of its scored repetitions. */
            mean: components["schemas"]["Quantity"];
            /** @description That mean's 95 % interval. */
            interval: components["schemas"]["Interval"];
            /** @description The sample standard deviation of scores, over runs. */
            standard_deviation: components["schemas"]["Quantity"];
            /** @description The lowest score, over runs; null without scores. */
            min: number | null;
            /** @description The score that 10 % of runs are below, interpolated; null without scores. */
            p10: number | null;
            /** @description The score that half of the runs are below, interpolated; null without scores. */
            median: number | null;
            /** @description The score that 90 % of runs are below, interpolated; null without scores. */
            p90: number | null;
            /** @description The highest score, over runs; null without scores. */
            max: number | null;
            /** @description The 50 most frequent labels, most frequent first, and all others together; empty without labels. */
            labels: components["schemas"]["LabelShare"][];
        };
        /** @description A number that runs have beside their evaluations. */
        MeasureSummary: {
            /** @description Runs that have it. */
            run_count: number;
            /** @description Runs that do not, those included that are missing for the experiment's repetitions. */
            missing_run_count: number;
            /** @description The sum over runs. */
            total: components["schemas"]["Quantity"];
            /** @description The mean over examples, all of the same weight; an example's value is the mean of those of its runs that have it. */
            mean: components["schemas"]["Quantity"];
            /** @description That mean's 95 % interval. */
            interval: components["schemas"]["Interval"];
            /** @description What half of the runs are below, interpolated; null without any. */
            p50: number | null;
            /** @description What 90 % of runs are below, interpolated; null without any. */
            p90: number | null;
            /** @description What 99 % of runs are below, interpolated; null without any. */
            p99: number | null;
        };
        /** @description How often the task failed. */
        ErrorSummary: {
            /** @description Runs there are, failed or not. */
            run_count: number;
            /** @description Runs with an error. */
            failed_run_count: number;
            /** @description Runs that are missing for the experiment's repetitions. They do not count as failed. */
            missing_run_count: number;
            /** @description The mean over examples, all of the same weight, of the share of an example's runs that failed. */
            mean: components["schemas"]["Quantity"];
            /** @description That mean's 95 % interval. */
            interval: components["schemas"]["Interval"];
        };
        /** @description What the runs and evaluations of an experiment amount to. */
        ExperimentSummary: {
            /** @description The evaluations of each name, in the order of names; of the first 100, where there are more. */
            evaluations: components["schemas"]["EvaluationSummary"][];
            /** @description Whether there are more names than these. */
            more_evaluations: boolean;
            /** @description How long successful runs took, in milliseconds. */
            latency_ms: components["schemas"]["MeasureSummary"];
            errors: components["schemas"]["ErrorSummary"];
            /** @description Tokens of prompts, as far as the spans of a run's trace are stored now, say so and may be seen by the caller. */
            prompt_tokens: components["schemas"]["MeasureSummary"];
            /** @description Tokens of completions, likewise. */
            completion_tokens: components["schemas"]["MeasureSummary"];
        };
        /** @description A task run over the examples of one version of a dataset. */
        Experiment: {
            /** @description The experiment's id. */
            id: string;
            /** @description The dataset's id. */
            dataset_id: string;
            /** @description The id of the version of the dataset that it runs over. */
            dataset_version_id: string;
            /** @description A name; not unique. */
            name: string;
            /** @description What is tried. */
            description: string | null;
            /** @description How often the task runs over each example. */
            repetitions: number;
            metadata: components["schemas"]["JsonObject"];
            /** @description The project that the spans of the task belong to. */
            project_name: string | null;
            created_at: components["schemas"]["Timestamp"];
            updated_at: components["schemas"]["Timestamp"];
            /** @description The number of examples in the experiment's snapshot of the dataset. */
            example_count: number;
            /** @description Runs without an error. */
            successful_run_count: number;
            /** @description Runs with an error. */
            failed_run_count: number;
            /** @description `example_count × repetitions` less the runs there are; negative if there are more. */
            missing_run_count: number;
            /** @description The splits whose examples it runs over, by the names that they had when it was created; empty means all examples. */
            splits: string[];
            /** @description What its runs and evaluations amount to: only there if `include=summary` asked for it, and null where there are more than 10,000,000 of them. */
            summary?: components["schemas"]["ExperimentSummary"] | null;
        };
        /** @description Content of the user's, or null. */
        NullableJsonObject: {
            [key: string]: unknown;
        } | null;
        /** @description An experiment to create. */
        ExperimentCreate: {
            /** @description A name; made up from the dataset's name if absent, null or empty. */
            name?: components["schemas"]["NullableText"];
            /** @description What is tried. */
            description?: components["schemas"]["NullableText"];
            /** @description Anything worth keeping: the model, the prompt, the commit. Null means `{}`. */
            metadata?: components["schemas"]["NullableJsonObject"];
            /** @description The version of the dataset to run over; the latest if absent or null. */
            version_id?: components["schemas"]["NullableText"];
            /** @description Run only over the examples in any of these splits (names or ids); absent, null or empty means all. */
            splits?: components["schemas"]["Text"][] | null;
            /**
             * @description How often the task runs over each example.
             * @default 1
             */
            repetitions: number;
        };
        /** @description A named set of examples. Splits are shared by all datasets, and who is in one is not versioned. */
        DatasetSplit: {
            /** @description The split's id. */
            id: string;
            /** @description Unique among splits, without space around it. */
            name: string;
            /** @description What the split is for. */
            description: string | null;
            /** @description How to show it. */
            color: string;
            metadata: components["schemas"]["JsonObject"];
            /** @description How many examples of the dataset in the path are in it. */
            example_count: number;
            created_at: components["schemas"]["Timestamp"];
            /** @description When its name, description, color or metadata last changed. */
            updated_at: components["schemas"]["Timestamp"];
        };
        /** @description A split to create. */
        DatasetSplitCreate: {
            /** @description The split's name; trimmed, unique among splits. */
            name: components["schemas"]["Name"];
            /** @description What the split is for; blank means null. */
            description?: components["schemas"]["NullableText"];
            /** @description How to show it, in any notation; `#33c5e8` if absent or null. */
            color?: components["schemas"]["NullableName"];
            /** @description Anything worth keeping of the split; `{}` if absent. */
            metadata?: components["schemas"]["JsonObject"];
            /**
             * @description The `node_id`s of examples of the dataset, as it is now, to put into it.
             * @default []
             */
            example_ids: components["schemas"]["Id"][];
        };
        /** @description What to change of a split. What is absent stays as it is. */
        DatasetSplitUpdate: {
            /** @description The split's name; trimmed, unique among splits. */
            name?: components["schemas"]["Name"];
            /** @description What the split is for; blank means null. */
            description?: components["schemas"]["NullableText"];
            /** @description How to show it, in any notation. */
            color?: components["schemas"]["Name"];
            /** @description Anything worth keeping of the split, in place of what was kept; null changes nothing. */
            metadata?: components["schemas"]["NullableJsonObject"];
            /** @description The `node_id`s of examples of the dataset, as it is now, to put into it. Those that are in it stay. */
            add_example_ids?: components["schemas"]["Id"][] | null;
            /** @description The `node_id`s of examples that the dataset has or had, to take out of it. It counts more than `add_example_ids`. */
            remove_example_ids?: components["schemas"]["Id"][] | null;
        };
        /** @description A mark for datasets. */
        DatasetLabel: {
            /** @description The label's id. */
            id: string;
            /** @description Unique among labels. */
            name: string;
            /** @description What the label means. */
            description: string | null;
            /** @description How to show it, `#` and six hex digits. */
            color: string;
        };
        /** @description A label to create. */
        DatasetLabelCreate: {
            /** @description The label's name; kept as it is, unique among labels. */
            name: components["schemas"]["Name"];
            /** @description How to show it: `#` and six hex digits, in lower case. */
            color: components["schemas"]["Name"];
            /** @description What the label means. */
            description?: components["schemas"]["NullableText"];
        };
        /** @description What to change of a label, at least one thing. What is absent stays as it is. */
        DatasetLabelUpdate: {
            /** @description The label's name; null changes nothing. */
            name?: components["schemas"]["NullableName"];
            /** @description How to show it: `#` and six hex digits, in lower case; null changes nothing. */
            color?: components["schemas"]["NullableName"];
            /** @description What the label means; null clears it. */
            description?: components["schemas"]["NullableText"];
        };
        /** @description The labels of a dataset. */
        DatasetLabelSet: {
            /**
             * @description The ids of all labels that the dataset is to have. It loses those that are not among them.
             * @default []
             */
            dataset_label_ids: components["schemas"]["Id"][];
        };
        /** @description What to change of an experiment; at least one field. What is absent stays as it is. */
        ExperimentUpdate: {
            /** @description A name; not unique, may be empty. */
            name?: components["schemas"]["Text"];
            /** @description What is tried; null for nothing. */
            description?: components["schemas"]["NullableText"];
            /** @description Anything worth keeping, in place of all that was there. */
            metadata?: components["schemas"]["JsonObject"];
        };
        /** @description One side of a comparison. */
        ComparedExperiment: {
            /** @description The experiment's id. */
            id: string;
            /** @description Its name. */
            name: string;
            /** @description The id of the version of the dataset that it runs over. */
            dataset_version_id: string;
            /** @description How often its task runs over each example. */
            repetitions: number;
            /** @description The number of its examples. */
            example_count: number;
        };
        /** @description Some examples, counted, and the first of them. */
        ExampleSample: {
            /** @description How many there are. */
            count: number;
            /** @description The ids of the first 20, in their order. */
            example_ids: string[];
        };
        /**
         * @description Whether a lower or a higher score is better; `NONE` if neither is.
         * @enum {string}
         */
        OptimizationDirection: "MINIMIZE" | "MAXIMIZE" | "NONE";
        /** @description What one side of a comparison has of a metric. */
        ComparedSide: {
            /** @description The mean over the pairs, all examples of the same weight. */
            mean: components["schemas"]["Quantity"];
            /** @description That mean's 95 % interval. */
            interval: components["schemas"]["Interval"];
            /** @description The mean over all examples of this side that have a score, also where the other side has none. */
            mean_all: components["schemas"]["Quantity"];
            /** @description How many examples that is. */
            scored_example_count: number;
            /** @description Runs of the compared examples: as many as the experiment has repetitions, there or missing, or as there are, if more. */
            run_count: number;
            /** @description Those among them that have no score. */
            unscored_run_count: number;
            /** @description `unscored_run_count` of `run_count`, from 0 to 1; 0 of none. */
            unscored_share: number;
            /** @description Compared examples that have no score on this side. */
            unscored_examples: components["schemas"]["ExampleSample"];
            /** @description The 50 most frequent labels among examples that have labels on both sides, most frequent first, and all others together; empty without any. */
            labels: components["schemas"]["LabelShare"][];
        };
        /** @description How many examples went from one label to another. */
        LabelTransition: {
            /**
             * @description The label at the baseline; null for all that are not among its 50 most frequent. Null, and last, with `to` for all transitions that are not
             *     among the 100 most frequent.
             */
            from: string | null;
            /** @description The label in the experiment, likewise. */
            to: string | null;
            /** @description How many examples. One with several labelled repetitions counts as one in all, in equal parts for each pair of its labels. */
            example_count: number;
        };
        /**
         * @description A metric, compared over the examples that have a score on both sides. Differences are the experiment's value less the baseline's, also where lower
         *     is better. For latency, errors and tokens, a run's number stands for a score.
         */
        ComparedMetric: {
            /** @description The evaluations' name; `latency_ms`, `error_rate`, `prompt_tokens` or `completion_tokens` for what is none. */
            name: string;
            /**
             * @description Whether a lower or a higher score is better: as `minimize` and `maximize` of the request say, else as the annotation config of that name does,
             *     else `MAXIMIZE`; `MINIMIZE` for what is no evaluation.
             */
            optimization_direction: components["schemas"]["OptimizationDirection"];
            /**
             * @description `equivalent` if a `margin` was given and the 90 % interval of the difference lies within ± margin. Otherwise `better` or `worse`, if
             *     `adjusted_p_value` is below 0.05 and `interval` does not hold 0. Otherwise `no_evidence`, which does not say that there is no difference: see
             *     `detectable_difference`.
             * @enum {string|null}
             */
            verdict: "equivalent" | "better" | "worse" | "no_evidence" | null;
            /**
             * @description Why there is no verdict; null if there is one. `no_scores`: there are labels alone, or nothing. `no_direction`: there is a difference, and the
             *     annotation config says that neither direction is better.
             * @enum {string|null}
             */
            verdict_reason: "no_scores" | "no_direction" | null;
            /** @description Compared examples that have a score on both sides. All figures of the difference are over these. */
            pair_count: number;
            /** @description What the baseline has of it. */
            baseline: components["schemas"]["ComparedSide"];
            /** @description What the experiment has of it. */
            experiment: components["schemas"]["ComparedSide"];
            /** @description The mean of the pairs' differences. */
            difference: components["schemas"]["Quantity"];
            /** @description The difference's 95 % interval: Student's t, or Tango's of passes and failures. */
            interval: components["schemas"]["Interval"];
            /**
             * @description The difference's interval at `level` of the request. If that is absent, at 1 − 0.05 / k for the k metrics of its family, so that all k of
             *     them together hold the true differences with 95 %: a gate fails on these, and passes on `interval`.
             */
            strict_interval: components["schemas"]["Interval"];
            /** @description How likely a mean difference at least as far from 0 is if neither side is better; two-sided. */
            p_value: components["schemas"]["Quantity"];
            /** @description The same, adjusted by Holm for the number of metrics in its family. */
            adjusted_p_value: components["schemas"]["Quantity"];
            /**
             * @description Where p comes from: Student's t on the differences from 30 pairs on; below that, flipping the signs of the differences, in all ways or in 9,999
             *     random ones, which are the same ones each time; McNemar's exact test if every example passes or fails, once, on each side; null if there is none.
             * @enum {string|null}
             */
            method: "student_t" | "exact_permutation" | "monte_carlo_permutation" | "exact_mcnemar" | null;
            /** @description The sample standard deviation of the pairs' differences. */
            standard_deviation: components["schemas"]["Quantity"];
            /** @description The standard error of the mean difference. */
            standard_error: components["schemas"]["Quantity"];
            /** @description The mean difference in standard deviations of differences (Cohen's d_z): how large it is beside its noise. */
            d_z: components["schemas"]["Quantity"];
            /** @description The smallest difference that a comparison like this finds with a chance of 80 %. */
            detectable_difference: components["schemas"]["Quantity"];
            /** @description Pairs that are better in the experiment; null if neither direction is better. */
            improved_count: number | null;
            /** @description Pairs that are worse in the experiment; null if neither direction is better. */
            regressed_count: number | null;
            /** @description Pairs whose values are equal but for rounding. */
            unchanged_count: number;
            /**
             * @description Whether the sides lack scores of different examples, or different shares of their runs. Then the difference may come of what is missing: an
             *     experiment that crashes on the hard examples looks better than it is.
             */
            unevenly_scored: boolean;
            /** @description Whether every example passes or fails, with a score of 1 or 0, once, on each side. */
            pass_fail: boolean;
            /** @description How far scores can be apart, by the annotation config; 1 if all are 0 or 1; null if not known. */
            range: number | null;
            /** @description From which labels to which, the 100 most frequent first, and all others together. Empty unless examples have labels on both sides. */
            label_transitions: components["schemas"]["LabelTransition"][];
        };
        /** @description Two experiments over the same dataset, compared example by example. */
        Comparison: {
            /** @description The experiment. */
            experiment: components["schemas"]["ComparedExperiment"];
            /** @description What it is compared with. */
            baseline: components["schemas"]["ComparedExperiment"];
            /** @description The `margin` of the request; null if there was none. */
            margin: number | null;
            /** @description The `include_changed` of the request. */
            include_changed: boolean;
            /** @description Examples that both have, without those that are left out as `changed`. */
            compared_example_count: number;
            /** @description Examples that only the experiment has. */
            only_experiment: components["schemas"]["ExampleSample"];
            /** @description Examples that only the baseline has. */
            only_baseline: components["schemas"]["ExampleSample"];
            /** @description Examples that both have with different content, in different versions of the dataset. Left out unless `include_changed`. */
            changed: components["schemas"]["ExampleSample"];
            /**
             * @description The evaluations of each name that either side has, or of those that `evaluation` names, in the order of names; of the first 100, where there
             *     are more. They are one family.
             */
            evaluations: components["schemas"]["ComparedMetric"][];
            /** @description Whether there are more names than these; `evaluation` asks for them. */
            more_evaluations: boolean;
            /** @description How long successful runs took, in milliseconds. Latency, errors and tokens are a family of their own, and `margin` says nothing of them. */
            latency_ms: components["schemas"]["ComparedMetric"];
            /** @description The share of an example's runs that failed. */
            error_rate: components["schemas"]["ComparedMetric"];
            /** @description Tokens of prompts, as far as the spans of a run's trace are stored now, say so and may be seen by the caller. */
            prompt_tokens: components["schemas"]["ComparedMetric"];
            /** @description Tokens of completions, likewise. */
            completion_tokens: components["schemas"]["ComparedMetric"];
        };
        /** @description Any JSON value; content of the user's, kept and returned exactly as sent (key order, spelling of numbers). At most 500 levels deep. */
        JsonValue: unknown;
        /** @description A run of a compared example, and what the evaluation says of it. */
        ComparedRun: {
            /** @description The run's id. */
            id: string;
            /** @description Which repetition this is, from 1. */
            repetition_number: number;
            output: components["schemas"]["JsonValue"];
            /** @description Why the task failed. */
            error: string | null;
            /** @description How long it took, in milliseconds; may be negative. */
            latency_ms: number;
            /** @description The OpenTelemetry id of the trace of the task. */
            trace_id: string | null;
            /** @description The score. */
            score: number | null;
            /** @description The label. */
            label: string | null;
            /** @description Why, in the evaluator's words. */
            explanation: string | null;
            /** @description Why the evaluator failed. */
            evaluation_error: string | null;
        };
        /** @description An example as one experiment has it, and what came of it there. */
        ComparedExampleSide: {
            input: components["schemas"]["JsonObject"];
            reference_output: components["schemas"]["JsonObject"];
            /** @description The mean of the example's scores; null if it has none. */
            value: number | null;
            /** @description The sample standard deviation of its scores, over repetitions. */
            spread: components["schemas"]["Quantity"];
            /** @description Whether its repetitions differ in their label, or in pass and failure where all scores are 0 or 1. */
            flaky: boolean;
            /** @description How many runs it has. */
            run_count: number;
            /** @description The first 10 of them, in the order of repetitions. */
            runs: components["schemas"]["ComparedRun"][];
        };
        /** @description An example of two experiments, side by side, under one evaluation. */
        ComparedExample: {
            /** @description The example's `node_id`. */
            example_id: string;
            /** @description The name of the evaluation; null if neither side has any. */
            evaluation: string | null;
            /**
             * @description What became of it: `improved`, `regressed`, or `unchanged` (equal but for rounding); `only_baseline` or `only_experiment` if the other side does
             *     not have it; `changed` if its content differs and it is left out for that; `unscored` if a side has no score of it. Null if its values differ
             *     and neither direction is better.
             * @enum {string|null}
             */
            change: "improved" | "regressed" | "unchanged" | "changed" | "unscored" | "only_baseline" | "only_experiment" | null;
            /** @description Whether its content differs between the two sides' versions of the dataset. */
            content_changed: boolean;
            /** @description The experiment's value less the baseline's; null unless it is compared, and both have one, and a double can hold it. */
            difference: number | null;
            /** @description The baseline's side; null if it does not have the example. */
            baseline: components["schemas"]["ComparedExampleSide"] | null;
            /** @description The experiment's side; null if it does not have the example. */
            experiment: components["schemas"]["ComparedExampleSide"] | null;
        };
        /** @description What a comparison to come could tell of the evaluations of one name. */
        EvaluationPower: {
            /** @description The evaluations' name. */
            name: string;
            /** @description Whether McNemar's exact test is planned for: all scores are 0 or 1, and there is one repetition on each side. Otherwise it is Student's. */
            pass_fail: boolean;
            /** @description The examples that the deviations are computed from. */
            scored_example_count: number;
            /** @description The runs that the deviations are computed from. */
            scored_run_count: number;
            /** @description How far examples' true values are apart, as a standard deviation. Without repetitions it holds the noise within examples, too. */
            between_deviation: components["schemas"]["Quantity"];
            /** @description How far repetitions of one example are apart, as a standard deviation. */
            within_deviation: components["schemas"]["Quantity"];
            /**
             * @description How the two sides' values of an example go together, from −1 to 1: of the experiment and `baseline`, or as it was assumed. `no_variance` where the
             *     examples of one side differ no more than repetitions of one do: then the rest is answered without it.
             */
            correlation: components["schemas"]["Quantity"];
            /** @description What follows for an example's difference: its standard deviation. */
            deviation: components["schemas"]["Quantity"];
            /** @description The smallest difference that is found with the chance `power`, at `examples` and the repetitions of both sides. */
            detectable_difference: components["schemas"]["Quantity"];
            /** @description The chance to find `difference` at `examples` and the repetitions of both sides; null if the request has no `difference`. */
            power: components["schemas"]["Quantity"] | null;
            /** @description How many examples it takes to find `difference` at the repetitions of both sides, up to 1,000,000; null if the request has no `difference`. */
            examples_needed: components["schemas"]["Quantity"] | null;
            /** @description How many repetitions on each side it takes to find `difference` at `examples`, up to 10,000; null if the request has no `difference`. */
            repetitions_needed: components["schemas"]["Quantity"] | null;
        };
        /** @description What comparisons with an experiment could tell, planned from its scores. */
        Power: {
            /** @description The experiment whose scores say how much they vary. */
            experiment_id: string;
            /** @description The experiment that the correlation is computed with; null if none was named. */
            baseline_id: string | null;
            /** @description The difference that is to be found; null if none was given. */
            difference: number | null;
            /** @description The number of examples planned for. */
            examples: number;
            /** @description The number of repetitions planned for on the experiment's side. */
            repetitions: number;
            /** @description The number of repetitions planned for on the baseline's side. */
            baseline_repetitions: number;
            /** @description What p has to be below to count as found. */
            alpha: number;
            /** @description The chance to find it that is asked for, from 0 to 1. */
            power: number;
            /**
             * @description Where the correlation comes from: the scores of both experiments, the request, or an assumption of 0.5.
             * @enum {string}
             */
            correlation_source: "baseline" | "request" | "assumed";
            /** @description The evaluations of each name, or of those that `evaluation` names, in the order of names; of the first 20, where there are more. */
            evaluations: components["schemas"]["EvaluationPower"][];
            /** @description Whether there are more names than these; `evaluation` asks for them. */
            more_evaluations: boolean;
        };
        /** @description `end_time` less `start_time`, in milliseconds; may be negative. */
        LatencyMs: number;
        /**
         * @description Tokens of the prompts in the trace (`llm.token_count.prompt`), as far as its spans are stored now and the caller may see them. Spans of the kind LLM
         *     count; where one is inside another, which repeats what it took, the innermost. Null if none says.
         */
        PromptTokenCount: number | null;
        /** @description Tokens of the completions in the trace (`llm.token_count.completion`), likewise. */
        CompletionTokenCount: number | null;
        /**
         * @description What kind of annotator evaluated.
         * @enum {string}
         */
        AnnotatorKind: "LLM" | "CODE" | "HUMAN";
        /** @description An evaluation of a run. */
        ExportedEvaluation: {
            /** @description The evaluation's name. */
            name: string;
            annotator_kind: components["schemas"]["AnnotatorKind"];
            /** @description A category. */
            label: string | null;
            /** @description A number. */
            score: number | null;
            /** @description Why. */
            explanation: string | null;
            /** @description The OpenTelemetry id of the trace of the evaluator. */
            trace_id: string | null;
            /** @description Why the evaluator failed. */
            error: string | null;
            metadata: components["schemas"]["JsonObject"];
            start_time: components["schemas"]["Timestamp"];
            end_time: components["schemas"]["Timestamp"];
        };
        /** @description A run with its example and its evaluations. */
        ExportedRun: {
            /** @description The `node_id` of the example. */
            example_id: string;
            /** @description Which repetition this is, from 1. */
            repetition_number: number;
            input: components["schemas"]["JsonObject"];
            reference_output: components["schemas"]["JsonObject"];
            output: components["schemas"]["JsonValue"];
            /** @description Why the task failed. */
            error: string | null;
            latency_ms: components["schemas"]["LatencyMs"];
            start_time: components["schemas"]["Timestamp"];
            end_time: components["schemas"]["Timestamp"];
            /** @description The OpenTelemetry id of the trace of the task. */
            trace_id: string | null;
            prompt_token_count: components["schemas"]["PromptTokenCount"];
            completion_token_count: components["schemas"]["CompletionTokenCount"];
            /** @description The evaluations of the run, in the order of their ids. */
            annotations: components["schemas"]["ExportedEvaluation"][];
        };
        /** @description What an evaluator said of a run. */
        ExperimentEvaluation: {
            /** @description The evaluation's id. */
            id: string;
            /** @description The run's id. */
            experiment_run_id: string;
            /** @description The evaluation's name. */
            name: string;
            annotator_kind: components["schemas"]["AnnotatorKind"];
            /** @description A category. */
            label: string | null;
            /** @description A number. */
            score: number | null;
            /** @description Why. */
            explanation: string | null;
            /** @description Why the evaluator failed; null means that it did not. */
            error: string | null;
            metadata: components["schemas"]["JsonObject"];
            /** @description The OpenTelemetry id of the trace of the evaluator. */
            trace_id: string | null;
            start_time: components["schemas"]["Timestamp"];
            end_time: components["schemas"]["Timestamp"];
        };
        /** @description What the task made of an example, once. In lists its token counts are only there if they are asked for (`include`). */
        ExperimentRun: {
            /** @description The `node_id` of the example. */
            dataset_example_id: string;
            output: components["schemas"]["JsonValue"];
            /** @description Which repetition this is, from 1. */
            repetition_number: number;
            start_time: components["schemas"]["Timestamp"];
            end_time: components["schemas"]["Timestamp"];
            /** @description The OpenTelemetry id of the trace of the task. */
            trace_id: string | null;
            /** @description Why the task failed; null means that it did not. */
            error: string | null;
            /** @description The run's id. */
            id: string;
            /** @description The experiment's id. */
            experiment_id: string;
            /** @description What evaluators said of the run, in the order in which they first did. Only there if it is asked for (`include`). */
            evaluations?: components["schemas"]["ExperimentEvaluation"][];
            latency_ms: components["schemas"]["LatencyMs"];
            prompt_token_count?: components["schemas"]["PromptTokenCount"];
            completion_token_count?: components["schemas"]["CompletionTokenCount"];
        };
        /**
         * Format: timestamp
         * @description A moment, between the years 1 and 9999: ISO 8601 (a date, or a date and a time with or without seconds, fraction and offset; no offset
         *     means UTC; digits after the sixth are dropped), or a unix time as a number or numeric string, in seconds, or in milliseconds where its
         *     magnitude is above 2e10.
         * @example 2026-11-22T09:30:00.125Z
         */
        TimestampInput: string | number;
        /** @description A run to record. */
        ExperimentRunCreate: {
            /** @description The `node_id` of an example of the experiment. */
            dataset_example_id: components["schemas"]["Id"];
            output?: components["schemas"]["JsonValue"];
            /** @description Which repetition this is, from 1. It may exceed the experiment's `repetitions`. */
            repetition_number: number;
            start_time: components["schemas"]["TimestampInput"];
            end_time: components["schemas"]["TimestampInput"];
            /** @description The OpenTelemetry id of the trace of the task. */
            trace_id?: components["schemas"]["NullableText"];
            /** @description Why the task failed; absent or null means that it did not. A run with an error can be recorded again. */
            error?: components["schemas"]["NullableText"];
        };
        /** @description What an evaluator found, or null. Every part is optional. */
        EvaluationResult: {
            /** @description A category. */
            label?: components["schemas"]["NullableText"];
            /** @description A finite number; as Phoenix takes them, true and false count as 1 and 0, and a string as the number that it spells. */
            score?: number | boolean | string | null;
            /** @description Why. */
            explanation?: components["schemas"]["NullableText"];
        } | null;
        /** @description What an evaluator said of the run that this is part of. At least one of `result` and `error` is given. */
        RunEvaluation: {
            /** @description The evaluation's name; a run has at most one evaluation of a name. */
            name: components["schemas"]["Name"];
            annotator_kind: components["schemas"]["AnnotatorKind"];
            start_time: components["schemas"]["TimestampInput"];
            end_time: components["schemas"]["TimestampInput"];
            result?: components["schemas"]["EvaluationResult"];
            /** @description Why the evaluator failed. */
            error?: components["schemas"]["NullableText"];
            /** @description Anything worth keeping of the evaluation. Null means `{}`. */
            metadata?: components["schemas"]["NullableJsonObject"];
            /** @description The OpenTelemetry id of the trace of the evaluator. */
            trace_id?: components["schemas"]["NullableText"];
        };
        /** @description A run to record, together with what evaluators said of it. */
        ExperimentRunWithEvaluations: {
            /** @description The `node_id` of an example of the experiment. */
            dataset_example_id: components["schemas"]["Id"];
            output?: components["schemas"]["JsonValue"];
            /** @description Which repetition this is, from 1. It may exceed the experiment's `repetitions`. */
            repetition_number: number;
            start_time: components["schemas"]["TimestampInput"];
            end_time: components["schemas"]["TimestampInput"];
            /** @description The OpenTelemetry id of the trace of the task. */
            trace_id?: components["schemas"]["NullableText"];
            /** @description Why the task failed; absent or null means that it did not. A run with an error can be recorded again. */
            error?: components["schemas"]["NullableText"];
            /** @description What evaluators said of the run; of two with one name the last holds. Other evaluations of the run stay. */
            evaluations?: components["schemas"]["RunEvaluation"][] | null;
        };
        /** @description Runs to record. */
        ExperimentRunBatch: {
            /** @description The runs, at most 100,000. */
            runs: components["schemas"]["ExperimentRunWithEvaluations"][];
        };
        /** @description Why an item of a batch is rejected; what `Problem` says of a request, less what is the same for all of its items. */
        RejectedItem: {
            /** @description The status that a request with this item alone would be answered with. */
            status: number;
            code: components["schemas"]["ProblemCode"];
            /** @description What is wrong with this item. */
            detail: string;
            /** @description The field at fault, if it is one. */
            errors?: components["schemas"]["ProblemField"][];
        };
        /** @description What became of a run of a batch. */
        RecordedRun: {
            /**
             * @description `created`; `replaced`, as the run that was there had failed; `exists`, as a successful run with the same output was there, whose
             *     evaluations are recorded; `rejected`, and nothing of it is recorded.
             * @enum {string}
             */
            outcome: "created" | "replaced" | "exists" | "rejected";
            /** @description The run's id, unless it is rejected. */
            id?: string;
            problem?: components["schemas"]["RejectedItem"];
        };
        /** @description An example whose runs are not all there. */
        IncompleteRun: {
            dataset_example: components["schemas"]["DatasetExample"];
            /** @description The repetitions without a successful run, ascending. */
            repetition_numbers: number[];
        };
        /** @description A successful run whose evaluations are not all there. */
        IncompleteEvaluation: {
            experiment_run: components["schemas"]["ExperimentRun"];
            dataset_example: components["schemas"]["DatasetExample"];
            /** @description The names, of those asked for, under which the run has no evaluation without an error, ascending. */
            evaluation_names: string[];
        };
        /** @description A name that points at one experiment of a dataset. */
        ExperimentTag: {
            /** @description The tag's id; it stays the same when the tag moves to another experiment. */
            id: string;
            /** @description Unique among the tags of the dataset. */
            name: string;
            /** @description Why the tag is where it is. */
            description: string | null;
        };
        /** @description A tag to give to an experiment. */
        ExperimentTagUpsert: {
            /**
             * @description Lower-case letters, digits, `_` and `-`, a letter or a digit first and last; at most 500 characters. By convention `baseline` is the
             *     experiment that others are compared with.
             */
            name: components["schemas"]["Name"];
            /** @description Why the tag is given; replaces what was said of it before, also if it is absent. */
            description?: components["schemas"]["NullableText"];
        };
        /** @description What an evaluator said of a run. At least one of `result` and `error` is given. */
        EvaluationUpsert: {
            /** @description The run's id. */
            experiment_run_id: components["schemas"]["Id"];
            /** @description The evaluation's name; a run has at most one evaluation of a name. */
            name: components["schemas"]["Name"];
            annotator_kind: components["schemas"]["AnnotatorKind"];
            start_time: components["schemas"]["TimestampInput"];
            end_time: components["schemas"]["TimestampInput"];
            result?: components["schemas"]["EvaluationResult"];
            /** @description Why the evaluator failed. */
            error?: components["schemas"]["NullableText"];
            /** @description Anything worth keeping of the evaluation. Null means `{}`. */
            metadata?: components["schemas"]["NullableJsonObject"];
            /** @description The OpenTelemetry id of the trace of the evaluator. */
            trace_id?: components["schemas"]["NullableText"];
        };
        /** @description Evaluations to record. */
        EvaluationBatch: {
            /** @description The evaluations, of runs of any experiments; at most 100,000. */
            evaluations: components["schemas"]["EvaluationUpsert"][];
        };
        /** @description What became of an evaluation of a batch. */
        RecordedEvaluation: {
            /**
             * @description `created`; `replaced`, as its run had one of this name; `rejected`, and nothing of it is recorded.
             * @enum {string}
             */
            outcome: "created" | "replaced" | "rejected";
            /** @description The evaluation's id, unless it is rejected. */
            id?: string;
            problem?: components["schemas"]["RejectedItem"];
        };
        /** @description A label that annotations may have, and what it counts for. */
        CategoricalAnnotationValue: {
            /** @description The label; no other value of the config has it. */
            label: components["schemas"]["Text"];
            /** @description The score that stands for the label. Null or absent for none. */
            score?: number | null;
        };
        /** @description Annotations that have one of a list of labels. */
        CategoricalAnnotationConfig: {
            /** @description The name of the annotations, or evaluations, that it speaks of; unique among configs. */
            name: string;
            /**
             * @description What kind of annotations these are: here, labels. (enum property replaced by openapi-typescript) (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "CATEGORICAL";
            /** @description What they say. */
            description: string | null;
            optimization_direction: components["schemas"]["OptimizationDirection"];
            /** @description The labels, in the order in which they were given. */
            values: components["schemas"]["CategoricalAnnotationValue"][];
            /** @description The config's id, in which its type is named; it stays valid if the type changes. */
            id: string;
        };
        /** @description Annotations that have a score. */
        ContinuousAnnotationConfig: {
            /** @description The name of the annotations, or evaluations, that it speaks of; unique among configs. */
            name: string;
            /**
             * @description What kind of annotations these are: here, scores. (enum property replaced by openapi-typescript) (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "CONTINUOUS";
            /** @description What they say. */
            description: string | null;
            optimization_direction: components["schemas"]["OptimizationDirection"];
            /** @description The lowest score; null for none. */
            lower_bound: number | null;
            /** @description The highest score; null for none. */
            upper_bound: number | null;
            /** @description The config's id, in which its type is named; it stays valid if the type changes. */
            id: string;
        };
        /** @description Annotations in words; with a score, if its direction, threshold or bounds say what the score means. */
        FreeformAnnotationConfig: {
            /** @description The name of the annotations, or evaluations, that it speaks of; unique among configs. */
            name: string;
            /**
             * @description What kind of annotations these are: here, words. (enum property replaced by openapi-typescript) (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "FREEFORM";
            /** @description What they say. */
            description: string | null;
            /**
             * @description Whether a lower or a higher score is better; null if nothing is said of it.
             * @enum {string|null}
             */
            optimization_direction: "MINIMIZE" | "MAXIMIZE" | "NONE" | null;
            /** @description The score that divides good from bad; null for none. */
            threshold: number | null;
            /** @description The lowest score; null for none. */
            lower_bound: number | null;
            /** @description The highest score; null for none. */
            upper_bound: number | null;
            /** @description The config's id, in which its type is named; it stays valid if the type changes. */
            id: string;
        };
        /** @description What the annotations, or evaluations, of a name mean. */
        AnnotationConfig: components["schemas"]["CategoricalAnnotationConfig"] | components["schemas"]["ContinuousAnnotationConfig"] | components["schemas"]["FreeformAnnotationConfig"];
        /**
         * @description Annotations that have one of a list of labels.
         * @example {
         *       "name": "correctness",
         *       "type": "CATEGORICAL",
         *       "description": "Whether the answer is right",
         *       "optimization_direction": "MAXIMIZE",
         *       "values": [
         *         {
         *           "label": "correct",
         *           "score": 1
         *         },
         *         {
         *           "label": "incorrect",
         *           "score": 0
         *         },
         *         {
         *           "label": "unclear",
         *           "score": null
         *         }
         *       ]
         *     }
         */
        CategoricalAnnotationConfigData: {
            /** @description The name of the annotations, or evaluations, that it speaks of. */
            name: components["schemas"]["Name"];
            /**
             * @description What kind of annotations these are: here, labels. (enum property replaced by openapi-typescript) (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "CATEGORICAL";
            /** @description What they say. */
            description?: components["schemas"]["NullableText"];
            optimization_direction: components["schemas"]["OptimizationDirection"];
            /** @description The labels; at least one, no two the same. */
            values: components["schemas"]["CategoricalAnnotationValue"][];
        };
        /**
         * @description Annotations that have a score.
         * @example {
         *       "name": "latency",
         *       "type": "CONTINUOUS",
         *       "description": "Seconds until the answer",
         *       "optimization_direction": "MINIMIZE",
         *       "lower_bound": 0,
         *       "upper_bound": null
         *     }
         */
        ContinuousAnnotationConfigData: {
            /** @description The name of the annotations, or evaluations, that it speaks of. */
            name: components["schemas"]["Name"];
            /**
             * @description What kind of annotations these are: here, scores. (enum property replaced by openapi-typescript) (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "CONTINUOUS";
            /** @description What they say. */
            description?: components["schemas"]["NullableText"];
            optimization_direction: components["schemas"]["OptimizationDirection"];
            /** @description The lowest score; null or absent for none. */
            lower_bound?: number | null;
            /** @description The highest score, above `lower_bound`; null or absent for none. */
            upper_bound?: number | null;
        };
        /**
         * @description Annotations in words; with a score, if its direction, threshold or bounds say what the score means.
         * @example {
         *       "name": "tone",
         *       "type": "FREEFORM",
         *       "description": "What a reader would say of the tone",
         *       "optimization_direction": "MAXIMIZE",
         *       "threshold": 0.5,
         *       "lower_bound": 0,
         *       "upper_bound": 1
         *     }
         */
        FreeformAnnotationConfigData: {
            /** @description The name of the annotations, or evaluations, that it speaks of. */
            name: components["schemas"]["Name"];
            /**
             * @description What kind of annotations these are: here, words. (enum property replaced by openapi-typescript) (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "FREEFORM";
            /** @description What they say. */
            description?: components["schemas"]["NullableText"];
            /**
             * @description Whether a lower or a higher score is better; null or absent if nothing is said of it.
             * @enum {string|null}
             */
            optimization_direction?: "MINIMIZE" | "MAXIMIZE" | "NONE" | null;
            /** @description The score that divides good from bad; null or absent for none. */
            threshold?: number | null;
            /** @description The lowest score; null or absent for none. */
            lower_bound?: number | null;
            /** @description The highest score, above `lower_bound`; null or absent for none. */
            upper_bound?: number | null;
        };
        /** @description What the annotations, or evaluations, of a name mean. */
        AnnotationConfigData: components["schemas"]["CategoricalAnnotationConfigData"] | components["schemas"]["ContinuousAnnotationConfigData"] | components["schemas"]["FreeformAnnotationConfigData"];
        /** @description What spans belong to. */
        Project: {
            /** @description Unique among projects. */
            name: string;
            /** @description What it is for, if whoever made it said so. */
            description: string | null;
            /** @description The project's id. */
            id: string;
        };
        /** @description The OpenTelemetry ids of a span, lower-case hexadecimal. */
        SpanContext: {
            /** @description The id of the trace, 32 digits. */
            trace_id: string;
            /** @description The id of the span in it, 16 digits. */
            span_id: string;
        };
        /** @description Something that happened at a moment of a span. */
        SpanEvent: {
            /** @description What happened. */
            name: string;
            timestamp: components["schemas"]["Timestamp"];
            attributes: components["schemas"]["JsonObject"];
        };
        /** @description A step of a trace, as it was exported. */
        Span: {
            /** @description The id that Assay gave the span. */
            id: string;
            /** @description What the step is called. */
            name: string;
            context: components["schemas"]["SpanContext"];
            /** @description OpenInference's kind (CHAIN, LLM, EVALUATOR …); UNKNOWN if the span does not say. */
            span_kind: string;
            /** @description The OpenTelemetry id of the span that this one is a part of; null for a root. */
            parent_id: string | null;
            start_time: components["schemas"]["Timestamp"];
            end_time: components["schemas"]["Timestamp"];
            /** @description OK, ERROR or UNSET. */
            status_code: string;
            /** @description What went wrong; empty if nothing did. */
            status_message: string;
            attributes: components["schemas"]["JsonObject"];
            /** @description What happened meanwhile, in the order of the export. */
            events: components["schemas"]["SpanEvent"][];
        };
        /**
         * @description What a key may do: `read` reads, `write` also records, uploads and deletes, `admin` also manages keys.
         * @enum {string}
         */
        KeyKind: "read" | "write" | "admin";
        /** @description What a caller sends as `Authorization: Bearer`, without the secret itself. */
        ApiKey: {
            /** @description The key's id. */
            id: string;
            /** @description What the key is for; not unique. */
            name: string;
            /** @description More of what the key is for. */
            description: string | null;
            kind: components["schemas"]["KeyKind"];
            /** @description The only datasets that the key sees; null for all. */
            dataset_ids: string[] | null;
            created_at: components["schemas"]["Timestamp"];
            /** @description From when on the key is refused; null for never. */
            expires_at: components["schemas"]["Timestamp"] | null;
            /** @description When the key was last used, to within a minute or so; null if it never was. */
            last_used_at: components["schemas"]["Timestamp"] | null;
        };
        /** @description What a key is to be. */
        ApiKeyData: {
            /** @description What the key is for. */
            name: components["schemas"]["Name"];
            /** @description More of what the key is for. */
            description?: components["schemas"]["NullableText"];
            /**
             * Format: timestamp
             * @description From when on the key is refused, as any time that Assay takes; it must be to come. Absent or null for never.
             */
            expires_at?: string | number | null;
            /** @default write */
            kind: components["schemas"]["KeyKind"];
            /** @description The only datasets that the key is to see. Absent or null for all. An admin key sees all. */
            dataset_ids?: components["schemas"]["Id"][] | null;
        };
        /** @description A key to create. */
        ApiKeyCreate: {
            data: components["schemas"]["ApiKeyData"];
        };
        /** @description A new key, with its secret. */
        CreatedApiKey: {
            /** @description The key's id. */
            id: string;
            /** @description What the key is for; not unique. */
            name: string;
            /** @description More of what the key is for. */
            description: string | null;
            kind: components["schemas"]["KeyKind"];
            /** @description The only datasets that the key sees; null for all. */
            dataset_ids: string[] | null;
            created_at: components["schemas"]["Timestamp"];
            /** @description From when on the key is refused; null for never. */
            expires_at: components["schemas"]["Timestamp"] | null;
            /** @description Null, as it has not been used. */
            last_used_at: components["schemas"]["Timestamp"] | null;
            /** @description The secret, to be sent as `Authorization: Bearer`. It is shown now and never again. */
            key: string;
        };
    };
    responses: {
        /** @description Something went wrong in the service */
        Error: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:assay:problem:internal",
                 *       "title": "Something went wrong in the service",
                 *       "status": 500,
                 *       "detail": "The log has the reason, under this request_id.",
                 *       "instance": "/v1/datasets",
                 *       "code": "internal",
                 *       "request_id": "01931a6f-5b0e-7c3a-9d4e-2f6b8a1c0d57"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The request cannot be read */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:assay:problem:bad_request",
                 *       "title": "The request cannot be read",
                 *       "status": 400,
                 *       "detail": "The query is not valid UTF-8.",
                 *       "instance": "/v1/datasets",
                 *       "code": "bad_request",
                 *       "request_id": "01931a6f-5b0e-7c3a-9d4e-2f6b8a1c0d57"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A valid key is needed */
        Unauthenticated: {
            headers: {
                /**
                 * @description How to authenticate.
                 * @example Bearer realm="Assay"
                 */
                "WWW-Authenticate"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:assay:problem:unauthenticated",
                 *       "title": "A valid key is needed",
                 *       "status": 401,
                 *       "detail": "Send `Authorization: Bearer` and a key.",
                 *       "instance": "/v1/datasets",
                 *       "code": "unauthenticated",
                 *       "request_id": "01931a6f-5b0e-7c3a-9d4e-2f6b8a1c0d57"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The key does not allow this, or the service is read-only */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:assay:problem:forbidden",
                 *       "title": "The key does not allow this",
                 *       "status": 403,
                 *       "detail": "A read key cannot do this; it takes a write key.",
                 *       "instance": "/v1/datasets",
                 *       "code": "forbidden",
                 *       "request_id": "01931a6f-5b0e-7c3a-9d4e-2f6b8a1c0d57"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The request is invalid */
        Invalid: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:assay:problem:invalid_request",
                 *       "title": "The request is invalid",
                 *       "status": 422,
                 *       "detail": "/query/limit must be >= 1",
                 *       "instance": "/v1/datasets",
                 *       "code": "invalid_request",
                 *       "request_id": "01931a6f-5b0e-7c3a-9d4e-2f6b8a1c0d57",
                 *       "errors": [
                 *         {
                 *           "pointer": "/query/limit",
                 *           "detail": "must be >= 1",
                 *           "code": "minimum"
                 *         }
                 *       ]
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The key has made too many requests */
        RateLimited: {
            headers: {
                /**
                 * @description After how many seconds the next request may be made.
                 * @example 12
                 */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:assay:problem:rate_limited",
                 *       "title": "Too many requests",
                 *       "status": 429,
                 *       "detail": "This key may make 600 requests a minute.",
                 *       "instance": "/v1/datasets",
                 *       "code": "rate_limited",
                 *       "request_id": "01931a6f-5b0e-7c3a-9d4e-2f6b8a1c0d57"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The name is taken */
        DatasetExists: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:assay:problem:dataset_exists",
                 *       "title": "The name is taken",
                 *       "status": 409,
                 *       "detail": "A dataset named \"questions\" already exists.",
                 *       "instance": "/v1/datasets",
                 *       "code": "dataset_exists",
                 *       "request_id": "01931a6f-5b0e-7c3a-9d4e-2f6b8a1c0d57"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is too large */
        BodyTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:assay:problem:body_too_large",
                 *       "title": "The body is too large",
                 *       "status": 413,
                 *       "detail": "The body may have 67108864 bytes at most.",
                 *       "instance": "/v1/datasets",
                 *       "code": "body_too_large",
                 *       "request_id": "01931a6f-5b0e-7c3a-9d4e-2f6b8a1c0d57"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The media type is not supported */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:assay:problem:unsupported_media_type",
                 *       "title": "The media type is not supported",
                 *       "status": 415,
                 *       "detail": "Send application/json, not text/plain.",
                 *       "instance": "/v1/datasets",
                 *       "code": "unsupported_media_type",
                 *       "request_id": "01931a6f-5b0e-7c3a-9d4e-2f6b8a1c0d57"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such thing */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:assay:problem:not_found",
                 *       "title": "There is no such thing",
                 *       "status": 404,
                 *       "detail": "Dataset with ID RGF0YXNldDox not found",
                 *       "instance": "/v1/datasets",
                 *       "code": "not_found",
                 *       "request_id": "01931a6f-5b0e-7c3a-9d4e-2f6b8a1c0d57"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The id is taken */
        ExampleExists: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:assay:problem:example_exists",
                 *       "title": "The id is taken",
                 *       "status": 409,
                 *       "detail": "The dataset has an example with the id 'q1', RGF0YXNldEV4YW1wbGU6MQ==.",
                 *       "instance": "/v1/datasets/RGF0YXNldDox/examples",
                 *       "code": "example_exists",
                 *       "request_id": "01931a6f-5b0e-7c3a-9d4e-2f6b8a1c0d57"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A request with the same `idempotency-key` is under way */
        RequestInProgress: {
            headers: {
                /**
                 * @description After how many seconds the answer may be there.
                 * @example 1
                 */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:assay:problem:request_in_progress",
                 *       "title": "The same request is under way",
                 *       "status": 409,
                 *       "detail": "A request with this idempotency-key is under way. Try again for its answer.",
                 *       "instance": "/v1/datasets/RGF0YXNldDox/experiments",
                 *       "code": "request_in_progress",
                 *       "request_id": "01931a6f-5b0e-7c3a-9d4e-2f6b8a1c0d57"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The name is taken */
        SplitExists: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:assay:problem:split_exists",
                 *       "title": "The name is taken",
                 *       "status": 409,
                 *       "detail": "A dataset split named 'train' already exists",
                 *       "instance": "/v1/datasets/RGF0YXNldDox/splits",
                 *       "code": "split_exists",
                 *       "request_id": "01931a6f-5b0e-7c3a-9d4e-2f6b8a1c0d57"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The name is taken */
        LabelExists: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:assay:problem:label_exists",
                 *       "title": "The name is taken",
                 *       "status": 409,
                 *       "detail": "A dataset label named 'reviewed' already exists",
                 *       "instance": "/v1/dataset_labels",
                 *       "code": "label_exists",
                 *       "request_id": "01931a6f-5b0e-7c3a-9d4e-2f6b8a1c0d57"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The run has a successful result */
        RunExists: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:assay:problem:run_exists",
                 *       "title": "The run has a successful result",
                 *       "status": 409,
                 *       "detail": "Experiment run RXhwZXJpbWVudFJ1bjoxMzQyMTc3Mjk= already exists with a successful result and cannot be updated",
                 *       "instance": "/v1/datasets",
                 *       "code": "run_exists",
                 *       "request_id": "01931a6f-5b0e-7c3a-9d4e-2f6b8a1c0d57"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The name is taken */
        AnnotationConfigExists: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:assay:problem:annotation_config_exists",
                 *       "title": "The name is taken",
                 *       "status": 409,
                 *       "detail": "The name of the annotation configuration is already taken",
                 *       "instance": "/v1/annotation_configs",
                 *       "code": "annotation_config_exists",
                 *       "request_id": "01931a6f-5b0e-7c3a-9d4e-2f6b8a1c0d57"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /** @description The `next_cursor` of the page before. Empty means the first page. */
        Cursor: components["schemas"]["Text"];
        /** @description The most rows to return, from 1; above 1000 means 1000. */
        Limit10: number;
        /**
         * @description Makes it safe to send the request again: a word of the caller's own, a UUID for one. For 24 hours the same request with the same key is
         *     answered with the answer that the first had, and does nothing. With another query or body the key is refused (422); while a request with
         *     it is under way, too (409). Only successes are remembered. A key counts for its caller and path.
         */
        IdempotencyKey: string;
        /**
         * @description The dataset's id.
         * @example RGF0YXNldDox
         */
        DatasetId: components["schemas"]["Id"];
        /** @description The version of the dataset; the latest if absent or empty. */
        VersionId: components["schemas"]["Id"];
        /** @description Only the examples that are in any of these splits now (names or ids). Repeat it for more than one. */
        Splits: components["schemas"]["Text"][];
        /**
         * @description The example's `node_id`.
         * @example RGF0YXNldEV4YW1wbGU6MQ==
         */
        ExampleId: components["schemas"]["Id"];
        /**
         * @description Make the file safe to open in a spreadsheet: a cell that would be taken for a formula, beginning with `=`, `+`, `-`, `@`, a tab or a
         *     carriage return, gets a `'` before it, a negative number too. Such a file is not what was stored: without this parameter cells are exact.
         */
        Spreadsheet: boolean;
        /** @description The most rows to return, from 1; above 1000 means 1000. */
        Limit50: number;
        /** @description `summary` adds to each experiment what its runs and evaluations amount to. */
        IncludeSummary: "summary"[];
        /**
         * @description The dataset's id or its name, percent-encoded (`/` as `%2F`). What reads as the id of a dataset is taken for one.
         * @example questions
         */
        DatasetIdentifier: components["schemas"]["Name"];
        /** @description The most rows to return, from 1; above 1000 means 1000. */
        Limit100: number;
        /**
         * @description The split's id.
         * @example RGF0YXNldFNwbGl0OjE=
         */
        SplitId: components["schemas"]["Id"];
        /**
         * @description The label's id.
         * @example RGF0YXNldExhYmVsOjE=
         */
        LabelId: components["schemas"]["Id"];
        /**
         * @description The experiment's id.
         * @example RXhwZXJpbWVudDox
         */
        ExperimentId: components["schemas"]["Id"];
        /**
         * @description What to compare with: the id of an experiment over the same dataset, or the name of one of the dataset's tags. If absent or empty, the experiment
         *     that the tag `baseline` points at.
         */
        Baseline: components["schemas"]["Name"];
        /** @description Only the evaluations of this name. Repeat it for more than one; above 100, the first 100 count. */
        EvaluationNames: components["schemas"]["Text"][];
        /** @description Lower scores are better in the evaluations of this name, whatever its annotation config says. Repeat it for more than one. */
        Minimize: components["schemas"]["Text"][];
        /** @description Higher scores are better in the evaluations of this name, whatever its annotation config or `minimize` says. Repeat it for more than one. */
        Maximize: components["schemas"]["Text"][];
        /** @description Also compare examples whose content differs between the two sides' versions of the dataset. */
        IncludeChanged: boolean;
        /**
         * @description All or nothing: if an item is rejected, nothing is recorded, and the answer is a problem whose `errors` name the rejected items (the first
         *     1000 of them). Such a batch is in memory as a whole, so it may be no larger than a JSON body (`ASSAY_MAX_BODY_BYTES`).
         */
        Atomic: boolean;
        /**
         * @description The run's id.
         * @example RXhwZXJpbWVudFJ1bjoxMzQyMTc3Mjk=
         */
        RunId: components["schemas"]["Id"];
        /**
         * @description The tag's id or name.
         * @example baseline
         */
        TagIdentifier: components["schemas"]["Name"];
        /**
         * @description The config's id or name.
         * @example correctness
         */
        AnnotationConfigIdentifier: components["schemas"]["Name"];
        /**
         * @description The project's id or its name, percent-encoded (`/` as `%2F`). What reads as the id of a project is taken for one.
         * @example evaluators
         */
        ProjectIdentifier: components["schemas"]["Name"];
        /**
         * @description The key's id.
         * @example U3lzdGVtQXBpS2V5OjE=
         */
        ApiKeyId: components["schemas"]["Id"];
    };
    requestBodies: never;
    headers: {
        /**
         * @description The next page, if there is one: `<?cursor=…&limit=…>; rel="next"` (RFC 8288), relative to the URL that was asked for. Left out where it would
         *     be longer than 2,000 characters; `next_cursor` says the same.
         * @example <?limit=2&cursor=RXhwZXJpbWVudFJ1bjoxMzQyMTc3Mjk%3D>; rel="next"
         */
        Link: string;
        /**
         * @description Given (`true`) if this is the answer to an earlier request with the same `idempotency-key`.
         * @example true
         */
        IdempotencyReplayed: boolean;
        /**
         * @description A file name for the download (RFC 6266), made from the dataset's name, in UTF-8 alone.
         * @example attachment; filename*=UTF-8''my%20questions.csv
         */
        ContentDispositionOfDataset: string;
        /**
         * @description A file name for the download (RFC 6266), made from the name of what is downloaded.
         * @example attachment; filename="shorter prompt.json"
         */
        ContentDisposition: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listDatasets: {
        parameters: {
            query: {
                /** @description The `next_cursor` of the page before. Empty means the first page. */
                cursor?: components["parameters"]["Cursor"];
                /**
                 * @description Only the dataset with exactly this name; if there is none, the dataset whose id this is, as `px dataset get` asks for it. Empty is no
                 *     filter.
                 */
                name?: components["schemas"]["Text"];
                /** @description The most rows to return, from 1; above 1000 means 1000. */
                limit: components["parameters"]["Limit10"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of datasets */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "RGF0YXNldDox",
                     *           "name": "questions",
                     *           "description": "What users ask",
                     *           "metadata": {},
                     *           "created_at": "2026-11-22T09:30:00.125000+00:00",
                     *           "updated_at": "2026-11-22T09:30:00.125000+00:00",
                     *           "example_count": 2
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Dataset"][];
                        next_cursor: components["schemas"]["NextCursor"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    uploadDataset: {
        parameters: {
            query: {
                /**
                 * @description Answer with what the upload did. Without it the answer is `null`, as Phoenix answers; either way the upload is done, or refused, when
                 *     the answer comes.
                 */
                sync: boolean;
            };
            header?: {
                /**
                 * @description Makes it safe to send the request again: a word of the caller's own, a UUID for one. For 24 hours the same request with the same key is
                 *     answered with the answer that the first had, and does nothing. With another query or body the key is refused (422); while a request with
                 *     it is under way, too (409). Only successes are remembered. A key counts for its caller and path.
                 */
                "idempotency-key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "action": "create",
                 *       "name": "questions",
                 *       "description": "What users ask",
                 *       "inputs": [
                 *         {
                 *           "question": "What is 6 × 7?"
                 *         },
                 *         {
                 *           "question": "Who wrote Emma?"
                 *         }
                 *       ],
                 *       "outputs": [
                 *         {
                 *           "answer": "42"
                 *         },
                 *         {
                 *           "answer": "Jane Austen"
                 *         }
                 *       ],
                 *       "metadata": [
                 *         {
                 *           "topic": "arithmetic"
                 *         },
                 *         {
                 *           "topic": "books"
                 *         }
                 *       ],
                 *       "splits": [
                 *         "train",
                 *         [
                 *           "train",
                 *           "hard"
                 *         ]
                 *       ],
                 *       "example_ids": [
                 *         "q1",
                 *         "q2"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["DatasetUpload"];
                /**
                 * @example {
                 *       "action": "update",
                 *       "name": "questions",
                 *       "input_keys[]": [
                 *         "question"
                 *       ],
                 *       "output_keys[]": [
                 *         "answer"
                 *       ],
                 *       "metadata_keys[]": [
                 *         "topic"
                 *       ],
                 *       "split_key": "split",
                 *       "example_id_key": "id",
                 *       "file": "id,question,answer,topic,split\nq1,What is 6 × 7?,42,arithmetic,train\nq2,Who wrote Emma?,Jane Austen,books,\"[\"\"train\"\", \"\"hard\"\"]\"\n"
                 *     }
                 */
                "multipart/form-data": components["schemas"]["DatasetUploadForm"];
            };
        };
        responses: {
            /** @description The upload is done */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "dataset_id": "RGF0YXNldDox",
                     *         "version_id": "RGF0YXNldFZlcnNpb246MQ==",
                     *         "num_created_examples": 2,
                     *         "num_updated_examples": 0,
                     *         "num_deleted_examples": 0
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["DatasetUploadResult"];
                    } | null;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["DatasetExists"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    getDataset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The dataset's id.
                 * @example RGF0YXNldDox
                 */
                dataset_id: components["parameters"]["DatasetId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The dataset */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "RGF0YXNldDox",
                     *         "name": "questions",
                     *         "description": "What users ask",
                     *         "metadata": {},
                     *         "created_at": "2026-11-22T09:30:00.125000+00:00",
                     *         "updated_at": "2026-11-22T09:30:00.125000+00:00",
                     *         "example_count": 2
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Dataset"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    deleteDatasetById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The dataset's id.
                 * @example RGF0YXNldDox
                 */
                dataset_id: components["parameters"]["DatasetId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The dataset is gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    updateDataset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The dataset's id.
                 * @example RGF0YXNldDox
                 */
                dataset_id: components["parameters"]["DatasetId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "questions of users",
                 *       "description": null,
                 *       "metadata": {
                 *         "owner": "search",
                 *         "weight": 1
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["DatasetUpdate"];
            };
        };
        responses: {
            /** @description The dataset as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "RGF0YXNldDox",
                     *         "name": "questions of users",
                     *         "description": null,
                     *         "metadata": {
                     *           "owner": "search",
                     *           "weight": 1
                     *         },
                     *         "created_at": "2026-11-22T09:30:00.125000+00:00",
                     *         "updated_at": "2026-11-22T10:12:00.250000+00:00",
                     *         "example_count": 2
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Dataset"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["DatasetExists"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    listDatasetVersionsByDatasetId: {
        parameters: {
            query: {
                /** @description The `next_cursor` of the page before. Empty means the first page. */
                cursor?: components["parameters"]["Cursor"];
                /** @description The most rows to return, from 1; above 1000 means 1000. */
                limit: components["parameters"]["Limit10"];
            };
            header?: never;
            path: {
                /**
                 * @description The dataset's id.
                 * @example RGF0YXNldDox
                 */
                dataset_id: components["parameters"]["DatasetId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of versions */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "version_id": "RGF0YXNldFZlcnNpb246MQ==",
                     *           "description": null,
                     *           "metadata": {},
                     *           "created_at": "2026-11-22T09:30:00.125000+00:00"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["DatasetVersion"][];
                        next_cursor: components["schemas"]["NextCursor"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    getDatasetExamples: {
        parameters: {
            query?: {
                /** @description The version of the dataset; the latest if absent or empty. */
                version_id?: components["parameters"]["VersionId"];
                /** @description Only the examples that are in any of these splits now (names or ids). Repeat it for more than one. */
                split?: components["parameters"]["Splits"];
                /** @description The `next_cursor` of the page before. Empty means the first page. */
                cursor?: components["parameters"]["Cursor"];
                /** @description The most examples to return, from 1; above 1000 means 1000; all if absent. */
                limit?: number;
            };
            header?: never;
            path: {
                /**
                 * @description The dataset's id.
                 * @example RGF0YXNldDox
                 */
                dataset_id: components["parameters"]["DatasetId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The examples */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "dataset_id": "RGF0YXNldDox",
                     *         "version_id": "RGF0YXNldFZlcnNpb246MQ==",
                     *         "filtered_splits": [
                     *           "train"
                     *         ],
                     *         "examples": [
                     *           {
                     *             "id": "q1",
                     *             "node_id": "RGF0YXNldEV4YW1wbGU6MQ==",
                     *             "input": {
                     *               "question": "What is 6 × 7?"
                     *             },
                     *             "output": {
                     *               "answer": "42"
                     *             },
                     *             "metadata": {
                     *               "topic": "arithmetic"
                     *             },
                     *             "updated_at": "2026-11-22T09:30:00.125000+00:00",
                     *             "source": null
                     *           }
                     *         ]
                     *       },
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["DatasetExamples"];
                        /** @description Names the first example of the next page; null on the last page. Only there with a `limit`. */
                        next_cursor?: components["schemas"]["NextCursor"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    createDatasetExample: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: a word of the caller's own, a UUID for one. For 24 hours the same request with the same key is
                 *     answered with the answer that the first had, and does nothing. With another query or body the key is refused (422); while a request with
                 *     it is under way, too (409). Only successes are remembered. A key counts for its caller and path.
                 */
                "idempotency-key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The dataset's id.
                 * @example RGF0YXNldDox
                 */
                dataset_id: components["parameters"]["DatasetId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "input": {
                 *         "question": "What is 6 × 7?"
                 *       },
                 *       "output": {
                 *         "answer": "42"
                 *       },
                 *       "metadata": {
                 *         "topic": "arithmetic"
                 *       },
                 *       "id": "q1",
                 *       "splits": [
                 *         "train"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["DatasetExampleCreate"];
            };
        };
        responses: {
            /** @description The example, and the version that has it */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "dataset_id": "RGF0YXNldDox",
                     *         "version_id": "RGF0YXNldFZlcnNpb246Mg==",
                     *         "example": {
                     *           "id": "q1",
                     *           "node_id": "RGF0YXNldEV4YW1wbGU6MQ==",
                     *           "input": {
                     *             "question": "What is 6 × 7?"
                     *           },
                     *           "output": {
                     *             "answer": "42"
                     *           },
                     *           "metadata": {
                     *             "topic": "arithmetic"
                     *           },
                     *           "updated_at": "2026-11-22T10:12:00.250000+00:00",
                     *           "source": null
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["DatasetExampleVersion"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ExampleExists"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    getDatasetExample: {
        parameters: {
            query?: {
                /** @description The version of the dataset; the latest if absent or empty. */
                version_id?: components["parameters"]["VersionId"];
            };
            header?: never;
            path: {
                /**
                 * @description The dataset's id.
                 * @example RGF0YXNldDox
                 */
                dataset_id: components["parameters"]["DatasetId"];
                /**
                 * @description The example's `node_id`.
                 * @example RGF0YXNldEV4YW1wbGU6MQ==
                 */
                example_id: components["parameters"]["ExampleId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The example, and the version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "dataset_id": "RGF0YXNldDox",
                     *         "version_id": "RGF0YXNldFZlcnNpb246MQ==",
                     *         "example": {
                     *           "id": "q1",
                     *           "node_id": "RGF0YXNldEV4YW1wbGU6MQ==",
                     *           "input": {
                     *             "question": "What is 6 × 7?"
                     *           },
                     *           "output": {
                     *             "answer": "42"
                     *           },
                     *           "metadata": {
                     *             "topic": "arithmetic"
                     *           },
                     *           "updated_at": "2026-11-22T09:30:00.125000+00:00",
                     *           "source": null
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["DatasetExampleVersion"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    deleteDatasetExample: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The dataset's id.
                 * @example RGF0YXNldDox
                 */
                dataset_id: components["parameters"]["DatasetId"];
                /**
                 * @description The example's `node_id`.
                 * @example RGF0YXNldEV4YW1wbGU6MQ==
                 */
                example_id: components["parameters"]["ExampleId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The example as it was, and the version that no longer has it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "dataset_id": "RGF0YXNldDox",
                     *         "version_id": "RGF0YXNldFZlcnNpb246Mg==",
                     *         "example": {
                     *           "id": "q1",
                     *           "node_id": "RGF0YXNldEV4YW1wbGU6MQ==",
                     *           "input": {
                     *             "question": "What is 6 × 7?"
                     *           },
                     *           "output": {
                     *             "answer": "42"
                     *           },
                     *           "metadata": {
                     *             "topic": "arithmetic"
                     *           },
                     *           "updated_at": "2026-11-22T09:30:00.125000+00:00",
                     *           "source": null
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["DatasetExampleVersion"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    updateDatasetExample: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The dataset's id.
                 * @example RGF0YXNldDox
                 */
                dataset_id: components["parameters"]["DatasetId"];
                /**
                 * @description The example's `node_id`.
                 * @example RGF0YXNldEV4YW1wbGU6MQ==
                 */
                example_id: components["parameters"]["ExampleId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "output": {
                 *         "answer": "forty-two"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["DatasetExampleUpdate"];
            };
        };
        responses: {
            /** @description The example as it is now, and the version that the change made */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "dataset_id": "RGF0YXNldDox",
                     *         "version_id": "RGF0YXNldFZlcnNpb246Mg==",
                     *         "example": {
                     *           "id": "q1",
                     *           "node_id": "RGF0YXNldEV4YW1wbGU6MQ==",
                     *           "input": {
                     *             "question": "What is 6 × 7?"
                     *           },
                     *           "output": {
                     *             "answer": "forty-two"
                     *           },
                     *           "metadata": {
                     *             "topic": "arithmetic"
                     *           },
                     *           "updated_at": "2026-11-22T10:12:00.250000+00:00",
                     *           "source": null
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["DatasetExampleVersion"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    getDatasetCsv: {
        parameters: {
            query: {
                /** @description The version of the dataset; the latest if absent or empty. */
                version_id?: components["parameters"]["VersionId"];
                /**
                 * @description Make the file safe to open in a spreadsheet: a cell that would be taken for a formula, beginning with `=`, `+`, `-`, `@`, a tab or a
                 *     carriage return, gets a `'` before it, a negative number too. Such a file is not what was stored: without this parameter cells are exact.
                 */
                spreadsheet: components["parameters"]["Spreadsheet"];
            };
            header?: never;
            path: {
                /**
                 * @description The dataset's id.
                 * @example RGF0YXNldDox
                 */
                dataset_id: components["parameters"]["DatasetId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The examples */
            200: {
                headers: {
                    "Content-Disposition": components["headers"]["ContentDispositionOfDataset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example id,node_id,input.question,output.answer,metadata.topic,splits
                     *     q1,RGF0YXNldEV4YW1wbGU6MQ==,What is 6 × 7?,42,arithmetic,"[""train""]"
                     */
                    "text/csv": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    getDatasetJSONL: {
        parameters: {
            query?: {
                /** @description The version of the dataset; the latest if absent or empty. */
                version_id?: components["parameters"]["VersionId"];
            };
            header?: never;
            path: {
                /**
                 * @description The dataset's id.
                 * @example RGF0YXNldDox
                 */
                dataset_id: components["parameters"]["DatasetId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The examples */
            200: {
                headers: {
                    "Content-Disposition": components["headers"]["ContentDispositionOfDataset"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {"id":"q1","node_id":"RGF0YXNldEV4YW1wbGU6MQ==","input":{"question":"What is 6 × 7?"},"output":{"answer":"42"},"metadata":{"topic":"arithmetic"},"splits":["train"]} */
                    "text/plain": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    getDatasetJSONLOpenAIFineTuning: {
        parameters: {
            query?: {
                /** @description The version of the dataset; the latest if absent or empty. */
                version_id?: components["parameters"]["VersionId"];
            };
            header?: never;
            path: {
                /**
                 * @description The dataset's id.
                 * @example RGF0YXNldDox
                 */
                dataset_id: components["parameters"]["DatasetId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The examples */
            200: {
                headers: {
                    "Content-Disposition": components["headers"]["ContentDispositionOfDataset"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {"messages":[{"role":"user","content":"What is 6 × 7?"},{"role":"assistant","content":"42"}]} */
                    "text/plain": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    getDatasetJSONLOpenAIEvals: {
        parameters: {
            query?: {
                /** @description The version of the dataset; the latest if absent or empty. */
                version_id?: components["parameters"]["VersionId"];
            };
            header?: never;
            path: {
                /**
                 * @description The dataset's id.
                 * @example RGF0YXNldDox
                 */
                dataset_id: components["parameters"]["DatasetId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The examples */
            200: {
                headers: {
                    "Content-Disposition": components["headers"]["ContentDispositionOfDataset"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {"messages":[{"role":"user","content":"What is 6 × 7?"}],"ideal":"42"} */
                    "text/plain": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    listExperiments: {
        parameters: {
            query: {
                /** @description The `next_cursor` of the page before. Empty means the first page. */
                cursor?: components["parameters"]["Cursor"];
                /** @description The most rows to return, from 1; above 1000 means 1000. */
                limit: components["parameters"]["Limit50"];
                /** @description Only the experiment that this tag, named, points at. Empty is no filter. */
                tag?: components["schemas"]["Text"];
                /** @description `summary` adds to each experiment what its runs and evaluations amount to. */
                include?: components["parameters"]["IncludeSummary"];
            };
            header?: never;
            path: {
                /**
                 * @description The dataset's id.
                 * @example RGF0YXNldDox
                 */
                dataset_id: components["parameters"]["DatasetId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of experiments */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "RXhwZXJpbWVudDox",
                     *           "dataset_id": "RGF0YXNldDox",
                     *           "dataset_version_id": "RGF0YXNldFZlcnNpb246MQ==",
                     *           "name": "shorter prompt",
                     *           "description": "Half the instructions",
                     *           "repetitions": 3,
                     *           "metadata": {
                     *             "model": "small-2",
                     *             "temperature": 0
                     *           },
                     *           "project_name": "Experiment-5f0c6a7d9e8b4c3a2d1e0f9a",
                     *           "created_at": "2026-11-22T09:31:00+00:00",
                     *           "updated_at": "2026-11-22T09:31:00+00:00",
                     *           "example_count": 2,
                     *           "successful_run_count": 0,
                     *           "failed_run_count": 0,
                     *           "missing_run_count": 6,
                     *           "splits": []
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Experiment"][];
                        next_cursor: components["schemas"]["NextCursor"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    createExperiment: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: a word of the caller's own, a UUID for one. For 24 hours the same request with the same key is
                 *     answered with the answer that the first had, and does nothing. With another query or body the key is refused (422); while a request with
                 *     it is under way, too (409). Only successes are remembered. A key counts for its caller and path.
                 */
                "idempotency-key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The dataset's id.
                 * @example RGF0YXNldDox
                 */
                dataset_id: components["parameters"]["DatasetId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "shorter prompt",
                 *       "description": "Half the instructions",
                 *       "metadata": {
                 *         "model": "small-2",
                 *         "temperature": 0
                 *       },
                 *       "version_id": "RGF0YXNldFZlcnNpb246MQ==",
                 *       "repetitions": 3
                 *     }
                 */
                "application/json": components["schemas"]["ExperimentCreate"];
            };
        };
        responses: {
            /** @description The experiment */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "RXhwZXJpbWVudDox",
                     *         "dataset_id": "RGF0YXNldDox",
                     *         "dataset_version_id": "RGF0YXNldFZlcnNpb246MQ==",
                     *         "name": "shorter prompt",
                     *         "description": "Half the instructions",
                     *         "repetitions": 3,
                     *         "metadata": {
                     *           "model": "small-2",
                     *           "temperature": 0
                     *         },
                     *         "project_name": "Experiment-5f0c6a7d9e8b4c3a2d1e0f9a",
                     *         "created_at": "2026-11-22T09:31:00+00:00",
                     *         "updated_at": "2026-11-22T09:31:00+00:00",
                     *         "example_count": 2,
                     *         "successful_run_count": 0,
                     *         "failed_run_count": 0,
                     *         "missing_run_count": 6,
                     *         "splits": []
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Experiment"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["RequestInProgress"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    listDatasetSplits: {
        parameters: {
            query: {
                /** @description The `next_cursor` of the page before. Empty means the first page. */
                cursor?: components["parameters"]["Cursor"];
                /** @description The most rows to return, from 1; above 1000 means 1000. */
                limit: components["parameters"]["Limit100"];
            };
            header?: never;
            path: {
                /**
                 * @description The dataset's id or its name, percent-encoded (`/` as `%2F`). What reads as the id of a dataset is taken for one.
                 * @example questions
                 */
                dataset_identifier: components["parameters"]["DatasetIdentifier"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of splits */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "RGF0YXNldFNwbGl0OjE=",
                     *           "name": "train",
                     *           "description": "What prompts are tuned on",
                     *           "color": "#33c5e8",
                     *           "metadata": {
                     *             "seed": 7
                     *           },
                     *           "example_count": 2,
                     *           "created_at": "2026-11-22T09:30:00.125000+00:00",
                     *           "updated_at": "2026-11-22T09:30:00.125000+00:00"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["DatasetSplit"][];
                        next_cursor: components["schemas"]["NextCursor"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    createDatasetSplit: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: a word of the caller's own, a UUID for one. For 24 hours the same request with the same key is
                 *     answered with the answer that the first had, and does nothing. With another query or body the key is refused (422); while a request with
                 *     it is under way, too (409). Only successes are remembered. A key counts for its caller and path.
                 */
                "idempotency-key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The dataset's id or its name, percent-encoded (`/` as `%2F`). What reads as the id of a dataset is taken for one.
                 * @example questions
                 */
                dataset_identifier: components["parameters"]["DatasetIdentifier"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "train",
                 *       "description": "What prompts are tuned on",
                 *       "metadata": {
                 *         "seed": 7
                 *       },
                 *       "example_ids": [
                 *         "RGF0YXNldEV4YW1wbGU6MQ==",
                 *         "RGF0YXNldEV4YW1wbGU6Mg=="
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["DatasetSplitCreate"];
            };
        };
        responses: {
            /** @description The split */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "RGF0YXNldFNwbGl0OjE=",
                     *         "name": "train",
                     *         "description": "What prompts are tuned on",
                     *         "color": "#33c5e8",
                     *         "metadata": {
                     *           "seed": 7
                     *         },
                     *         "example_count": 2,
                     *         "created_at": "2026-11-22T09:30:00.125000+00:00",
                     *         "updated_at": "2026-11-22T09:30:00.125000+00:00"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["DatasetSplit"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["SplitExists"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    getDatasetSplit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The dataset's id or its name, percent-encoded (`/` as `%2F`). What reads as the id of a dataset is taken for one.
                 * @example questions
                 */
                dataset_identifier: components["parameters"]["DatasetIdentifier"];
                /**
                 * @description The split's id.
                 * @example RGF0YXNldFNwbGl0OjE=
                 */
                split_id: components["parameters"]["SplitId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The split */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "RGF0YXNldFNwbGl0OjE=",
                     *         "name": "train",
                     *         "description": "What prompts are tuned on",
                     *         "color": "#33c5e8",
                     *         "metadata": {
                     *           "seed": 7
                     *         },
                     *         "example_count": 2,
                     *         "created_at": "2026-11-22T09:30:00.125000+00:00",
                     *         "updated_at": "2026-11-22T09:30:00.125000+00:00"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["DatasetSplit"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    deleteDatasetSplit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The dataset's id or its name, percent-encoded (`/` as `%2F`). What reads as the id of a dataset is taken for one.
                 * @example questions
                 */
                dataset_identifier: components["parameters"]["DatasetIdentifier"];
                /**
                 * @description The split's id.
                 * @example RGF0YXNldFNwbGl0OjE=
                 */
                split_id: components["parameters"]["SplitId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The split is gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    updateDatasetSplit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The dataset's id or its name, percent-encoded (`/` as `%2F`). What reads as the id of a dataset is taken for one.
                 * @example questions
                 */
                dataset_identifier: components["parameters"]["DatasetIdentifier"];
                /**
                 * @description The split's id.
                 * @example RGF0YXNldFNwbGl0OjE=
                 */
                split_id: components["parameters"]["SplitId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "add_example_ids": [
                 *         "RGF0YXNldEV4YW1wbGU6MQ=="
                 *       ],
                 *       "remove_example_ids": [
                 *         "RGF0YXNldEV4YW1wbGU6Mg=="
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["DatasetSplitUpdate"];
            };
        };
        responses: {
            /** @description The split */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "RGF0YXNldFNwbGl0OjE=",
                     *         "name": "train",
                     *         "description": "What prompts are tuned on",
                     *         "color": "#33c5e8",
                     *         "metadata": {
                     *           "seed": 7
                     *         },
                     *         "example_count": 1,
                     *         "created_at": "2026-11-22T09:30:00.125000+00:00",
                     *         "updated_at": "2026-11-22T09:30:00.125000+00:00"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["DatasetSplit"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["SplitExists"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    listDatasetLabels: {
        parameters: {
            query: {
                /** @description The `next_cursor` of the page before. Empty means the first page. */
                cursor?: components["parameters"]["Cursor"];
                /** @description The most rows to return, from 1; above 1000 means 1000. */
                limit: components["parameters"]["Limit100"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of labels */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "RGF0YXNldExhYmVsOjE=",
                     *           "name": "reviewed",
                     *           "description": "Read by two people",
                     *           "color": "#00cc88"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["DatasetLabel"][];
                        next_cursor: components["schemas"]["NextCursor"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    createDatasetLabel: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: a word of the caller's own, a UUID for one. For 24 hours the same request with the same key is
                 *     answered with the answer that the first had, and does nothing. With another query or body the key is refused (422); while a request with
                 *     it is under way, too (409). Only successes are remembered. A key counts for its caller and path.
                 */
                "idempotency-key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "reviewed",
                 *       "color": "#00cc88",
                 *       "description": "Read by two people"
                 *     }
                 */
                "application/json": components["schemas"]["DatasetLabelCreate"];
            };
        };
        responses: {
            /** @description The label */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "RGF0YXNldExhYmVsOjE=",
                     *         "name": "reviewed",
                     *         "description": "Read by two people",
                     *         "color": "#00cc88"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["DatasetLabel"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["LabelExists"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    getDatasetLabel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The label's id.
                 * @example RGF0YXNldExhYmVsOjE=
                 */
                label_id: components["parameters"]["LabelId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The label */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "RGF0YXNldExhYmVsOjE=",
                     *         "name": "reviewed",
                     *         "description": "Read by two people",
                     *         "color": "#00cc88"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["DatasetLabel"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    deleteDatasetLabel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The label's id.
                 * @example RGF0YXNldExhYmVsOjE=
                 */
                label_id: components["parameters"]["LabelId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The label is gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    updateDatasetLabel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The label's id.
                 * @example RGF0YXNldExhYmVsOjE=
                 */
                label_id: components["parameters"]["LabelId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "color": "#00cc88"
                 *     }
                 */
                "application/json": components["schemas"]["DatasetLabelUpdate"];
            };
        };
        responses: {
            /** @description The label */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "RGF0YXNldExhYmVsOjE=",
                     *         "name": "reviewed",
                     *         "description": "Read by two people",
                     *         "color": "#00cc88"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["DatasetLabel"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["LabelExists"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    listDatasetLabelsForDataset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The dataset's id or its name, percent-encoded (`/` as `%2F`). What reads as the id of a dataset is taken for one.
                 * @example questions
                 */
                dataset_identifier: components["parameters"]["DatasetIdentifier"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The labels */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "RGF0YXNldExhYmVsOjE=",
                     *           "name": "reviewed",
                     *           "description": "Read by two people",
                     *           "color": "#00cc88"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["DatasetLabel"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    setDatasetLabelsForDataset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The dataset's id or its name, percent-encoded (`/` as `%2F`). What reads as the id of a dataset is taken for one.
                 * @example questions
                 */
                dataset_identifier: components["parameters"]["DatasetIdentifier"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "dataset_label_ids": [
                 *         "RGF0YXNldExhYmVsOjE="
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["DatasetLabelSet"];
            };
        };
        responses: {
            /** @description The labels that the dataset has now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "RGF0YXNldExhYmVsOjE=",
                     *           "name": "reviewed",
                     *           "description": "Read by two people",
                     *           "color": "#00cc88"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["DatasetLabel"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    addDatasetLabelToDataset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The dataset's id or its name, percent-encoded (`/` as `%2F`). What reads as the id of a dataset is taken for one.
                 * @example questions
                 */
                dataset_identifier: components["parameters"]["DatasetIdentifier"];
                /**
                 * @description The label's id.
                 * @example RGF0YXNldExhYmVsOjE=
                 */
                label_id: components["parameters"]["LabelId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The label */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "RGF0YXNldExhYmVsOjE=",
                     *         "name": "reviewed",
                     *         "description": "Read by two people",
                     *         "color": "#00cc88"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["DatasetLabel"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    removeDatasetLabelFromDataset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The dataset's id or its name, percent-encoded (`/` as `%2F`). What reads as the id of a dataset is taken for one.
                 * @example questions
                 */
                dataset_identifier: components["parameters"]["DatasetIdentifier"];
                /**
                 * @description The label's id.
                 * @example RGF0YXNldExhYmVsOjE=
                 */
                label_id: components["parameters"]["LabelId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The dataset does not have the label */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    getExperiment: {
        parameters: {
            query?: {
                /** @description `summary` adds to each experiment what its runs and evaluations amount to. */
                include?: components["parameters"]["IncludeSummary"];
            };
            header?: never;
            path: {
                /**
                 * @description The experiment's id.
                 * @example RXhwZXJpbWVudDox
                 */
                experiment_id: components["parameters"]["ExperimentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The experiment */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "RXhwZXJpbWVudDox",
                     *         "dataset_id": "RGF0YXNldDox",
                     *         "dataset_version_id": "RGF0YXNldFZlcnNpb246MQ==",
                     *         "name": "shorter prompt",
                     *         "description": "Half the instructions",
                     *         "repetitions": 3,
                     *         "metadata": {
                     *           "model": "small-2",
                     *           "temperature": 0
                     *         },
                     *         "project_name": "Experiment-5f0c6a7d9e8b4c3a2d1e0f9a",
                     *         "created_at": "2026-11-22T09:31:00+00:00",
                     *         "updated_at": "2026-11-22T09:31:00+00:00",
                     *         "example_count": 2,
                     *         "successful_run_count": 0,
                     *         "failed_run_count": 0,
                     *         "missing_run_count": 6,
                     *         "splits": []
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Experiment"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    deleteExperiment: {
        parameters: {
            query: {
                /** @description Also delete the project that holds the spans of the experiment's task, and those spans. */
                delete_project: boolean;
            };
            header?: never;
            path: {
                /**
                 * @description The experiment's id.
                 * @example RXhwZXJpbWVudDox
                 */
                experiment_id: components["parameters"]["ExperimentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The experiment is gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    updateExperiment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The experiment's id.
                 * @example RXhwZXJpbWVudDox
                 */
                experiment_id: components["parameters"]["ExperimentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "shortest prompt",
                 *       "description": null,
                 *       "metadata": {
                 *         "model": "small-2",
                 *         "temperature": 0,
                 *         "kept": true
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ExperimentUpdate"];
            };
        };
        responses: {
            /** @description The experiment as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "RXhwZXJpbWVudDox",
                     *         "dataset_id": "RGF0YXNldDox",
                     *         "dataset_version_id": "RGF0YXNldFZlcnNpb246MQ==",
                     *         "name": "shortest prompt",
                     *         "description": null,
                     *         "repetitions": 3,
                     *         "metadata": {
                     *           "model": "small-2",
                     *           "temperature": 0,
                     *           "kept": true
                     *         },
                     *         "project_name": "Experiment-5f0c6a7d9e8b4c3a2d1e0f9a",
                     *         "created_at": "2026-11-22T09:31:00+00:00",
                     *         "updated_at": "2026-11-22T10:12:00.250000+00:00",
                     *         "example_count": 2,
                     *         "successful_run_count": 0,
                     *         "failed_run_count": 0,
                     *         "missing_run_count": 6,
                     *         "splits": []
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Experiment"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    getExperimentSummary: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The experiment's id.
                 * @example RXhwZXJpbWVudDox
                 */
                experiment_id: components["parameters"]["ExperimentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The summary */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "evaluations": [
                     *           {
                     *             "name": "correctness",
                     *             "evaluation_count": 119,
                     *             "error_count": 1,
                     *             "scored_run_count": 118,
                     *             "unscored_run_count": 2,
                     *             "scored_example_count": 40,
                     *             "unscored_example_count": 0,
                     *             "mean": {
                     *               "value": 0.5742916666666666,
                     *               "reason": null
                     *             },
                     *             "interval": {
                     *               "level": 0.95,
                     *               "low": 0.5103803053731287,
                     *               "high": 0.6382030279602046,
                     *               "reason": null
                     *             },
                     *             "standard_deviation": {
                     *               "value": 0.19851381757212216,
                     *               "reason": null
                     *             },
                     *             "min": 0.18,
                     *             "p10": 0.32,
                     *             "median": 0.57,
                     *             "p90": 0.8559999999999999,
                     *             "max": 0.97,
                     *             "labels": []
                     *           }
                     *         ],
                     *         "more_evaluations": false,
                     *         "latency_ms": {
                     *           "run_count": 119,
                     *           "missing_run_count": 1,
                     *           "total": {
                     *             "value": 100140,
                     *             "reason": null
                     *           },
                     *           "mean": {
                     *             "value": 840.6666666666666,
                     *             "reason": null
                     *           },
                     *           "interval": {
                     *             "level": 0.95,
                     *             "low": 809.3729628985952,
                     *             "high": 871.960370434738,
                     *             "reason": null
                     *           },
                     *           "p50": 840,
                     *           "p90": 1042,
                     *           "p99": 1116.3999999999999
                     *         },
                     *         "errors": {
                     *           "run_count": 120,
                     *           "failed_run_count": 1,
                     *           "missing_run_count": 0,
                     *           "mean": {
                     *             "value": 0.008333333333333333,
                     *             "reason": null
                     *           },
                     *           "interval": {
                     *             "level": 0.95,
                     *             "low": -0.00852242433363967,
                     *             "high": 0.025189091000306335,
                     *             "reason": null
                     *           }
                     *         },
                     *         "prompt_tokens": {
                     *           "run_count": 120,
                     *           "missing_run_count": 0,
                     *           "total": {
                     *             "value": 29997,
                     *             "reason": null
                     *           },
                     *           "mean": {
                     *             "value": 249.975,
                     *             "reason": null
                     *           },
                     *           "interval": {
                     *             "level": 0.95,
                     *             "low": 242.48813995765332,
                     *             "high": 257.46186004234664,
                     *             "reason": null
                     *           },
                     *           "p50": 250.5,
                     *           "p90": 282,
                     *           "p99": 288
                     *         },
                     *         "completion_tokens": {
                     *           "run_count": 120,
                     *           "missing_run_count": 0,
                     *           "total": {
                     *             "value": 6234,
                     *             "reason": null
                     *           },
                     *           "mean": {
                     *             "value": 51.95,
                     *             "reason": null
                     *           },
                     *           "interval": {
                     *             "level": 0.95,
                     *             "low": 50.21173293191693,
                     *             "high": 53.68826706808308,
                     *             "reason": null
                     *           },
                     *           "p50": 52,
                     *           "p90": 62,
                     *           "p99": 64
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["ExperimentSummary"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    getComparison: {
        parameters: {
            query: {
                /**
                 * @description What to compare with: the id of an experiment over the same dataset, or the name of one of the dataset's tags. If absent or empty, the experiment
                 *     that the tag `baseline` points at.
                 */
                baseline?: components["parameters"]["Baseline"];
                /** @description Only the evaluations of this name. Repeat it for more than one; above 100, the first 100 count. */
                evaluation?: components["parameters"]["EvaluationNames"];
                /** @description Lower scores are better in the evaluations of this name, whatever its annotation config says. Repeat it for more than one. */
                minimize?: components["parameters"]["Minimize"];
                /** @description Higher scores are better in the evaluations of this name, whatever its annotation config or `minimize` says. Repeat it for more than one. */
                maximize?: components["parameters"]["Maximize"];
                /** @description A difference that does not matter, in scores: evaluations whose 90 % interval lies within ± margin are `equivalent`. */
                margin?: number;
                /** @description How sure each `strict_interval` is to be, between 0 and 1. If absent, 1 − 0.05 / k for the k metrics of its family. */
                level?: number;
                /** @description Also compare examples whose content differs between the two sides' versions of the dataset. */
                include_changed: components["parameters"]["IncludeChanged"];
            };
            header?: never;
            path: {
                /**
                 * @description The experiment's id.
                 * @example RXhwZXJpbWVudDox
                 */
                experiment_id: components["parameters"]["ExperimentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The comparison */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "experiment": {
                     *           "id": "RXhwZXJpbWVudDoy",
                     *           "name": "shorter prompt",
                     *           "dataset_version_id": "RGF0YXNldFZlcnNpb246MQ==",
                     *           "repetitions": 3,
                     *           "example_count": 40
                     *         },
                     *         "baseline": {
                     *           "id": "RXhwZXJpbWVudDox",
                     *           "name": "long prompt",
                     *           "dataset_version_id": "RGF0YXNldFZlcnNpb246MQ==",
                     *           "repetitions": 3,
                     *           "example_count": 40
                     *         },
                     *         "margin": null,
                     *         "include_changed": false,
                     *         "compared_example_count": 40,
                     *         "only_experiment": {
                     *           "count": 0,
                     *           "example_ids": []
                     *         },
                     *         "only_baseline": {
                     *           "count": 0,
                     *           "example_ids": []
                     *         },
                     *         "changed": {
                     *           "count": 0,
                     *           "example_ids": []
                     *         },
                     *         "evaluations": [
                     *           {
                     *             "name": "correctness",
                     *             "optimization_direction": "MAXIMIZE",
                     *             "verdict": "better",
                     *             "verdict_reason": null,
                     *             "pair_count": 40,
                     *             "baseline": {
                     *               "mean": {
                     *                 "value": 0.5356666666666666,
                     *                 "reason": null
                     *               },
                     *               "interval": {
                     *                 "level": 0.95,
                     *                 "low": 0.47879646525633396,
                     *                 "high": 0.5925368680769993,
                     *                 "reason": null
                     *               },
                     *               "mean_all": {
                     *                 "value": 0.5356666666666666,
                     *                 "reason": null
                     *               },
                     *               "scored_example_count": 40,
                     *               "run_count": 120,
                     *               "unscored_run_count": 0,
                     *               "unscored_share": 0,
                     *               "unscored_examples": {
                     *                 "count": 0,
                     *                 "example_ids": []
                     *               },
                     *               "labels": []
                     *             },
                     *             "experiment": {
                     *               "mean": {
                     *                 "value": 0.5742916666666666,
                     *                 "reason": null
                     *               },
                     *               "interval": {
                     *                 "level": 0.95,
                     *                 "low": 0.5103803053731287,
                     *                 "high": 0.6382030279602046,
                     *                 "reason": null
                     *               },
                     *               "mean_all": {
                     *                 "value": 0.5742916666666666,
                     *                 "reason": null
                     *               },
                     *               "scored_example_count": 40,
                     *               "run_count": 120,
                     *               "unscored_run_count": 2,
                     *               "unscored_share": 0.016666666666666666,
                     *               "unscored_examples": {
                     *                 "count": 0,
                     *                 "example_ids": []
                     *               },
                     *               "labels": []
                     *             },
                     *             "difference": {
                     *               "value": 0.038625,
                     *               "reason": null
                     *             },
                     *             "interval": {
                     *               "level": 0.95,
                     *               "low": 0.026328980949115555,
                     *               "high": 0.05092101905088445,
                     *               "reason": null
                     *             },
                     *             "strict_interval": {
                     *               "level": 0.95,
                     *               "low": 0.026328980949115555,
                     *               "high": 0.05092101905088445,
                     *               "reason": null
                     *             },
                     *             "p_value": {
                     *               "value": 1.67141261647298e-7,
                     *               "reason": null
                     *             },
                     *             "adjusted_p_value": {
                     *               "value": 1.67141261647298e-7,
                     *               "reason": null
                     *             },
                     *             "method": "student_t",
                     *             "standard_deviation": {
                     *               "value": 0.03844722490068825,
                     *               "reason": null
                     *             },
                     *             "standard_error": {
                     *               "value": 0.006079040019945794,
                     *               "reason": null
                     *             },
                     *             "d_z": {
                     *               "value": 1.0046238733685189,
                     *               "reason": null
                     *             },
                     *             "detectable_difference": {
                     *               "value": 0.017464918722718003,
                     *               "reason": null
                     *             },
                     *             "improved_count": 30,
                     *             "regressed_count": 7,
                     *             "unchanged_count": 3,
                     *             "unevenly_scored": true,
                     *             "pass_fail": false,
                     *             "range": 1,
                     *             "label_transitions": []
                     *           }
                     *         ],
                     *         "more_evaluations": false,
                     *         "latency_ms": {
                     *           "name": "latency_ms",
                     *           "optimization_direction": "MINIMIZE",
                     *           "verdict": "no_evidence",
                     *           "verdict_reason": null,
                     *           "pair_count": 40,
                     *           "baseline": {
                     *             "mean": {
                     *               "value": 841.6666666666666,
                     *               "reason": null
                     *             },
                     *             "interval": {
                     *               "level": 0.95,
                     *               "low": 812.0357193147454,
                     *               "high": 871.2976140185879,
                     *               "reason": null
                     *             },
                     *             "mean_all": {
                     *               "value": 841.6666666666666,
                     *               "reason": null
                     *             },
                     *             "scored_example_count": 40,
                     *             "run_count": 120,
                     *             "unscored_run_count": 0,
                     *             "unscored_share": 0,
                     *             "unscored_examples": {
                     *               "count": 0,
                     *               "example_ids": []
                     *             },
                     *             "labels": []
                     *           },
                     *           "experiment": {
                     *             "mean": {
                     *               "value": 840.6666666666666,
                     *               "reason": null
                     *             },
                     *             "interval": {
                     *               "level": 0.95,
                     *               "low": 809.3729628985952,
                     *               "high": 871.960370434738,
                     *               "reason": null
                     *             },
                     *             "mean_all": {
                     *               "value": 840.6666666666666,
                     *               "reason": null
                     *             },
                     *             "scored_example_count": 40,
                     *             "run_count": 120,
                     *             "unscored_run_count": 1,
                     *             "unscored_share": 0.008333333333333333,
                     *             "unscored_examples": {
                     *               "count": 0,
                     *               "example_ids": []
                     *             },
                     *             "labels": []
                     *           },
                     *           "difference": {
                     *             "value": -1,
                     *             "reason": null
                     *           },
                     *           "interval": {
                     *             "level": 0.95,
                     *             "low": -9.408667305138088,
                     *             "high": 7.4086673051380885,
                     *             "reason": null
                     *           },
                     *           "strict_interval": {
                     *             "level": 0.9875,
                     *             "low": -11.887058235427217,
                     *             "high": 9.887058235427217,
                     *             "reason": null
                     *           },
                     *           "p_value": {
                     *             "value": 0.8111652388705107,
                     *             "reason": null
                     *           },
                     *           "adjusted_p_value": {
                     *             "value": 1,
                     *             "reason": null
                     *           },
                     *           "method": "student_t",
                     *           "standard_deviation": {
                     *             "value": 26.292243177067476,
                     *             "reason": null
                     *           },
                     *           "standard_error": {
                     *             "value": 4.157168661727749,
                     *             "reason": null
                     *           },
                     *           "d_z": {
                     *             "value": -0.03803403130213767,
                     *             "reason": null
                     *           },
                     *           "detectable_difference": {
                     *             "value": 11.943433923034595,
                     *             "reason": null
                     *           },
                     *           "improved_count": 18,
                     *           "regressed_count": 18,
                     *           "unchanged_count": 4,
                     *           "unevenly_scored": true,
                     *           "pass_fail": false,
                     *           "range": null,
                     *           "label_transitions": []
                     *         },
                     *         "error_rate": {
                     *           "name": "error_rate",
                     *           "optimization_direction": "MINIMIZE",
                     *           "verdict": "no_evidence",
                     *           "verdict_reason": null,
                     *           "pair_count": 40,
                     *           "baseline": {
                     *             "mean": {
                     *               "value": 0,
                     *               "reason": null
                     *             },
                     *             "interval": {
                     *               "level": 0.95,
                     *               "low": -0.08809730287880237,
                     *               "high": 0.08809730287880237,
                     *               "reason": null
                     *             },
                     *             "mean_all": {
                     *               "value": 0,
                     *               "reason": null
                     *             },
                     *             "scored_example_count": 40,
                     *             "run_count": 120,
                     *             "unscored_run_count": 0,
                     *             "unscored_share": 0,
                     *             "unscored_examples": {
                     *               "count": 0,
                     *               "example_ids": []
                     *             },
                     *             "labels": []
                     *           },
                     *           "experiment": {
                     *             "mean": {
                     *               "value": 0.008333333333333333,
                     *               "reason": null
                     *             },
                     *             "interval": {
                     *               "level": 0.95,
                     *               "low": -0.00852242433363967,
                     *               "high": 0.025189091000306335,
                     *               "reason": null
                     *             },
                     *             "mean_all": {
                     *               "value": 0.008333333333333333,
                     *               "reason": null
                     *             },
                     *             "scored_example_count": 40,
                     *             "run_count": 120,
                     *             "unscored_run_count": 0,
                     *             "unscored_share": 0,
                     *             "unscored_examples": {
                     *               "count": 0,
                     *               "example_ids": []
                     *             },
                     *             "labels": []
                     *           },
                     *           "difference": {
                     *             "value": 0.008333333333333333,
                     *             "reason": null
                     *           },
                     *           "interval": {
                     *             "level": 0.95,
                     *             "low": -0.00852242433363967,
                     *             "high": 0.025189091000306335,
                     *             "reason": null
                     *           },
                     *           "strict_interval": {
                     *             "level": 0.9875,
                     *             "low": -0.013490531098840233,
                     *             "high": 0.030157197765506898,
                     *             "reason": null
                     *           },
                     *           "p_value": {
                     *             "value": 0.3234749451713832,
                     *             "reason": null
                     *           },
                     *           "adjusted_p_value": {
                     *             "value": 0.9704248355141496,
                     *             "reason": null
                     *           },
                     *           "method": "student_t",
                     *           "standard_deviation": {
                     *             "value": 0.05270462766947299,
                     *             "reason": null
                     *           },
                     *           "standard_error": {
                     *             "value": 0.008333333333333333,
                     *             "reason": null
                     *           },
                     *           "d_z": {
                     *             "value": 0.15811388300841897,
                     *             "reason": null
                     *           },
                     *           "detectable_difference": {
                     *             "value": 0.023941442872304222,
                     *             "reason": null
                     *           },
                     *           "improved_count": 0,
                     *           "regressed_count": 1,
                     *           "unchanged_count": 39,
                     *           "unevenly_scored": false,
                     *           "pass_fail": false,
                     *           "range": 1,
                     *           "label_transitions": []
                     *         },
                     *         "prompt_tokens": {
                     *           "name": "prompt_tokens",
                     *           "optimization_direction": "MINIMIZE",
                     *           "verdict": "better",
                     *           "verdict_reason": null,
                     *           "pair_count": 40,
                     *           "baseline": {
                     *             "mean": {
                     *               "value": 519,
                     *               "reason": null
                     *             },
                     *             "interval": {
                     *               "level": 0.95,
                     *               "low": 511.5224241700498,
                     *               "high": 526.4775758299502,
                     *               "reason": null
                     *             },
                     *             "mean_all": {
                     *               "value": 519,
                     *               "reason": null
                     *             },
                     *             "scored_example_count": 40,
                     *             "run_count": 120,
                     *             "unscored_run_count": 0,
                     *             "unscored_share": 0,
                     *             "unscored_examples": {
                     *               "count": 0,
                     *               "example_ids": []
                     *             },
                     *             "labels": []
                     *           },
                     *           "experiment": {
                     *             "mean": {
                     *               "value": 249.975,
                     *               "reason": null
                     *             },
                     *             "interval": {
                     *               "level": 0.95,
                     *               "low": 242.48813995765332,
                     *               "high": 257.46186004234664,
                     *               "reason": null
                     *             },
                     *             "mean_all": {
                     *               "value": 249.975,
                     *               "reason": null
                     *             },
                     *             "scored_example_count": 40,
                     *             "run_count": 120,
                     *             "unscored_run_count": 0,
                     *             "unscored_share": 0,
                     *             "unscored_examples": {
                     *               "count": 0,
                     *               "example_ids": []
                     *             },
                     *             "labels": []
                     *           },
                     *           "difference": {
                     *             "value": -269.025,
                     *             "reason": null
                     *           },
                     *           "interval": {
                     *             "level": 0.95,
                     *             "low": -269.29097936962364,
                     *             "high": -268.7590206303763,
                     *             "reason": null
                     *           },
                     *           "strict_interval": {
                     *             "level": 0.9875,
                     *             "low": -269.3693747720576,
                     *             "high": -268.68062522794236,
                     *             "reason": null
                     *           },
                     *           "p_value": {
                     *             "value": 1.0120749719668936e-99,
                     *             "reason": null
                     *           },
                     *           "adjusted_p_value": {
                     *             "value": 4.0482998878675746e-99,
                     *             "reason": null
                     *           },
                     *           "method": "student_t",
                     *           "standard_deviation": {
                     *             "value": 0.83166499665831,
                     *             "reason": null
                     *           },
                     *           "standard_error": {
                     *             "value": 0.13149778198382917,
                     *             "reason": null
                     *           },
                     *           "d_z": {
                     *             "value": -323.4776034592797,
                     *             "reason": null
                     *           },
                     *           "detectable_difference": {
                     *             "value": 0.3777895962240674,
                     *             "reason": null
                     *           },
                     *           "improved_count": 40,
                     *           "regressed_count": 0,
                     *           "unchanged_count": 0,
                     *           "unevenly_scored": false,
                     *           "pass_fail": false,
                     *           "range": null,
                     *           "label_transitions": []
                     *         },
                     *         "completion_tokens": {
                     *           "name": "completion_tokens",
                     *           "optimization_direction": "MINIMIZE",
                     *           "verdict": "no_evidence",
                     *           "verdict_reason": null,
                     *           "pair_count": 40,
                     *           "baseline": {
                     *             "mean": {
                     *               "value": 51.875,
                     *               "reason": null
                     *             },
                     *             "interval": {
                     *               "level": 0.95,
                     *               "low": 50.297537608951664,
                     *               "high": 53.452462391048336,
                     *               "reason": null
                     *             },
                     *             "mean_all": {
                     *               "value": 51.875,
                     *               "reason": null
                     *             },
                     *             "scored_example_count": 40,
                     *             "run_count": 120,
                     *             "unscored_run_count": 0,
                     *             "unscored_share": 0,
                     *             "unscored_examples": {
                     *               "count": 0,
                     *               "example_ids": []
                     *             },
                     *             "labels": []
                     *           },
                     *           "experiment": {
                     *             "mean": {
                     *               "value": 51.95,
                     *               "reason": null
                     *             },
                     *             "interval": {
                     *               "level": 0.95,
                     *               "low": 50.21173293191693,
                     *               "high": 53.68826706808308,
                     *               "reason": null
                     *             },
                     *             "mean_all": {
                     *               "value": 51.95,
                     *               "reason": null
                     *             },
                     *             "scored_example_count": 40,
                     *             "run_count": 120,
                     *             "unscored_run_count": 0,
                     *             "unscored_share": 0,
                     *             "unscored_examples": {
                     *               "count": 0,
                     *               "example_ids": []
                     *             },
                     *             "labels": []
                     *           },
                     *           "difference": {
                     *             "value": 0.075,
                     *             "reason": null
                     *           },
                     *           "interval": {
                     *             "level": 0.95,
                     *             "low": -1.0969080541210658,
                     *             "high": 1.2469080541210658,
                     *             "reason": null
                     *           },
                     *           "strict_interval": {
                     *             "level": 0.9875,
                     *             "low": -1.442319067194645,
                     *             "high": 1.592319067194645,
                     *             "reason": null
                     *           },
                     *           "p_value": {
                     *             "value": 0.8976680491421731,
                     *             "reason": null
                     *           },
                     *           "adjusted_p_value": {
                     *             "value": 1,
                     *             "reason": null
                     *           },
                     *           "method": "student_t",
                     *           "standard_deviation": {
                     *             "value": 3.6643252042196255,
                     *             "reason": null
                     *           },
                     *           "standard_error": {
                     *             "value": 0.5793806866447828,
                     *             "reason": null
                     *           },
                     *           "d_z": {
                     *             "value": 0.02046761567822483,
                     *             "reason": null
                     *           },
                     *           "detectable_difference": {
                     *             "value": 1.6645451532746953,
                     *             "reason": null
                     *           },
                     *           "improved_count": 8,
                     *           "regressed_count": 18,
                     *           "unchanged_count": 14,
                     *           "unevenly_scored": false,
                     *           "pass_fail": false,
                     *           "range": null,
                     *           "label_transitions": []
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Comparison"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    listComparedExamples: {
        parameters: {
            query: {
                /**
                 * @description What to compare with: the id of an experiment over the same dataset, or the name of one of the dataset's tags. If absent or empty, the experiment
                 *     that the tag `baseline` points at.
                 */
                baseline?: components["parameters"]["Baseline"];
                /** @description The name of the evaluation to compare. If absent or empty, the first one that either side has, in the order of names. */
                evaluation?: components["schemas"]["Text"];
                /** @description Only examples of which this holds: the `change` that they have, or for `changed`, that their content differs between the two sides. */
                change?: "improved" | "regressed" | "unchanged" | "changed" | "unscored" | "only_baseline" | "only_experiment";
                /**
                 * @description In which order: that of the examples' ids, or that of differences, from the largest regression to the largest improvement (`difference`) or the
                 *     other way round (`-difference`), those without a difference last. If neither direction is better, from the lowest difference to the highest.
                 */
                sort: "id" | "difference" | "-difference";
                /** @description Lower scores are better in the evaluations of this name, whatever its annotation config says. Repeat it for more than one. */
                minimize?: components["parameters"]["Minimize"];
                /** @description Higher scores are better in the evaluations of this name, whatever its annotation config or `minimize` says. Repeat it for more than one. */
                maximize?: components["parameters"]["Maximize"];
                /** @description Also compare examples whose content differs between the two sides' versions of the dataset. */
                include_changed: components["parameters"]["IncludeChanged"];
                /** @description The `next_cursor` of the page before. Empty means the first page. */
                cursor?: components["parameters"]["Cursor"];
                /** @description The most rows to return, from 1; above 1000 means 1000. */
                limit: components["parameters"]["Limit50"];
            };
            header?: never;
            path: {
                /**
                 * @description The experiment's id.
                 * @example RXhwZXJpbWVudDox
                 */
                experiment_id: components["parameters"]["ExperimentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of examples */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "example_id": "RGF0YXNldEV4YW1wbGU6MQ==",
                     *           "evaluation": "correctness",
                     *           "change": "regressed",
                     *           "content_changed": false,
                     *           "difference": -0.5,
                     *           "baseline": {
                     *             "input": {
                     *               "question": "What is 6 × 7?"
                     *             },
                     *             "reference_output": {
                     *               "answer": "42"
                     *             },
                     *             "value": 1,
                     *             "spread": {
                     *               "value": null,
                     *               "reason": "too_few"
                     *             },
                     *             "flaky": false,
                     *             "run_count": 1,
                     *             "runs": [
                     *               {
                     *                 "id": "RXhwZXJpbWVudFJ1bjoxMzQyMTc3Mjk=",
                     *                 "repetition_number": 1,
                     *                 "output": {
                     *                   "answer": "42"
                     *                 },
                     *                 "error": null,
                     *                 "latency_ms": 812.5,
                     *                 "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736",
                     *                 "score": 1,
                     *                 "label": "correct",
                     *                 "explanation": null,
                     *                 "evaluation_error": null
                     *               }
                     *             ]
                     *           },
                     *           "experiment": {
                     *             "input": {
                     *               "question": "What is 6 × 7?"
                     *             },
                     *             "reference_output": {
                     *               "answer": "42"
                     *             },
                     *             "value": 0.5,
                     *             "spread": {
                     *               "value": 0.7071067811865476,
                     *               "reason": null
                     *             },
                     *             "flaky": true,
                     *             "run_count": 2,
                     *             "runs": [
                     *               {
                     *                 "id": "RXhwZXJpbWVudFJ1bjoyNjg0MzU0NTc=",
                     *                 "repetition_number": 1,
                     *                 "output": {
                     *                   "answer": "42"
                     *                 },
                     *                 "error": null,
                     *                 "latency_ms": 640,
                     *                 "trace_id": null,
                     *                 "score": 1,
                     *                 "label": "correct",
                     *                 "explanation": null,
                     *                 "evaluation_error": null
                     *               },
                     *               {
                     *                 "id": "RXhwZXJpbWVudFJ1bjoyNjg0MzU0NTg=",
                     *                 "repetition_number": 2,
                     *                 "output": {
                     *                   "answer": "36"
                     *                 },
                     *                 "error": null,
                     *                 "latency_ms": 655.25,
                     *                 "trace_id": null,
                     *                 "score": 0,
                     *                 "label": "wrong",
                     *                 "explanation": "It is 42.",
                     *                 "evaluation_error": null
                     *               }
                     *             ]
                     *           }
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["ComparedExample"][];
                        next_cursor: components["schemas"]["NextCursor"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    getPower: {
        parameters: {
            query: {
                /**
                 * @description A second experiment, to compute the correlation with: the id of one over the same dataset, or the name of one of the dataset's tags. If absent
                 *     or empty, there is none.
                 */
                baseline?: components["schemas"]["Name"];
                /** @description Only the evaluations of this name. Repeat it for more than one; above 100, the first 100 count. */
                evaluation?: components["parameters"]["EvaluationNames"];
                /** @description The difference that is to be found, in scores, in either direction. */
                difference?: number;
                /** @description The number of examples to plan for; as many as the experiment has if absent, and above 100,000 it means 100,000. */
                examples?: number;
                /** @description The number of repetitions to plan for; as many as the experiment has if absent, and above 10,000 it means 10,000. */
                repetitions?: number;
                /** @description The number of repetitions to plan for on the baseline's side; as many as `repetitions` if absent, and above 10,000 it means 10,000. */
                baseline_repetitions?: number;
                /**
                 * @description How the two sides' values of an example go together, from −1 to 1 (above means 1), where `baseline` names no experiment to compute it with; 0.5
                 *     if absent.
                 */
                correlation?: number;
                /** @description The chance to find the difference that is asked for, between 0 and 1. */
                power: number;
                /** @description What p has to be below to count as found, between 0 and 1. */
                alpha: number;
            };
            header?: never;
            path: {
                /**
                 * @description The experiment's id.
                 * @example RXhwZXJpbWVudDox
                 */
                experiment_id: components["parameters"]["ExperimentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The plan */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "experiment_id": "RXhwZXJpbWVudDox",
                     *         "baseline_id": null,
                     *         "difference": 0.05,
                     *         "examples": 40,
                     *         "repetitions": 3,
                     *         "baseline_repetitions": 3,
                     *         "alpha": 0.05,
                     *         "power": 0.8,
                     *         "correlation_source": "assumed",
                     *         "evaluations": [
                     *           {
                     *             "name": "correctness",
                     *             "scored_example_count": 40,
                     *             "scored_run_count": 120,
                     *             "between_deviation": {
                     *               "value": 0.1771983010407772,
                     *               "reason": null
                     *             },
                     *             "within_deviation": {
                     *               "value": 0.02577143121106522,
                     *               "reason": null
                     *             },
                     *             "correlation": {
                     *               "value": 0.5,
                     *               "reason": null
                     *             },
                     *             "pass_fail": false,
                     *             "deviation": {
                     *               "value": 0.17844331220170645,
                     *               "reason": null
                     *             },
                     *             "detectable_difference": {
                     *               "value": 0.08105911290777212,
                     *               "reason": null
                     *             },
                     *             "power": {
                     *               "value": 0.40859046302177593,
                     *               "reason": null
                     *             },
                     *             "examples_needed": {
                     *               "value": 102,
                     *               "reason": null
                     *             },
                     *             "repetitions_needed": {
                     *               "value": null,
                     *               "reason": "unreachable"
                     *             }
                     *           }
                     *         ],
                     *         "more_evaluations": false
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Power"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    getExperimentJSON: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The experiment's id.
                 * @example RXhwZXJpbWVudDox
                 */
                experiment_id: components["parameters"]["ExperimentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The runs */
            200: {
                headers: {
                    "Content-Disposition": components["headers"]["ContentDisposition"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "example_id": "RGF0YXNldEV4YW1wbGU6MQ==",
                     *         "repetition_number": 1,
                     *         "input": {
                     *           "question": "What is 6 × 7?"
                     *         },
                     *         "reference_output": {
                     *           "answer": "42"
                     *         },
                     *         "output": "42",
                     *         "error": null,
                     *         "latency_ms": 812.5,
                     *         "start_time": "2026-11-22T09:31:02+00:00",
                     *         "end_time": "2026-11-22T09:31:02.812500+00:00",
                     *         "trace_id": "0af7651916cd43dd8448eb211c80319c",
                     *         "prompt_token_count": null,
                     *         "completion_token_count": null,
                     *         "annotations": [
                     *           {
                     *             "name": "exact match",
                     *             "annotator_kind": "CODE",
                     *             "label": "correct",
                     *             "score": 1,
                     *             "explanation": null,
                     *             "trace_id": null,
                     *             "error": null,
                     *             "metadata": {},
                     *             "start_time": "2026-11-22T09:31:03+00:00",
                     *             "end_time": "2026-11-22T09:31:03.000250+00:00"
                     *           }
                     *         ]
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["ExportedRun"][];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    getExperimentJSONL: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The experiment's id.
                 * @example RXhwZXJpbWVudDox
                 */
                experiment_id: components["parameters"]["ExperimentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The runs */
            200: {
                headers: {
                    "Content-Disposition": components["headers"]["ContentDisposition"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {"example_id":"RGF0YXNldEV4YW1wbGU6MQ==","repetition_number":1,"input":{"question":"What is 6 × 7?"},"reference_output":{"answer":"42"},"output":"42","error":null,"latency_ms":812.500,"start_time":"2026-11-22T09:31:02+00:00","end_time":"2026-11-22T09:31:02.812500+00:00","trace_id":null,"prompt_token_count":null,"completion_token_count":null,"annotations":[]} */
                    "application/x-ndjson": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    getExperimentCSV: {
        parameters: {
            query: {
                /**
                 * @description Make the file safe to open in a spreadsheet: a cell that would be taken for a formula, beginning with `=`, `+`, `-`, `@`, a tab or a
                 *     carriage return, gets a `'` before it, a negative number too. Such a file is not what was stored: without this parameter cells are exact.
                 */
                spreadsheet: components["parameters"]["Spreadsheet"];
            };
            header?: never;
            path: {
                /**
                 * @description The experiment's id.
                 * @example RXhwZXJpbWVudDox
                 */
                experiment_id: components["parameters"]["ExperimentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The runs */
            200: {
                headers: {
                    "Content-Disposition": components["headers"]["ContentDisposition"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example example_id,repetition_number,input,reference_output,output,metadata,error,latency_ms,start_time,end_time,trace_id,prompt_token_count,completion_token_count
                     *     RGF0YXNldEV4YW1wbGU6MQ==,1,"{""question"":""What is 6 × 7?""}","{""answer"":""42""}",42,"{""topic"":""arithmetic""}",,812.500,2026-11-22T09:31:02+00:00,2026-11-22T09:31:02.812500+00:00,,,
                     */
                    "text/csv": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    listExperimentRuns: {
        parameters: {
            query?: {
                /** @description The `next_cursor` of the page before. Empty means the first page. */
                cursor?: components["parameters"]["Cursor"];
                /** @description The most runs to return, from 1; above 1000 means 1000; all if absent. */
                limit?: number;
                /** @description Only runs that failed, if true; only those that did not, if false. */
                error?: boolean;
                /** @description Only runs on this example (its `node_id`). */
                dataset_example_id?: components["schemas"]["Id"];
                /** @description Only runs of this repetition. */
                repetition_number?: number;
                /** @description Only runs that have an evaluation of exactly this name, which fits `label`, `min_score` and `max_score` as far as they are given. */
                evaluation_name?: components["schemas"]["Text"];
                /** @description With `evaluation_name`, only runs whose evaluation has exactly this label. Repeat it for more. */
                label?: components["schemas"]["Text"][];
                /** @description With `evaluation_name`, only runs whose evaluation has a score, of this or more. */
                min_score?: number;
                /** @description With `evaluation_name`, only runs whose evaluation has a score, of this or less. */
                max_score?: number;
                /**
                 * @description `evaluations` gives each run its `evaluations`, `token_counts` its `prompt_token_count` and `completion_token_count`.
                 * @example [
                 *       "evaluations",
                 *       "token_counts"
                 *     ]
                 */
                include?: ("evaluations" | "token_counts")[];
            };
            header?: never;
            path: {
                /**
                 * @description The experiment's id.
                 * @example RXhwZXJpbWVudDox
                 */
                experiment_id: components["parameters"]["ExperimentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of runs */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "dataset_example_id": "RGF0YXNldEV4YW1wbGU6MQ==",
                     *           "output": "42",
                     *           "repetition_number": 1,
                     *           "start_time": "2026-11-22T09:31:02+00:00",
                     *           "end_time": "2026-11-22T09:31:02.812500+00:00",
                     *           "trace_id": "0af7651916cd43dd8448eb211c80319c",
                     *           "error": null,
                     *           "id": "RXhwZXJpbWVudFJ1bjoxMzQyMTc3Mjk=",
                     *           "experiment_id": "RXhwZXJpbWVudDox",
                     *           "latency_ms": 812.5,
                     *           "prompt_token_count": 182,
                     *           "completion_token_count": 12
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["ExperimentRun"][];
                        next_cursor: components["schemas"]["NextCursor"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    createExperimentRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The experiment's id.
                 * @example RXhwZXJpbWVudDox
                 */
                experiment_id: components["parameters"]["ExperimentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "dataset_example_id": "RGF0YXNldEV4YW1wbGU6MQ==",
                 *       "output": "42",
                 *       "repetition_number": 1,
                 *       "start_time": "2026-11-22T09:31:02Z",
                 *       "end_time": "2026-11-22T09:31:02.8125Z",
                 *       "trace_id": "0af7651916cd43dd8448eb211c80319c",
                 *       "error": null
                 *     }
                 */
                "application/json": components["schemas"]["ExperimentRunCreate"];
            };
        };
        responses: {
            /** @description The run is recorded */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "RXhwZXJpbWVudFJ1bjoxMzQyMTc3Mjk="
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: {
                            /** @description The run's id. */
                            id: string;
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["RunExists"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    createExperimentRuns: {
        parameters: {
            query: {
                /**
                 * @description All or nothing: if an item is rejected, nothing is recorded, and the answer is a problem whose `errors` name the rejected items (the first
                 *     1000 of them). Such a batch is in memory as a whole, so it may be no larger than a JSON body (`ASSAY_MAX_BODY_BYTES`).
                 */
                atomic: components["parameters"]["Atomic"];
            };
            header?: never;
            path: {
                /**
                 * @description The experiment's id.
                 * @example RXhwZXJpbWVudDox
                 */
                experiment_id: components["parameters"]["ExperimentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "runs": [
                 *         {
                 *           "dataset_example_id": "RGF0YXNldEV4YW1wbGU6MQ==",
                 *           "output": "42",
                 *           "repetition_number": 1,
                 *           "start_time": "2026-11-22T09:31:02Z",
                 *           "end_time": "2026-11-22T09:31:02.8125Z",
                 *           "trace_id": "0af7651916cd43dd8448eb211c80319c",
                 *           "error": null,
                 *           "evaluations": [
                 *             {
                 *               "name": "exact match",
                 *               "annotator_kind": "CODE",
                 *               "start_time": "2026-11-22T09:31:03Z",
                 *               "end_time": "2026-11-22T09:31:03.00025Z",
                 *               "result": {
                 *                 "label": "correct",
                 *                 "score": 1
                 *               }
                 *             }
                 *           ]
                 *         },
                 *         {
                 *           "dataset_example_id": "RGF0YXNldEV4YW1wbGU6Mg==",
                 *           "output": null,
                 *           "repetition_number": 1,
                 *           "start_time": "2026-11-22T09:31:02Z",
                 *           "end_time": "2026-11-22T09:31:12Z",
                 *           "error": "The model did not answer"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ExperimentRunBatch"];
                /**
                 * @example {
                 *       "dataset_example_id": "RGF0YXNldEV4YW1wbGU6MQ==",
                 *       "output": "42",
                 *       "repetition_number": 1,
                 *       "start_time": "2026-11-22T09:31:02Z",
                 *       "end_time": "2026-11-22T09:31:02.8125Z",
                 *       "evaluations": [
                 *         {
                 *           "name": "exact match",
                 *           "annotator_kind": "CODE",
                 *           "start_time": "2026-11-22T09:31:03Z",
                 *           "end_time": "2026-11-22T09:31:03.00025Z",
                 *           "result": {
                 *             "label": "correct",
                 *             "score": 1
                 *           }
                 *         }
                 *       ]
                 *     }
                 */
                "application/x-ndjson": components["schemas"]["ExperimentRunWithEvaluations"];
            };
        };
        responses: {
            /** @description What became of each run */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "outcome": "created",
                     *           "id": "RXhwZXJpbWVudFJ1bjoxMzQyMTc3Mjk="
                     *         },
                     *         {
                     *           "outcome": "rejected",
                     *           "problem": {
                     *             "status": 404,
                     *             "code": "not_found",
                     *             "detail": "DatasetExample with ID RGF0YXNldEV4YW1wbGU6Mg== is not an example of experiment RXhwZXJpbWVudDox"
                     *           }
                     *         }
                     *       ],
                     *       "counts": {
                     *         "created": 1,
                     *         "replaced": 0,
                     *         "exists": 0,
                     *         "rejected": 1
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["RecordedRun"][];
                        /** @description How many runs each outcome has. */
                        counts: {
                            /** @description Runs that are new. */
                            created: number;
                            /** @description Runs that had failed before. */
                            replaced: number;
                            /** @description Runs that were there. */
                            exists: number;
                            /** @description Runs that are not recorded. */
                            rejected: number;
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["RunExists"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    getExperimentRun: {
        parameters: {
            query?: {
                /**
                 * @description `evaluations` gives the run its `evaluations`.
                 * @example [
                 *       "evaluations"
                 *     ]
                 */
                include?: "evaluations"[];
            };
            header?: never;
            path: {
                /**
                 * @description The experiment's id.
                 * @example RXhwZXJpbWVudDox
                 */
                experiment_id: components["parameters"]["ExperimentId"];
                /**
                 * @description The run's id.
                 * @example RXhwZXJpbWVudFJ1bjoxMzQyMTc3Mjk=
                 */
                run_id: components["parameters"]["RunId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The run */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "dataset_example_id": "RGF0YXNldEV4YW1wbGU6MQ==",
                     *         "output": "42",
                     *         "repetition_number": 1,
                     *         "start_time": "2026-11-22T09:31:02+00:00",
                     *         "end_time": "2026-11-22T09:31:02.812500+00:00",
                     *         "trace_id": "0af7651916cd43dd8448eb211c80319c",
                     *         "error": null,
                     *         "id": "RXhwZXJpbWVudFJ1bjoxMzQyMTc3Mjk=",
                     *         "experiment_id": "RXhwZXJpbWVudDox",
                     *         "evaluations": [
                     *           {
                     *             "id": "RXhwZXJpbWVudEV2YWx1YXRpb246MTM0MjE3NzI5",
                     *             "experiment_run_id": "RXhwZXJpbWVudFJ1bjoxMzQyMTc3Mjk=",
                     *             "name": "exact match",
                     *             "annotator_kind": "CODE",
                     *             "label": "correct",
                     *             "score": 1,
                     *             "explanation": null,
                     *             "error": null,
                     *             "metadata": {},
                     *             "trace_id": null,
                     *             "start_time": "2026-11-22T09:31:03+00:00",
                     *             "end_time": "2026-11-22T09:31:03.000250+00:00"
                     *           }
                     *         ],
                     *         "latency_ms": 812.5,
                     *         "prompt_token_count": 182,
                     *         "completion_token_count": 12
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: WithRequired<components["schemas"]["ExperimentRun"], "prompt_token_count" | "completion_token_count">;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    listExperimentEvaluations: {
        parameters: {
            query: {
                /** @description The `next_cursor` of the page before. Empty means the first page. */
                cursor?: components["parameters"]["Cursor"];
                /** @description The most rows to return, from 1; above 1000 means 1000. */
                limit: components["parameters"]["Limit100"];
                /** @description Only evaluations of exactly this name. Repeat it for more. */
                name?: components["schemas"]["Text"][];
                /**
                 * @description Only evaluations by annotators of this kind. Repeat it for more.
                 * @example [
                 *       "LLM",
                 *       "HUMAN"
                 *     ]
                 */
                annotator_kind?: components["schemas"]["AnnotatorKind"][];
                /** @description Only evaluations with exactly this label. Repeat it for more. */
                label?: components["schemas"]["Text"][];
                /** @description Only evaluations that have a score, of this or more. */
                min_score?: number;
                /** @description Only evaluations that have a score, of this or less. */
                max_score?: number;
                /** @description Only evaluations that failed, if true; only those that did not, if false. */
                error?: boolean;
                /** @description Only evaluations of this run. */
                experiment_run_id?: components["schemas"]["Id"];
                /** @description Only evaluations of runs on this example (its `node_id`). */
                dataset_example_id?: components["schemas"]["Id"];
            };
            header?: never;
            path: {
                /**
                 * @description The experiment's id.
                 * @example RXhwZXJpbWVudDox
                 */
                experiment_id: components["parameters"]["ExperimentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of evaluations */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "RXhwZXJpbWVudEV2YWx1YXRpb246MTM0MjE3NzI5",
                     *           "experiment_run_id": "RXhwZXJpbWVudFJ1bjoxMzQyMTc3Mjk=",
                     *           "name": "exact match",
                     *           "annotator_kind": "CODE",
                     *           "label": "correct",
                     *           "score": 1,
                     *           "explanation": null,
                     *           "error": null,
                     *           "metadata": {},
                     *           "trace_id": null,
                     *           "start_time": "2026-11-22T09:31:03+00:00",
                     *           "end_time": "2026-11-22T09:31:03.000250+00:00"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["ExperimentEvaluation"][];
                        next_cursor: components["schemas"]["NextCursor"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    getIncompleteExperimentRuns: {
        parameters: {
            query: {
                /** @description The `next_cursor` of the page before. Empty means the first page. */
                cursor?: components["parameters"]["Cursor"];
                /** @description The most rows to return, from 1; above 1000 means 1000. */
                limit: components["parameters"]["Limit50"];
            };
            header?: never;
            path: {
                /**
                 * @description The experiment's id.
                 * @example RXhwZXJpbWVudDox
                 */
                experiment_id: components["parameters"]["ExperimentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of examples */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "dataset_example": {
                     *             "id": "RGF0YXNldEV4YW1wbGU6MQ==",
                     *             "node_id": "RGF0YXNldEV4YW1wbGU6MQ==",
                     *             "input": {
                     *               "question": "What is 6 × 7?"
                     *             },
                     *             "output": {
                     *               "answer": "42"
                     *             },
                     *             "metadata": {
                     *               "topic": "arithmetic"
                     *             },
                     *             "updated_at": "2026-11-22T09:30:00.125000+00:00",
                     *             "source": null
                     *           },
                     *           "repetition_numbers": [
                     *             2,
                     *             3
                     *           ]
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["IncompleteRun"][];
                        next_cursor: components["schemas"]["NextCursor"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    getIncompleteExperimentEvaluations: {
        parameters: {
            query: {
                /** @description A name to look for; repeat it for more. Trimmed, blank ones dropped; at least one is needed. */
                evaluation_name: string[];
                /** @description The `next_cursor` of the page before. Empty means the first page. */
                cursor?: components["parameters"]["Cursor"];
                /** @description The most rows to return, from 1; above 1000 means 1000. */
                limit: components["parameters"]["Limit50"];
            };
            header?: never;
            path: {
                /**
                 * @description The experiment's id.
                 * @example RXhwZXJpbWVudDox
                 */
                experiment_id: components["parameters"]["ExperimentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of runs */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "experiment_run": {
                     *             "dataset_example_id": "RGF0YXNldEV4YW1wbGU6MQ==",
                     *             "output": "42",
                     *             "repetition_number": 1,
                     *             "start_time": "2026-11-22T09:31:02+00:00",
                     *             "end_time": "2026-11-22T09:31:02.812500+00:00",
                     *             "trace_id": null,
                     *             "error": null,
                     *             "id": "RXhwZXJpbWVudFJ1bjoxMzQyMTc3Mjk=",
                     *             "experiment_id": "RXhwZXJpbWVudDox",
                     *             "latency_ms": 812.5
                     *           },
                     *           "dataset_example": {
                     *             "id": "RGF0YXNldEV4YW1wbGU6MQ==",
                     *             "node_id": "RGF0YXNldEV4YW1wbGU6MQ==",
                     *             "input": {
                     *               "question": "What is 6 × 7?"
                     *             },
                     *             "output": {
                     *               "answer": "42"
                     *             },
                     *             "metadata": {
                     *               "topic": "arithmetic"
                     *             },
                     *             "updated_at": "2026-11-22T09:30:00.125000+00:00",
                     *             "source": null
                     *           },
                     *           "evaluation_names": [
                     *             "exact match"
                     *           ]
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["IncompleteEvaluation"][];
                        next_cursor: components["schemas"]["NextCursor"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    listExperimentTags: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The experiment's id.
                 * @example RXhwZXJpbWVudDox
                 */
                experiment_id: components["parameters"]["ExperimentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The tags */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "RXhwZXJpbWVudFRhZzox",
                     *           "name": "baseline",
                     *           "description": "What runs in production"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["ExperimentTag"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    upsertExperimentTag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The experiment's id.
                 * @example RXhwZXJpbWVudDox
                 */
                experiment_id: components["parameters"]["ExperimentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "baseline",
                 *       "description": "What runs in production"
                 *     }
                 */
                "application/json": components["schemas"]["ExperimentTagUpsert"];
            };
        };
        responses: {
            /** @description The tag */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "RXhwZXJpbWVudFRhZzox",
                     *         "name": "baseline",
                     *         "description": "What runs in production"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["ExperimentTag"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    deleteExperimentTag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The experiment's id.
                 * @example RXhwZXJpbWVudDox
                 */
                experiment_id: components["parameters"]["ExperimentId"];
                /**
                 * @description The tag's id or name.
                 * @example baseline
                 */
                tag_identifier: components["parameters"]["TagIdentifier"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The experiment does not have the tag */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    upsertExperimentEvaluation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "experiment_run_id": "RXhwZXJpbWVudFJ1bjoxMzQyMTc3Mjk=",
                 *       "name": "exact match",
                 *       "annotator_kind": "CODE",
                 *       "start_time": "2026-11-22T09:31:03Z",
                 *       "end_time": "2026-11-22T09:31:03.00025Z",
                 *       "result": {
                 *         "label": "correct",
                 *         "score": 1
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["EvaluationUpsert"];
            };
        };
        responses: {
            /** @description The evaluation is recorded */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "RXhwZXJpbWVudEV2YWx1YXRpb246MTM0MjE3NzI5"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: {
                            /** @description The evaluation's id. */
                            id: string;
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    upsertExperimentEvaluations: {
        parameters: {
            query: {
                /**
                 * @description All or nothing: if an item is rejected, nothing is recorded, and the answer is a problem whose `errors` name the rejected items (the first
                 *     1000 of them). Such a batch is in memory as a whole, so it may be no larger than a JSON body (`ASSAY_MAX_BODY_BYTES`).
                 */
                atomic: components["parameters"]["Atomic"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "evaluations": [
                 *         {
                 *           "experiment_run_id": "RXhwZXJpbWVudFJ1bjoxMzQyMTc3Mjk=",
                 *           "name": "exact match",
                 *           "annotator_kind": "CODE",
                 *           "start_time": "2026-11-22T09:31:03Z",
                 *           "end_time": "2026-11-22T09:31:03.00025Z",
                 *           "result": {
                 *             "label": "correct",
                 *             "score": 1
                 *           }
                 *         },
                 *         {
                 *           "experiment_run_id": "RXhwZXJpbWVudFJ1bjoxMzQyMTc3MzA=",
                 *           "name": "exact match",
                 *           "annotator_kind": "CODE",
                 *           "start_time": "2026-11-22T09:31:03Z",
                 *           "end_time": "2026-11-22T09:31:03.00025Z",
                 *           "error": "There was no output"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["EvaluationBatch"];
                /**
                 * @example {
                 *       "experiment_run_id": "RXhwZXJpbWVudFJ1bjoxMzQyMTc3Mjk=",
                 *       "name": "exact match",
                 *       "annotator_kind": "CODE",
                 *       "start_time": "2026-11-22T09:31:03Z",
                 *       "end_time": "2026-11-22T09:31:03.00025Z",
                 *       "result": {
                 *         "label": "correct",
                 *         "score": 1
                 *       }
                 *     }
                 */
                "application/x-ndjson": components["schemas"]["EvaluationUpsert"];
            };
        };
        responses: {
            /** @description What became of each evaluation */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "outcome": "created",
                     *           "id": "RXhwZXJpbWVudEV2YWx1YXRpb246MTM0MjE3NzI5"
                     *         },
                     *         {
                     *           "outcome": "rejected",
                     *           "problem": {
                     *             "status": 404,
                     *             "code": "not_found",
                     *             "detail": "ExperimentRun with ID RXhwZXJpbWVudFJ1bjoxMzQyMTc3MzA= does not exist"
                     *           }
                     *         }
                     *       ],
                     *       "counts": {
                     *         "created": 1,
                     *         "replaced": 0,
                     *         "rejected": 1
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["RecordedEvaluation"][];
                        /** @description How many evaluations each outcome has. */
                        counts: {
                            /** @description Evaluations that are new. */
                            created: number;
                            /** @description Evaluations that were there before. */
                            replaced: number;
                            /** @description Evaluations that are not recorded. */
                            rejected: number;
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    listAnnotationConfigs: {
        parameters: {
            query: {
                /** @description The `next_cursor` of the page before. Empty means the first page. */
                cursor?: components["parameters"]["Cursor"];
                /** @description The most rows to return, from 1; above 1000 means 1000. */
                limit: components["parameters"]["Limit100"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of annotation configs */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "name": "tone",
                     *           "type": "FREEFORM",
                     *           "description": "What a reader would say of the tone",
                     *           "optimization_direction": "MAXIMIZE",
                     *           "threshold": 0.5,
                     *           "lower_bound": 0,
                     *           "upper_bound": 1,
                     *           "id": "RnJlZWZvcm1Bbm5vdGF0aW9uQ29uZmlnOjM="
                     *         },
                     *         {
                     *           "name": "latency",
                     *           "type": "CONTINUOUS",
                     *           "description": "Seconds until the answer",
                     *           "optimization_direction": "MINIMIZE",
                     *           "lower_bound": 0,
                     *           "upper_bound": null,
                     *           "id": "Q29udGludW91c0Fubm90YXRpb25Db25maWc6Mg=="
                     *         },
                     *         {
                     *           "name": "correctness",
                     *           "type": "CATEGORICAL",
                     *           "description": "Whether the answer is right",
                     *           "optimization_direction": "MAXIMIZE",
                     *           "values": [
                     *             {
                     *               "label": "correct",
                     *               "score": 1
                     *             },
                     *             {
                     *               "label": "incorrect",
                     *               "score": 0
                     *             }
                     *           ],
                     *           "id": "Q2F0ZWdvcmljYWxBbm5vdGF0aW9uQ29uZmlnOjE="
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["AnnotationConfig"][];
                        next_cursor: components["schemas"]["NextCursor"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    createAnnotationConfig: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes it safe to send the request again: a word of the caller's own, a UUID for one. For 24 hours the same request with the same key is
                 *     answered with the answer that the first had, and does nothing. With another query or body the key is refused (422); while a request with
                 *     it is under way, too (409). Only successes are remembered. A key counts for its caller and path.
                 */
                "idempotency-key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "correctness",
                 *       "type": "CATEGORICAL",
                 *       "description": "Whether the answer is right",
                 *       "optimization_direction": "MAXIMIZE",
                 *       "values": [
                 *         {
                 *           "label": "correct",
                 *           "score": 1
                 *         },
                 *         {
                 *           "label": "incorrect",
                 *           "score": 0
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["AnnotationConfigData"];
            };
        };
        responses: {
            /** @description The annotation config */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "name": "correctness",
                     *         "type": "CATEGORICAL",
                     *         "description": "Whether the answer is right",
                     *         "optimization_direction": "MAXIMIZE",
                     *         "values": [
                     *           {
                     *             "label": "correct",
                     *             "score": 1
                     *           },
                     *           {
                     *             "label": "incorrect",
                     *             "score": 0
                     *           }
                     *         ],
                     *         "id": "Q2F0ZWdvcmljYWxBbm5vdGF0aW9uQ29uZmlnOjE="
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["AnnotationConfig"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["AnnotationConfigExists"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    getAnnotationConfig: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The config's id or name.
                 * @example correctness
                 */
                config_identifier: components["parameters"]["AnnotationConfigIdentifier"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The annotation config */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "name": "latency",
                     *         "type": "CONTINUOUS",
                     *         "description": "Seconds until the answer",
                     *         "optimization_direction": "MINIMIZE",
                     *         "lower_bound": 0,
                     *         "upper_bound": null,
                     *         "id": "Q29udGludW91c0Fubm90YXRpb25Db25maWc6Mg=="
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["AnnotationConfig"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    updateAnnotationConfig: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The config's id or name.
                 * @example correctness
                 */
                config_identifier: components["parameters"]["AnnotationConfigIdentifier"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "tone",
                 *       "type": "FREEFORM",
                 *       "description": "What a reader would say of the tone",
                 *       "optimization_direction": "MAXIMIZE",
                 *       "threshold": 0.5,
                 *       "lower_bound": 0,
                 *       "upper_bound": 1
                 *     }
                 */
                "application/json": components["schemas"]["AnnotationConfigData"];
            };
        };
        responses: {
            /** @description The annotation config as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "name": "tone",
                     *         "type": "FREEFORM",
                     *         "description": "What a reader would say of the tone",
                     *         "optimization_direction": "MAXIMIZE",
                     *         "threshold": 0.5,
                     *         "lower_bound": 0,
                     *         "upper_bound": 1,
                     *         "id": "RnJlZWZvcm1Bbm5vdGF0aW9uQ29uZmlnOjM="
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["AnnotationConfig"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["AnnotationConfigExists"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    deleteAnnotationConfig: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The config's id or name.
                 * @example correctness
                 */
                config_identifier: components["parameters"]["AnnotationConfigIdentifier"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The annotation config that is gone */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "name": "correctness",
                     *         "type": "CATEGORICAL",
                     *         "description": "Whether the answer is right",
                     *         "optimization_direction": "MAXIMIZE",
                     *         "values": [
                     *           {
                     *             "label": "correct",
                     *             "score": 1
                     *           },
                     *           {
                     *             "label": "incorrect",
                     *             "score": 0
                     *           }
                     *         ],
                     *         "id": "Q2F0ZWdvcmljYWxBbm5vdGF0aW9uQ29uZmlnOjE="
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["AnnotationConfig"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    exportTraces: {
        parameters: {
            query?: never;
            header?: {
                /** @description The project of all the spans, whatever their resource says. */
                "x-project-name"?: components["schemas"]["Text"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-protobuf": string;
                /**
                 * @example {
                 *       "resourceSpans": [
                 *         {
                 *           "resource": {
                 *             "attributes": [
                 *               {
                 *                 "key": "openinference.project.name",
                 *                 "value": {
                 *                   "stringValue": "Experiment-5f0c6a7d9e8b4c3a2d1e0f9a"
                 *                 }
                 *               }
                 *             ]
                 *           },
                 *           "scopeSpans": [
                 *             {
                 *               "scope": {
                 *                 "name": "my-task"
                 *               },
                 *               "spans": [
                 *                 {
                 *                   "traceId": "0af7651916cd43dd8448eb211c80319c",
                 *                   "spanId": "b7ad6b7169203331",
                 *                   "name": "Task: answer",
                 *                   "kind": 1,
                 *                   "startTimeUnixNano": "1795339862000000000",
                 *                   "endTimeUnixNano": "1795339862812500000",
                 *                   "attributes": [
                 *                     {
                 *                       "key": "openinference.span.kind",
                 *                       "value": {
                 *                         "stringValue": "CHAIN"
                 *                       }
                 *                     }
                 *                   ]
                 *                 }
                 *               ]
                 *             }
                 *           ]
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": Record<string, unknown>;
            };
        };
        responses: {
            /** @description The spans are stored */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-protobuf": string;
                    /** @example {} */
                    "application/json": Record<string, unknown>;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    getProjects: {
        parameters: {
            query: {
                /** @description The `next_cursor` of the page before. Empty means the first page. */
                cursor?: components["parameters"]["Cursor"];
                /** @description The most rows to return, from 1; above 1000 means 1000. */
                limit: components["parameters"]["Limit100"];
                /** @description Also the projects of experiments. */
                include_experiment_projects: boolean;
                /** @description Only projects with this text in their names, in upper or lower case. Empty is no filter. */
                name_contains?: components["schemas"]["Text"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of projects */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "name": "evaluators",
                     *           "description": null,
                     *           "id": "UHJvamVjdDo3"
                     *         },
                     *         {
                     *           "name": "default",
                     *           "description": "Default project",
                     *           "id": "UHJvamVjdDox"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Project"][];
                        next_cursor: components["schemas"]["NextCursor"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    getProject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The project's id or its name, percent-encoded (`/` as `%2F`). What reads as the id of a project is taken for one.
                 * @example evaluators
                 */
                project_identifier: components["parameters"]["ProjectIdentifier"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The project */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "name": "evaluators",
                     *         "description": null,
                     *         "id": "UHJvamVjdDo3"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Project"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    deleteProject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The project's id or its name, percent-encoded (`/` as `%2F`). What reads as the id of a project is taken for one.
                 * @example evaluators
                 */
                project_identifier: components["parameters"]["ProjectIdentifier"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The project is gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    getSpans: {
        parameters: {
            query: {
                /** @description The `next_cursor` of the page before. Empty means the first page. */
                cursor?: components["parameters"]["Cursor"];
                /** @description The most rows to return, from 1; above 1000 means 1000. */
                limit: components["parameters"]["Limit100"];
                /** @description Only spans that started at this moment or later; ISO 8601, without an offset UTC, or a unix time. */
                start_time?: string;
                /** @description Only spans that started before this moment. */
                end_time?: string;
                /** @description Only spans of this trace. Repeat it for more. */
                trace_id?: components["schemas"]["Text"][];
                /** @description Only the span with this OpenTelemetry id. Repeat it for more. */
                span_id?: components["schemas"]["Text"][];
                /** @description Only spans that are parts of the span with this OpenTelemetry id; `null` for roots. */
                parent_id?: components["schemas"]["Text"];
                /** @description Only spans of exactly this name. Repeat it for more. */
                name?: components["schemas"]["Text"][];
                /** @description Only spans of this kind. Repeat it for more. */
                span_kind?: components["schemas"]["Text"][];
                /** @description Only spans with this status: OK, ERROR or UNSET. Repeat it for more. */
                status_code?: components["schemas"]["Text"][];
                /** @description Phoenix's filter by attribute, which is not served. A request with it is refused, because an answer that ignores it would be wrong. */
                attribute?: components["schemas"]["Text"][];
            };
            header?: never;
            path: {
                /**
                 * @description The project's id or its name, percent-encoded (`/` as `%2F`). What reads as the id of a project is taken for one.
                 * @example evaluators
                 */
                project_identifier: components["parameters"]["ProjectIdentifier"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of spans */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "U3Bhbjox",
                     *           "name": "Task: answer",
                     *           "context": {
                     *             "trace_id": "0af7651916cd43dd8448eb211c80319c",
                     *             "span_id": "b7ad6b7169203331"
                     *           },
                     *           "span_kind": "CHAIN",
                     *           "parent_id": null,
                     *           "start_time": "2026-11-22T09:31:02+00:00",
                     *           "end_time": "2026-11-22T09:31:02.812500+00:00",
                     *           "status_code": "OK",
                     *           "status_message": "",
                     *           "attributes": {
                     *             "openinference.span.kind": "CHAIN",
                     *             "output.value": "42"
                     *           },
                     *           "events": [
                     *             {
                     *               "name": "retry",
                     *               "timestamp": "2026-11-22T09:31:02.500000+00:00",
                     *               "attributes": {
                     *                 "attempt": 2
                     *               }
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Span"][];
                        next_cursor: components["schemas"]["NextCursor"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    getSystemApiKeys: {
        parameters: {
            query: {
                /** @description The `next_cursor` of the page before. Empty means the first page. */
                cursor?: components["parameters"]["Cursor"];
                /** @description The most rows to return, from 1; above 1000 means 1000. */
                limit: components["parameters"]["Limit100"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of keys */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "U3lzdGVtQXBpS2V5OjE=",
                     *           "name": "ci",
                     *           "description": "Evaluates pull requests",
                     *           "kind": "write",
                     *           "dataset_ids": [
                     *             "RGF0YXNldDox"
                     *           ],
                     *           "created_at": "2026-11-25T09:30:00.125000+00:00",
                     *           "expires_at": "2027-02-23T00:00:00+00:00",
                     *           "last_used_at": null
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["ApiKey"][];
                        next_cursor: components["schemas"]["NextCursor"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    createSystemApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "name": "ci",
                 *         "description": "Evaluates pull requests",
                 *         "expires_at": "2127-02-23T00:00:00Z",
                 *         "kind": "write"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ApiKeyCreate"];
            };
        };
        responses: {
            /** @description The key, with its secret */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "U3lzdGVtQXBpS2V5OjE=",
                     *         "name": "ci",
                     *         "description": "Evaluates pull requests",
                     *         "kind": "write",
                     *         "dataset_ids": null,
                     *         "created_at": "2026-11-25T09:30:00.125000+00:00",
                     *         "expires_at": "2127-02-23T00:00:00+00:00",
                     *         "last_used_at": null,
                     *         "key": "assay_4Vb7mJqT0xWc2NfKp9RzYsDgH6uLaEi1oBtXv3CnMyQ0b7Kd2"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["CreatedApiKey"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    deleteSystemApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The key's id.
                 * @example U3lzdGVtQXBpS2V5OjE=
                 */
                api_key_id: components["parameters"]["ApiKeyId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key is revoked */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Error"];
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example OK */
                    "text/plain": "OK";
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It can */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example {} */
                    "application/json": Record<string, unknown>;
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getServerVersion: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example 20.3.0 */
                    "text/plain": string;
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getOpenAPI: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "openapi": "3.1.0",
                     *       "info": {
                     *         "title": "Assay",
                     *         "version": "0.1.0"
                     *       },
                     *       "paths": {}
                     *     }
                     */
                    "application/json": {
                        /** @description The version of OpenAPI. */
                        openapi: string;
                        /** @description What the API is. */
                        info: Record<string, unknown>;
                        /** @description Where the API is. */
                        servers?: Record<string, unknown>[];
                        /** @description What every operation asks for. */
                        security?: Record<string, unknown>[];
                        /** @description The groups of operations. */
                        tags?: Record<string, unknown>[];
                        /** @description The operations. */
                        paths: Record<string, unknown>;
                        /** @description What the operations refer to. */
                        components?: Record<string, unknown>;
                    };
                };
            };
            default: components["responses"]["Error"];
        };
    };
}
type WithRequired<T, K extends keyof T> = T & {
    [P in K]-?: T[P];
};
