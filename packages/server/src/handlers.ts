import * as annotationConfigs from "./annotation-configs/handlers.ts";
import * as datasets from "./datasets/handlers.ts";
import * as evaluations from "./evaluations/handlers.ts";
import * as examples from "./examples/handlers.ts";
import * as experiments from "./experiments/handlers.ts";
import * as keys from "./keys/handlers.ts";
import type { Handlers } from "./operation.ts";
import * as runs from "./runs/handlers.ts";
import * as service from "./service/handlers.ts";
import * as tags from "./tags/handlers.ts";
import * as traces from "./traces/handlers.ts";
import * as versions from "./versions/handlers.ts";

/** Every operation of the contract and what serves it. A name too few, too many or misspelt does not compile. */
export const handlers: Handlers = {
  createAnnotationConfig: annotationConfigs.createAnnotationConfig,
  createExperiment: experiments.createExperiment,
  createExperimentRun: runs.createExperimentRun,
  createSystemApiKey: keys.createSystemApiKey,
  deleteAnnotationConfig: annotationConfigs.deleteAnnotationConfig,
  deleteDatasetById: datasets.deleteDatasetById,
  deleteExperiment: experiments.deleteExperiment,
  deleteExperimentTag: tags.deleteExperimentTag,
  deleteSystemApiKey: keys.deleteSystemApiKey,
  exportTraces: traces.exportTraces,
  getAnnotationConfig: annotationConfigs.getAnnotationConfig,
  getDataset: datasets.getDataset,
  getDatasetExamples: examples.getDatasetExamples,
  getExperiment: experiments.getExperiment,
  getExperimentCSV: experiments.getExperimentCSV,
  getExperimentJSON: experiments.getExperimentJSON,
  getHealth: service.getHealth,
  getIncompleteExperimentEvaluations: evaluations.getIncompleteExperimentEvaluations,
  getIncompleteExperimentRuns: runs.getIncompleteExperimentRuns,
  getOpenAPI: service.getOpenAPI,
  getReadiness: service.getReadiness,
  getServerVersion: service.getServerVersion,
  getSystemApiKeys: keys.getSystemApiKeys,
  listAnnotationConfigs: annotationConfigs.listAnnotationConfigs,
  listDatasets: datasets.listDatasets,
  listDatasetVersionsByDatasetId: versions.listDatasetVersionsByDatasetId,
  listExperimentRuns: runs.listExperimentRuns,
  listExperiments: experiments.listExperiments,
  listExperimentTags: tags.listExperimentTags,
  updateAnnotationConfig: annotationConfigs.updateAnnotationConfig,
  updateExperiment: experiments.updateExperiment,
  uploadDataset: datasets.uploadDataset,
  upsertExperimentEvaluation: evaluations.upsertExperimentEvaluation,
  upsertExperimentTag: tags.upsertExperimentTag,
};
