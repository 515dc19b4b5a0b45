/** What does not compile. Run by `tsc`, never executed. */
import { expectTypeOf } from "vitest";
import {
  ApiError,
  type Client,
  createClient,
  type Dataset,
  type DatasetExample,
  type DatasetExamples,
  type DatasetExampleVersion,
  type DatasetUploadResult,
  type Download,
  type Experiment,
  type ExperimentEvaluation,
  type ExperimentRun,
  type ExperimentTag,
  type ExportedRun,
  type JsonDownload,
  type List,
  type OperationId,
  type ProblemCode,
  type RecordedEvaluation,
  type RecordedRun,
} from "../src/index.ts";

declare const client: Client;

/** The names of the client's methods are the operationIds of the contract: none is missing, none is made up. */
type MethodName = { [Noun in keyof Client]: keyof Client[Noun] }[keyof Client];
declare const methods: Record<MethodName, unknown>;
declare const operations: Record<OperationId, unknown>;
methods satisfies Record<OperationId, unknown>;
operations satisfies Record<MethodName, unknown>;

// Results
expectTypeOf(client.datasets.listDatasets()).toEqualTypeOf<List<Dataset>>();
expectTypeOf(client.datasets.listDatasets().page()).resolves.toEqualTypeOf<{
  data: Dataset[];
  next_cursor: string | null;
}>();
expectTypeOf(client.datasets.uploadDataset({ name: "a", inputs: [] })).resolves.toEqualTypeOf<DatasetUploadResult>();
expectTypeOf(
  client.datasets.uploadDataset({ name: "a", "input_keys[]": ["q"], file: new Blob([]) }),
).resolves.toEqualTypeOf<DatasetUploadResult>();
expectTypeOf(client.examples.getDatasetExamples("a")).resolves.toEqualTypeOf<DatasetExamples>();
expectTypeOf(client.examples.getDatasetExamples("a", { version_id: "b" })).resolves.toEqualTypeOf<DatasetExamples>();
expectTypeOf(client.examples.getDatasetExamples("a", { limit: 100 })).toEqualTypeOf<List<DatasetExample>>();
expectTypeOf(client.examples.createDatasetExample("a", { input: {} })).resolves.toEqualTypeOf<DatasetExampleVersion>();
expectTypeOf(client.examples.getDatasetCsv("a", { spreadsheet: true })).toEqualTypeOf<Download>();
expectTypeOf(client.experiments.createExperiment("a", {})).resolves.toEqualTypeOf<Experiment>();
expectTypeOf(client.experiments.getExperimentJSON("a")).toEqualTypeOf<JsonDownload<ExportedRun[]>>();
expectTypeOf(client.experiments.getExperimentCSV("a")).toEqualTypeOf<Download>();
expectTypeOf(client.tags.listExperimentTags("a")).resolves.toEqualTypeOf<ExperimentTag[]>();
const config = await client.annotationConfigs.getAnnotationConfig("a");
if (config.type === "CATEGORICAL") expectTypeOf(config.values).toExtend<{ label: string }[]>();
else expectTypeOf(config.lower_bound).toEqualTypeOf<number | null>();
expectTypeOf(client.experiments.deleteExperiment("a")).resolves.toBeVoid();
expectTypeOf(client.traces.exportTraces(new Uint8Array())).resolves.toExtend<Uint8Array>();
for await (const run of client.runs.listExperimentRuns("a")) expectTypeOf(run).toEqualTypeOf<ExperimentRun>();
expectTypeOf(client.runs.getExperimentRun("a", "b", { include: ["evaluations"] })).resolves.toExtend<
  ExperimentRun & { prompt_token_count: number | null; completion_token_count: number | null }
>();
expectTypeOf(client.evaluations.listExperimentEvaluations("a")).toEqualTypeOf<List<ExperimentEvaluation>>();

expectTypeOf(client.runs.createExperimentRuns("a", [])).resolves.toEqualTypeOf<RecordedRun[]>();
expectTypeOf(client.evaluations.upsertExperimentEvaluations([])).resolves.toEqualTypeOf<RecordedEvaluation[]>();

// Errors
declare const error: unknown;
if (error instanceof ApiError) expectTypeOf(error.problem?.code).toEqualTypeOf<ProblemCode | undefined>();

// Options
createClient({ apiKey: undefined, fetch });
// @ts-expect-error a misspelt option
createClient({ baseURL: "http://localhost:6006" });

// Parameters
client.datasets.listDatasets({ name: "a", limit: 5 }, { signal: AbortSignal.timeout(1000) });
// @ts-expect-error a query parameter that the operation does not have
client.datasets.listDatasets({ dataset_id: "a" });
// @ts-expect-error a query parameter of another type
client.datasets.listDatasets({ limit: "5" });
// @ts-expect-error the parameter of the path is missing
client.datasets.getDataset();
// @ts-expect-error nothing else can be included
client.runs.listExperimentRuns("a", { include: ["examples"] });
// @ts-expect-error not a kind of annotator
client.evaluations.listExperimentEvaluations("a", { annotator_kind: ["code"] });
// @ts-expect-error the names are missing, without which the service refuses
client.evaluations.getIncompleteExperimentEvaluations("a");

// Bodies
// @ts-expect-error `inputs` is missing, and so is `file`
client.datasets.uploadDataset({ name: "a" });
// @ts-expect-error a file is a Blob
client.datasets.uploadDataset({ name: "a", file: "q,a" });
// @ts-expect-error a field of another type
client.datasets.uploadDataset({ name: "a", file: new Blob([]), "input_keys[]": "q" });
// @ts-expect-error a field that the contract does not have
client.experiments.createExperiment("a", { repetition: 3 });
// @ts-expect-error a field of another type
client.experiments.createExperiment("a", { repetitions: "3" });
// @ts-expect-error `values` are missing, which this type has
client.annotationConfigs.createAnnotationConfig({ name: "a", type: "CATEGORICAL", optimization_direction: "NONE" });
client.experiments.createExperiment("a", {}, { idempotencyKey: "b", signal: AbortSignal.timeout(1000) });
// @ts-expect-error a request that has no need of a key
client.datasets.getDataset("a", { idempotencyKey: "b" });
const during = { start_time: "2026-11-22T09:31:02Z", end_time: "2026-11-22T09:31:03Z" };
// @ts-expect-error `repetition_number` is missing
client.runs.createExperimentRun("a", { dataset_example_id: "b", output: null, ...during });
async function* runs() {
  yield { dataset_example_id: "b", output: null, repetition_number: 1, ...during, evaluations: [] };
}
client.runs.createExperimentRuns("a", runs(), { atomic: true });
// @ts-expect-error an evaluation lacks its name
client.runs.createExperimentRuns("a", [{ ...(await runs().next()).value, evaluations: [{ annotator_kind: "CODE" }] }]);
client.evaluations.upsertExperimentEvaluation({
  experiment_run_id: "a",
  name: "exact match",
  // @ts-expect-error not a kind of annotator
  annotator_kind: "code",
  ...during,
});
