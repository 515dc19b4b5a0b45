import * as annotationConfigs from "./annotation-configs/handlers.ts";
import * as comparisons from "./comparisons/handlers.ts";
import * as datasets from "./datasets/handlers.ts";
import * as evaluations from "./evaluations/handlers.ts";
import * as examples from "./examples/handlers.ts";
import * as experiments from "./experiments/handlers.ts";
import * as keys from "./keys/handlers.ts";
import * as labels from "./labels/handlers.ts";
import type { Handlers } from "./operation.ts";
import * as projects from "./projects/handlers.ts";
import * as runs from "./runs/handlers.ts";
import * as service from "./service/handlers.ts";
import * as spans from "./spans/handlers.ts";
import * as splits from "./splits/handlers.ts";
import * as tags from "./tags/handlers.ts";
import * as traces from "./traces/handlers.ts";
import * as versions from "./versions/handlers.ts";

/** Every operation of the contract and what serves it. A name too few, too many or misspelt does not compile. */
export const handlers: Handlers = {
  addDatasetLabelToDataset: labels.addDatasetLabelToDataset,
  createAnnotationConfig: annotationConfigs.createAnnotationConfig,
  createDatasetExample: examples.createDatasetExample,
  createDatasetLabel: labels.createDatasetLabel,
  createDatasetSplit: splits.createDatasetSplit,
  createExperiment: experiments.createExperiment,
  createExperimentRun: runs.createExperimentRun,
  createExperimentRuns: runs.createExperimentRuns,
  createSystemApiKey: keys.createSystemApiKey,
  deleteAnnotationConfig: annotationConfigs.deleteAnnotationConfig,
  deleteDatasetById: datasets.deleteDatasetById,
  deleteDatasetExample: examples.deleteDatasetExample,
  deleteDatasetLabel: labels.deleteDatasetLabel,
  deleteDatasetSplit: splits.deleteDatasetSplit,
  deleteExperiment: experiments.deleteExperiment,
  deleteExperimentTag: tags.deleteExperimentTag,
  deleteProject: projects.deleteProject,
  deleteSystemApiKey: keys.deleteSystemApiKey,
  exportTraces: traces.exportTraces,
  getAnnotationConfig: annotationConfigs.getAnnotationConfig,
  getComparison: comparisons.getComparison,
  getDataset: datasets.getDataset,
  getDatasetCsv: examples.getDatasetCsv,
  getDatasetExample: examples.getDatasetExample,
  getDatasetExamples: examples.getDatasetExamples,
  getDatasetJSONL: examples.getDatasetJSONL,
  getDatasetJSONLOpenAIEvals: examples.getDatasetJSONLOpenAIEvals,
  getDatasetJSONLOpenAIFineTuning: examples.getDatasetJSONLOpenAIFineTuning,
  getDatasetLabel: labels.getDatasetLabel,
  getDatasetSplit: splits.getDatasetSplit,
  getExperiment: experiments.getExperiment,
  getExperimentCSV: experiments.getExperimentCSV,
  getExperimentJSON: experiments.getExperimentJSON,
  getExperimentJSONL: experiments.getExperimentJSONL,
  getExperimentRun: runs.getExperimentRun,
  getExperimentSummary: experiments.getExperimentSummary,
  getHealth: service.getHealth,
  getIncompleteExperimentEvaluations: evaluations.getIncompleteExperimentEvaluations,
  getIncompleteExperimentRuns: runs.getIncompleteExperimentRuns,
  getOpenAPI: service.getOpenAPI,
  getPower: comparisons.getPower,
  getProject: projects.getProject,
  getProjects: projects.getProjects,
  getReadiness: service.getReadiness,
  getServerVersion: service.getServerVersion,
  getSpans: spans.getSpans,
  getSystemApiKeys: keys.getSystemApiKeys,
  listAnnotationConfigs: annotationConfigs.listAnnotationConfigs,
  listComparedExamples: comparisons.listComparedExamples,
  listDatasetLabels: labels.listDatasetLabels,
  listDatasetLabelsForDataset: labels.listDatasetLabelsForDataset,
  listDatasets: datasets.listDatasets,
  listDatasetSplits: splits.listDatasetSplits,
  listDatasetVersionsByDatasetId: versions.listDatasetVersionsByDatasetId,
  listExperimentEvaluations: evaluations.listExperimentEvaluations,
  listExperimentRuns: runs.listExperimentRuns,
  listExperiments: experiments.listExperiments,
  listExperimentTags: tags.listExperimentTags,
  removeDatasetLabelFromDataset: labels.removeDatasetLabelFromDataset,
  setDatasetLabelsForDataset: labels.setDatasetLabelsForDataset,
  updateAnnotationConfig: annotationConfigs.updateAnnotationConfig,
  updateDataset: datasets.updateDataset,
  updateDatasetExample: examples.updateDatasetExample,
  updateDatasetLabel: labels.updateDatasetLabel,
  updateDatasetSplit: splits.updateDatasetSplit,
  updateExperiment: experiments.updateExperiment,
  uploadDataset: datasets.uploadDataset,
  upsertExperimentEvaluation: evaluations.upsertExperimentEvaluation,
  upsertExperimentEvaluations: evaluations.upsertExperimentEvaluations,
  upsertExperimentTag: tags.upsertExperimentTag,
};
