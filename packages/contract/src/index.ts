export { accessRoutes, language } from './access-routes.ts'
export { filledAddress } from './addresses.ts'
export { backupRoutes } from './backup-routes.ts'
export { COLLECT_CALLS, type CallType, MAX_CALL_BYTES, batchCall } from './collect-calls.ts'
export {
  type Collected,
  type RefusedCall,
  collectRoutes,
  type CallWarning,
} from './collect-routes.ts'
export { matchRule, segment } from './condition-fields.ts'
export { customerRoutes } from './customer-routes.ts'
export { docsRoutes } from './docs-routes.ts'
export { SCHEMA_FAULTS, type SchemaFaultCode, faultText, faultsOf } from './fault.ts'
export { email, workspaceParams } from './fields.ts'
export { FORMS, type Form } from './form.ts'
export { healthRoutes } from './health-routes.ts'
export {
  importLook,
  importOptions,
  importRoutes,
  importView,
  passedOverText,
} from './import-routes.ts'
export { componentOf } from './json-schema.ts'
export { type Json, type JsonObject, listOf, objectOf } from './json.ts'
export { type LogStatus, logRoutes } from './log-routes.ts'
export { mapRoutes } from './map-routes.ts'
export { openApi, problemCodes } from './openapi.ts'
export {
  type Fault,
  PROBLEMS,
  type Problem,
  type ProblemCode,
  type Refusal,
  isRefusal,
  problemOf,
  refuse,
} from './problem.ts'
export { answer, question, questionRoutes } from './question-routes.ts'
export { removalRoutes } from './removal-routes.ts'
export {
  type Access,
  type Role,
  type Route,
  isRole,
  pathParams,
  roleAdmits,
  route,
} from './route.ts'
export { ROUTES } from './routes.ts'
export { segmentRoutes } from './segment-routes.ts'
export { touchpointRoutes } from './touchpoint-routes.ts'
export { vocabularyRoutes } from './vocabulary-routes.ts'
export { customersChosen, savedSegment, segmentExplanation, segmentSize } from './segment-fields.ts'
