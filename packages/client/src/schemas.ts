import type { components } from "@assay/spec";

type Schemas = components["schemas"];

export type AnnotatorKind = Schemas["AnnotatorKind"];
export type Dataset = Schemas["Dataset"];
export type DatasetExample = Schemas["DatasetExample"];
export type DatasetExamples = Schemas["DatasetExamples"];
export type DatasetUpload = Schemas["DatasetUpload"];
export type DatasetUploadResult = Schemas["DatasetUploadResult"];
export type DatasetVersion = Schemas["DatasetVersion"];
export type EvaluationResult = Schemas["EvaluationResult"];
export type EvaluationUpsert = Schemas["EvaluationUpsert"];
export type ExampleSource = Schemas["ExampleSource"];
export type Experiment = Schemas["Experiment"];
export type ExperimentCreate = Schemas["ExperimentCreate"];
export type ExperimentRun = Schemas["ExperimentRun"];
export type ExperimentRunCreate = Schemas["ExperimentRunCreate"];
export type ExportedEvaluation = Schemas["ExportedEvaluation"];
export type ExportedRun = Schemas["ExportedRun"];
export type IncompleteEvaluation = Schemas["IncompleteEvaluation"];
export type IncompleteRun = Schemas["IncompleteRun"];
export type JsonObject = Schemas["JsonObject"];
export type JsonValue = Schemas["JsonValue"];
export type Problem = Schemas["Problem"];
export type ProblemCode = Schemas["ProblemCode"];
export type ProblemField = Schemas["ProblemField"];
